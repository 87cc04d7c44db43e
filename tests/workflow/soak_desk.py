"""A desk in the middle of its casework: files for every writing step to start from (示例数据)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely
from casework_samples import QUIET, halving, number_of, patch_frame, workspace_with
from decision_samples import write_table
from feedback_samples import Returned, reported_workspace
from older_files import workspace_of

from weipian_plugin.domain.roles import Role
from weipian_plugin.paths import plan_file
from weipian_plugin.store import backup
from weipian_plugin.workflow.assign_duties import assign_duties
from weipian_plugin.workflow.determine import determine
from weipian_plugin.workflow.import_base import BaseSource, import_base
from weipian_plugin.workflow.row_outcomes import TableSource
from weipian_plugin.workflow.split import split_patch

COUNT = 60
REPORTED = 40
SPLIT = number_of(2)
BATCH_SIZE = 60


@dataclass(frozen=True)
class Desk:
    """The files that the steps start from and read."""

    folder: Path

    def file(self, name: str) -> Path:
        return self.folder / name

    @property
    def library(self) -> Path:
        return self.file("底图库.gpkg")


def make_desk(folder: Path) -> Desk:
    """Make a workspace in the middle of its casework, others for some steps, and all that the steps read."""
    desk = Desk(folder)
    work = workspace_with(folder, COUNT)
    _make_library(desk)
    _make_batch(desk)
    _make_tables(desk)
    backup.back_up(work.path)
    backup.copies_of(work.path)[0].rename(desk.file("备份.gpkg"))
    assign_duties(work.path, "甲", QUIET)
    split_patch(work.path, SPLIT, halving(2), "乙", QUIET)
    determine(work.path, TableSource(desk.file("判定一.xlsx"), "丙", folder / "r.html"), "甲", QUIET)
    work.path.rename(desk.file("工作库.gpkg"))
    (folder / "上报").mkdir()
    reported = reported_workspace(folder / "上报", count=REPORTED)
    _make_feedback(desk, Returned(reported, REPORTED))
    reported.path.rename(desk.file("已上报.gpkg"))
    workspace_of(1, desk.file("旧版.gpkg"))
    return desk


def _make_library(desk: Desk) -> None:
    for name, edge in (("乡镇", 107.8), ("新乡镇", 107.9)):
        towns = {"XZQMC": ["白马镇"], "XZQDM": ["500156101"]}
        shapes = [shapely.box(107.4, 29.2, edge, 29.4)]
        gpd.GeoDataFrame(towns, geometry=shapes, crs=4490).to_file(desk.file(f"{name}.gpkg"))
    import_base(desk.library, BaseSource(str(desk.file("乡镇.gpkg")), Role.TOWNSHIP, "示例"), QUIET)


def _make_batch(desk: Desk) -> None:
    frame = patch_frame(BATCH_SIZE, first=200)
    issued = {"JCBH": frame["patch_no"], "JCMJ": frame["issued_area"], "TBLX": "20"}
    gpd.GeoDataFrame(issued, geometry=frame.geometry.to_numpy(), crs=4490).to_file(desk.file("八月.gpkg"))


def _make_tables(desk: Desk) -> None:
    """Write the files that a person would have filled in."""
    head = ["图斑编号", "判定结果", "类别", "判定依据", "文号"]
    judged = [[number_of(n), "违法", "未报即用", "现场", ""] for n in range(10, COUNT + 1)]
    write_table(desk.file("判定一.xlsx"), head, *judged[:25])
    write_table(desk.file("判定二.xlsx"), head, *judged[25:])
    done = [[number_of(n), "复耕", 1.5, "2021-10-20", "白马镇"] for n in range(10, 35)]
    write_table(desk.file("整改.xlsx"), ["图斑编号", "措施", "面积（亩）", "日期", "单位"], *done)
    kept = [[number_of(n), "确认", "查处", "未评估，经会商确定"] for n in range(40, 60)]
    write_table(desk.file("决定.xlsx"), ["图斑编号", "决定", "职责", "理由"], *kept)
    known = [[number_of(n), "农户", "住宅", "现场核查", "2021-10-20"] for n in range(3, COUNT + 1)]
    write_table(desk.file("事实.xlsx"), ["图斑编号", "建设主体", "用途", "依据", "日期"], *known)
    longer = [[number_of(n), 5, "乙", "2021-07-10", "洪水"] for n in range(3, COUNT + 1)]
    write_table(desk.file("延期.xlsx"), ["图斑编号", "延长天数", "批准人", "批准日期", "理由"], *longer)
    plan = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
    desk.file("新方案.yaml").write_text(plan + "\n# 修订\n", encoding="utf-8")


def _make_feedback(desk: Desk, book: Returned) -> None:
    for index in range(1, REPORTED + 1):
        if index % 3 == 1:
            book.put(index, "reason", "需补充实地照片")
        else:
            book.put(index, "remark", f"请核实{index}")
    book.save(desk.file("反馈.xlsx"))
