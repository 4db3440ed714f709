"""The customer beside a conversation, on every platform that has room for a page there."""
