"""What a file holds, for a person to look at before it is imported; also where it cannot be taken."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from weipian_plugin.domain.errors import Cancelled, WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.intake import archive, vector_file
from weipian_plugin.intake.base_layer import LayerIntake, layer_chooser, role_of, take_layer
from weipian_plugin.intake.options import LayerOptions, PatchOptions
from weipian_plugin.intake.patches import PatchIntake, choose_layer, take_patches
from weipian_plugin.intake.raw_layer import RawLayer
from weipian_plugin.intake.reader import Chooser, read_raw
from weipian_plugin.intake.role_guess import RoleProposal
from weipian_plugin.intake.source import Kind, Source, open_source, parse_source
from weipian_plugin.intake.values import texts

MOST_ROWS = 100
_MOST_SAMPLES = 8
_LONGEST_SAMPLE = 16
_ANY_BYTES = "ISO-8859-1"
"""Names that tell a role are ASCII; this takes the others as they come."""

Intake = TypeVar("Intake")


@dataclass(frozen=True)
class LayerName:
    """One layer that could be imported."""

    source: str
    """What to import it by: path, `|layername=` where there are several."""
    name: str
    proposal: RoleProposal


@dataclass(frozen=True)
class Look(Generic[Intake]):
    """What a file shows, and what would be taken from it; everything is empty that could not be read."""

    kind: str = ""
    layers: tuple[str, ...] = ()
    """What may be chosen from, where there is more than one."""
    layer: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """The first rows as text, each as long as `columns`."""
    samples: tuple[str, ...] = ()
    """Some texts with Chinese in them, by which garbling is seen."""
    count: int = 0
    encoding: str = ""
    encoding_why: str = ""
    proposal: RoleProposal | None = None
    intake: Intake | None = None
    refusal: str = ""
    """Chinese: why nothing can be taken; '' where `intake` is there."""


def look_at_patches(text: str, options: PatchOptions, progress: Progress) -> Look[PatchIntake]:
    """Return what a file of issued patches shows; raises Cancelled and nothing else of ours."""

    def take(source: Source, raw: RawLayer, part: Progress) -> PatchIntake:
        return take_patches(source, raw, options, part)

    return _look(text, options.encoding, choose_layer, take, progress)


def look_at_layer(
    text: str, role: Role | None, options: LayerOptions, progress: Progress
) -> Look[LayerIntake]:
    """Return what a base layer shows; raises Cancelled and nothing else of ours."""

    def take(source: Source, raw: RawLayer, part: Progress) -> LayerIntake:
        return take_layer(source, raw, role, options, part)

    return _look(text, options.encoding, layer_chooser(role), take, progress)


def layers_in(text: str, progress: Progress) -> list[LayerName]:
    """Return every polygon layer of a file, geodatabase or archive, with what it may be.

    Raises WeipianError when the file cannot be opened.
    """
    path, wanted = parse_source(text)
    names = archive.data_set_names(path) if _is_zip(text) and not wanted else []
    if len(names) > 1:
        return [layer for name in names for layer in layers_in(f"{path}|layername={name}", progress)]
    with open_source(text, progress) as source:
        return list(_layers(source, text, bool(wanted)))


def _layers(source: Source, text: str, named: bool) -> Iterator[LayerName]:
    if source.kind in (Kind.SHAPEFILE, Kind.SQLITE):
        encoding = _ANY_BYTES if source.kind is Kind.SHAPEFILE else None
        fields = vector_file.field_names(source, "", encoding)
        yield LayerName(text, source.name, role_of(source, source.name, fields))
        return
    layers = vector_file.polygon_layers(source)
    if source.layer:
        layers = [layer for layer in layers if layer.casefold() == source.layer.casefold()]
    for layer in layers:
        proposal = role_of(source, layer, vector_file.field_names(source, layer))
        whole = named or len(layers) == 1
        yield LayerName(text if whole else f"{text}|layername={layer}", layer, proposal)


def _look(
    text: str,
    encoding: str,
    choose: Chooser,
    take: Callable[[Source, RawLayer, Progress], Intake],
    progress: Progress,
) -> Look[Intake]:
    look: Look[Intake] = Look()
    try:
        look = replace(look, layers=_archived(text))
        with open_source(text, progress.part(0.0, 0.2)) as source:
            look = replace(look, kind=source.kind.value, layers=look.layers or _choices(source))
            raw = read_raw(source, encoding, choose, progress.part(0.2, 0.5))
            look = replace(_seen(raw, look), proposal=role_of(source, raw.layer, raw.attributes.columns))
            return replace(look, intake=take(source, raw, progress.part(0.5, 1.0)))
    except Cancelled:
        raise
    except WeipianError as error:
        return replace(look, refusal=str(error))


def _is_zip(text: str) -> bool:
    path, _ = parse_source(text)
    return path.suffix.lower() == ".zip" and zipfile.is_zipfile(path)


def _archived(text: str) -> tuple[str, ...]:
    """Return the data sets of an archive that has several."""
    names = archive.data_set_names(parse_source(text)[0]) if _is_zip(text) else []
    return tuple(names) if len(names) > 1 else ()


def _choices(source: Source) -> tuple[str, ...]:
    if source.kind in (Kind.SHAPEFILE, Kind.SQLITE):
        return ()
    layers = vector_file.polygon_layers(source)
    return tuple(layers) if len(layers) > 1 else ()


def _seen(raw: RawLayer, look: Look[Intake]) -> Look[Intake]:
    head = raw.attributes.head(MOST_ROWS)
    columns = [texts(head.iloc[:, index]) for index in range(head.shape[1])]
    return replace(
        look,
        layer=raw.layer,
        columns=tuple(map(str, head.columns)),
        rows=tuple(zip(*columns, strict=True)),
        samples=tuple(_samples(columns)),
        count=len(raw.fids),
        encoding=raw.encoding,
        encoding_why=raw.encoding_why,
    )


def _samples(columns: list[list[str]]) -> list[str]:
    """Return distinct texts that are not plain ASCII, from every column before more of the same."""
    odd = [[value for value in dict.fromkeys(column) if not value.isascii()] for column in columns]
    ranked = [column[turn] for turn in range(_MOST_SAMPLES) for column in odd if turn < len(column)]
    return [value[:_LONGEST_SAMPLE] for value in dict.fromkeys(ranked)][:_MOST_SAMPLES]
