"""DingTalk: a robot called over HTTP, interactive cards from a template, and markdown where there is none."""
