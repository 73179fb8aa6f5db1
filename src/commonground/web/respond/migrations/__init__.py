"""Database migrations of the respond app."""
