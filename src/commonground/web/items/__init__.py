"""From candidates to the list that is fielded: provenance, rounds of review by link, decisions, and the pretest."""
