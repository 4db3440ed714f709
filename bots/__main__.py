"""``python -m bots`` is ``kith``."""

from bots.cli import main

main()
