"""What a partnership's work asks of people and who can: frameworks, self-assessment, coverage, gaps and plans."""
