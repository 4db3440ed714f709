"""Activities: what was done with a customer - visits, calls, meetings, notes, saved messages."""
