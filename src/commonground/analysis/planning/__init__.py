"""What a design can show before anyone answers: expected errors, and how many people a question takes."""
