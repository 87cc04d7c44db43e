"""Use case: change how a workspace's casework is done: category dictionary, review by another person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import settings
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.advance import REVIEW_SETTING, is_review_by_another
from weipian_plugin.workflow.categories import dictionary_of, dictionary_settings

YES, NO = "是", "否"


@dataclass(frozen=True)
class CaseworkSettings:
    """The settings after the run."""

    changed: int
    dictionary: str
    """Title and version of the land dictionary in force."""
    review_by_another: bool


def change_casework_settings(
    workspace: Path, actor: str, dictionary: str = "", review_by_another: str = ""
) -> CaseworkSettings:
    """Change the settings that are given; '' leaves one as it is.

    Raises WeipianError for a dictionary with faults, naming the lines; then nothing is changed.
    """
    if review_by_another not in ("", YES, NO):
        raise WeipianError(f"“复核人须与判定人不同”只能写{YES}或{NO}，现在是“{review_by_another}”。")
    work = Workspace.open(workspace)
    wanted = dictionary_settings(dictionary) if dictionary else {}
    if review_by_another:
        wanted[REVIEW_SETTING] = review_by_another
    before = settings.read(work)
    wanted = {key: value for key, value in wanted.items() if value != before.get(key, "")}
    with work.writing(actor, "修改办案设置") as change:
        changed = settings.put(change, wanted)
    held = settings.read(work)
    land = dictionary_of(work).land
    return CaseworkSettings(len(changed), f"{land.title} {land.version}", is_review_by_another(held))
