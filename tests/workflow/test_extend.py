from __future__ import annotations

import json
import sqlite3

import pytest
from casework_samples import QUIET, number_of, workspace_with

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import extensions, verification
from weipian_plugin.workflow.extend import ExtensionSource, extend

GOOD = {
    "patch_no": number_of(1),
    "days": "5",
    "approved_by": "乙",
    "approved_on": "2021-07-10",
    "reason": "洪水",
}


@pytest.fixture
def work(tmp_path):
    return workspace_with(tmp_path, 3)


def single(work, **changed):
    report = work.path.parent / "报告.html"
    return extend(work.path, ExtensionSource(report, single=GOOD | changed), "甲", QUIET)


def test_one_patch_with_its_history(work):
    run = single(work, document_no="示例〔2021〕1号")
    assert (run.recorded, run.rejected) == (1, 0)
    row = extensions.read(work).iloc[0]
    assert (row["days"], row["approved_by"], row["reason"], row["recorded_by"]) == (5, "乙", "洪水", "甲")
    with work.reading() as connection:
        told = connection.execute("SELECT record_key, after FROM history WHERE table_name = 'extension'")
        key, after = told.fetchone()
    assert key == number_of(1)
    assert json.loads(after)["days"] == 5


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"patch_no": "没有"}, "没有图斑"),
        ({"days": "0"}, "延长天数"),
        ({"days": "五"}, "延长天数"),
        ({"days": "367"}, "延长天数"),
        ({"approved_by": ""}, "批准人"),
        ({"reason": ""}, "理由"),
        ({"approved_on": "2021-06-30"}, "早于收到图斑"),
        ({"approved_on": "2999-01-01"}, "晚于今天"),
        ({"approved_on": "下周"}, "看不懂"),
    ],
)
def test_what_is_refused(work, changed, said):
    run = single(work, **changed)
    assert (run.recorded, run.rejected) == (0, 1)
    assert said in run.outcomes[0].said
    assert extensions.read(work).empty


def test_a_table_and_the_same_table_again(work, tmp_path):
    table = tmp_path / "延期.csv"
    lines = ["图斑编号,延期天数,审批人,日期,原因", f"{number_of(1)},5天,乙,2021/7/10,洪水"]
    lines += [f"{number_of(2)},3,乙,2021年7月11日,洪水", f"{number_of(9)},3,乙,2021-07-11,洪水"]
    table.write_text("\n".join(lines), encoding="gb18030")
    source = ExtensionSource(tmp_path / "报告.html", table)
    run = extend(work.path, source, "甲", QUIET)
    assert (run.recorded, run.rejected) == (2, 1)
    again = extend(work.path, source, "甲", QUIET)
    assert (again.recorded, again.rejected) == (0, 1)
    assert extensions.read(work)["days"].tolist() == [5, 3]
    assert "没有图斑" in (tmp_path / "报告.html").read_text(encoding="utf-8")


def test_neither_or_both_is_no_order(work, tmp_path):
    with pytest.raises(WeipianError, match="只填一样"):
        extend(work.path, ExtensionSource(tmp_path / "r.html"), "甲", QUIET)


def test_grants_are_kept_for_good(work):
    single(work)
    for statement in ("UPDATE extension SET days = 9", "DELETE FROM extension"):
        with (
            pytest.raises((WeipianError, sqlite3.Error), match="延期记录"),
            work.writing("甲", "改") as change,
        ):
            change.connection.execute(statement)


def test_the_history_proves_extensions(work):
    """A grant as it was recorded is proved; one changed behind the plug-in's back is named."""
    single(work)
    sound = verification.verify(work)
    assert sound.ok, sound
    with sqlite3.connect(work.path) as connection:
        connection.execute("DROP TRIGGER extension_never_updated")
        connection.execute("UPDATE extension SET days = 9")
    told = verification.verify(work)
    assert not told.ok
    assert "extension" in str(told)
