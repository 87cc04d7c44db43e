"""What stands in the assistant's list: files or layers to be imported, with what the person corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from qgis.PyQt.QtGui import QPainterPath

from weipian_plugin.domain.roles import Role
from weipian_plugin.texts import translatable
from weipian_plugin.workflow.preview import Preview


class State(StrEnum):
    """How far an item is; shown in the list."""

    WAITING = translatable("待查看")
    READY = translatable("可导入")
    REFUSED = translatable("不能导入")
    ROLE_OPEN = translatable("请选种类")
    RUNNING = translatable("正在导入")
    DONE = translatable("已导入")


@dataclass(frozen=True)
class Corrections:
    """How the person wants a file to be read; what is empty is found out."""

    layer: str = ""
    encoding: str = ""
    crs: str = ""
    area_unit: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """A preview, and its outlines ready to be painted (degrees, north up)."""

    preview: Preview
    shapes: QPainterPath
    townships: QPainterPath


@dataclass
class ImportItem:
    """One file or layer."""

    path: str
    """Path, `|layername=` where the layer was found in a list."""
    name: str
    wanted: bool = True
    state: State = State.WAITING
    told: str = ""
    """Chinese: why it cannot be imported, or what came of it."""
    corrections: Corrections = field(default_factory=Corrections)
    seen: Seen | None = None
    report: Path | None = None
    received: date = field(default_factory=date.today)
    batch: str = ""
    update: bool = False
    role: Role | None = None
    """As chosen by the person."""
    guessed: Role | None = None
    scores: str = ""
    """How far the names speak for which role, in words."""
    edition: str = ""

    @property
    def source(self) -> str:
        """What to read it by."""
        layer = self.corrections.layer
        return f"{self.path}|layername={layer}" if layer else self.path

    @property
    def kind(self) -> Role | None:
        """The role, chosen or guessed."""
        return self.role or self.guessed
