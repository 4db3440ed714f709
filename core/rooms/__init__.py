"""Kith's own chat: the rooms of the workbench and what is said in them."""
