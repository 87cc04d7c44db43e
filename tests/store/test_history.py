"""The chain: what it looks like, and that any change to it is found."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import add_batch, patch_frame

from weipian_plugin.store import history
from weipian_plugin.store.frames import canonical_json

UNLOCK = ("history_never_updated", "history_never_deleted", "history_only_appended")


def tamper(path, *statements):
    """Change the history as someone with an SQL editor would, and return what verify says."""
    with sqlite3.connect(path) as connection:
        for trigger in UNLOCK:
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
    return history.verify(sqlite3.connect(path))


def test_an_untouched_chain_is_sound(workspace):
    add_batch(workspace, patch_frame(40))
    with workspace.reading() as connection:
        verdict = history.verify(connection)
        head = history.head(connection)
    assert verdict == history.Verdict(ok=True, rows=43, first_bad=None, head=head)


def test_the_hash_is_what_the_documentation_says(workspace):
    with workspace.reading() as connection:
        first, second = connection.execute("SELECT * FROM history ORDER BY seq").fetchall()
    assert first[8] == "0" * 64
    text = json.dumps(list(first[:9]), ensure_ascii=False, separators=(",", ":"))
    assert first[9] == sha256(text.encode()).hexdigest()
    assert second[8] == first[9]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET at = '2020-01-01T00:00:00' WHERE seq = 20",
        "UPDATE history SET actor = '乙' WHERE seq = 20",
        "UPDATE history SET action = '别的' WHERE seq = 20",
        "UPDATE history SET table_name = 'duty' WHERE seq = 20",
        "UPDATE history SET record_key = 'x' WHERE seq = 20",
        "UPDATE history SET before = '{}' WHERE seq = 20",
        "UPDATE history SET after = NULL WHERE seq = 20",
        "UPDATE history SET prev_hash = hash WHERE seq = 20",
        "UPDATE history SET hash = prev_hash WHERE seq = 20",
        "UPDATE history SET seq = 1020 WHERE seq = 20",
    ],
)
def test_any_changed_field_is_found(workspace, statement):
    add_batch(workspace, patch_frame(40))
    verdict = tamper(workspace.path, statement)
    assert not verdict.ok
    assert verdict.first_bad == (21 if "SET seq" in statement else 20)


def test_a_removed_or_inserted_row_is_found(workspace):
    add_batch(workspace, patch_frame(40))
    assert tamper(workspace.path, "DELETE FROM history WHERE seq = 20").first_bad == 21


def test_a_row_swapped_in_is_found(workspace):
    add_batch(workspace, patch_frame(40))
    verdict = tamper(
        workspace.path,
        "UPDATE history SET seq = -1 WHERE seq = 20",
        "UPDATE history SET seq = 20 WHERE seq = 21",
        "UPDATE history SET seq = 21 WHERE seq = -1",
    )
    assert verdict.first_bad == 20


def test_only_the_head_shows_a_cut_tail(workspace):
    add_batch(workspace, patch_frame(40))
    with workspace.reading() as connection:
        printed = history.head(connection)
    verdict = tamper(workspace.path, "DELETE FROM history WHERE seq > 20")
    assert verdict.ok
    assert verdict.rows == 20
    assert verdict.head != printed


def test_changes_of_several_sessions_make_one_chain(workspace):
    for number in range(5):
        with workspace.writing("甲", "试") as change:
            for key in range(100):
                change.record("setting", f"{number}-{key}", None, {"值": key, "nan": float("nan")})
    with workspace.reading() as connection:
        assert history.verify(connection) == history.Verdict(True, 502, None, history.head(connection))
        text = connection.execute("SELECT after FROM history WHERE record_key = '4-99'").fetchone()[0]
    assert text == '{"nan":null,"值":99}'


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_canonical_json_is_stable_under_reading_back(value):
    text = canonical_json(value)
    assert canonical_json(json.loads(text)) == text


def test_canonical_json_takes_numpy():
    assert (
        canonical_json({"b": np.float64(1.5), "a": np.int64(2), "c": [np.nan]})
        == '{"a":2,"b":1.5,"c":[null]}'
    )
