"""Checking a plan file before it is adopted."""

from __future__ import annotations

import pytest

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.paths import plan_file
from weipian_plugin.workflow.check_plan import check_plan, write_plan_report
from weipian_plugin.workflow.create_workspace import create_workspace


@pytest.fixture
def edited(tmp_path):
    """Return a writer of the shipped plan with texts replaced that occur exactly once."""

    def write(*changes: tuple[str, str], name: str = "wulong_2021.yaml"):
        text = plan_file(name).read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "改过的方案.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(("name", "count"), [("wulong_2021.yaml", 9), ("example_by_subject.yaml", 3)])
def test_shipped_plans_pass(name, count, tmp_path):
    check = check_plan(plan_file(name))
    assert (check.passed, check.failed, check.problems) == (count, 0, ())
    assert check.verdict == f"写法没有问题，{count}个示例全部相符，可以采用。"
    write_plan_report(tmp_path / "报告.html", check)
    html = (tmp_path / "报告.html").read_text(encoding="utf-8")
    assert html.count("相符</td>") == count
    assert "不符" not in html
    assert check.plan.number in html


def test_faults_are_listed_with_their_lines(edited, tmp_path):
    path = edited(("kind: default", "kind: 兜底"), ("determination_days: 15", "determination_days: 十五"))
    check = check_plan(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    at = {number for number, line in enumerate(lines, 1) if "kind: 兜底" in line or "十五" in line}
    assert {problem.line for problem in check.problems} == at
    assert (check.passed, check.failed) == (0, 2)
    write_plan_report(tmp_path / "报告.html", check)
    html = (tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "spatial、attribute、territory、outcome、default" in html
    assert "示例未演算" in html


def test_a_changed_rule_shows_in_the_examples_and_cannot_be_adopted(edited, tmp_path):
    path = edited(("    unit: 区水利局\n", "    unit: 区林业局\n"))
    check = check_plan(path)
    failed = [example for example in check.examples if not example.passed]
    assert [example.name for example in failed] == ["只在河道内"]
    assert failed[0].differences == ("查处应为区水利局，实为区林业局",)
    assert (check.passed, check.failed) == (8, 1)
    with pytest.raises(WeipianError, match="只在河道内：查处应为区水利局，实为区林业局"):
        create_workspace(tmp_path / "工作库.gpkg", 2021, path, "甲")
    assert not (tmp_path / "工作库.gpkg").exists()


def test_texts_of_the_file_are_escaped(edited, tmp_path):
    check = check_plan(edited(("title: 武隆区", "title: <b>武隆区")))
    write_plan_report(tmp_path / "报告.html", check)
    assert "&lt;b&gt;武隆区2021" in (tmp_path / "报告.html").read_text(encoding="utf-8")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "方案.yaml"
    path.write_bytes("标题：方案".encode("gb18030"))
    with pytest.raises(WeipianError, match="UTF-8"):
        check_plan(path)
