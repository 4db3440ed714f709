"""DingTalk on this machine."""
