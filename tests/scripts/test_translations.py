"""What the collector of texts finds in a module and in a form, and what it leaves alone."""

from __future__ import annotations

from scripts import translations

MODULE = '''
"""说明"""
NAME = translatable("待查看")
VALUE = "合法"

class Dialog:
    """说明"""
    title = "标题"
    other = "数据"

    def show(self, name):
        self.tr("窗口"); tr("共用" "文字"); tr(name); tr(f"{name}没有")
        QCoreApplication.translate("Other", "别处")
        self.add_file("INPUT", "文件", tr("表格 (*.xlsx)"))
        self.add_text("BY", "办理人", choices=["甲"])
        self.add_number(name, "{}的图斑数", "值")
        self.add_report("报告")
        self.add_text(name, name)
'''
FORM = """<ui><class>Page</class><widget class="QWidget" name="Page">
<property name="windowTitle"><string>页</string></property>
<property name="shortcut"><string>Ctrl+Return</string></property>
<property name="styleSheet"><string>x</string></property>
<property name="text"><string notr="true">12</string></property>
<property name="items"><stringlist><string>甲</string></stringlist></property>
</widget></ui>"""


def test_texts_of_a_module(tmp_path):
    (tmp_path / "dialog.py").write_text(MODULE, encoding="utf-8")
    found = translations.collect([tmp_path / "dialog.py"])
    assert {context: list(texts) for context, texts in found.items()} == {
        "Dialog": ["窗口"],
        "Other": ["别处"],
        "weipian": [
            "待查看",
            "标题",
            "共用文字",
            "文件",
            "表格 (*.xlsx)",
            "办理人",
            "{}的图斑数",
            "报告",
        ],
    }


def test_texts_of_a_form(tmp_path):
    (tmp_path / "page.ui").write_text(FORM, encoding="utf-8")
    assert translations.collect([tmp_path / "page.ui"]) == {"Page": {"页": "", "甲": ""}}


def test_translations_stay_and_what_is_not_used_goes(tmp_path):
    target, source = tmp_path / "a_en.ts", tmp_path / "a.py"
    translations.write(target, {"weipian": {"旧": "Old", "留": "Kept"}}, "en")
    source.write_text('tr("留"); tr("新"); self.tr("留")', encoding="utf-8")
    translations.update(target, [source])
    assert translations.read(target) == {"": {"留": "Kept"}, "weipian": {"留": "Kept", "新": ""}}
