"""What the page beside a conversation asks of the platforms that show it, whichever they are; it knows none of them."""
