"""The sample workspace: half a year of two teams selling to some sixty fictional companies in two languages."""
