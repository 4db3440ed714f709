"""What platforms that call Kith over HTTP, and are called over HTTP, have in common. Knows none of them by name."""
