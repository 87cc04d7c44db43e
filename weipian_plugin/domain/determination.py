"""The rules by which a person's judgement of a patch is taken or refused.

A clue is no verdict (自然资发〔2023〕258号): a determination is what a named person decided. Legal needs its
papers; illegal needs no proof of intent; what cannot be told is 存疑, a value of its own that leaves the
patch open and is never taken for illegal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from weipian_plugin.domain.categories import DOUBTFUL, RESULTS, Category, Dictionary
from weipian_plugin.domain.categories.model import Categories, comparable, pick_by_year
from weipian_plugin.domain.days import day_of, period_of
from weipian_plugin.domain.evidence import Evidence, read_evidence
from weipian_plugin.domain.stages import CORRECTABLE, OPEN

_NO_DOCUMENT = frozenset(
    {"", "无", "暂无", "没有", "未取得", "无批文", "无文号", "待补", "待补充", "NULL", "NONE"}
)
_HAS_NUMBER = re.compile(r"[0-9一二三四五六七八九十百]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Given:
    """What a person says about a patch, as text; '' where nothing was written."""

    patch_no: str
    result: str
    category: str = ""
    basis: str = ""
    document_no: str = ""
    decided_on: str = ""
    """The day of the judgement; '' for today."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """By the names of the dictionary's evidence fields."""


@dataclass(frozen=True)
class Case:
    """What is known of the patch that is judged."""

    kind: str
    """土地 or 矿产."""
    received_on: str
    """ISO date of the batch's receipt."""
    year: int
    """The year whose casework it belongs to: by it an approval is 当年 or 往年."""
    date_after: str = ""
    """When the later image was taken."""
    area_mu: float = 0.0
    opened_on: str = ""
    """ISO day on which it was last sent back, or came out of a split; '' for never."""


@dataclass(frozen=True)
class Judgement:
    """A judgement that can be recorded: a determination, or a doubt."""

    patch_no: str
    result: str
    """合法, 违法, 其他 or 存疑."""
    category: str
    """'' for 存疑."""
    basis: str
    document_no: str
    decided_on: str
    evidence: Mapping[str, str | float]
    dictionary: str
    """Title and version of the dictionary that has the category; '' for 存疑."""
    remarks: tuple[str, ...] = ()
    """What a reviewer should look at; Chinese."""

    @property
    def is_doubt(self) -> bool:
        """Whether it says that the patch cannot be judged."""
        return self.result == DOUBTFUL


class Refused(Exception):
    """The row cannot be recorded; the message says why, in Chinese."""

    def __init__(self, message: str, field: str = "") -> None:
        """Say why; `field` is the attribute of `Given`, or the evidence field, that is to be corrected."""
        super().__init__(message)
        self.field = field


def judge(given: Given, case: Case, dictionary: Dictionary, today: date) -> Judgement:
    """Return the judgement that a person's row comes to; raise Refused saying why it cannot stand.

    Whether the patch's stage is open for it is asked apart: `require_open`.
    """
    result = _result(given, case, dictionary)
    day = _day(given, case, today)
    basis = given.basis.strip()
    if result == DOUBTFUL:
        return _doubt(given, basis, day)
    if not basis:
        raise Refused("没有填写判定依据", "basis")
    source, category, wanted = _category(given, result, case, dictionary)
    evidence = read_evidence(category, dictionary.fields, given.evidence, day)
    if evidence.faults:
        raise Refused("；".join(fault.message for fault in evidence.faults), evidence.faults[0].field)
    document_no, values = _document(given, category, evidence)
    return Judgement(
        patch_no=given.patch_no,
        result=result,
        category=source.stored_name(category),
        basis=basis,
        document_no=document_no,
        decided_on=day.isoformat(),
        evidence=values,
        dictionary=category.dictionary,
        remarks=(*_remarks(category, values, case, wanted), *evidence.remarks),
    )


def _result(given: Given, case: Case, dictionary: Dictionary) -> str:
    """Return the result that was written, also where a category stands in its place (设施农用地)."""
    written = given.result.strip()
    if not written:
        raise Refused("没有填写判定结果", "result")
    result = dictionary.result(written, case.kind)
    if result:
        return result
    if not given.category.strip():
        fitting = [r for r in RESULTS if dictionary.matching(r, written, case.kind)]
        if len(fitting) == 1:
            return fitting[0]
    raise Refused(f"判定结果“{written}”不认识，只能是{'、'.join((*RESULTS, DOUBTFUL))}", "result")


def _day(given: Given, case: Case, today: date) -> date:
    if not given.decided_on.strip():
        return today
    day = day_of(given.decided_on)
    if day is None:
        raise Refused(f"判定日期“{given.decided_on.strip()}”不是日期，应写成 2021-07-20 的样子", "decided_on")
    if day > today:
        raise Refused(f"判定日期{day}还没有到", "decided_on")
    since = ((case.received_on, "收到图斑"), (case.opened_on, "图斑退回重办或拆分"))
    for text, what in since:
        begun = day_of(text)
        if begun is not None and day < begun:
            raise Refused(f"判定日期{day}早于{what}的日期{begun}", "decided_on")
    return day


def _doubt(given: Given, basis: str, day: date) -> Judgement:
    if not basis:
        raise Refused("存疑的要在判定依据里写明为什么不能判定", "basis")
    return Judgement(given.patch_no, DOUBTFUL, "", basis, "", day.isoformat(), {}, "")


def require_open(judged: Judgement, stage: str) -> None:
    """Raise Refused when a patch in this stage must be sent back before the judgement can be recorded."""
    if judged.is_doubt and stage not in OPEN:
        raise Refused(f"图斑{stage}，要改为存疑须先退回")
    if stage not in CORRECTABLE:
        raise Refused(f"图斑{stage}，要改判定须先退回")


def _category(
    given: Given, result: str, case: Case, dictionary: Dictionary
) -> tuple[Categories, Category, str]:
    """Return the category that was written, with its dictionary and the spelling that was used."""
    written = given.category.strip()
    if not written and not dictionary.result(given.result, case.kind):
        written = given.result.strip()
    names = "、".join(dictionary.names(result, case.kind))
    if not written:
        raise Refused(f"没有填写类别；{result}的类别有：{names}", "category")
    found = dictionary.matching(result, written, case.kind)
    if not found:
        raise Refused(f"类别“{written}”不在{result}的类别里；{result}的类别有：{names}", "category")
    fitting = pick_by_year((category for _, category in found), _approved_in(given, case))
    if not fitting:
        year = approval_year(given)
        raise Refused(
            f"类别“{written}”与批准年份{year}不符（图斑属{case.year}年），请核对类别、批准时间和文号",
            "category",
        )
    if len(fitting) != 1:
        choices = "、".join(found[0][0].stored_name(category) for category in fitting)
        hint = "，或填写批准时间" if all(category.approved for category in fitting) else ""
        raise Refused(f"类别“{written}”可指{choices}，请写明其中一个{hint}", "category")
    return found[0][0], fitting[0], written


def _approved_in(given: Given, case: Case) -> bool | None:
    """Return whether the approval is of the year of the patch; None when that cannot be told."""
    year = approval_year(given)
    return None if year is None else year >= case.year


def approval_year(given: Given) -> int | None:
    """Return the year of approval, from 批准时间 or from the document number (〔2021〕); None if unknown."""
    period = period_of(given.evidence.get("批准时间", ""))
    if period is not None:
        return period.first.year
    written = given.document_no or given.evidence.get("批准文号", "")
    years = {int(year) for year in _YEAR.findall(written)}
    return years.pop() if len(years) == 1 else None


def _document(given: Given, category: Category, evidence: Evidence) -> tuple[str, Mapping[str, str | float]]:
    """Return the document number and the evidence with it in its field; refuse papers that are not there."""
    written = given.document_no.strip()
    number = "" if comparable(written) in _NO_DOCUMENT else written
    own = str(evidence.values.get(category.document, "")) if category.document else ""
    own = "" if comparable(own) in _NO_DOCUMENT else own
    if number and own and comparable(number) != comparable(own):
        raise Refused(f"文号“{number}”与{category.document}“{own}”不一致", "document_no")
    number = number or own
    if category.needs_papers and not number:
        raise Refused(
            f"{category.result}（{category.full_name}）必须有批准文件的文号，没有的不能这样判定",
            "document_no",
        )
    if category.needs_papers and not _HAS_NUMBER.search(number):
        raise Refused(f"文号“{number}”里没有号数，请写全文号", "document_no")
    if category.document and number:
        return number, {**evidence.values, category.document: number}
    return number, evidence.values


def _remarks(category: Category, values: Mapping[str, str | float], case: Case, wanted: str) -> list[str]:
    remarks = (
        [f"“{wanted}”记为{category.full_name}"] if comparable(wanted) != comparable(category.name) else []
    )
    missing = [name for name in category.asked if name not in values]
    if missing:
        remarks.append(f"举证项未填：{'、'.join(missing)}")
    approved, seen = period_of(str(values.get("批准时间", ""))), period_of(case.date_after)
    if approved is not None and seen is not None and approved.first > seen.last:
        remarks.append(f"批准时间{approved.text}晚于后时相{seen.text}，请核对是否边报边用")
    area = values.get("批准面积")
    if isinstance(area, float) and area < case.area_mu - 0.01:
        remarks.append(f"批准面积{area:g}亩小于图斑面积{case.area_mu:.2f}亩")
    return remarks
