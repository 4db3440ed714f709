"""WeCom on this machine."""
