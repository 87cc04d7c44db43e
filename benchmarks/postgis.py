"""PostGIS on the same geometries: a server of our own on a private socket in a temporary folder."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import shapely

from benchmarks.data import ROLES, District
from benchmarks.engines import NUMBER, Figures, write_areas

_BINARIES = Path("/usr/lib/postgresql/15/bin")
_OWNER = "postgres"
"""The user that the package makes: the server refuses to run as root."""
_SETTINGS = (
    "listen_addresses=''",
    "shared_buffers=1GB",
    "work_mem=256MB",
    "maintenance_work_mem=1GB",
    "max_parallel_workers_per_gather=2",
    "min_parallel_table_scan_size=0",
    "parallel_setup_cost=0",
    "fsync=off",
    "jit=off",
)
_LOAD = "CREATE UNLOGGED TABLE {name} ({column} text, geom geometry); COPY {name} FROM STDIN"
_INDEX = "CREATE INDEX ON {name} USING gist (geom); ANALYZE {name}"
_PIECES = (
    "SELECT p.patch_no, CASE WHEN ST_CoveredBy(p.geom, b.geom) THEN p.geom"
    " ELSE ST_Intersection(p.geom, b.geom) END AS piece"
    " FROM patch AS p JOIN {role} AS b ON ST_Intersects(p.geom, b.geom)"
)
_SUM = (
    "CREATE UNLOGGED TABLE found_{role} AS SELECT patch_no, sum(ST_Area(piece)) AS area"
    " FROM ({pieces}) AS cut GROUP BY patch_no"
)
_UNION = (
    "CREATE UNLOGGED TABLE found_{role} AS SELECT patch_no, CASE WHEN count(*) = 1 THEN sum(ST_Area(piece))"
    " ELSE ST_Area(ST_Union(piece)) END AS area FROM ({pieces}) AS cut GROUP BY patch_no"
)


def is_there() -> bool:
    """Tell whether the server and PostGIS are installed."""
    return (_BINARIES / "initdb").exists() and Path(
        "/usr/share/postgresql/15/extension/postgis.control"
    ).exists()


def postgis(district: District, patches: int, repeat: int) -> Figures:
    """Measure the queries alone: the data lie in the database, indexed, before the clock starts."""
    with _server() as socket:
        _load(socket, "patch", NUMBER, _rows(district.workspace(patches), "patch", NUMBER))
        for role in ROLES:
            _load(socket, role, "fid", _rows(district.library, role, "fid"))
        seconds = sorted(_queries(socket) for _ in range(repeat))
        write_areas(district, patches, "postgis", _areas(socket, district, patches))
    return {"seconds": seconds[len(seconds) // 2], "first": seconds[-1]}


@contextmanager
def _server() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="bench-postgis-"))
    shutil.chown(folder, _OWNER)
    data = folder / "data"
    control = [str(_BINARIES / "pg_ctl"), "-D", str(data), "-w", "-s"]
    try:
        _as_owner(
            [str(_BINARIES / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        )
        options = " ".join(f"-c {setting}" for setting in (*_SETTINGS, f"unix_socket_directories={folder}"))
        _as_owner([*control, "-o", options, "-l", str(folder / "log"), "start"])
        try:
            _psql(folder, "CREATE EXTENSION postgis")
            yield folder
        finally:
            _as_owner([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def _as_owner(command: list[str]) -> None:
    subprocess.run(["runuser", "-u", _OWNER, "--", *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _psql(socket: Path, statements: str, given: str | None = None) -> str:
    command = [
        "runuser",
        "-u",
        _OWNER,
        "--",
        "psql",
        "-h",
        str(socket),
        "-d",
        "postgres",
        "-X",
        "-q",
        "-A",
        "-t",
    ]
    command += ["-v", "ON_ERROR_STOP=1"]
    for statement in ("SET client_min_messages = warning", *statements.split(";")):
        command += ["-c", statement.strip()]
    done = subprocess.run(command, check=True, input=given, stdout=subprocess.PIPE, text=True, cwd="/")
    return done.stdout


def _rows(file: Path, layer: str, column: str) -> str:
    """Return a layer in the compute plane as lines for COPY."""
    import pyogrio

    from weipian_plugin.domain.geodesy import to_plane

    frame = pyogrio.read_dataframe(
        file, layer=layer, columns=[] if column == "fid" else [column], fid_as_index=True
    )
    keys = frame.index if column == "fid" else frame[column]
    bodies = shapely.to_wkb(to_plane(frame.geometry.to_numpy()), hex=True)
    return "".join(f"{key}\t{body}\n" for key, body in zip(keys, bodies, strict=True))


def _load(socket: Path, name: str, column: str, rows: str) -> None:
    _psql(socket, _LOAD.format(name=name, column=column), rows)
    _psql(socket, _INDEX.format(name=name))


def _queries(socket: Path) -> float:
    _psql(socket, ";".join(f"DROP TABLE IF EXISTS found_{role}" for role in ROLES))
    queries = [
        (_SUM if role == "land_class" else _UNION).format(role=role, pieces=_PIECES.format(role=role))
        for role in ROLES
    ]
    start = time.perf_counter()
    _psql(socket, ";".join(queries))
    return time.perf_counter() - start


def _areas(socket: Path, district: District, patches: int) -> pd.DataFrame:
    columns = {}
    for role in ROLES:
        lines = _psql(socket, f"SELECT patch_no, area FROM found_{role}").split()
        columns[role] = pd.Series({key: float(area) for key, area in (line.split("|") for line in lines)})
    numbers = _psql(socket, "SELECT patch_no FROM patch").split()
    return pd.DataFrame(columns).reindex(pd.Index(numbers, name=NUMBER))
