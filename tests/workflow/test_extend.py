from __future__ import annotations

import json
import sqlite3
from datetime import date

import pytest
from casework_samples import QUIET, halving, number_of, workspace_with

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import extensions, verification
from weipian_plugin.workflow.deadlines import terms_on
from weipian_plugin.workflow.extend import ExtensionSource, extend
from weipian_plugin.workflow.split import split_patch

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


BACK = {"operation": "撤销", "approved_by": "丁", "reason": "批准的是另一图斑", "withdrawn_on": "2021-07-20"}


def days_granted(work, day):
    terms = terms_on(work, date.fromisoformat(day)).set_index("patch_no")
    return int(terms.loc[number_of(1), "extended"]), terms.loc[number_of(1), "due_on"].date().isoformat()


def test_a_wrong_grant_is_taken_back_from_a_day_on(work):
    """Received 2021-07-01, so due 07-16; five days granted on 07-10 and taken back on 07-20."""
    single(work)
    run = single(work, **BACK)
    assert (run.recorded, run.outcomes[0].said) == (1, "已撤销，这些天数不再计算。")
    assert days_granted(work, "2021-07-09") == (0, "2021-07-16")
    assert days_granted(work, "2021-07-19") == (5, "2021-07-21")
    assert days_granted(work, "2021-07-20") == (0, "2021-07-16")
    row = extensions.read(work).iloc[0]
    told = (row["withdrawn_on"], row["withdrawn_by"], row["withdrawn_because"], row["reason"])
    assert told == ("2021-07-20", "丁", "批准的是另一图斑", "洪水")
    again = single(work, **BACK)
    assert (again.recorded, again.outcomes[0].unchanged) == (0, True)
    assert verification.verify(work).ok


def test_the_rows_of_a_withdrawn_grant_do_not_bring_it_back(work):
    single(work)
    single(work, **BACK)
    run = single(work)
    assert run.rejected == 1
    assert "已于2021-07-20撤销（批准的是另一图斑），没有再记" in run.outcomes[0].said
    assert single(work, approved_on="2021-07-21").recorded == 1
    assert days_granted(work, "2021-07-21") == (5, "2021-07-21")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"operation": "作废吧"}, "操作“作废吧”看不懂"),
        ({"days": "4"}, "没有与这一行相符的延期记录"),
        ({"approved_on": "2021-07-11"}, "没有与这一行相符的延期记录"),
        ({"document_no": "别的文号"}, "没有与这一行相符的延期记录"),
        ({"patch_no": "没有"}, "没有图斑"),
        ({"approved_by": ""}, "由谁批准撤销"),
        ({"reason": ""}, "由谁批准撤销"),
        ({"withdrawn_on": "2021-07-09"}, "早于批准延期的日期2021-07-10"),
        ({"withdrawn_on": "2999-01-01"}, "晚于今天"),
    ],
)
def test_what_cannot_be_taken_back(work, changed, said):
    single(work)
    run = single(work, **(BACK | changed))
    assert (run.recorded, run.rejected) == (0, 1)
    assert said in run.outcomes[0].said
    assert extensions.read(work)["withdrawn_on"].tolist() == [""]


def test_which_of_several_grants_is_meant(work):
    """A cell left blank fits any grant; with two that fit, the table must say which."""
    single(work)
    single(work, approved_on="2021-07-12", document_no="示例2号")
    unsaid = BACK | {"approved_on": "", "document_no": ""}
    assert "不止一次" in single(work, **unsaid).outcomes[0].said
    assert single(work, **(unsaid | {"document_no": "示例2号"})).recorded == 1
    assert single(work, **unsaid).recorded == 1  # only the first one still stands
    assert extensions.read(work)["withdrawn_on"].tolist() == ["2021-07-20"] * 2


def test_a_table_grants_and_takes_back_in_its_order(work, tmp_path):
    table = tmp_path / "延期.csv"
    lines = [
        "图斑编号,延长天数,批准人,批准日期,理由,操作,撤销日期",
        f"{number_of(1)},5,乙,2021-07-10,洪水,,",
        f"{number_of(1)},5,丁,2021-07-10,写错图斑,撤销,2021-07-12",
        f"{number_of(2)},5,乙,2021-07-10,洪水,登记,",
    ]
    table.write_text("\n".join(lines), encoding="utf-8")
    run = extend(work.path, ExtensionSource(tmp_path / "报告.html", table), "甲", QUIET)
    assert (run.recorded, run.rejected) == (3, 0)
    assert days_granted(work, "2021-07-12") == (0, "2021-07-16")
    again = extend(work.path, ExtensionSource(tmp_path / "报告2.html", table), "甲", QUIET)
    assert (again.recorded, again.rejected) == (0, 1)  # the grant that was taken back stays so


def test_children_take_over_the_extension_of_their_parent(work):
    """Granted 07-10, split on 07-15: the children have the days too; the parent gets no more."""
    single(work)
    children = split_patch(work.path, number_of(1), halving(1), "甲", QUIET, date(2021, 7, 15)).children
    terms = terms_on(work, date(2021, 7, 15)).set_index("patch_no")
    assert terms.loc[list(children), "extended"].tolist() == [5, 5]
    assert terms.loc[children[0], "due_on"].date() == date(2021, 7, 21)
    assert "已拆分" in single(work, days="3").outcomes[0].said
    assert single(work, patch_no=children[0], days="3", approved_on="2021-07-16").recorded == 1
    assert single(work, **BACK).recorded == 1  # what was granted wrongly is still taken back where it stands
    terms = terms_on(work, date(2021, 7, 20)).set_index("patch_no")
    assert terms.loc[list(children), "extended"].tolist() == [3, 0]


def test_grants_are_kept_for_good(work):
    single(work)
    single(work, **BACK)
    tables = ("extension", "extension_withdrawal")
    changes = [f"UPDATE {table} SET {column} = 9" for table in tables for column in ("days", "reason")]
    for statement in (*changes, *(f"DELETE FROM {table}" for table in tables)):
        with (
            pytest.raises((WeipianError, sqlite3.Error), match="延期"),
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


def test_the_history_proves_withdrawals(work):
    single(work)
    single(work, **BACK)
    with sqlite3.connect(work.path) as connection:
        connection.execute("DROP TRIGGER extension_withdrawal_never_updated")
        connection.execute("UPDATE extension_withdrawal SET reason = '别的'")
    assert "extension_withdrawal" in str(verification.verify(work))
