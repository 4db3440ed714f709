"""Customers: the companies and people a team sells to."""
