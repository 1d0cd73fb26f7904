"""The QT interval, corrected for heart rate."""

from decimal import Decimal

from careplan.measures.undefined import NotDefinedError
from careplan.model import Quantity, Unit


def qtc_fridericia(qt: Quantity, heart_rate: Quantity) -> Quantity:
    """QTcF in ms: QT / ∛RR with RR = 60 / heart rate in seconds (Fridericia 1920).

    Raises `UnitError` for anything but a time and a rate, `NotDefinedError` for values of zero or less.
    """
    return _corrected(qt, heart_rate, Decimal(1) / 3)


def qtc_bazett(qt: Quantity, heart_rate: Quantity) -> Quantity:
    """QTcB in ms: QT / √RR. It over-corrects at heart rates above 90; errors as `qtc_fridericia`."""
    return _corrected(qt, heart_rate, Decimal("0.5"))


def _corrected(qt: Quantity, heart_rate: Quantity, power: Decimal) -> Quantity:
    interval, rate = qt.to(Unit.MILLISECOND).value, heart_rate.to(Unit.PER_MIN).value
    if interval <= 0 or rate <= 0:
        raise NotDefinedError(f"a QT of {qt} at a heart rate of {heart_rate} is not possible")
    return Quantity(interval / (Decimal(60) / rate) ** power, Unit.MILLISECOND)
