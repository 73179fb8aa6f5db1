"""Designs: which items stand together in which task, balanced where that is possible, and what a design achieves."""
