"""How the structure of a workspace has grown: numbered steps, each from one version to the next.

The scripts that `create_tables` runs always say what is newest, and make new workspaces. A step says how an
older one gets there: first its script `schema/workspace_<version>.sql`, then `fill`, for values that the rows
there need. What was released is never edited again: the next change is the next step, so that every workspace
ever made can be opened. tests/store/test_older_files.py takes real files of all versions through the steps
and holds that they end like new ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from weipian_plugin.store import schema_fill
from weipian_plugin.store.change import Change


@dataclass(frozen=True)
class SchemaStep:
    """The way from the version before to this one."""

    version: int
    since_plugin: str
    """The first plug-in version that writes this structure: what an older one tells its user to get."""
    fill: Callable[[Change], None] | None = None
    """Puts values into rows that are there already, and records them; None where the defaults will do."""

    @property
    def script(self) -> str:
        """Name of the SQL script in `schema/`."""
        return f"workspace_{self.version}"


STEPS = (
    SchemaStep(2, "0.2.0"),
    SchemaStep(3, "0.2.0", schema_fill.days_of_splits),
    SchemaStep(4, "0.2.0"),
    SchemaStep(5, "0.2.0"),
    SchemaStep(6, "0.2.0"),
)
"""All steps after version 1, in their order."""
LATEST = STEPS[-1]
