"""Who runs studies here: accounts, the first run, signing in and out."""
