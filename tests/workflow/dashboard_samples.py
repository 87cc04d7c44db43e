"""Six patches of 3 亩 whose figures on 2021-08-10 can be worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from decision_samples import make_workspace, number

from weipian_plugin.store.workspace import Workspace

DAY = date(2021, 8, 10)
TOWNS = ("白马镇", "白马镇", "江口镇", "江口镇", "江口镇", "")
FARMLAND = (0.5, 1.0, 0.25, 1.0, 0.0, 1.0)
"""Shares of each patch: 1.5, 3, 0.75, 3, 0 and 3 亩."""
JUDGED = {
    1: ("违法", "2021-07-10"),
    2: ("合法", "2021-07-12"),
    4: ("合法", "2021-07-20"),
    6: ("其他", "2021-08-03"),
}
LATER = {
    1: [("复核", "已判定", "已复核")],
    6: [("复核", "已判定", "已复核"), ("审定", "已复核", "已审定"), ("上报", "已审定", "已上报")],
}
"""Steps after the determination, on the same day. The fourth was judged four days late."""


def dashboard_workspace(folder: Path) -> Workspace:
    """Patches 1 to 4 received on 2021-07-01 (due 07-16), 5 and 6 on 2021-08-01 (due 08-16)."""
    land = [{"0101": share, "0301": 1 - share} if share < 1 else {"0101": 1.0} for share in FARMLAND]
    cases = {number(n + 1): {"land_class": classes} for n, classes in enumerate(land)}
    work = make_workspace(folder / "工作库.gpkg", cases)
    with work.writing("甲", "布置") as change:
        run = change.connection.execute
        run(
            "INSERT INTO batch (batch_id, name, source_file, source_sha256, received_on, due_on, patch_count,"
            " crs, encoding, area_unit, imported_at) VALUES (2, '八月', 'b.shp', 'x', '2021-08-01',"
            " '2021-08-16', 2, 'EPSG:4490', 'GBK', '亩', '2021-08-01T00:00:00')"
        )
        for n, town in enumerate(TOWNS, 1):
            values = (town, 2 if n > 4 else 1, number(n))
            run("UPDATE patch SET town_name = ?, batch_id = ? WHERE patch_no = ?", values)
        for n, (result, day) in JUDGED.items():
            run(
                "INSERT INTO determination (patch_no, result, decided_by, decided_on, revision)"
                " VALUES (?, ?, '甲', ?, 1)",
                (number(n), result, day),
            )
            for step in [("判定", "待核查", "已判定"), *LATER.get(n, [])]:
                who = "甲" if step[0] == "判定" else "乙"
                run(
                    "INSERT INTO stage_event (patch_no, step, from_stage, to_stage, person, taken_on,"
                    " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (number(n), *step, who, day, day),
                )
    return work
