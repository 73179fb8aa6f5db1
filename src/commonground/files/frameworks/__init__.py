"""Frameworks of capabilities as documents: the built-in ones, and those that users bring."""
