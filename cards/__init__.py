"""What people see: the neutral card, the builders of every moment, and one renderer per platform."""
