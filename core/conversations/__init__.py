"""Conversations on the platforms and the customers they are about."""
