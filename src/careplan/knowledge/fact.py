"""What all facts share: who says so, how sure it is, where and when it holds."""

from typing import Any, TypeVar, cast, dataclass_transform

import attrs
from attrs import NOTHING, field, frozen

from careplan.knowledge.vocabulary import CodeUse, Confidence, Region
from careplan.model import System, Unit

T = TypeVar("T")


def attributes(cls: type[object]) -> "tuple[attrs.Attribute[Any], ...]":
    """The attributes of a class of rows."""
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cast("type[attrs.AttrsInstance]", cls))
    return fields


def rows(table: str) -> Any:  # noqa: ANN401 - as attrs.field, it stands for a value of any type
    """Declare the attribute that holds the rows of a ``[[table]]``."""
    return field(default=(), metadata={"key": table})


def naming(*sections: str, key: str | None = None, default: object = ()) -> Any:  # noqa: ANN401
    """Declare an attribute that holds ids of these sections, so that dangling ones are found.

    ``medicines`` are drugs, classes and products together. `key` is its key in the files, if that is another word.
    """
    metadata = {"names": sections} | ({"key": key} if key else {})
    return field(default=default, metadata=metadata)


def sentence(key: str | None = None) -> Any:  # noqa: ANN401
    """Declare an attribute that holds a sentence of the `when` language."""
    return field(default=None, metadata={"sentence": True} | ({"key": key} if key else {}))


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field, rows, naming, sentence))
def record(cls: type[T]) -> type[T]:
    """Make a class of rows: frozen, by keyword. There is one object for each row, so identity is equality."""
    return frozen(kw_only=True, eq=False, repr=False)(cls)


class Row:
    """Gives every row a readable `repr`."""

    __slots__ = ()

    def __repr__(self) -> str:
        shown = ((f.name, getattr(self, f.name)) for f in attributes(type(self)))
        stated = ", ".join(f"{name}={value!r}" for name, value in shown if value not in (None, (), False))
        return f"<{type(self).__name__} {stated}>"


@record
class Fact(Row):
    """A statement with its sources.

    `jurisdiction` is empty where the fact holds everywhere. `when` is a sentence of the `when` language; ``"this"``
    in it is the medicine that the fact is about. `covered_by` names rules that say the same hazard better.
    """

    sources: tuple[str, ...] = naming("sources", key="source", default=NOTHING)
    confidence: Confidence
    jurisdiction: tuple[Region, ...] = ()
    when: str | None = sentence()
    note: str | None = None
    covered_by: tuple[str, ...] = ()
    key: str | None = None
    except_for: tuple[str, ...] = naming("medicines")
    rows: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.sources:
            raise ValueError("'source' is empty: a fact without a source is not a fact")

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes this row another statement than its neighbours in the same table."""
        return self.key, self.when

    def overrides(self, other: "Fact") -> bool:
        """Whether this, a drug's own row, speaks instead of a class's: about the same thing, wherever that holds."""
        everywhere = not self.jurisdiction
        there = everywhere or (bool(other.jurisdiction) and {*other.jurisdiction} <= {*self.jurisdiction})
        return there and type(self) is type(other) and self.identity == other.identity


@record
class Code(Row):
    """A code of a public terminology; `unit` where a code stands for one unit of the test only.

    Without `sources` and `confidence` those of the thing it codes hold.
    """

    system: System
    code: str
    sources: tuple[str, ...] = naming("sources", key="source")
    confidence: Confidence | None = None
    use: CodeUse = CodeUse.USUAL
    unit: Unit | None = None
    note: str | None = None
