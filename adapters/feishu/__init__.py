"""Feishu, and Lark, which is the same elsewhere: events and card callbacks over HTTP, cards in card JSON 2.0."""
