"""The workbench: Kith's own chat in the browser, the customer beside it, and the JSON behind both."""
