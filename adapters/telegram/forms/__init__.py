"""Forms as short conversations: question by question, with buttons, kept so that they survive a restart."""
