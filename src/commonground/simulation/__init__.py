"""Respondents with known preferences answering a study: for demos, for tests, and to judge what chance does."""
