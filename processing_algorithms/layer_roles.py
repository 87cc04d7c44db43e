"""Layer roles as a person writes them in a parameter."""

from __future__ import annotations

import re

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.roles import Role
from weipian_plugin.texts import tr

_SEPARATORS = re.compile(r"[、，,；;\s]+")


def role_choice(role: Role) -> str:
    """Return how a role is offered in a list: by its code and its Chinese name."""
    return f"{role.value}（{role.label}）"


def role_of(text: str) -> Role:
    """Return the role named by its code, its Chinese name or the list entry that shows both."""
    for role in Role:
        if text in {role.value, role.label, role_choice(role)}:
            return role
    choices = "、".join(role_choice(role) for role in Role)
    raise WeipianError(tr("没有“{}”这种图层，请从这些里选：{}。").format(text, choices))


def roles_of(text: str) -> frozenset[Role]:
    """Return the roles named in a text, several parted by 、 or commas; none for ''."""
    return frozenset(role_of(part) for part in _SEPARATORS.split(text) if part)
