"""The settings with a real workspace: what is shown, and that saving is on record."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QApplication
from stand_in import wait_until
from watchdog import BUSY_MS, Watchdog

from weipian_plugin.gui.settings.backup_page import BackupPage
from weipian_plugin.gui.settings.dictionary_page import DictionaryPage
from weipian_plugin.gui.settings.environment_page import EnvironmentPage
from weipian_plugin.gui.settings.holidays_page import HolidaysPage
from weipian_plugin.gui.settings.people_page import PeoplePage
from weipian_plugin.gui.settings.plan_page import PlanPage
from weipian_plugin.gui.settings.rules_page import RulesPage
from weipian_plugin.gui.settings.settings_dialog import PAGES, SettingsDialog
from weipian_plugin.paths import plan_file
from weipian_plugin.store import settings
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.create_workspace import create_workspace
from weipian_plugin.workflow.edit_holidays import HOLIDAY_SETTING
from weipian_plugin.workflow.holidays import holidays_of
from weipian_plugin.workflow.settings_overview import settings_overview

HANGS_MS = 400


@pytest.fixture
def workspace(desk, tmp_path):
    path = tmp_path / "工作库.gpkg"
    create_workspace(path, 2021, None, "甲")
    desk.session.set_person("甲")
    desk.session.set_workspace(path)
    return path


@pytest.fixture
def dialog(desk, workspace):
    made = SettingsDialog(desk)
    made.show()
    wait_until(lambda: made._overview is not None)
    yield made
    made.close()
    made.deleteLater()


def turned_to(dialog, kind):
    dialog.show_page(kind)
    wait_until(lambda: not dialog._desk.worker.running)
    assert dialog.page(kind).isVisible()
    return dialog.page(kind)


def history(path):
    with Workspace.open(path).reading() as connection:
        return connection.execute("SELECT actor, action FROM history ORDER BY seq").fetchall()


def test_list_and_pages_are_in_one_order(dialog):
    names = [dialog.page_list.item(row).text() for row in range(dialog.page_list.count())]
    assert names == [dialog.page(kind).title_label.text() for kind in PAGES]


def test_without_a_workspace_only_person_and_environment_can_be_used(desk):
    dialog = SettingsDialog(desk)
    usable = [kind for kind in PAGES if dialog.page(kind).isEnabled()]
    assert usable == [PeoplePage, EnvironmentPage]
    assert "还没有打开工作库" in dialog.state_label.text()
    dialog.close()
    dialog.deleteLater()


def test_name_is_spelt_as_one_person_is(desk, dialog):
    page = turned_to(dialog, PeoplePage)
    page.name_edit.setText(" 李 四 ")
    page.save_button.click()
    assert desk.session.person == "李四"
    page.name_edit.setText("  ")
    assert not page.save_button.isEnabled()


def test_plan_is_adopted_only_after_its_check(dialog, workspace, tmp_path):
    page = turned_to(dialog, PlanPage)
    assert "武隆府办〔2021〕37号" in page.current_label.text()
    assert [row[1:] for row in page.adopted.rows] == [("wulong_2021.yaml", page.adopted.rows[0][2], "甲")]
    assert not page.check_button.isEnabled() and not page.adopt_button.isEnabled()
    text = plan_file("wulong_2021.yaml").read_text(encoding="utf-8")
    other = tmp_path / "新方案.yaml"
    other.write_text(text.replace("first_day: 收到次日", "first_day: 收到当日"), encoding="utf-8")
    page.plan_widget.setFilePath(str(other))
    assert not page.adopt_button.isEnabled()
    page.check_button.click()
    wait_until(page.adopt_button.isEnabled)
    assert "可以采用" in page.result_label.text()
    page.adopt_button.click()
    wait_until(lambda: len(page.adopted.rows) == 2)
    assert page.adopted.rows[0][1] == "新方案.yaml"
    assert ("甲", "采用方案文件") in history(workspace)
    wait_until(lambda: dict(row[:2] for row in dialog._overview and rules(dialog))["第1日"] == "收到当日")


def rules(dialog):
    return [(one.name, one.value) for one in dialog._overview.rules]


def test_a_plan_with_faults_cannot_be_adopted(dialog, tmp_path):
    page = turned_to(dialog, PlanPage)
    bad = tmp_path / "坏方案.yaml"
    bad.write_text("title: 只有标题\n", encoding="utf-8")
    page.plan_widget.setFilePath(str(bad))
    page.check_button.click()
    wait_until(lambda: "不能采用" in page.result_label.text())
    assert not page.adopt_button.isEnabled() and not page.try_button.isEnabled()
    assert page.report_button.isVisible()
    assert page.found_view.isVisible()
    assert ("1", "方案文件的“number”缺少或为空", "") in page.found.rows
    page.plan_widget.setFilePath("")
    assert not page.found_view.isVisible()


def test_dictionary_is_changed_with_history(dialog, workspace):
    page = turned_to(dialog, DictionaryPage)
    assert ("合法", "当年审批") in page.categories.rows
    page.choice_combo.setCurrentIndex(page.choice_combo.findData("categories_2026"))
    page.save_button.click()
    wait_until(lambda: "现在按" in page.result_label.text() and page.isEnabled())
    assert settings_overview(workspace).dictionary.choice == "categories_2026"
    assert ("甲", "修改办案设置") in history(workspace)


def test_a_faulty_dictionary_file_is_told_with_its_lines(dialog, tmp_path):
    page = turned_to(dialog, DictionaryPage)
    page.choice_combo.setCurrentIndex(page.choice_combo.count() - 1)
    assert page.file_widget.isVisible() and not page.save_button.isEnabled()
    bad = tmp_path / "字典.yaml"
    bad.write_text("title: 无\n", encoding="utf-8")
    page.file_widget.setFilePath(str(bad))
    page.check_button.click()
    wait_until(lambda: page.result_label.isVisible())
    assert page.result_label.text().startswith("判定字典“字典.yaml”有")
    assert "\n" not in page.result_label.text()
    assert ("1", "判定字典的“categories”缺少或为空", "") in page.problems.rows
    assert page.category_view.model() is page.problems
    page.choice_combo.setCurrentIndex(0)
    assert page.category_view.model() is page.categories


def test_holidays_are_added_and_saved_beside_the_workspace(dialog, workspace):
    page = turned_to(dialog, HolidaysPage)
    assert page.year_list.item(0).text() == "2021年（已核对）"
    page.year_box.setValue(2030)
    page.add_year_button.click()
    assert page.year_group.title() == "2030年的安排"
    page.add_rest_button.click()
    for column, text in enumerate(("元旦", "2030年1月1日", "2030-01-03")):
        page.rest_table.item(0, column).setText(text)
    page.work_edit.setText("2030-01-05")
    page.source_edit.setText("某号")
    page.verified_check.setChecked(True)
    page.save_button.click()
    wait_until(lambda: "已保存" in page.result_label.text())
    table = holidays_of(Workspace.open(workspace))
    assert [str(day) for day in sorted(table.off) if day.year == 2030] == [
        "2030-01-01",
        "2030-01-02",
        "2030-01-03",
    ]
    assert table.years[2030].verified
    assert (workspace.parent / "节假日.yaml").exists()
    assert HOLIDAY_SETTING in settings.read(Workspace.open(workspace))
    assert ("甲", "修改节假日表") in history(workspace)
    assert "本单位的表" in page.file_label.text()


def test_a_holiday_row_that_was_left_blank_counts_for_nothing(dialog, workspace):
    page = turned_to(dialog, HolidaysPage)
    page.add_rest_button.click()
    row = page.rest_table.rowCount() - 1
    page.rest_table.item(row, 0).setText("元旦")
    page.save_button.click()
    assert page.result_label.text() == "“元旦”从哪天起放假还没有填，请写成 2021-10-01 的样子。"
    page.rest_table.item(row, 0).setText("")
    page.save_button.click()
    wait_until(lambda: "已保存" in page.result_label.text())


def test_what_is_no_day_is_told_and_nothing_is_written(dialog, workspace):
    page = turned_to(dialog, HolidaysPage)
    page.work_edit.setText("明天")
    page.save_button.click()
    assert "“明天”不是日期" in page.result_label.text()
    page.year_list.setCurrentRow(0)
    assert page.year_list.currentRow() != 0
    assert not (workspace.parent / "节假日.yaml").exists()


def test_rules_say_what_no_document_prescribes(dialog, workspace):
    page = turned_to(dialog, RulesPage)
    assert [row[:3] for row in page.rules.rows[:3]] == [
        ("判定期限", "15日", "三（一）“并在15日内完成合法性判定”"),
        ("天数算法", "自然日", "非文件规定"),
        ("第1日", "收到次日", "非文件规定"),
    ]
    assert page.review_check.isChecked()
    page.review_check.setChecked(False)
    page.save_button.click()
    wait_until(lambda: page.isEnabled())
    assert not settings_overview(workspace).review_by_another


def test_environment_is_shown_and_copied(dialog):
    page = turned_to(dialog, EnvironmentPage)
    assert page.result_label.text() == "环境检查通过。"
    assert not page.advice_text.isVisible()
    page.copy_button.click()
    assert QApplication.clipboard().text() == page.report()
    assert page.report().splitlines()[0].startswith("weipian_plugin ")


def test_going_back_to_a_copy_is_asked_about_first(dialog, workspace, desk):
    page = turned_to(dialog, BackupPage)
    page.make_button.click()
    wait_until(lambda: len(page.copies.rows) == 1)
    assert not page.restore_button.isEnabled()
    with Workspace.open(workspace).writing("甲", "改") as change:
        settings.put(change, {"note": "后来写的"})
    page.copies_view.selectRow(0)
    page.restore_button.click()
    assert page.sure_frame.isVisible()
    assert settings.read(Workspace.open(workspace))["note"] == "后来写的"
    page.yes_button.click()
    wait_until(lambda: "已退回到" in page.result_label.text())
    assert "note" not in settings.read(Workspace.open(workspace))
    wait_until(lambda: len(page.copies.rows) == 2)


def test_turning_the_pages_does_not_hang(dialog):
    with Watchdog() as dog:
        for kind in PAGES:
            turned_to(dialog, kind)
    assert dog.busiest_ms < BUSY_MS
    assert dog.longest_ms < HANGS_MS
