"""Make the invented sample district (示例数据): issued patches and all base layers.

    python scripts/make_sample.py DIR --parcels 20000 --patches 300 --seed 1

The same arguments give the same files. 200,000 parcels cover the size of the real district; fewer parcels of
the same size cover a smaller one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from weipian_plugin.sample.make import LEAST_PARCELS, make_sample


class Diary:
    """Prints each step with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    def say(self, text: str) -> None:
        """Print one line."""
        print(f"[{time.perf_counter() - self._start:5.1f} 秒] {text}", flush=True)


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
    manifest = make_sample(options.folder, options.parcels, options.patches, options.seed, Diary().say)
    for role, count in manifest["feature_counts"].items():  # type: ignore[attr-defined]
        print(f"    {role:<16}{count:>8} 个要素")
    return 0


if __name__ == "__main__":
    sys.exit(main())
