"""From the first idea to the list that is fielded: candidates, rounds of review, decisions, pretest."""
