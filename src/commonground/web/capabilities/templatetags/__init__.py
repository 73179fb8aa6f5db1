"""Template tags of capabilities."""
