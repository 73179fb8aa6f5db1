"""The look app."""
