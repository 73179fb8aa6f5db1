"""How far people of a group agree, how far groups do, and how far apart groups are."""
