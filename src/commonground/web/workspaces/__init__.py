"""Workspaces: who works together, in which role, what each role may do, and what everyone has done."""
