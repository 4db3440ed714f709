"""Forms as short conversations, where a platform has none: question by question, kept over a restart."""
