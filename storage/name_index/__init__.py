"""The index of names in memory: grams of letters and of Chinese characters, see ``docs/names.md``."""
