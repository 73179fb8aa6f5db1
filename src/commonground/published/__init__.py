"""The published study as data: its numbers, its labels, and their recomputation."""
