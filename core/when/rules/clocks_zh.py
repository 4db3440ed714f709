"""Times of day in Chinese: ``下午三点半``, ``晚8点``, ``差五分八点``, ``15时20分``."""

from core.when.grammar import Context, rule
from core.when.reckoning import in_half, minutes_later
from core.when.values import Clock, Part


@rule("HOURZH", "HOUR 点|时")
def hour(_context: Context, clock: Clock) -> Clock:
    """``明天三点`` is 2026-03-03T15:00."""
    return clock


@rule("WEAKTIME", "HOUR 点", "HOUR 时 整")
def hour_alone(_context: Context, clock: Clock) -> Clock:
    """``三点`` is 2026-03-02T15:00; ``便宜一点`` is nothing, nor ``一时``."""
    return clock._replace(sure=0.6)


@rule("WEAKTIME", "HOUR 时")
def hour_of_24(_context: Context, clock: Clock) -> Clock | None:
    """``16时`` is 2026-03-02T16:00; ``一时`` is nothing."""
    return None if clock.open else clock


@rule("CLOCKZH", "HOURZH 整")
def whole_hour(_context: Context, clock: Clock) -> Clock:
    """``8点整`` is 2026-03-02T20:00; ``3点钟`` is 2026-03-02T15:00."""
    return clock


@rule("CLOCKZH", "HOURZH [踏|过] 半")
def half_past(_context: Context, clock: Clock) -> Clock:
    """``10点半`` is 2026-03-02T10:30."""
    return minutes_later(clock, 30)


@rule("CLOCKZH", "HOURZH MIN [分]", "HOURZH [过] INT 分")
def minutes(_context: Context, clock: Clock, minute: int) -> Clock | None:
    """``三点零五`` is 2026-03-02T15:05; ``15时20分`` is 2026-03-02T15:20."""
    return clock._replace(minute=minute, grain="minute") if minute < 60 else None


@rule("CLOCKZH", "HOURZH INT 分 INT 秒")
def seconds(_context: Context, clock: Clock, minute: int, second: int) -> Clock | None:
    """``10点5分20秒`` is 2026-03-02T10:05:20."""
    return clock._replace(minute=minute, second=second, grain="second") if minute < 60 and second < 60 else None


@rule("CLOCKZH", "HOURZH [过] INT 刻")
def quarters(_context: Context, clock: Clock, count: int) -> Clock | None:
    """``三点一刻`` is 2026-03-02T15:15."""
    return minutes_later(clock, 15 * count) if count <= 3 else None


@rule("CLOCKZH", "HOURZH 踏 INT", "HOURZH [踏] INT 个字")
def fives(_context: Context, clock: Clock, count: int) -> Clock | None:
    """``三點踏三`` is 2026-03-02T15:15: in Cantonese the hands' five minutes are counted."""
    return minutes_later(clock, 5 * count) if count < 12 else None


@rule("CLOCKZH", "差 INT 分 [钟] [到] HOURZH")
def short_of(_context: Context, short: int, clock: Clock) -> Clock | None:
    """``差五分八点`` is 2026-03-02T19:55."""
    return minutes_later(clock, -short) if short < 60 else None


@rule("CLOCKZH", "HOURZH 差 INT 分")
def less(context: Context, clock: Clock, short: int) -> Clock | None:
    """``八点差五分`` is 2026-03-02T19:55."""
    return short_of(context, short, clock)


@rule("CLOCKZH", "差 INT 刻 HOURZH")
def quarter_short_of(_context: Context, short: int, clock: Clock) -> Clock | None:
    """``差一刻九点`` is 2026-03-02T20:45."""
    return minutes_later(clock, -15 * short) if short <= 3 else None


@rule("TIME", "PART|SHORTPART [的] HOURZH|CLOCKZH|TIME")
def in_part(_context: Context, part: Part, clock: Clock) -> Clock | None:
    """``下午三点`` is 2026-03-02T15:00; ``晚8点`` is 2026-03-02T20:00; ``晚上12点`` is 2026-03-03T00:00."""
    late = part.half == "pm" and part.start >= 18 and clock.hour == 12 and clock.open
    return in_half(clock, "night" if late else part.half)


@rule("TIME", "CLOCKZH")
def full(_context: Context, clock: Clock) -> Clock:
    """``三点半`` is 2026-03-02T15:30."""
    return clock
