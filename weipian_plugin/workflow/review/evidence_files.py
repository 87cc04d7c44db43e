"""Use cases: attach papers and photos to a patch, take them away again, find them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path, PurePosixPath

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.people import person_name
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake.fingerprint import of_file
from weipian_plugin.store import evidence_files
from weipian_plugin.store.evidence_files import ATTACH, TAKE_AWAY, EvidenceFile
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.text_files import require_usable

_FOLDER = "{}_举证材料"
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_STEM = 80
"""Characters of a file's name that are kept: long paths fail on Windows."""


def evidence_folder(workspace: Path) -> Path:
    """Return the folder beside a workspace that holds its evidence files; it may not be there yet."""
    return workspace.with_name(_FOLDER.format(workspace.stem))


def place_of(workspace: Path, file: EvidenceFile) -> Path:
    """Return where the copy of an attached file lies: inside the folder, whatever the record says."""
    return evidence_folder(workspace).joinpath(*map(_safe_name, PurePosixPath(file.stored_as).parts))


def attach_files(
    workspace: Path, patch_no: str, sources: Sequence[Path], person: str, progress: Progress
) -> tuple[EvidenceFile, ...]:
    """Copy files into the folder beside the workspace and record them with their digests; return those new.

    A file of the same content that is attached already is left out. All are attached, or none. Raises
    WeipianError when nobody is named, a file cannot be read or copied, or the workspace not be written.
    """
    name = person_name(person, "办理人")
    work = Workspace.open(workspace)
    with work.reading() as connection:
        known = {file.sha256 for file in evidence_files.attached(connection, patch_no)}
    copied: list[EvidenceFile] = []
    try:
        for number, source in enumerate(sources):
            progress.report(number / len(sources), f"复制 {source.name}")
            digest, size = _digest(source, progress)
            if digest not in known:
                known.add(digest)
                target = _copy(source, evidence_folder(workspace), patch_no)
                stored_as = target.relative_to(evidence_folder(workspace)).as_posix()
                words = (source.name, stored_as, digest, size, str(source), name, date.today().isoformat())
                copied.append(EvidenceFile(patch_no, ATTACH, *words))
        with work.writing(name, "附举证材料", progress) as change:
            evidence_files.insert(change, copied)
    except BaseException:
        _remove(place_of(workspace, file) for file in copied)
        raise
    return tuple(copied)


def take_away(workspace: Path, file: EvidenceFile, person: str, progress: Progress) -> None:
    """Record that a file is attached no more; its copy stays in the folder."""
    name = person_name(person, "办理人")
    words = (file.name, file.stored_as, file.sha256, file.size, file.source, name, date.today().isoformat())
    with Workspace.open(workspace).writing(name, "撤下举证材料", progress) as change:
        evidence_files.insert(change, [EvidenceFile(file.patch_no, TAKE_AWAY, *words)])


def check_file(workspace: Path, file: EvidenceFile) -> str:
    """Return in Chinese what is wrong with the copy of an attached file; '' when it is as it was."""
    place = place_of(workspace, file)
    if not place.is_file():
        return f"“{file.name}”不在“{place.parent}”里，可能被移走或没有随工作库一起拷来。"
    try:
        digest, _ = of_file(place, Progress())
    except OSError:
        return f"“{file.name}”读不了，请检查“{place.parent}”的权限，文件是否正在别处打开。"
    if digest != file.sha256:
        return f"“{file.name}”与附上时的内容不同，文件被改动过。"
    return ""


def _digest(source: Path, progress: Progress) -> tuple[str, int]:
    require_usable(source)
    try:
        return of_file(source, progress)
    except OSError as error:
        raise WeipianError(f"读不了“{source}”，请检查文件是否还在、是不是文件夹、有没有读取权限。") from error


def _copy(source: Path, folder: Path, patch_no: str) -> Path:
    """Copy a file under a name that is still free, and return the copy."""
    place = folder / _safe_name(patch_no)
    if place.is_symlink():
        raise WeipianError(f"“{place}”是指向别处的链接，举证材料没有复制，请删去链接后重试。")
    try:
        place.mkdir(parents=True, exist_ok=True)
        target = _free(place, source)
        with target.open("xb"):
            pass
    except OSError as error:
        raise _not_copied(source, place) from error
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        with suppress(OSError):
            target.unlink()
        raise _not_copied(source, place) from error
    return target


def _not_copied(source: Path, place: Path) -> WeipianError:
    return WeipianError(
        f"不能把“{source.name}”复制到“{place}”，请检查磁盘是否已满、是否可写，有没有同名的文件挡着。"
    )


def _safe_name(name: str) -> str:
    """Return the name of a file or folder that leads nowhere else on any system."""
    return _NOT_IN_NAMES.sub("_", name) if name.strip(".") else "_"


def _free(place: Path, source: Path) -> Path:
    stem, suffix = _safe_name(source.stem)[:_LONGEST_STEM], _NOT_IN_NAMES.sub("_", source.suffix)
    target, number = place / f"{stem}{suffix}", 1
    while target.exists() or target.is_symlink():
        number += 1
        target = place / f"{stem}（{number}）{suffix}"
    return target


def _remove(places: Iterable[Path]) -> None:
    for place in places:
        with suppress(OSError):
            place.unlink(missing_ok=True)
