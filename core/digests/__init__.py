"""Digests: what somebody can act on, said once a day or once a week."""
