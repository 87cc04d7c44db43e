"""Which batch a clerk means."""

from __future__ import annotations

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import batches
from weipian_plugin.store.workspace import Workspace


def find_batch(work: Workspace, named: str) -> int | None:
    """Return the batch_id for a batch's name or number; None, meaning all batches, for ''.

    Raises WeipianError when there is no such batch, or several of that name.
    """
    if not named:
        return None
    known = batches.read(work)
    same = known.loc[(known["name"] == named) | (known["batch_id"].astype(str) == named), "batch_id"]
    if len(same) == 1:
        return int(same.iloc[0])
    listed = "、".join(
        f"{row.batch_id}（{row.name_}）" for row in known.rename(columns={"name": "name_"}).itertuples()
    )
    trouble = "没有" if same.empty else "有几个"
    raise WeipianError(f"工作库里{trouble}批次“{named}”，请写批次号；现有批次：{listed or '无'}。")
