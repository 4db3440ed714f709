"""What Kith does by itself, each kind a module with one ``Later``: the commands that nobody types."""
