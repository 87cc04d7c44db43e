"""The SQL texts of `schema/`, and names made safe for them.

Values never become SQL text: they are bound. Only names (tables, columns) are filled in, always quoted.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

SCHEMA = Path(__file__).resolve().parent / "schema"


def quoted(name: str) -> str:
    """Return a table or column name as an SQL identifier, whatever characters it has."""
    return '"' + name.replace("\0", "").replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL string literal, for names that stand as values in a schema script."""
    return "'" + text.replace("\0", "").replace("'", "''") + "'"


@cache
def script(name: str) -> str:
    """Return the text of `schema/<name>.sql`."""
    return (SCHEMA / f"{name}.sql").read_text(encoding="utf-8")


def fill(text: str, **names: str) -> str:
    """Return an SQL text with its `$name` places filled with quoted names."""
    return Template(text).substitute(names)


def statements(text: str) -> list[str]:
    """Split a script into statements, so that they run inside the open transaction.

    `executescript` would commit first. Triggers hold semicolons: a statement ends at a `;` that ends its
    line, inside BEGIN … END at `END;`.
    """
    found: list[str] = []
    lines: list[str] = []
    for line in text.splitlines():
        if not lines and (not line.strip() or line.lstrip().startswith("--")):
            continue
        lines.append(line)
        if _ends(lines):
            found.append("\n".join(lines))
            lines = []
    return found


def _ends(lines: list[str]) -> bool:
    last = lines[-1].split("--")[0].rstrip()
    if lines[0].startswith("CREATE TRIGGER"):
        return last == "END;"
    return last.endswith(";")
