"""Running a site on a machine: its data directory, its processes, its demo, its copies."""
