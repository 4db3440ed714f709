"""The platforms of ``kith bench mixed``: how each one calls Kith, and what Kith calls of it."""
