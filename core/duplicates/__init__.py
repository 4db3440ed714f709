"""Records that mean the same: found in any sheet without labels, asked about, and merged."""
