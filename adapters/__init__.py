"""The chats, pages and terminals that Kith is used from."""
