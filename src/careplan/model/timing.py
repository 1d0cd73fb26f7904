"""When a dose is taken: one class per kind of rhythm, so that daily and weekly are different types of value."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from careplan.model._check import between, distinct, not_empty, positive_amount
from careplan.model.absent import Absent
from careplan.model.interval import Interval
from careplan.model.quantity import Quantity


class Weekday(StrEnum):
    """Days of the week by their English names; `number` is Monday 0 to Sunday 6."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Monday is 0, Sunday is 6, as in `datetime.date.weekday`."""
        return list(Weekday).index(self)


@frozen(kw_only=True)
class Daily:
    """The same amount `times` a day, every day."""

    times: int = field(default=1, validator=between(1, 24))


@frozen(kw_only=True)
class DayPattern:
    """Multiples of the dose's amount in the morning, at noon, in the evening and at night; 0 is no dose then."""

    morning: Decimal = field(default=Decimal(0))
    noon: Decimal = field(default=Decimal(0))
    evening: Decimal = field(default=Decimal(0))
    night: Decimal = field(default=Decimal(0))

    def __attrs_post_init__(self) -> None:
        if any(not share.is_finite() or share < 0 or share > 100 for share in self.shares) or not any(self.shares):
            raise ValueError("a day pattern needs shares from 0 to 100, and at least one above 0")

    @property
    def shares(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """The four multiples in the order of the day."""
        return self.morning, self.noon, self.evening, self.night


@frozen(kw_only=True)
class EveryHours:
    """Once every `hours` hours, day and night."""

    hours: int = field(validator=between(1, 168))


@frozen(kw_only=True)
class Weekly:
    """On named days of every week, `times` on each of those days."""

    days: tuple[Weekday, ...] = field(validator=[not_empty, distinct])
    times: int = field(default=1, validator=between(1, 24))


@frozen(kw_only=True)
class Every:
    """Once every `interval` (days, weeks, months, years), counted from the first dose."""

    interval: Interval


@frozen(kw_only=True)
class Once:
    """A single time, on a stated day if there is one."""

    on: date | None = None


@frozen(kw_only=True)
class Continuous:
    """Running all the time (patch, infusion); the dose's amount is a rate. `change_hours`: when it is replaced."""

    change_hours: int | Absent = field(default=Absent.UNKNOWN, validator=between(1, 24 * 366))


@frozen(kw_only=True)
class AsNeeded:
    """When needed, for `reason`, never more than `at_most` in any 24 hours, `hours_between` doses at least."""

    reason: str | Absent
    at_most: Quantity | Absent = field(validator=positive_amount)
    hours_between: int | Absent = field(default=Absent.UNKNOWN, validator=between(1, 168))


Timing: TypeAlias = Daily | DayPattern | EveryHours | Weekly | Every | Once | Continuous | AsNeeded
