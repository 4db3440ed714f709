"""Receipts: proof of what a command changed, and the way to take it back."""
