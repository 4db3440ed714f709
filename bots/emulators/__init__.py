"""Platforms to play with on this machine: ``kith demo --platform NAME`` talks to one of these instead of the real one.

They show what they are sent, by the gallery's drawings, and bring what is typed and pressed as the platform would. They
judge nothing: what the real ones refuse, the stand-ins of the tests refuse.
"""
