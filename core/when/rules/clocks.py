"""Times of day: ``7:30pm``, ``quarter to seven``, ``下午三点半``, ``差五分八点``."""

from core.when.grammar import Context, rule
from core.when.reckoning import twelve_later
from core.when.values import Clock, Part, Span


def in_half(clock: Clock, half: str) -> Clock | None:
    """An open clock settled by its half of the day; a clock that contradicts it is refused."""
    hour = clock.hour
    if half == "am":
        return clock._replace(hour=hour % 12, open=False) if hour <= 12 else None
    if not clock.open:
        return clock if hour >= 12 or half == "night" else (clock._replace(hour=hour + 12) if 0 < hour < 12 else None)
    if half == "noon":
        return clock._replace(hour=hour if hour >= 10 else hour + 12, open=False)
    if half == "night" and (hour == 12 or hour < 5):
        return clock._replace(hour=hour % 12, open=False, days=1)
    return twelve_later(clock) if hour != 12 else clock._replace(open=False)


def plus(clock: Clock, minutes: int) -> Clock:
    """A clock some minutes later or earlier."""
    total = clock.hour * 60 + clock.minute + minutes
    days, rest = divmod(total, 24 * 60)
    hour, minute = divmod(rest, 60)
    if clock.open and hour == 0:
        hour, days = 12, 0
    return clock._replace(hour=hour, minute=minute, grain="minute", days=clock.days + days)


# --- English


@rule("TIME", "HOUR [.] MERIDIEM", "TIME [.] MERIDIEM", "HMM MERIDIEM", "HHMM MERIDIEM", "HOUR oclock MERIDIEM",
      "HOUR in the MERIDIEM", "HOUR h HOUR MERIDIEM", "TIME AP", "HHMM AP", examples="7pm -> 2026-03-02T19:00; 8.30pm -> 2026-03-02T20:30; 3 in the AM -> 2026-03-03T03:00")  # fmt: skip
def with_meridiem(_context: Context, clock: Clock, half: str | Clock, meridiem: str = "") -> Clock | None:
    if isinstance(half, Clock):  # 10 h 10 pm
        clock, half = plus(clock, half.hour), meridiem
    settled = in_half(clock, half) if clock.hour <= 12 or half == "pm" else None
    return settled and settled._replace(grain=clock.grain)


@rule("SPELTTIME", "HOUR MIN", examples="ten forty five -> 2026-03-02T10:45")
def hour_minute(_context: Context, clock: Clock, minute: int) -> Clock | None:
    return clock._replace(minute=minute, grain="minute", sure=0.6) if minute >= 10 else None


@rule("TIME", "SPELTTIME MERIDIEM", "HOUR - MIN MERIDIEM", examples="seven thirty p.m. -> 2026-03-02T19:30")
def spelt_with_meridiem(context: Context, clock: Clock, minute: int | str, half: str = "") -> Clock | None:
    if isinstance(minute, int):
        return with_meridiem(context, clock._replace(minute=minute, grain="minute"), half)
    settled = with_meridiem(context, clock, minute)
    return settled and settled._replace(sure=0.95)


@rule("TIME", "HOUR oclock", "HOUR [-] ish", "NOON [-] ish", "NOON", "the NOON", "12 NOON", examples="7 o'clock -> 2026-03-02T19:00; 11ish -> 2026-03-02T11:00")
def on_the_hour(_context: Context, clock: Clock) -> Clock:
    return clock


@rule("TIME", "HOUR|TIME NOON", examples="12 noon -> 2026-03-02T12:00; 1 o'clock midnight -> 2026-03-03T01:00")
def hour_at_noon(_context: Context, clock: Clock, noon: Clock) -> Clock | None:
    return in_half(clock, "noon" if noon.hour == 12 else "night")


@rule("WEAKTIME", "at HOUR|HHMM|APTIME", "about HOUR|HHMM", "at|by|for|until|about SPELTTIME", "at about HOUR", "by HOUR oclock", examples="at seven -> 2026-03-02T19:00; at 1030 -> 2026-03-02T10:30")
def at_hour(_context: Context, clock: Clock) -> Clock:
    return clock._replace(sure=0.6)


@rule("APTIME", "HOUR AP", examples="today at 9a -> 2026-03-02T09:00")
def short_meridiem(context: Context, clock: Clock, half: str) -> Clock | None:
    return with_meridiem(context, clock, half) if clock.open else None


@rule("ATTIME", "[at|about] HMM|SPELTTIME|APTIME", "at|about HOUR|HHMM", "at about HOUR|HMM|SPELTTIME", "TIME", "WEAKTIME")
def time_of_a_day(_context: Context, clock: Clock) -> Clock:
    return clock


@rule("TIME", "at|about|by|from TIME", "at about TIME", "TIME sharp", "exactly TIME", "at exactly TIME", examples="at 3pm -> 2026-03-02T15:00")
def at_time(_context: Context, clock: Clock) -> Clock:
    return clock


@rule("QUARTERS", "[a|one] quarter")
def one_quarter(_context: Context) -> int:
    return 15


@rule("QUARTERS", "three quarters")
def three_quarters(_context: Context) -> int:
    return 45


@rule("QUARTERS", "[a] half")
def half(_context: Context) -> int:
    return 30


@rule("QUARTERS", "INT", "SPAN", examples="10 past 9 -> 2026-03-02T21:10")
def counted_minutes(_context: Context, count: int | Span) -> int | None:
    if isinstance(count, Span):
        return int(count.seconds // 60) if count.grain == "minute" and not count.days else None
    return count if 1 <= count < 60 and count % 5 == 0 else None


@rule("CLOCKISH", "HOUR", "TIME", "SPELTTIME")
def clockish(_context: Context, clock: Clock) -> Clock:
    return clock


@rule("TIME", "QUARTERS past|after CLOCKISH", "for QUARTERS past CLOCKISH", examples="half past seven -> 2026-03-02T19:30; 20 minutes past 3pm -> 2026-03-02T15:20")
def past_the_hour(_context: Context, count: int, clock: Clock) -> Clock:
    return plus(clock, count)._replace(sure=0.9)


@rule("TIME", "QUARTERS to|before|of CLOCKISH", examples="a quarter to seven tomorrow -> 2026-03-03T06:45; 15 to noon -> 2026-03-02T11:45")
def to_the_hour(_context: Context, count: int, clock: Clock) -> Clock | None:
    return plus(clock, -count)._replace(sure=0.9) if clock.minute % 30 == 0 else None


@rule("WEAKTIME", "half HOUR", "at half HOUR", examples="half three -> 2026-03-02T15:30")
def half_hour(_context: Context, clock: Clock) -> Clock | None:
    return plus(clock, 30)._replace(sure=0.6) if clock.open else None


@rule("TIME", "HOUR h MIN", examples="15h30 -> 2026-03-02T15:30")
def french(_context: Context, clock: Clock, minute: int) -> Clock:
    return clock._replace(minute=minute, grain="minute")


@rule("TIME", "HOUR h", examples="19h -> 2026-03-02T19:00")
def french_hour(_context: Context, clock: Clock) -> Clock | None:
    return clock if 13 <= clock.hour <= 23 else None


@rule("BAREPART", "[early|late] PART", examples="8:00 early morning -> 2026-03-03T08:00")
def bare_part(_context: Context, part: Part) -> Part:
    return part


@rule("INPART", "in [the] [early|late] PART", "at night", "at|of the PART")
def in_part(_context: Context, part: Part | None = None) -> Part:
    return part or Part(20, 24, "night")


@rule("TIME", "CLOCKISH INPART", "TIME [in] BAREPART", examples="8 in the evening -> 2026-03-02T20:00; 3:20 in afternoon -> 2026-03-02T15:20")
def clock_in_part(_context: Context, clock: Clock, part: Part) -> Clock | None:
    return in_half(clock, part.half)


@rule("TIME", "INPART|BAREPART [,] ATTIME", examples="in the morning at 7 -> 2026-03-03T07:00; afternoon 7:00 -> 2026-03-02T19:00")
def part_then_clock(_context: Context, part: Part, clock: Clock) -> Clock | None:
    return in_half(clock, part.half)


@rule("TIME", "mid [-] morning", examples="mid morning -> 2026-03-02T10:00")
def mid_morning(_context: Context) -> Clock:
    return Clock(10, sure=0.7)


@rule("TIME", "mid [-] afternoon", examples="mid-afternoon -> 2026-03-02T15:00")
def mid_afternoon(_context: Context) -> Clock:
    return Clock(15, sure=0.7)


# --- Chinese


@rule("ZHCLOCK", "HOUR 点", "HOUR 点 整|正|钟", "INT 点", examples="三点 -> 2026-03-02T15:00; 3点钟 -> 2026-03-02T15:00")
def oclock_zh(_context: Context, clock: Clock) -> Clock | None:
    return clock if isinstance(clock, Clock) else None


@rule("FULLCLOCK", "HOUR 点 整|正|钟", examples="8点整 -> 2026-03-02T20:00")
def whole_hour_zh(_context: Context, clock: Clock) -> Clock:
    return clock


@rule("FULLCLOCK", "HOUR 点 半", "HOUR 点 踏 半", "HOUR 点 过 半", examples="10点半 -> 2026-03-02T10:30")
def half_past_zh(_context: Context, clock: Clock) -> Clock:
    return clock._replace(minute=30, grain="minute")


@rule("FULLCLOCK", "HOUR 点 MIN [分]", "HOUR 点 INT 分", "HOUR 点 过 INT 分", examples="三点零五 -> 2026-03-02T15:05; 15时20分 -> 2026-03-02T15:20")
def minutes_zh(_context: Context, clock: Clock, minute: int) -> Clock | None:
    return clock._replace(minute=minute, grain="minute") if minute < 60 else None


@rule("FULLCLOCK", "HOUR 点 INT 分 INT 秒", examples="10点5分20秒 -> 2026-03-02T10:05:20")
def seconds_zh(_context: Context, clock: Clock, minute: int, second: int) -> Clock | None:
    return clock._replace(minute=minute, second=second, grain="second") if minute < 60 and second < 60 else None


@rule("FULLCLOCK", "HOUR 点 [过] INT 刻", examples="三点一刻 -> 2026-03-02T15:15")
def quarters_zh(_context: Context, clock: Clock, quarters: int) -> Clock | None:
    return clock._replace(minute=15 * quarters, grain="minute") if quarters in {1, 2, 3} else None


@rule("FULLCLOCK", "HOUR 点 踏 INT", examples="三點踏三 -> 2026-03-02T15:15")
def fives_zh(_context: Context, clock: Clock, fives: int) -> Clock | None:
    return clock._replace(minute=5 * fives, grain="minute") if fives < 12 else None


@rule("FULLCLOCK", "差 INT 分 [钟] HOUR 点", "差 INT 分 [钟] 到 HOUR 点", examples="差五分八点 -> 2026-03-02T19:55")
def short_of_zh(_context: Context, short: int, clock: Clock) -> Clock:
    return plus(clock, -short)


@rule("FULLCLOCK", "差 INT 刻 HOUR 点", examples="差一刻九点 -> 2026-03-02T20:45")
def quarter_short_zh(_context: Context, short: int, clock: Clock) -> Clock:
    return plus(clock, -15 * short)


@rule("FULLCLOCK", "HOUR 点 差 INT 分", examples="八点差五分 -> 2026-03-02T19:55")
def short_after_zh(_context: Context, clock: Clock, short: int) -> Clock:
    return plus(clock, -short)


@rule("TIME", "PART ZHCLOCK|FULLCLOCK|TIME", "SHORTPART ZHCLOCK|FULLCLOCK|TIME", "PART 的 ZHCLOCK|FULLCLOCK|TIME", examples="下午三点 -> 2026-03-02T15:00; 晚8点 -> 2026-03-02T20:00; 晚上9:30 -> 2026-03-02T21:30")
def part_and_clock_zh(_context: Context, part: Part, clock: Clock) -> Clock | None:
    if part.half == "pm" and part.start >= 18 and clock.hour == 12 and clock.open:
        return clock._replace(hour=0, days=1, open=False)
    return in_half(clock, part.half)


@rule("TIME", "FULLCLOCK", examples="三点半 -> 2026-03-02T15:30")
def full_clock(_context: Context, clock: Clock) -> Clock:
    return clock


@rule("WEAKTIME", "ZHCLOCK", examples="三点 -> 2026-03-02T15:00")
def bare_clock_zh(_context: Context, clock: Clock) -> Clock:
    return clock._replace(sure=0.6)


@rule("ATTIME", "ZHCLOCK")
def clock_of_a_day_zh(_context: Context, clock: Clock) -> Clock:
    return clock
