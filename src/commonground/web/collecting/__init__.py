"""Collecting answers, as owners see it: links, invitations, the recruitment log, how people get on."""
