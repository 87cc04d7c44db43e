"""The two things that the assistant imports: what differs between patches and base layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui.desk import Desk
from weipian_plugin.gui.intake_assistant.items import ImportItem, Seen, State
from weipian_plugin.gui.intake_assistant.outline_view import path_of
from weipian_plugin.texts import tr
from weipian_plugin.workflow.import_base import BaseImport, BaseSource, import_base
from weipian_plugin.workflow.import_patches import PatchImport, PatchSource, import_patches
from weipian_plugin.workflow.preview import Preview, list_base_layers, preview_base, preview_patches

Work = Callable[[Progress], Any]


class Kind(Protocol):
    """What the dialog asks of a kind."""

    has_roles: bool

    @property
    def title(self) -> str:
        """What is imported, as the window's title."""

    def need(self) -> str:
        """Return what is missing before anything can be imported; '' when nothing is."""

    def find(self, paths: Sequence[str]) -> Work:
        """Return the work that finds (items, sentences about refused files) in dropped files."""

    def look(self, item: ImportItem) -> Work:
        """Return the work that makes what is `Seen` of an item."""

    def missing(self, item: ImportItem) -> str:
        """Return what the person must still fill in for an item."""

    def bring_in(self, item: ImportItem, actor: str) -> Work:
        """Return the work that imports an item."""

    def tell(self) -> None:
        """Tell the other windows that an import is over."""

    def words(self, item: ImportItem, outcome: Any) -> str:
        """Return what came of an import in Chinese."""


def seen(preview: Preview) -> Seen:
    """Return a preview with its paths; may be called in any thread."""
    return Seen(preview, path_of(preview.shapes), path_of(preview.townships))


class PatchKind:
    """Issued patches, into the open workspace."""

    has_roles = False

    def __init__(self, desk: Desk) -> None:
        """Import into what this desk's session has open."""
        self._desk = desk

    @property
    def title(self) -> str:
        """What is imported, as the window's title."""
        return tr("导入图斑")

    def need(self) -> str:
        """Return what is missing before anything can be imported; '' when nothing is."""
        if self._desk.session.workspace is None:
            return tr("还没有打开工作库：图斑要导入到本年度的工作库里，请先新建或打开。")
        return ""

    def find(self, paths: Sequence[str]) -> Work:
        """Return the work that makes one item a file."""
        items = [ImportItem(path, Path(path).name, batch=Path(path).stem) for path in paths]
        return lambda progress: (items, [])

    def look(self, item: ImportItem) -> Work:
        """Return the work that looks at a batch."""
        workspace, library, source = self._workspace(), self._desk.session.library, _batch(item)
        return lambda progress: seen(preview_patches(workspace, library, source, progress))

    def missing(self, item: ImportItem) -> str:
        """Return what the person must still fill in."""
        if item.received > date.today():
            return tr("收到日期晚于今天，请改正。")
        return ""

    def bring_in(self, item: ImportItem, actor: str) -> Work:
        """Return the work that imports the batch."""
        workspace, source = self._workspace(), _batch(item)
        return lambda progress: import_patches(workspace, source, actor, progress)

    def tell(self) -> None:
        """Tell the other windows that an import is over."""
        self._desk.session.tell_changed()

    def words(self, item: ImportItem, outcome: PatchImport) -> str:
        """Return what came of an import in Chinese."""
        text = tr("已导入批次“{batch}”：{count}个图斑（其中更新{updated}个）。接着请做套合分析。")
        return text.format(batch=outcome.batch, count=outcome.patches, updated=outcome.updated)

    def _workspace(self) -> Path:
        return self._desk.session.workspace or Path()


class BaseKind:
    """Base layers, into the library."""

    has_roles = True

    def __init__(self, desk: Desk) -> None:
        """Import into this desk's library, until another is chosen."""
        self._desk = desk
        self.library: Path | None = desk.session.library or _beside_workspace(desk)
        self._filled: Path | None = None

    @property
    def title(self) -> str:
        """What is imported, as the window's title."""
        return tr("导入底图")

    def need(self) -> str:
        """Return what is missing before anything can be imported; '' when nothing is."""
        if self.library is None:
            return tr("还没有底图库：请选择已有的底图库文件，或写一个新文件名，导入第一个图层时建立。")
        return ""

    def find(self, paths: Sequence[str]) -> Work:
        """Return the work that makes one item a layer."""
        edition = tr("{year}年{month}月提供").format(year=date.today().year, month=date.today().month)

        def work(progress: Progress) -> tuple[list[ImportItem], list[str]]:
            layers, refused = list_base_layers(list(paths), progress)
            items = []
            for layer in layers:
                role = layer.proposal.role if layer.proposal.is_clear else None
                item = ImportItem(layer.source, layer.name, guessed=role, edition=edition)
                item.scores = layer.proposal.text()
                item.wanted, item.state = (True, State.WAITING) if role else (False, State.ROLE_OPEN)
                items.append(item)
            return items, refused

        return work

    def look(self, item: ImportItem) -> Work:
        """Return the work that looks at a layer."""
        library, source = self.library or Path(), _layer(item)
        return lambda progress: seen(preview_base(library, source, progress))

    def missing(self, item: ImportItem) -> str:
        """Return what the person must still fill in."""
        if item.kind is None:
            return tr("请选择“{name}”的图层种类。").format(name=item.name)
        if not item.edition.strip():
            return tr("请填写“{name}”的版本，例如 2020年度变更调查。").format(name=item.name)
        return ""

    def bring_in(self, item: ImportItem, actor: str) -> Work:
        """Return the work that imports the layer."""
        library, source = self.library or Path(), _layer(item)

        def work(progress: Progress) -> BaseImport:
            outcome = import_base(library, source, progress)
            self._filled = library
            return outcome

        return work

    def tell(self) -> None:
        """Take the library as the one in use once it has a layer of ours."""
        if self._filled is not None:
            self._desk.session.set_library(self._filled)

    def words(self, item: ImportItem, outcome: BaseImport) -> str:
        """Return what came of an import in Chinese."""
        text = tr("已导入{role}（{edition}）：{count}个要素。")
        return text.format(role=outcome.role.label, edition=item.edition, count=outcome.features)


def _beside_workspace(desk: Desk) -> Path | None:
    """Return where the first library would be made."""
    workspace = desk.session.workspace
    return workspace.with_name(tr("底图库.gpkg")) if workspace is not None else None


def _batch(item: ImportItem) -> PatchSource:
    wanted = item.corrections
    return PatchSource(
        item.source,
        item.received,
        item.batch.strip(),
        wanted.encoding,
        wanted.crs,
        wanted.area_unit,
        item.update,
        dict(wanted.fields),
    )


def _layer(item: ImportItem) -> BaseSource:
    wanted = item.corrections
    return BaseSource(
        item.source,
        item.kind,
        item.edition.strip(),
        wanted.encoding,
        wanted.crs,
        fields=dict(wanted.fields),
    )
