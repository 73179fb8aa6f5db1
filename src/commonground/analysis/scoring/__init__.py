"""What a model expects of tasks, and how well that agrees with what people picked."""
