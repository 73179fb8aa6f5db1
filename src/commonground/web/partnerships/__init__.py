"""Team mode: a partnership of a few people finds what it shares and where it differs."""
