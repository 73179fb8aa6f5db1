"""Scores of many items from few answers each: one utility an item, shrunk by a prior whose width the answers tell."""
