"""The rules of the grammar, by what they are about. Importing this package enters them all, in order of precedence."""

from core.when.rules import (  # noqa: I001 - earlier rules win
    numbers as numbers,
    spans as spans,
    clocks as clocks,
    clock_minutes as clock_minutes,
    clocks_zh as clocks_zh,
    days as days,
    dates as dates,
    month_days as month_days,
    offsets as offsets,
    periods as periods,
    stretches as stretches,
    month_parts as month_parts,
    edges as edges,
    moments as moments,
    ranges as ranges,
    recurring as recurring,
    recurring_months as recurring_months,
)
