"""One door to all readers: which layer of a source is meant, and the layer as it stands in the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake import cloud_package, vector_file
from weipian_plugin.intake.catalogue import finding
from weipian_plugin.intake.raw_layer import RawLayer
from weipian_plugin.intake.shapefile import read_shapefile
from weipian_plugin.intake.source import Kind, Source

Chooser = Callable[[dict[str, list[str]]], str]
"""Given the fields of every layer, return the name of the one meant, '' when undecided."""


def read_raw(source: Source, encoding: str, choose: Chooser, progress: Progress) -> RawLayer:
    """Return the layer of the source; `choose` decides where it has several and none is named."""
    if source.kind is Kind.SHAPEFILE:
        raw = read_shapefile(source, encoding, progress)
        return replace(raw, layer=source.name, findings=source.findings + raw.findings)
    if source.kind is Kind.SQLITE:
        if cloud_package.is_cloud_package(source):
            return cloud_package.read_cloud_package(source, progress)
        if not cloud_package.is_geopackage(source):
            raise WeipianError(f"{source.original.name} 不是国土调查云数据包（没有表 JCTB），请检查文件。")
    return _read_layer(source, choose, progress)


def _read_layer(source: Source, choose: Chooser, progress: Progress) -> RawLayer:
    layers = vector_file.polygon_layers(source)
    found = source.findings
    if source.layer:
        layer = _named(source, layers)
    elif len(layers) == 1:
        layer = layers[0]
    else:
        layer = _chosen(source, layers, choose)
        found = (*found, finding("layer-chosen", layers, layer=layer))
    raw = vector_file.read_layer(source, layer, progress)
    return replace(raw, findings=found + raw.findings)


def _named(source: Source, layers: list[str]) -> str:
    for layer in layers:
        if layer.casefold() == source.layer.casefold():
            return layer
    listing = "、".join(layers) or "无"
    raise WeipianError(f"{source.original.name} 里没有面图层“{source.layer}”，现有的面图层是：{listing}。")


def _chosen(source: Source, layers: list[str], choose: Chooser) -> str:
    if not layers:
        raise WeipianError(f"{source.original.name} 里没有面图层，请换成含图斑的文件。")
    layer = choose({layer: vector_file.field_names(source, layer) for layer in layers})
    if not layer:
        listing = "、".join(layers)
        raise WeipianError(
            f"{source.original.name} 里有多个面图层（{listing}），请在路径后写 |layername=图层名 指定一个。"
        )
    return layer
