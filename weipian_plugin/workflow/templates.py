"""Which column template a workbook is made by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.exchange.columns import (
    DEFAULT_TEMPLATE,
    SHEETS,
    TEMPLATES,
    LedgerTemplate,
    SheetRule,
    load_template,
)

SHIPPED: Mapping[str, Path] = {
    "完整版": DEFAULT_TEMPLATE,
    "市级简表": TEMPLATES / "submission_short.yaml",
}
"""The templates of the submission workbook that come with the plug-in."""


def find_template(
    choice: str, shipped: Mapping[str, Path] = SHIPPED, rules: Mapping[str, SheetRule] = SHEETS
) -> LedgerTemplate:
    """Return the template of a shipped name or of a path; '' for the first shipped one.

    Raises WeipianError for a name that is none and a file with faults.
    """
    wanted = choice.strip() or next(iter(shipped))
    if wanted in shipped:
        return load_template(shipped[wanted], rules)
    path = Path(wanted)
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise WeipianError(f"没有叫“{wanted}”的列模板，请写{'、'.join(shipped)}，或选择一个 .yaml 文件。")
    return load_template(path, rules)
