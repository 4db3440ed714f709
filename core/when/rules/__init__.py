"""The rules of the grammar, by what they are about. Importing this package enters them all, in the order of precedence."""

from core.when.rules import numbers, spans, clocks, days, periods, moments, ranges, recurring  # noqa: F401, I001
