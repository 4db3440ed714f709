"""What can be said to Kith: one file per verb, a hand-written registry, and the road every command takes."""
