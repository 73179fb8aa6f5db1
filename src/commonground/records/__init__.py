"""The vocabulary: what a study, a design, an answer and a choice table are, as frozen records."""
