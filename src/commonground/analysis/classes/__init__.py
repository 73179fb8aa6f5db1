"""Latent classes: a few kinds of people, each with utilities of its own, found from the answers alone."""
