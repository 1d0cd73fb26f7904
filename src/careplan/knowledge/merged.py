"""A base with overlays, merged once and kept by the hash of everything it is made of."""

import contextlib
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from careplan.codec.file import write_whole
from careplan.knowledge.compiled import Section, combined, digest, load_compiled
from careplan.knowledge.problem import KnowledgeError


def cache_folder() -> Path:
    """Where merged bases are kept: ``careplan`` in the user's cache. It may be deleted at any time."""
    stated = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(stated) if stated else Path.home() / ".cache") / "careplan"


def made_of(folder: Path, overlays: Sequence[Path]) -> str:
    """A hash of the authored files of the base, of the overlays, and of the code that merges them.

    Raises KnowledgeError if an overlay is no folder.
    """
    for overlay in overlays:
        if not overlay.is_dir():
            raise KnowledgeError(f"{overlay} is no folder: an overlay is a folder of TOML files")
    code = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        code.update(file.read_bytes())
    return combined(f"{code.hexdigest()} {digest(folder)}", map(digest, overlays))


def merged(folder: Path, overlays: Sequence[Path], key: str) -> Section:
    """The authored files of a base with overlays, as a compiled file.

    Inspecting and merging takes seconds, so the outcome is kept under `key`; where it cannot be kept it is made each
    time. Raises KnowledgeError if an overlay is not sound, or contradicts the base.
    """
    file = cache_folder() / f"{key}.json"
    try:
        return load_compiled(file)
    except (KnowledgeError, OSError):
        return _made(folder, overlays, file)


def _made(folder: Path, overlays: Sequence[Path], file: Path) -> Section:
    from careplan.knowledge.compilation import compile_folder

    content = compile_folder(folder, overlays).encode()
    with contextlib.suppress(OSError):  # a cache that cannot be written costs time, nothing else
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content)
    return Section.of(content.splitlines())
