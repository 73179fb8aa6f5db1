"""Automatic signs about answers, each with its evidence; a sign never decides anything."""
