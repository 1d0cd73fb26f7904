"""What is taken and how often, and the most that this can come to."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Self, TypeAlias

from attrs import field, frozen

from careplan.model._check import in_order, not_empty, positive_amount
from careplan.model.absent import Absent
from careplan.model.interval import Interval
from careplan.model.quantity import Dimension, Quantity, UnitError
from careplan.model.timing import (
    AsNeeded,
    Continuous,
    Daily,
    DayPattern,
    Every,
    EveryHours,
    Once,
    Timing,
    Weekday,
    Weekly,
)


@frozen(kw_only=True)
class Frequency:
    """The most that a timing allows: multiples of the dose's amount, and how doses lie in time."""

    single: Decimal
    """Largest multiple at one time."""
    per_day: Decimal
    """Largest multiple in any 24 hours."""
    per_week: Decimal
    """Largest multiple in any 7 days."""
    days_per_week: int
    """Most days with a dose in any 7 days."""
    gap_hours: Decimal | None
    """Shortest planned gap between two doses; None for a single dose or a continuous one."""


def _frequency(timing: Daily | DayPattern | EveryHours | Weekly | Every | Once | Continuous) -> Frequency:
    one = Decimal(1)
    match timing:
        case Daily(times=n):
            return Frequency(
                single=one,
                per_day=Decimal(n),
                per_week=Decimal(7 * n),
                days_per_week=7,
                gap_hours=Decimal(24) / n,
            )
        case DayPattern(shares=shares):
            day = sum(shares, Decimal(0))
            gap = Decimal(24) / sum(1 for share in shares if share)
            return Frequency(single=max(shares), per_day=day, per_week=day * 7, days_per_week=7, gap_hours=gap)
        case EveryHours(hours=h):
            per_week = math.ceil(168 / h)
            return Frequency(
                single=one, per_day=Decimal(math.ceil(24 / h)), per_week=Decimal(per_week),
                days_per_week=min(7, per_week), gap_hours=Decimal(h),
            )  # fmt: skip
        case Weekly(days=days, times=n):
            numbers = sorted(day.number for day in days)
            gaps = [b - a for a, b in zip(numbers, [*numbers[1:], numbers[0] + 7], strict=True)]
            return Frequency(
                single=one, per_day=Decimal(n), per_week=Decimal(n * len(days)), days_per_week=len(days),
                gap_hours=Decimal(24) / n if n > 1 else Decimal(24 * min(gaps)),
            )  # fmt: skip
        case Every(interval=interval):
            days_apart = interval.shortest_days
            per_week = math.ceil(7 / days_apart)
            return Frequency(
                single=one, per_day=one, per_week=Decimal(per_week), days_per_week=per_week,
                gap_hours=Decimal(24 * days_apart),
            )  # fmt: skip
        case Once() | Continuous():
            return Frequency(single=one, per_day=one, per_week=one, days_per_week=1, gap_hours=None)


@frozen(kw_only=True)
class Dose:
    """An amount and its timing: the period is part of the dose.

    `amount` may be a mass, a volume, a count of tablets, a mass per kg of body weight, or a rate for a continuous
    dose; `text` is what the prescriber wrote, kept word for word. What is not known is Absent, never assumed.
    """

    amount: Quantity | Absent = field(validator=positive_amount)
    timing: Timing | Absent
    text: str | None = None

    def __attrs_post_init__(self) -> None:
        if isinstance(self.amount, Absent):
            return
        rate = self.amount.unit.dimension in (Dimension.MASS_RATE, Dimension.VOLUME_RATE)
        if rate and not isinstance(self.timing, Continuous | Absent):
            raise ValueError(f"{self.amount} is a rate: its timing must be continuous")
        if isinstance(self.timing, AsNeeded) and isinstance(self.timing.at_most, Quantity):
            try:
                most = self.timing.at_most.to(self.amount.unit)
            except UnitError as error:
                raise ValueError(f"at_most must be in the unit of the amount: {error}") from None
            if most < self.amount:
                raise ValueError(f"at_most {most} in 24 hours is less than one dose of {self.amount}")

    @classmethod
    def unknown(cls, text: str | None = None) -> Self:
        """Make a dose of which nothing is known but, perhaps, the words on the order."""
        return cls(amount=Absent.UNKNOWN, timing=Absent.UNKNOWN, text=text)

    @classmethod
    def daily(cls, amount: str, times: int = 1) -> Self:
        """``Dose.daily("500 mg", 2)``: 500 mg twice a day."""
        return cls(amount=Quantity.parse(amount), timing=Daily(times=times))

    @classmethod
    def pattern(cls, amount: str, morning: int = 0, noon: int = 0, evening: int = 0, night: int = 0) -> Self:
        """``Dose.pattern("300 mg", 1, 0, 2)``: 300 mg in the morning, 600 mg in the evening."""
        m, n, e, b = map(Decimal, (morning, noon, evening, night))
        return cls(amount=Quantity.parse(amount), timing=DayPattern(morning=m, noon=n, evening=e, night=b))

    @classmethod
    def every_hours(cls, amount: str, hours: int) -> Self:
        """``Dose.every_hours("30 mg", 12)``: 30 mg every 12 hours."""
        return cls(amount=Quantity.parse(amount), timing=EveryHours(hours=hours))

    @classmethod
    def weekly(cls, amount: str, *days: str) -> Self:
        """``Dose.weekly("15 mg", "monday")``: 15 mg once a week on Monday."""
        return cls(amount=Quantity.parse(amount), timing=Weekly(days=tuple(Weekday(day) for day in days)))

    @classmethod
    def every(cls, amount: str, interval: str) -> Self:
        """``Dose.every("40 mg", "2 weeks")``: 40 mg every 2 weeks."""
        return cls(amount=Quantity.parse(amount), timing=Every(interval=Interval.parse(interval)))

    @classmethod
    def continuous(cls, rate: str, change_hours: int) -> Self:
        """``Dose.continuous("12 ug/h", 72)``: a patch of 12 micrograms an hour, changed every 72 hours."""
        return cls(amount=Quantity.parse(rate), timing=Continuous(change_hours=change_hours))

    @classmethod
    def as_needed(cls, amount: str, *, at_most: str, reason: str, hours_between: int | None = None) -> Self:
        """``Dose.as_needed("1 g", at_most="4 g", reason="pain", hours_between=4)``."""
        gap: int | Absent = Absent.UNKNOWN if hours_between is None else hours_between
        limit = Quantity.parse(at_most)
        return cls(amount=Quantity.parse(amount), timing=AsNeeded(reason=reason, at_most=limit, hours_between=gap))

    @property
    def frequency(self) -> Frequency | None:
        """How often at the most, or None if it is not known."""
        match self.timing:
            case Absent():
                return None
            case AsNeeded(at_most=Quantity() as limit, hours_between=gap) if isinstance(self.amount, Quantity):
                times = limit.to(self.amount.unit).value / self.amount.value
                return Frequency(
                    single=Decimal(1), per_day=times, per_week=times * 7, days_per_week=7,
                    gap_hours=None if isinstance(gap, Absent) else Decimal(gap),
                )  # fmt: skip
            case AsNeeded():
                return None
            case timing:
                return _frequency(timing)


@frozen(kw_only=True)
class Step:
    """One stage of a stepped dose: `dose` from `start` to `stop`, both days included; no `stop` means open-ended."""

    dose: Dose
    start: date
    stop: date | None = None

    def __attrs_post_init__(self) -> None:
        in_order(self.start, self.stop, "step from start to stop")


@frozen(kw_only=True)
class Steps:
    """A taper or titration: bounded steps, each beginning the day after the one before; only the last may be open."""

    steps: tuple[Step, ...] = field(validator=not_empty)

    def __attrs_post_init__(self) -> None:
        for number, (before, after) in enumerate(zip(self.steps, self.steps[1:], strict=False), start=1):
            if before.stop is None:
                raise ValueError(f"step {number} has no stop, but step {number + 1} follows it")
            if after.start != before.stop + timedelta(days=1):
                raise ValueError(
                    f"step {number + 1} starts on {after.start}, but step {number} stops on {before.stop}: "
                    f"steps must follow each other without gap or overlap"
                )

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def on(self, day: date) -> Dose | None:
        """Return the dose of the step that `day` lies in, or None outside all steps."""
        for step in self.steps:
            if step.start <= day and (step.stop is None or day <= step.stop):
                return step.dose
        return None


Dosage: TypeAlias = Dose | Steps
