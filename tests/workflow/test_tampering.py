"""Whatever is changed behind the plug-in's back is found, and the row is named.

Every column of every table is changed in several ways, every row deleted, doubled, exchanged with another;
then whole attacks, by somebody who drops triggers, mends the chain, and puts the triggers back.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest
from casework_samples import QUIET, add_patches, number_of
from tampering import SPLIT, Tampered, busy_workspace

from weipian_plugin.store import history
from weipian_plugin.store.frames import canonical_json
from weipian_plugin.store.history import GENESIS, row_hash
from weipian_plugin.store.records import FIXED, OVERLAY, RECORDED
from weipian_plugin.store.schema_check import reference
from weipian_plugin.store.verification import verify
from weipian_plugin.store.workspace import Workspace
from weipian_plugin.workflow.split import unsplit_patch

KEYS = {item.table: item.key for item in RECORDED} | dict.fromkeys(OVERLAY, "patch_no")
KEYS |= dict.fromkeys(FIXED, "CAST(fid AS TEXT)") | {"history": "CAST(seq AS TEXT)"}
REGISTERS = {
    "gpkg_spatial_ref_sys": "srs_id",
    "gpkg_contents": "table_name",
    "gpkg_geometry_columns": "table_name",
}
NUMBERED_ANYHOW = {"setting", "duty", "patch_fact", "rectification", *OVERLAY}
"""Tables by whose row numbers nothing is known or sorted: rows that exchange them say the same."""
NOT_RECORDS = {
    **{table: {"fid"} for table in NUMBERED_ANYHOW},
    "gpkg_contents": {"identifier", "description", "last_change", "min_x", "min_y", "max_x", "max_y"},
    "gpkg_spatial_ref_sys": {"description"},
}
"""Columns beside the records, and what GDAL and QGIS write of their own accord."""
ROW_NUMBERS = {"fid", "seq", "version", "batch_id", "srs_id"}
"""Columns that are the number of the row, in some tables."""
TABLES = [*KEYS, *REGISTERS]


def columns():
    with closing(reference()) as trusted:
        for table in TABLES:
            for _, name, kind, *_ in trusted.execute(f"PRAGMA table_info({table})").fetchall():
                if name not in NOT_RECORDS.get(table, ()):
                    yield table, name, kind


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return busy_workspace(tmp_path_factory.mktemp("原件"))


@pytest.fixture
def tampered(original, tmp_path):
    return Tampered(original.path, tmp_path)


def other_values(kind, value):
    """Return values that a column of this kind should not have: of its kind, and of every other."""
    number = value if isinstance(value, int | float) else 0
    own = {"TEXT": f"{value}改", "INTEGER": number + 1, "REAL": number + 0.01}.get(kind, b"GP")
    return [own, None, b"x", 700]


def key_of(connection, table, row):
    statement = f"SELECT {(KEYS | REGISTERS)[table]} FROM {table} WHERE rowid = ?"
    found = connection.execute(statement, (row,)).fetchone()
    return None if found is None else str(found[0])


def places(table, *keys):
    """Return where a change of a row of this table may be named."""
    named = "overlay_area" if table in OVERLAY else table
    found = {f"{named}/{key}" for key in keys}
    if table == "history":  # a row whose seq is changed is missed where the next one is
        found |= {f"history/{int(key) + 1}" for key in keys if key and key.isdecimal()}
    return found


def assert_named(path, allowed, what):
    found = verify(Workspace.open(path))
    assert not found.ok, what
    assert {problem.place for problem in found.problems} & allowed, (what, found.problems)


@pytest.mark.parametrize(("table", "column", "kind"), list(columns()))
def test_a_changed_value_is_found_and_its_row_is_named(tampered, table, column, kind):
    frame = tampered.rows(table)
    first, last = int(frame["_row"].iloc[0]), int(frame["_row"].iloc[-1])
    done = try_value(tampered, table, column, first, other_values(kind, frame[column].iloc[0])[0])
    for value in other_values(kind, frame[column].iloc[-1]):
        done += try_value(tampered, table, column, last, value)
    assert done


def try_value(tampered, table, column, where, value) -> bool:
    with tampered.opened(table) as connection:
        get = f"SELECT {column}, typeof({column}) FROM {table} WHERE rowid = ?"
        (before, key) = (connection.execute(get, (where,)).fetchone(), key_of(connection, table, where))
        try:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, where))
        except (sqlite3.IntegrityError, sqlite3.DatabaseError):
            return False  # the database itself refuses it
        moved = value if column in ROW_NUMBERS and isinstance(value, int) else where
        after = connection.execute(get, (moved,)).fetchone()
        if after is None or after == before:
            return False
        keys = [key, key_of(connection, table, moved)]
    assert_named(tampered.path, places(table, *keys), (table, column, before, after))
    return True


@pytest.mark.parametrize("table", TABLES)
def test_a_deleted_row_is_found(tampered, table):
    rows = tampered.rows(table)["_row"].tolist()
    for where in rows[:-1:7] if table == "history" else rows[::7]:  # of its last row see below
        with tampered.opened(table) as connection:
            key = key_of(connection, table, where)
            connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (where,))
        allowed = places(table, key) | ({"gpkg_contents/patch"} if table in REGISTERS else set())
        if not is_foreign(table, key):
            assert_named(tampered.path, allowed, (table, key))


def is_foreign(table, key):
    """Tell whether a row of a register is of no concern to casework."""
    return table == "gpkg_spatial_ref_sys" and key not in ("-1", "0", "4326", "4490")


def test_the_last_rows_of_the_history_are_missed_by_their_records(tampered):
    """But where the records go too, only the printed head tells: see below."""
    last = int(tampered.rows("history")["seq"].max())
    with tampered.opened("history") as connection:
        connection.execute("DELETE FROM history WHERE seq > ?", (last - 2,))
    assert_named(tampered.path, {"setting/示例", "setting/示例二"}, "tail")


@pytest.mark.parametrize("table", sorted(set(KEYS) - {"history", *FIXED}))
def test_a_row_from_outside_is_found(tampered, table):
    """A row is doubled under another number, or with another value where it must be unique."""
    frame = tampered.rows(table)
    names = [name for name in frame.columns if name not in ("_row", "fid")]
    with tampered.opened(table) as connection:
        where = int(frame["_row"].iloc[-1])
        values = list(connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE rowid = ?", (where,)))
        fresh = make_unique(connection, table, names, list(values[0]))
        marks = ", ".join("?" * len(names))
        added = connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", fresh)
        key = key_of(connection, table, added.lastrowid)
    assert_named(tampered.path, places(table, key), (table, fresh))


def make_unique(connection, table, names, values):
    for index in connection.execute(f"PRAGMA index_list({table})").fetchall():
        for _, _, name in connection.execute(f"PRAGMA index_info({index[1]})") if index[2] else ():
            at = names.index(name)
            values[at] = f"{values[at]}新" if isinstance(values[at], str) else values[at] + 50
    for name in ("batch_id", "version"):
        if table in ("batch", "plan_file") and name in names:
            values[names.index(name)] = 50
    return values


@pytest.mark.parametrize("table", sorted(set(KEYS) - NUMBERED_ANYHOW - {"history"}))
def test_two_rows_that_changed_places_are_found(tampered, table):
    """All that two rows say is exchanged, but for the number of the row."""
    frame = tampered.rows(table)
    first, last = int(frame["_row"].iloc[0]), int(frame["_row"].iloc[-1])
    with tampered.opened(table) as connection:
        number = "fid" if "fid" in frame.columns else frame.columns[1]
        keys = [key_of(connection, table, row) for row in (first, last)]
        for old, new in ((first, -1), (last, first), (-1, last)):
            connection.execute(f"UPDATE {table} SET {number} = ? WHERE rowid = ?", (new, old))
    assert_named(tampered.path, places(table, *keys), table)


def test_steps_that_changed_their_order_are_found(tampered):
    """The events of one patch, told in another order, tell another story."""
    with tampered.opened("stage_event") as connection:
        own = connection.execute("SELECT fid FROM stage_event WHERE patch_no = ?", (number_of(1),)).fetchall()
        (one,), (other,) = own
        for old, new in ((one, -1), (other, one), (-1, other)):
            connection.execute("UPDATE stage_event SET fid = ? WHERE fid = ?", (new, old))
    assert_named(tampered.path, {f"stage_event/{number_of(1)}"}, "order")


# Attacks: what is done to the file, and where it is named.

UNTRIGGER = "DROP TRIGGER history_never_updated; DROP TRIGGER history_never_deleted;"
SHAPE = "(SELECT geom FROM patch WHERE fid = 2)"
SHIFTED = "CAST(substr(geom, 1, 8) || zeroblob(32) || substr(geom, 41) AS BLOB)"
OTHER_SRS = "CAST(substr(geom, 1, 4) || x'E6100000' || substr(geom, 9) AS BLOB)"
ATTACKS = {
    "a shape is replaced": (f"UPDATE patch SET geom = {SHAPE} WHERE fid = 1", f"patch/{number_of(1)}"),
    "one byte of a shape": (
        "UPDATE patch SET geom = CAST(substr(geom, 1, 70) || x'00' || substr(geom, 72) AS BLOB)"
        " WHERE fid = 1",
        f"patch/{number_of(1)}",
    ),
    "the box in the head of a shape": (
        f"UPDATE patch SET geom = {SHIFTED} WHERE fid = 1",
        f"patch/{number_of(1)}",
    ),
    "the reference system of a shape": (
        f"UPDATE patch SET geom = {OTHER_SRS} WHERE fid = 1",
        f"patch/{number_of(1)}",
    ),
    "no shape at all": ("UPDATE patch SET geom = x'00' WHERE fid = 1", f"patch/{number_of(1)}"),
    "the spatial index alone": (
        "UPDATE rtree_patch_geom SET minx = 1, maxx = 2 WHERE id = 3",
        "rtree_patch_geom/3",
    ),
    "a patch out of the spatial index": ("DELETE FROM rtree_patch_geom WHERE id = 3", "rtree_patch_geom/3"),
    "a patch too many in the spatial index": (
        "INSERT INTO rtree_patch_geom VALUES (99, 1, 2, 1, 2)",
        "rtree_patch_geom/99",
    ),
    "one digit in the issued fields": (
        "UPDATE patch SET attributes = replace(attributes, '示例', '示列') WHERE fid = 3",
        f"patch/{number_of(3)}",
    ),
    "a number as text of the same look": (
        f"UPDATE duty SET patch_no = CAST(patch_no AS BLOB) WHERE patch_no = '{number_of(3)}'",
        f"duty/{number_of(3)}",
    ),
    "text that is no text": (
        f"UPDATE duty SET reason = CAST(x'FF' AS TEXT) WHERE patch_no = '{number_of(3)}'",
        f"duty/{number_of(3)}",
    ),
    "history that is no text": (
        f"{UNTRIGGER} UPDATE history SET actor = CAST(x'FF' AS TEXT) WHERE seq = 9",
        "history/9",
    ),
    "history that is no JSON": (f"{UNTRIGGER} UPDATE history SET after = '{{' WHERE seq = 9", "history/9"),
    "history in blobs": (
        f"{UNTRIGGER} UPDATE history SET after = CAST(after AS BLOB) WHERE seq = 9",
        "history/9",
    ),
    "the plan's text": ("UPDATE plan_file SET text = replace(text, '区水利局', '区林业局')", "plan_file/1"),
    "the plan's text with its digest": (
        "UPDATE plan_file SET text = 'x', sha256 = '" + sha256(b"x").hexdigest() + "' WHERE version = 2",
        "plan_file/2",
    ),
    "which workspace it is": (
        "UPDATE setting SET value = '2020' WHERE key = 'created_at'",
        "setting/created_at",
    ),
    "the year": ("UPDATE setting SET value = '2020' WHERE key = 'year'", "setting/year"),
    "review by the judge allowed": (
        "INSERT INTO setting (key, value) VALUES ('review_by_another', '否')"
        " ON CONFLICT (key) DO UPDATE SET value = '否'",
        "setting/review_by_another",
    ),
    "a setting taken away": ("DELETE FROM setting WHERE key = '示例'", "setting/示例"),
    "a step that may follow": (
        "UPDATE stage_transition SET by_another = 0 WHERE fid = 3",
        "stage_transition/3",
    ),
    "the reference system's definition": (
        "UPDATE gpkg_spatial_ref_sys SET definition = 'LOCAL_CS[]' WHERE srs_id = 4490",
        "gpkg_spatial_ref_sys/4490",
    ),
    "a trigger dropped": ("DROP TRIGGER determination_never_deleted", "schema/determination_never_deleted"),
    "a trigger made toothless": (
        "DROP TRIGGER history_never_deleted;"
        " CREATE TRIGGER history_never_deleted BEFORE DELETE ON history BEGIN SELECT 1; END;",
        "schema/history_never_deleted",
    ),
    "a trigger under GDAL's name": (
        "CREATE TRIGGER trigger_insert_feature_count_duty AFTER INSERT ON duty"
        " BEGIN UPDATE patch SET area_mu = 0; END;",
        "schema/trigger_insert_feature_count_duty",
    ),
    "a trigger in the spatial index's place": (
        "DROP TRIGGER rtree_patch_geom_insert; CREATE TRIGGER rtree_patch_geom_insert AFTER INSERT ON patch"
        " BEGIN DELETE FROM duty; END;",
        "schema/rtree_patch_geom_insert",
    ),
    "a trigger on a table of the standard": (
        "CREATE TRIGGER gpkg_x AFTER UPDATE ON gpkg_contents BEGIN DELETE FROM duty; END;",
        "schema/gpkg_x",
    ),
    "a trigger on a table of one's own": (
        "CREATE TABLE mine (x); CREATE TRIGGER y AFTER INSERT ON mine BEGIN DELETE FROM duty; END;",
        "schema/y",
    ),
    "a trigger that does two things": (
        "CREATE TRIGGER rtree_z AFTER INSERT ON patch"
        " BEGIN DELETE FROM rtree_patch_geom WHERE id = -1; DELETE FROM duty; END;",
        "schema/rtree_z",
    ),
    "a unique index that stops the work": (
        "CREATE UNIQUE INDEX x ON stage_event (taken_on, fid)",
        "schema/x",
    ),
    "a view that counts less": (
        "DROP VIEW patch_verified; CREATE VIEW patch_verified AS SELECT * FROM patch WHERE fid > 1",
        "schema/patch_verified",
    ),
    "a table without its checks": (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
        " replace(sql, 'CHECK (result IN (''合法'', ''违法'', ''其他''))', '') WHERE name = 'determination';",
        "schema/determination",
    ),
    "an index that hides rows": (
        "DROP INDEX overlay_area_basic; CREATE INDEX overlay_area_basic ON overlay_area (patch_no, area_m2)"
        " WHERE role = 'nothing'; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
        " replace(sql, 'nothing', 'basic_farmland') WHERE name = 'overlay_area_basic';",
        "file/integrity_check",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_found(tampered, name):
    script, place = ATTACKS[name]
    with tampered.opened("" if "TRIGGER" in script else script.split()[1]) as connection:
        connection.executescript(script)
    found = verify(Workspace.open(tampered.path))
    assert place in {problem.place for problem in found.problems}, found.problems


def drop_never(connection, table):
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall()
    for (name,) in found:
        connection.execute(f"DROP TRIGGER {name}")


def mend_chain(connection, seq):
    """Work out every hash again from a row on, as somebody who has read the documentation can."""
    before = connection.execute("SELECT hash FROM history WHERE seq = ?", (seq - 1,)).fetchone()
    prev_hash = before[0] if before else GENESIS
    for row in connection.execute("SELECT * FROM history WHERE seq >= ? ORDER BY seq", (seq,)).fetchall():
        fresh = row_hash((*row[:8], prev_hash))
        connection.execute(
            "UPDATE history SET prev_hash = ?, hash = ? WHERE seq = ?", (prev_hash, fresh, row[0])
        )
        prev_hash = fresh


def test_a_mended_chain_does_not_hide_a_record(tampered):
    """Only the history is changed: the record itself tells."""
    with tampered.opened("history") as connection:
        seq, text = connection.execute(
            "SELECT seq, after FROM history WHERE table_name = 'determination' ORDER BY seq LIMIT 1"
        ).fetchone()
        connection.execute("UPDATE history SET after = ? WHERE seq = ?", (text.replace("违法", "合法"), seq))
        mend_chain(connection, seq)
    assert_named(tampered.path, {f"determination/{number_of(1)}"}, "mended")


def test_a_half_mended_chain_is_found(tampered):
    with tampered.opened("history") as connection:
        row = connection.execute("SELECT * FROM history WHERE seq = 12").fetchone()
        forged = (*row[:2], "别人", *row[3:9])
        connection.execute("UPDATE history SET actor = '别人', hash = ? WHERE seq = 12", (row_hash(forged),))
    assert_named(tampered.path, {"history/13"}, "half")


# What the chain cannot prove: only the printed head does. docs/历史与证明.md says so.


def rewritten(connection):
    """Make a determination another one, everywhere, and every hash after it."""
    for table in ("determination", "history"):
        drop_never(connection, table)
    connection.execute(
        "UPDATE determination SET result = '其他' WHERE patch_no = ? AND revision = 2", (number_of(1),)
    )
    seq, text = connection.execute(
        "SELECT seq, after FROM history WHERE table_name = 'determination' AND record_key = ?"
        " ORDER BY seq DESC LIMIT 1",
        (number_of(1),),
    ).fetchone()
    connection.execute("UPDATE history SET after = ? WHERE seq = ?", (text.replace("违法", "其他"), seq))
    mend_chain(connection, seq)


def cut(connection):
    """Take the last step away, as an older copy in the file's place does."""
    drop_never(connection, "history")
    connection.execute("DELETE FROM setting WHERE key IN ('示例', '示例二')")
    connection.execute("DELETE FROM history WHERE table_name = 'setting' AND record_key LIKE '示例%'")


@pytest.mark.parametrize("attack", [rewritten, cut])
def test_only_the_printed_head_shows_a_chain_made_again(original, tampered, attack):
    printed = verify(original).chain.head
    with closing(sqlite3.connect(tampered.original)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    with tampered.opened() as connection:
        attack(connection)
        there = {
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
        for name, text in triggers:
            if name not in there:
                connection.execute(text)
    found = verify(Workspace.open(tampered.path))
    assert found.ok, found.problems
    assert found.chain.head != printed
    with closing(sqlite3.connect(tampered.path)) as connection:
        assert connection.execute("SELECT 1 FROM history WHERE hash = ?", (printed,)).fetchone() is None


def test_the_printed_head_stays_in_a_chain_that_only_grew(original, tampered):
    printed = verify(original).chain.head
    with tampered.opened():
        pass
    work = Workspace.open(tampered.path)
    unsplit_patch(work.path, SPLIT, "乙", QUIET)
    add_patches(work, 2, first=50)
    assert verify(work).ok
    with work.reading() as connection:
        assert connection.execute("SELECT 1 FROM history WHERE hash = ?", (printed,)).fetchone() == (1,)


def test_ordinary_care_of_the_file_is_no_tampering(tampered):
    """What QGIS, DB Browser and an administrator do without touching a record."""
    with tampered.opened() as connection:
        connection.executescript(
            "VACUUM; ANALYZE; REINDEX; PRAGMA journal_mode = WAL; CREATE INDEX idx_town ON patch (town_name);"
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleName TEXT);"
            "UPDATE gpkg_contents SET description = '我的图斑', last_change = '2021-01-01T00:00:00.000Z';"
        )
    assert verify(Workspace.open(tampered.path)).problems == ()


def test_a_canonical_text_is_what_is_hashed(original):
    with original.reading() as connection:
        assert history.verify(connection).ok
        row = connection.execute("SELECT * FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    assert row[9] == sha256(canonical_json(row[:9]).encode()).hexdigest()
