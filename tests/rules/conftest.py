import tomllib
from collections.abc import Mapping

import pytest

from careplan.rules import Names, parse
from careplan.rules.tree import Defined
from tests.rules.hand import DATA, load_names


@pytest.fixture(scope="session")
def names() -> Names:
    return load_names()


@pytest.fixture(scope="session")
def definitions(names: Names) -> Mapping[str, Defined]:
    read: dict[str, Defined] = {}
    for table in tomllib.loads((DATA / "definitions.toml").read_text(encoding="utf-8"))["definition"]:
        clause = parse(table["when"], names, read).clause
        read[table["id"]] = Defined(table["id"], clause, table.get("before", False))
    return read
