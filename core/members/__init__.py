"""Workspaces, teams, members, their identities on the platforms, and the codes that tie one to the other."""
