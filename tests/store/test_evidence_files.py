"""Evidence files: attached, taken away again, never rewritten; and the history can prove them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from store_samples import add_batch, patch_frame

from weipian_plugin.store import evidence_files
from weipian_plugin.store.connection import connect
from weipian_plugin.store.evidence_files import ATTACH, TAKE_AWAY, EvidenceFile
from weipian_plugin.store.verification import verify

A = "500156SJBG21000001"


def file(act=ATTACH, name="批文.pdf"):
    return EvidenceFile(A, act, name, f"{A}/{name}", "ab" * 32, 1234, f"E:/材料/{name}", "甲", "2021-07-09")


def record(work, *files):
    with work.writing("甲", "附举证材料") as change:
        evidence_files.insert(change, files)


def attached(work):
    with work.reading() as connection:
        return evidence_files.attached(connection, A)


@pytest.fixture
def work(workspace):
    add_batch(workspace, patch_frame(2))
    return workspace


def test_what_is_attached_stands_until_it_is_taken_away(work):
    record(work, file(), file(name="照片.jpg"))
    assert attached(work) == (file(), file(name="照片.jpg"))
    record(work, file(TAKE_AWAY))
    assert attached(work) == (file(name="照片.jpg"),)
    record(work, file())
    assert [one.name for one in attached(work)] == ["照片.jpg", "批文.pdf"]
    assert evidence_files.read(work)["act"].tolist() == ["附上", "附上", "撤下", "附上"]
    assert verify(work).ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_file SET sha256 = printf('%064d', 0)",
        "DELETE FROM evidence_file",
        "INSERT OR REPLACE INTO evidence_file SELECT * FROM evidence_file",
    ],
)
def test_no_program_rewrites_it(work, statement):
    record(work, file())
    with closing(connect(work.path)) as connection, pytest.raises(sqlite3.IntegrityError, match="只能"):
        connection.execute(statement)
    assert attached(work) == (file(),)


def test_a_row_from_outside_is_found(work):
    with closing(connect(work.path)) as connection:
        connection.execute(
            "INSERT INTO evidence_file (patch_no, act, name, stored_as, sha256, size, person, acted_on)"
            f" VALUES ('{A}', '附上', 'x', 'x', '{'0' * 64}', 1, '甲', '2021-07-09')"
        )
    assert verify(work).first_bad == f"evidence_file/{A}"
