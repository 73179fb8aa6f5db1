"""Models of a best-worst choice fitted by maximum likelihood, to everybody or to each group apart."""
