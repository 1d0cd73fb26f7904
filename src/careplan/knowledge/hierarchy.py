"""Walking up from names to what they belong to."""

from collections.abc import Callable, Iterable


def ancestors(names: Iterable[str], parents: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """The names themselves and everything above them."""
    reached: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += parents(name)
    return frozenset(reached)
