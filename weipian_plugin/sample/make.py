"""The whole sample: the files of a district that does not exist, in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from weipian_plugin.sample.base_layers import make_base_layers
from weipian_plugin.sample.delivery import write_base_layers, write_papers, write_patches
from weipian_plugin.sample.issued_table import issued_layer
from weipian_plugin.sample.later import FIRST, Later
from weipian_plugin.sample.patches import place_patches

LEAST_PARCELS = 500


def make_sample(
    folder: Path,
    parcels: int,
    patches: int,
    seed: int,
    say: Callable[[str], None],
    received: date = FIRST,
) -> dict[str, object]:
    """Write the sample into `folder` and return its manifest; `say` is told each step in Chinese.

    All its days are moved with the day on which the patches are `received`.
    """
    later = Later.for_received(received)
    say(f"开始生成示例数据：地类图斑 {parcels} 个，卫片图斑 {patches} 个，随机种子 {seed}")
    district = make_base_layers(parcels, patches, seed, say)
    say("正在布设卫片图斑")
    planned = place_patches(district.ground, patches, seed)
    issued = issued_layer(planned, district.ground, seed)
    say("正在写出底图和图斑文件")
    counts: dict[str, object] = {
        "patches": write_patches(issued, folder, later),
        "base": write_base_layers(district.layers, folder, later),
        "parcel_count": parcels,
        "patch_count": len(issued),
        "seed": seed,
        "cases": dict(sorted(Counter(patch.case.key for patch in planned).items())),
        "feature_counts": {role: len(layer) for role, layer in district.layers.items()},
    }
    manifest = write_papers(folder, counts, received)
    say(f"完成：{len(issued)} 个卫片图斑、{len(district.layers)} 类底图在 {folder}")
    return manifest
