"""Readers and writers: the study document, choice tables, count tables, respondents, designs, templates."""
