"""The import report: one HTML page in Chinese that can be printed on A4 and filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from weipian_plugin.domain.findings import Finding, Severity, count_by_severity
from weipian_plugin.intake.decisions import Decisions, Repair
from weipian_plugin.intake.field_labels import field_label
from weipian_plugin.text_files import write_text

_MOST_SUBJECTS = 500
_SUBJECTS_OF_A_TASK = 10
_MOST_REPAIRS = 2000
_CLASSES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_FOOTER = "原文件未作任何改动。面积为 CGCS2000 椭球面积；1 亩 = 2000/3 平方米。本报告由卫片执法插件生成。"
_STYLE = """
@page { size: A4; margin: 15mm 14mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.6 "Microsoft YaHei", "微软雅黑", "Noto Sans CJK SC", sans-serif; color: #1c2733;
       max-width: 190mm; margin: 8mm auto; padding: 0 4mm; }
h1 { font-size: 17pt; margin: 0 0 2mm; }
h2 { font-size: 12.5pt; margin: 7mm 0 2mm; border-bottom: 1.5pt solid #4472c4; padding-bottom: 1mm; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0; }
th, td { border: 0.5pt solid #b9c2cc; padding: 1.2mm 2mm; text-align: left; vertical-align: top;
         overflow-wrap: anywhere; }
th { background: #eef2f8; font-weight: 600; }
.findings { table-layout: fixed; }
.findings th:first-child { width: 17mm; }
.findings th:last-child { width: 52mm; }
tbody th { width: 26mm; white-space: nowrap; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.verdict { font-size: 11.5pt; padding: 2mm 3mm; background: #f4f6f9; border-left: 3pt solid #4472c4; }
.why, .subjects { color: #55606c; font-size: 9pt; }
.hash { font-family: Consolas, monospace; font-size: 8.5pt; }
.error { background: #ffc7ce; color: #9c0006; }
.warning { background: #ffeb9c; color: #6b4e00; }
.note { background: #eef2f8; color: #2f4b7c; }
.tag { display: inline-block; padding: 0 2mm; border-radius: 1mm; white-space: nowrap; }
ol { margin: 1mm 0; padding-left: 6mm; }
footer { margin-top: 8mm; color: #55606c; font-size: 9pt; }
@media print { body { margin: 0; padding: 0; max-width: none; }
  .error, .warning, .note, th { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def write_report(
    path: str | Path,
    title: str,
    decisions: Decisions,
    findings: Sequence[Finding],
    facts: Mapping[str, object] | None = None,
    dry_run: bool = False,
) -> None:
    """Write the report; `facts` are further lines for the head, such as batch, date, person.

    A dry run is told so in the head: what the page lists was not imported.

    Raises WeipianError when the file cannot be written. An existing report is replaced whole or not at all.
    """
    write_text(Path(path), html(title, decisions, findings, facts or {}, dry_run), "报告")


def html(
    title: str,
    decisions: Decisions,
    findings: Sequence[Finding],
    facts: Mapping[str, object],
    dry_run: bool = False,
) -> str:
    """Return the page as text; everything that comes from files is escaped."""
    body = "\n".join(
        [
            f"<h1>{escape(title)}</h1>",
            f'<p class="verdict">{_verdict(decisions, findings, dry_run)}</p>',
            _section("一、需要做的事", _todo(findings)),
            _section("二、问题清单", _findings_table(findings)),
            _section("三、图形修复前后面积", _repairs_table(decisions.repairs)),
            _section("四、来源", _source_table(decisions, facts)),
            _section("五、判断及依据", _choices_table(decisions)),
            _section("六、字段对应", _fields_table(decisions)),
            f"<footer>{_FOOTER}</footer>",
        ]
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _verdict(decisions: Decisions, findings: Sequence[Finding], dry_run: bool) -> str:
    counts = count_by_severity(findings)
    preview = "<strong>这是预检，没有写入任何数据。</strong>" if dry_run else ""
    taken, dropped = ("可以导入", "不能导入") if dry_run else ("导入", "未导入")
    return (
        f"{preview}读取 {decisions.read} 个，{taken} {decisions.taken} 个，{dropped} {decisions.dropped} 个；"
        f"{'，'.join(f'{severity.value} {count} 项' for severity, count in counts.items())}。"
    )


def _section(heading: str, content: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>\n{content}\n</section>"


def _source_table(decisions: Decisions, facts: Mapping[str, object]) -> str:
    rows = {
        "文件": escape(decisions.path),
        "图层": escape(decisions.layer),
        "格式": escape(decisions.format),
        "大小": f"{decisions.size:,} 字节",
        "SHA-256": f'<span class="hash">{escape(decisions.sha256)}</span>',
    }
    rows |= {escape(name): escape(str(value)) for name, value in facts.items()}
    return _table(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows.items() if value)


def _choices_table(decisions: Decisions) -> str:
    choices = [
        ("文字编码", decisions.encoding, decisions.encoding_why),
        ("坐标系", decisions.crs, decisions.crs_why),
        ("面积单位", decisions.area_unit, decisions.area_unit_why),
    ]
    return _table(_choice_row(name, value, why) for name, value, why in choices if value or why)


def _choice_row(name: str, value: str, why: str) -> str:
    reason = f'<div class="why">依据：{escape(why)}</div>'
    return f"<tr><th>{name}</th><td>{escape(value) or '未定'}{reason}</td></tr>"


def _fields_table(decisions: Decisions) -> str:
    if not decisions.fields:
        return "<p>没有用到属性字段。</p>"
    rows = (
        f"<tr><td>{escape(field_label(canonical))}</td><td>{escape(name)}</td></tr>"
        for canonical, name in decisions.fields.items()
    )
    return _table(rows, ("用作", "文件中的字段"))


def _findings_table(findings: Sequence[Finding]) -> str:
    if not findings:
        return "<p>没有发现问题。</p>"
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    return _table(map(_finding_row, ranked), ("程度", "问题", "建议"), "findings")


def _finding_row(finding: Finding) -> str:
    tag = f'<span class="tag {_CLASSES[finding.severity]}">{finding.severity.value}</span>'
    subjects = f'<div class="subjects">{_subjects(finding.subjects)}</div>' if finding.subjects else ""
    advice = escape(finding.advice) or "—"
    return f"<tr><td>{tag}</td><td>{escape(finding.message)}{subjects}</td><td>{advice}</td></tr>"


def _subjects(subjects: Sequence[str], most: int = _MOST_SUBJECTS) -> str:
    listed = "、".join(escape(subject) for subject in subjects[:most])
    rest = len(subjects) - most
    return f"{listed} …… 等共 {len(subjects)} 个" if rest > 0 else listed


def _repairs_table(repairs: Sequence[Repair]) -> str:
    if not repairs:
        return "<p>没有需要修复的图形。</p>"
    head = ("图斑或要素", "毛病", "修复前（平方米）", "修复后（平方米）", "变化（平方米）")
    # The largest changes first: they are what a person has to look at.
    ranked = sorted(repairs, key=lambda repair: -abs(repair.change_m2))
    rest = len(ranked) - _MOST_REPAIRS
    more = f"<p>另有 {rest} 个变化更小的未列出。</p>" if rest > 0 else ""
    return _table(map(_repair_row, ranked[:_MOST_REPAIRS]), head) + more


def _repair_row(repair: Repair) -> str:
    numbers = "".join(
        f'<td class="number">{value:,.2f}</td>'
        for value in (repair.before_m2, repair.after_m2, repair.change_m2)
    )
    mark = ' class="warning"' if repair.is_large else ""
    return f"<tr{mark}><td>{escape(repair.subject)}</td><td>{escape(repair.reason)}</td>{numbers}</tr>"


def _todo(findings: Sequence[Finding]) -> str:
    advice: dict[str, list[str]] = {}
    for severity in (Severity.ERROR, Severity.WARNING):
        for finding in findings:
            if finding.severity is severity and finding.advice:
                advice.setdefault(finding.advice, []).extend(finding.subjects)
    if not advice:
        return "<p>没有必须处理的问题，可以接着办理。</p>"
    return "<ol>" + "".join(map(_task, advice.items())) + "</ol>"


def _task(advice: tuple[str, list[str]]) -> str:
    """Return one thing to do with the patches or features it is about."""
    text, subjects = advice
    listed = _subjects(subjects, _SUBJECTS_OF_A_TASK)
    named = f'<span class="subjects">（{listed}）</span>' if subjects else ""
    return f"<li>{escape(text)}{named}</li>"


def _table(rows: Iterable[str], head: Sequence[str] = (), look: str = "") -> str:
    header = f"<thead><tr>{''.join(f'<th>{name}</th>' for name in head)}</tr></thead>" if head else ""
    return f'<table class="{look}">' + f"{header}<tbody>{''.join(rows)}</tbody></table>"
