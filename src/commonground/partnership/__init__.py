"""Team mode: what a few known people share and where they differ, told so that nobody is told on."""
