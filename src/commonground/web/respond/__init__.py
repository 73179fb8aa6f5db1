"""The respond app."""
