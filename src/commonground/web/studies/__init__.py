"""Studies as their owners see them: the list, one study's state, its link, its counts and its downloads."""
