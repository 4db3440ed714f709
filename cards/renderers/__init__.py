"""Renderers: pure functions from a card to what one platform is sent. None imports an SDK, none raises."""
