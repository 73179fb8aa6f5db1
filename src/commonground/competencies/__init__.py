"""What the work asks of people and who can: frameworks, coverage, gaps, plans, curricula. Never a ranking of people."""
