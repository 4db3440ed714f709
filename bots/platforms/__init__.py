"""How each chat platform is set up: one module each, imported only where the platform is on or asked about."""
