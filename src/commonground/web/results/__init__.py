"""Reports made in the background from a study's answers, and the pages that show how far they are."""
