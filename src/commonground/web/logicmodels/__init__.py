"""How a partnership thinks its work will work, what people saw, who is concerned, and what was done with whom."""
