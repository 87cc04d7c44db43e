"""Use case: print the suggestions beside what was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from weipian_plugin.domain.categories import DOUBTFUL
from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.proposal import Proposal
from weipian_plugin.exchange.pages import Cell, Look, page, paragraph, section, table, write_page
from weipian_plugin.store import determinations
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.find_batch import find_batch
from weipian_plugin.workflow.propose_determinations import propose_determinations

_HEAD = ("图斑编号", "建议", "类别", "规则", "建议的依据", "已有判定")
_NOTE = (
    "建议是由套合结果得出的线索，不是判定，不能直接作为处罚依据，也没有写入工作库；须现场核查后由人判定。"
    f"有图层没有评估的只建议{DOUBTFUL}。"
)


def report_proposals(workspace: Path, batch: str, report: Path, progress: Progress) -> Mapping[str, int]:
    """Write the suggestions for a batch ('' for all) and return how many there are of each result.

    Raises WeipianError when there is no patch to suggest anything for.
    """
    work = Workspace.open(workspace)
    batch_id = find_batch(work, batch)
    progress.report(0.1, "读取套合结果")
    proposals = propose_determinations(work, batch_id)
    if not proposals:
        raise WeipianError("没有图斑可以建议，请先导入图斑并做套合分析。")
    held = determinations.read(work, batch_id, latest_only=True)
    judged = dict(zip(held["patch_no"], held["result"] + "（" + held["category"] + "）", strict=True))
    counts = Counter(proposal.result for proposal in proposals)
    said = "，".join(f"{result}{count}个" for result, count in counts.most_common())
    rows = (_row(proposal, judged.get(proposal.patch_no, "")) for proposal in proposals)
    parts = [
        paragraph(f"共{len(proposals)}个图斑，建议：{said}。", Look.VERDICT),
        paragraph(_NOTE, Look.QUIET),
    ]
    write_page(report, page("判定建议", *parts, section("逐图斑建议", table(_HEAD, rows))))
    progress.finish()
    return counts


def _row(proposal: Proposal, judged: str) -> tuple[str | Cell, ...]:
    differs = judged and proposal.result != DOUBTFUL and not judged.startswith(proposal.result)
    return (
        proposal.patch_no,
        f"建议{proposal.result}",
        proposal.category,
        proposal.rule_id,
        proposal.sentence,
        Cell(judged, Look.DOUBTFUL) if differs else judged,
    )
