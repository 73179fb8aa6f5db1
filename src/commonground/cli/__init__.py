"""The command line: one file per command; each reads, makes one pure call and writes."""
