"""Platforms on this machine, which refuse what the real ones refuse.

``kith demo --platform NAME`` talks to one of these, and so does every test of that platform. A folder for each:
``server`` has the methods that Kith calls and when they are refused, ``client`` is the app in which people type and
press, and ``demo`` shows both on the page. What only tests have is handed in by them: faults to order (before the
server), and the vendors' validators (``Referee``).
"""
