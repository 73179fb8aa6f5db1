"""Building a study: its questionnaire, its texts in every language, and what a participant will see."""
