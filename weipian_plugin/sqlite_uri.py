"""How SQLite is told which file to open."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote


def sqlite_uri(path: Path, mode: str) -> str:
    """Return the SQLite URI of a file; mode is `ro`, `rw`, `rwc` or `immutable`.

    `Path.as_uri` will not do: it names the computer of a shared folder where SQLite accepts none.
    """
    place = path.absolute().as_posix()
    root = "" if place.startswith("/") else "/"
    options = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    return f"file://{root}{quote(place, safe='/:')}?{options}"
