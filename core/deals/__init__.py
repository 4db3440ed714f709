"""Deals: what may be sold to a customer, for how much, and how likely."""
