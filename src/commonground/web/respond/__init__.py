"""What a participant meets: consent, questions, tasks, thanks; and what is kept of it."""
