"""Commands for whoever may read the data directory."""
