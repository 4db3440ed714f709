"""Mattermost on this machine."""
