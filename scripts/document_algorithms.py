"""Write docs/算法.md: every algorithm with help and parameters, as the built plug-in tells QGIS."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import build, headless

if TYPE_CHECKING:
    from qgis.core import QgsProcessingAlgorithm

TARGET = build.ROOT / "docs" / "算法.md"
HEAD = """# 处理算法

由 `make docs` 根据插件生成，请勿手工修改。在 QGIS 的“处理工具箱 → 卫片执法”中运行，或用命令行：

    scripts/qgis_process run weipian:算法名 -- 参数=值 …
"""


def document() -> str:
    """Return the page, the algorithms in the provider's own order."""
    with headless.qgis() as application:
        from weipian_plugin.processing_algorithms.provider import ALGORITHMS

        provider = application.processingRegistry().providerById("weipian")
        algorithms = [provider.algorithm(algorithm().name()) for algorithm in ALGORITHMS]
        return "\n".join([HEAD, *_chapters(algorithms)])


def _chapters(algorithms: Iterable[QgsProcessingAlgorithm]) -> Iterator[str]:
    for title, members in itertools.groupby(algorithms, key=lambda algorithm: algorithm.group()):
        yield f"## {title}\n"
        yield from map(_section, members)


def _section(algorithm: QgsProcessingAlgorithm) -> str:
    from qgis.core import QgsProcessingParameterDefinition

    lines = [f"### {algorithm.displayName()} `{algorithm.id()}`", "", algorithm.shortHelpString().strip(), ""]
    lines += ["| 参数 | 说明 | 必填 | 默认值 |", "|---|---|---|---|"]
    for item in algorithm.parameterDefinitions():
        optional = bool(item.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
        default = "" if item.defaultValue() is None else str(item.defaultValue())
        lines.append(f"| `{item.name()}` | {item.description()} | {'否' if optional else '是'} | {default} |")
    lines += ["", "| 输出 | 说明 |", "|---|---|"]
    lines += [f"| `{item.name()}` | {item.description()} |" for item in algorithm.outputDefinitions()]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8", newline="\n")
    print(TARGET)
