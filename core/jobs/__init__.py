"""Work that happens later: deliveries to process and messages to send, leased by one process at a time."""
