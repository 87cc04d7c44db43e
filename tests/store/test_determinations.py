"""Determinations: every revision kept, numbered, with history."""

from __future__ import annotations

import json

import pytest
from store_samples import add_batch, history_of, patch_frame

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import determinations

A, B = "500156SJBG21000001", "500156SJBG21000002"


def judged(number, result, **more):
    return {
        "patch_no": number,
        "result": result,
        "category": "批文",
        "basis": "渝府地〔2020〕1号",
        "document_no": "1号",
        "decided_by": "丙",
        "decided_on": "2021-07-08",
    } | more


@pytest.fixture
def with_patches(workspace):
    add_batch(workspace, patch_frame(2))
    return workspace


def insert(workspace, *rows):
    with workspace.writing("丙", "判定") as change:
        return determinations.insert(change, rows)


def test_revisions_count_per_patch(with_patches):
    assert insert(with_patches, judged(A, "合法"), judged(B, "违法"), judged(A, "其他")) == [1, 1, 2]
    assert insert(with_patches, judged(A, "违法", evidence={"批准面积": 3.5})) == [3]
    frame = determinations.read(with_patches)
    assert list(zip(frame["patch_no"], frame["revision"], frame["result"], strict=True)) == [
        (A, 1, "合法"),
        (A, 2, "其他"),
        (A, 3, "违法"),
        (B, 1, "违法"),
    ]
    assert json.loads(frame["evidence"][2]) == {"批准面积": 3.5}
    latest = determinations.read(with_patches, latest_only=True)
    assert latest["revision"].tolist() == [3, 1]


def test_the_history_holds_the_revision_before(with_patches):
    insert(with_patches, judged(A, "合法"))
    insert(with_patches, judged(A, "违法"))
    key, before, after = history_of(with_patches, "determination")[-1]
    assert key == A
    assert (before["result"], before["revision"]) == ("合法", 1)
    assert (after["result"], after["revision"]) == ("违法", 2)


def test_unknown_patches_and_results_are_refused_whole(with_patches):
    with pytest.raises(WeipianError, match="没有图斑“无”"):
        insert(with_patches, judged(A, "合法"), judged("无", "合法"))
    with pytest.raises(WeipianError, match="拒绝了不符合规定的数据"):
        insert(with_patches, judged(A, "合法"), judged(B, "说不清"))
    assert determinations.read(with_patches).empty
