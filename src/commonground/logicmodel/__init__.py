"""How a partnership thinks its work will work, what it saw, and who is concerned: models, reflections, maps, logs."""
