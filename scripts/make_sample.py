"""Make the invented sample district (示例数据): issued patches and all base layers.

    python scripts/make_sample.py DIR --parcels 20000 --patches 300 --seed 1

The same arguments give the same files. 200,000 parcels cover the size of the real district; fewer parcels of
the same size cover a smaller one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.sample.base_layers import make_base_layers
from scripts.sample.delivery import write_base_layers, write_papers, write_patches
from scripts.sample.issued_table import issued_layer
from scripts.sample.patches import place_patches

LEAST_PARCELS = 500


class Diary:
    """Prints each step with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    def say(self, text: str) -> None:
        """Print one line."""
        print(f"[{time.perf_counter() - self._start:5.1f} 秒] {text}", flush=True)


def make_sample(folder: Path, parcels: int, patches: int, seed: int) -> dict[str, object]:
    """Write the sample into `folder` and return its manifest."""
    diary = Diary()
    diary.say(f"开始生成示例数据：地类图斑 {parcels} 个，卫片图斑 {patches} 个，随机种子 {seed}")
    district = make_base_layers(parcels, patches, seed, diary.say)
    diary.say("正在布设卫片图斑")
    planned = place_patches(district.ground, patches, seed)
    issued = issued_layer(planned, district.ground, seed)
    diary.say("正在写出底图和图斑文件")
    manifest: dict[str, object] = {
        "patches": write_patches(issued, folder),
        "base": write_base_layers(district.layers, folder),
        "parcel_count": parcels,
        "patch_count": len(issued),
        "seed": seed,
        "cases": dict(sorted(Counter(patch.case.key for patch in planned).items())),
    }
    write_papers(folder, manifest)
    diary.say(f"完成：{len(issued)} 个卫片图斑、{len(district.layers)} 类底图在 {folder}")
    for role, layer in district.layers.items():
        print(f"    {role:<16}{len(layer):>8} 个要素")
    return manifest


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="生成示例区（示例数据）：下发图斑和全部底图")
    parser.add_argument("folder", metavar="DIR", type=Path, help="写到哪个文件夹")
    parser.add_argument("--parcels", type=int, default=20_000, help="地类图斑数，默认 20000")
    parser.add_argument("--patches", type=int, default=300, help="卫片图斑数，默认 300")
    parser.add_argument("--seed", type=int, default=1, help="随机种子，默认 1")
    options = parser.parse_args(arguments)
    if options.parcels < LEAST_PARCELS or options.patches < 1 or options.seed < 0:
        parser.error(f"--parcels 至少 {LEAST_PARCELS}，--patches 至少 1，--seed 不能为负")
    make_sample(options.folder, options.parcels, options.patches, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
