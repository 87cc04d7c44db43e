"""Show the month's work on an invented district (示例数据), with the built plug-in in real QGIS.

Makes the sample, a workspace and a base library in a new folder below demo/, runs `weipian:month` through
scripts/qgis_process as a batch user would, and says in Chinese what came out and where.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import build, headless

COMMAND = "scripts/qgis_process"


class StepFailed(Exception):
    """A step of the demo failed; the message says which."""


def main() -> int:
    """Run the demo; exit code 1 when any step fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parcels", type=int, default=20_000)
    parser.add_argument("--patches", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2021)
    chosen = parser.parse_args()
    folder = build.ROOT / "demo" / datetime.now().strftime("%Y%m%d-%H%M%S")
    started = time.perf_counter()
    try:
        run_demo(folder, chosen.parcels, chosen.patches, chosen.seed)
    except (StepFailed, OSError) as error:
        print(f"演示失败：{error}", file=sys.stderr)
        return 1
    print(f"\n全部用时 {time.perf_counter() - started:.0f} 秒。")
    return 0


def run_demo(folder: Path, parcels: int, patches: int, seed: int) -> None:
    """Make the sample in `folder` and do one month's work on it."""
    _title(f"一、生成示例区县（全部为虚构的示例数据）：{_shown(folder)}")
    script = build.ROOT / "scripts" / "make_sample.py"
    sizes = ["--parcels", str(parcels), "--patches", str(patches), "--seed", str(seed)]
    _call([sys.executable, str(script), str(folder), *sizes])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    workspace, library, ledger = (folder / name for name in ("工作库2021.gpkg", "底图库.gpkg", "台账.xlsx"))
    _prepare(folder, manifest, workspace, library)
    _title("四、本月一键办理：导入图斑、套合分析、分派职责、导出台账")
    month: dict[str, Any] = {
        "WORKSPACE": workspace,
        "LIBRARY": library,
        "INPUT": folder / manifest["patches"],
        "RECEIVED": manifest["received"],
        "BATCH": "2021年7月（示例）",
        "OUTPUT": ledger,
    }
    words = _words("month", month)
    print("  " + _command_line(words))
    _call([str(build.ROOT / COMMAND), *words])
    _show_result(workspace, library, ledger)


def _prepare(folder: Path, manifest: Mapping[str, Any], workspace: Path, library: Path) -> None:
    """Make the workspace and import every base layer, all in one QGIS to save starting it a dozen times."""
    _title("二、新建工作库（启动 QGIS，载入构建好的插件）")
    with headless.qgis():
        _run_algorithm("createworkspace", {"WORKSPACE": workspace, "YEAR": 2021})
        _title("三、导入底图")
        for layer in manifest["base"]:
            values = {
                "LIBRARY": library,
                "INPUT": _source(folder, layer),
                "ROLE": layer["role"],
                "EDITION": layer["edition"],
            }
            outcome = _run_algorithm("importbase", values)
            print(f"    要素 {outcome['FEATURES']} 个，发现的问题 {outcome['FINDINGS']} 个")


def _source(folder: Path, layer: Mapping[str, str]) -> str:
    """Return a base layer's path as QGIS writes it, with the layer's name where the file holds several."""
    named = f"|layername={layer['layer']}" if "layer" in layer else ""
    return f"{folder / layer['path']}{named}"


def _run_algorithm(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Run one of our algorithms in this process and return its outputs."""
    import processing
    from qgis.core import QgsProcessingException

    print("  " + _command_line(_words(name, values)), flush=True)
    parameters = {key: str(value) if isinstance(value, Path) else value for key, value in values.items()}
    try:
        return dict(processing.run(f"weipian:{name}", parameters))
    except QgsProcessingException as error:
        raise StepFailed(f"{name}：{error}") from error


def _words(name: str, values: Mapping[str, Any]) -> list[str]:
    """Return the arguments that give the same run to qgis_process."""
    return ["run", f"weipian:{name}", "--", *(f"{key}={value}" for key, value in values.items())]


def _command_line(words: list[str]) -> str:
    """Return the command as a person would type it at the root of the checkout."""
    short = [word.replace(f"{build.ROOT}/", "") for word in words]
    return f"{COMMAND} {shlex.join(short)}"


def _call(command: list[str]) -> None:
    """Run a program; what it prints is shown as it comes."""
    sys.stdout.flush()
    code = subprocess.run(command, check=False).returncode
    if code != 0:
        raise StepFailed(f"{Path(command[0]).name} 返回代码 {code}，原因见上。")


# What came out ----------------------------------------------------------------------------------------------

STATES = "SELECT duty_state, count(*) FROM patch GROUP BY duty_state ORDER BY count(*) DESC"
UNITS = """
    SELECT unit, count(DISTINCT patch_no) FROM duty WHERE duty = '查处' GROUP BY unit ORDER BY 2 DESC, 1
"""
AREAS = """
    SELECT role, count(DISTINCT patch_no), sum(area_mu) FROM overlay_area
    WHERE status = '命中' GROUP BY role ORDER BY 2 DESC, 1
"""
SENTENCE = "SELECT patch_no, unit, reason FROM duty WHERE duty = '查处' ORDER BY area_m2 DESC LIMIT 1"


def _show_result(workspace: Path, library: Path, ledger: Path) -> None:
    """Print the figures of the month and where the files are; fail when there are none."""
    _title("五、结果")
    connection = sqlite3.connect(f"{workspace.as_uri()}?mode=ro", uri=True)
    try:
        states = connection.execute(STATES).fetchall()
        units = connection.execute(UNITS).fetchall()
        areas = connection.execute(AREAS).fetchall()
        sentence = connection.execute(SENTENCE).fetchone()
    finally:
        connection.close()
    if not states or not units or sentence is None or not ledger.exists():
        raise StepFailed("工作库里没有分派结果，或者没有生成台账。")
    print(f"图斑 {sum(count for _, count in states)} 个，职责状态：{_counts(states)}")
    print(f"查处单位（建议，涉及图斑数）：{_counts(units)}")
    print("与各图层套合（命中图斑数，面积）：")
    for role, count, area in areas:
        print(f"    {_role_label(role)}：{count} 个，{area:.2f} 亩")
    number, unit, reason = sentence
    print(f"依据举例：图斑 {number}，{unit}。{reason}")
    print("\n文件在这里：")
    for label, path in (("台账", ledger), ("工作库", workspace), ("底图库", library)):
        print(f"    {label}：{_shown(path)}")
    print("以上为线索和建议，合法性结论由经办人作出。")


def _role_label(role: str) -> str:
    from weipian_plugin.domain.roles import Role

    return Role(role).label


def _counts(rows: list[tuple[str, int]]) -> str:
    return "，".join(f"{name} {count} 个" for name, count in rows)


def _shown(path: Path) -> str:
    return str(path.relative_to(build.ROOT))


def _title(text: str) -> None:
    print(f"\n{text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
