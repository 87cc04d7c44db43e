"""A workspace whose patches went to the city, and the workbook that went with them (示例数据)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from decision_samples import Shares, make_workspace, number
from openpyxl.worksheet.worksheet import Worksheet

from weipian_plugin.domain.progress import Progress
from weipian_plugin.exchange.export_record import EXPORT_SHEET, ExportHead, export_rows, stable_id
from weipian_plugin.store import determinations, facts, history, notes, patches, returns, stages
from weipian_plugin.store.stages import Move
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.import_feedback import FeedbackSource, import_feedback

COUNT = 12
NUMBERS = [number(index) for index in range(1, COUNT + 1)]
DICTIONARY = "合法性判定类别字典（月清系统口径） 2021.1"
AREA = 3.0
"""亩 of every patch."""
HEADERS = {
    "stable_id": "系统标识",
    "row": "序号",
    "patch_no": "图斑编号",
    "town_name": "乡镇街道",
    "result": "判定结果",
    "category": "类别",
    "basis": "判定依据",
    "document_no": "文号",
    "evidence.批准时间": "批准时间",
    "area_mu": "图斑面积（亩）",
    "farmland_net_mu": "耕地（扣田坎）",
    "remark": "备注",
    "verdict": "审核结论",
    "reason": "退回原因",
    "returned_on": "审核日期",
}
KEYS = list(HEADERS)
SHEET = "核查判定汇总表"
FIRST_ROW = 5
EXPORTED_AT = "2021-11-01T09:00:00+08:00"


def ruled(index: int) -> dict:
    """Return what the patch of this index was judged to be: legal, illegal and other in turn."""
    common = {"decided_by": "甲", "decided_on": "2021-07-10", "dictionary": DICTIONARY}
    rulings = (
        {
            "result": "合法",
            "category": "当年审批",
            "basis": f"已批准，见批文{index}",
            "document_no": f"渝府地〔2021〕{index}号",
            "evidence": {"批准时间": "2021-03-15", "批准文号": f"渝府地〔2021〕{index}号"},
        },
        {"result": "违法", "category": "未报即用", "basis": f"未经批准占地{index}", "document_no": ""},
        {"result": "其他", "category": "实地伪变化", "basis": f"实地没有变化{index}", "document_no": ""},
    )
    return common | {"evidence": {}} | rulings[index % 3]


def reported_workspace(
    folder: Path, stage: str = "已上报", count: int = COUNT, cases: Mapping[str, Shares] | None = None
) -> Workspace:
    """Make a workspace whose patches were judged and taken on to a stage; `cases`: their overlay."""
    numbers = [number(index) for index in range(1, count + 1)]
    cases = cases or {n: {"land_class": {"0101": 1.0}} for n in numbers}
    work = make_workspace(folder / "工作库.gpkg", cases)
    with work.writing("甲", "判定") as change:
        rows = [{"patch_no": n} | ruled(index) for index, n in enumerate(numbers, 1)]
        determinations.insert(change, rows)
        known = stages.transitions_of(change.connection)
        for step, start in (("判定", "待核查"), ("复核", "已判定"), ("审定", "已复核"), ("上报", "已审定")):
            if start == stage:
                break
            transition = known.of(step, start)
            person = "甲" if step == "判定" else "乙"
            stages.take(change, [Move(n, transition, person, "2021-07-12") for n in numbers])
    return work


def copy_of(work: Workspace, folder: Path) -> Workspace:
    """Return a copy of a workspace that a test may change; making one takes a hundred times as long."""
    path = folder / "工作库.gpkg"
    path.write_bytes(work.path.read_bytes())
    return Workspace.open(path)


def record(work: Workspace, index: int) -> dict:
    """Return what the workbook says of a patch."""
    patch_no = number(index)
    given = ruled(index)
    own = {key: given[key] for key in ("result", "category", "basis", "document_no")}
    return own | {
        "stable_id": stable_id(work.tag, index, patch_no),
        "row": index,
        "patch_no": patch_no,
        "town_name": "",
        "evidence.批准时间": given["evidence"].get("批准时间", ""),
        "area_mu": AREA,
        "farmland_net_mu": AREA,
        "remark": "",
        "verdict": "",
        "reason": "",
        "returned_on": "",
    }


class Returned:
    """The workbook that went to the city, to be changed as people change workbooks."""

    def __init__(self, work: Workspace, count: int = COUNT, kind: str = "上报", unit: str = "") -> None:
        self.book = openpyxl.Workbook()
        self.sheet: Worksheet = self.book.active
        self.sheet.title = SHEET
        self.sheet.append(["武隆区2021年土地矿产卫片执法核查判定汇总表"])
        self.sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(KEYS))
        self.sheet.append(["依据：武隆府办〔2021〕37号　单位：亩"])
        self.sheet.append(["合计", None, f"{count}个"])
        self.sheet.append(list(HEADERS.values()))
        records = [record(work, index) for index in range(1, count + 1)]
        for one in records:
            self.sheet.append([one[key] or None for key in KEYS])
        self.sheet.append([None, None, "填报人：", None, "审核人："])
        self.sheet.column_dimensions["A"].hidden = True
        export = self.book.create_sheet(EXPORT_SHEET)
        export.sheet_state = "veryHidden"
        head = ExportHead(work.tag, EXPORTED_AT, kind, unit, "")
        keys = [key for key in KEYS if key not in ("stable_id", "row")]
        for row in export_rows(head, keys, [(one["stable_id"], one) for one in records]):
            export.append(row)

    def column(self, key: str) -> int:
        """Return the column that stands under the title of a key."""
        row = next(r for r in self.sheet.iter_rows() if any(c.value == "图斑编号" for c in r))
        return next(c.column for c in row if c.value == HEADERS[key])

    def row(self, index: int) -> int:
        return FIRST_ROW + index - 1

    def cell(self, index: int, key: str):
        return self.sheet.cell(self.row(index), self.column(key))

    def put(self, index: int, key: str, value: object) -> Returned:
        self.cell(index, key).value = value
        return self

    def rows(self) -> list[list]:
        """Return the rows of patches as values."""
        last = FIRST_ROW + COUNT - 1
        return [list(row) for row in self.sheet.iter_rows(FIRST_ROW, last, values_only=True)]

    def write_rows(self, rows: list[list]) -> None:
        for offset, row in enumerate(rows):
            for column, value in enumerate(row, 1):
                self.sheet.cell(FIRST_ROW + offset, column).value = value

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


Mangle = Callable[[Returned], None]


def feed(work: Workspace, path: Path, apply: bool = True):
    """Take a workbook back."""
    source = FeedbackSource(path, path.with_suffix(".html"), apply)
    return import_feedback(work.path, source, "丙", Progress())


def state(work: Workspace) -> dict:
    """Return everything that a workbook may change."""
    judged = determinations.read(work)
    frame = patches.read(work, with_geometry=False)
    with work.reading() as connection:
        verdict = history.verify(connection)
        assert verdict.ok
        geometry = connection.execute("SELECT patch_no, geom, area_m2 FROM patch ORDER BY fid").fetchall()
    return {
        "determinations": judged.to_dict("records"),
        "stages": dict(zip(frame["patch_no"], frame["stage"], strict=True)),
        "tasks": returns.read(work).to_dict("records"),
        "notes": notes.read(work).to_dict("records"),
        "facts": facts.read(work).to_dict("records"),
        "geometry": geometry,
        "history": verdict.rows,
    }


def latest(work: Workspace, patch_no: str) -> dict:
    frame = determinations.read(work, latest_only=True).set_index("patch_no")
    return frame.loc[patch_no].to_dict()
