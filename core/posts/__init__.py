"""Messages that Kith has put into conversations and may have to change."""
