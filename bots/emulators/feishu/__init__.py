"""Feishu on this machine."""
