"""The duties a plan can give, and the states a patch's assignment can be in."""

from __future__ import annotations

from enum import StrEnum


class DutyName(StrEnum):
    """What a unit has to do about a patch; the column `duty` of the workspace."""

    LEAD = "查处"
    ASSIST = "协办"
    TERRITORY = "属地责任"
    RECULTIVATION = "复耕验收"
    REGREENING = "复绿验收"
    CONFISCATION = "没收接收"
    TRANSFER = "移送受理"
    CUT_OFF = "断供"
    SUPERVISION = "督查"


class DutyState(StrEnum):
    """How settled the 查处 unit of a patch is; the column `duty_state` of the workspace."""

    UNIQUE = "唯一"
    """Exactly one unit claims the patch."""
    CONFLICT = "待会商"
    """Several units claim it: one is proposed, a person decides."""
    DEFAULT = "兜底"
    """No unit claims it: the unit with overall responsibility takes it."""
    NOT_EVALUATED = "未评估"
    """A layer that could bring a claim was not looked at: what was found is only proposed."""


PROPOSED = "建议"
"""The status of a duty that nobody has decided about; any other one is a person's word."""
