"""Hierarchical Bayes: everybody has utilities of their own, drawn from a population whose shape is found with them."""
