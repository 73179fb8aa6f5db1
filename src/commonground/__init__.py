"""Common Ground: what the people in a partnership need most, and least, to work together."""

__version__ = "0.1.0"
