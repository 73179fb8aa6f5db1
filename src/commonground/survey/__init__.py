"""A questionnaire as data: who sees which tasks, which page comes next, what an answer may be."""
