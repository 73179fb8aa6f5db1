"""How well models foresee answers they have not seen, next to chance."""
