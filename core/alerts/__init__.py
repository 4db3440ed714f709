"""Alerts: what members follow, what of it they are told at once, and what waits for their digest."""
