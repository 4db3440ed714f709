"""Entry points and nothing else: settings, the composition root, logs, the command line, the server and the worker."""
