"""Microsoft Teams on this machine."""
