"""``kith gallery``: every card as every platform shows it, drawn from the very payloads that would be sent."""
