"""The CRM itself: plain, synchronous Python that knows no framework, no SQL, no chat and no clock of its own."""
