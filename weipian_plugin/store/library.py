"""The library (底图库): one table per layer role, repaired and indexed once, read fast."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.layers import LayerEdition
from weipian_plugin.domain.progress import Progress
from weipian_plugin.domain.roles import Role
from weipian_plugin.giving_way import slices
from weipian_plugin.store import columns, files, geopackage, holder, sql
from weipian_plugin.store.clock import now
from weipian_plugin.store.connection import begin, connect, connect_to_read, told
from weipian_plugin.store.frames import insert_many, object_array

_CHUNK = 2_000
_SELECT_EDITIONS = (
    "SELECT role, edition, source, sha256, feature_count, coverage, imported_at, fields, findings"
    " FROM layer_edition JOIN sqlite_master ON sqlite_master.type = 'table' AND sqlite_master.name = role"
)
_INSERT_EDITION = (
    "INSERT INTO layer_edition (role, edition, source, sha256, feature_count, coverage, imported_at,"
    " fields, findings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_NEAR = (
    "SELECT $columns FROM $table AS layer WHERE fid IN ("
    " SELECT tree.id FROM box CROSS JOIN $rtree AS tree"
    " WHERE tree.minx <= box.maxx AND tree.maxx >= box.minx"
    " AND tree.miny <= box.maxy AND tree.maxy >= box.miny) ORDER BY fid"
)


@dataclass(frozen=True)
class StoredFeatures:
    """Features as they are stored, parallel arrays; areas are m², NaN where the layer has none."""

    wkb: list[bytes]
    source_fid: NDArray[np.int64]
    label: NDArray[Any]
    class_code: NDArray[Any]
    geom_area_m2: NDArray[np.float64]
    parcel_area_m2: NDArray[np.float64]
    net_parcel_area_m2: NDArray[np.float64]
    deducted_class: NDArray[Any]


class Library:
    """A library file. Holds no connection, so it may be used from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def create(cls, path: Path | str) -> Library:
        """Make a new, empty library; raise WeipianError when the file exists already."""
        path = Path(path)
        files.make(path, files.LIBRARY, lambda connection: geopackage.run(connection, sql.script("library")))
        return cls(path)

    @classmethod
    def open(cls, path: Path | str) -> Library:
        """Open a library; raise WeipianError for a file that is missing, foreign or of a newer version."""
        path = Path(path)
        files.read_settings(path, files.LIBRARY)
        return cls(path)

    @classmethod
    def open_or_create(cls, path: Path | str) -> Library:
        """Open the library, or make it where there is no file yet."""
        return cls.open(path) if Path(path).exists() else cls.create(path)

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def editions(self) -> dict[Role, LayerEdition]:
        """Return what the library holds, in the order of the roles.

        A layer whose table another program has deleted is not held any more, whatever layer_edition says.
        """
        with told(self._path), closing(connect_to_read(self._path)) as connection:
            rows = connection.execute(_SELECT_EDITIONS).fetchall()
        found = {Role(row[0]): LayerEdition(Role(row[0]), *row[1:]) for row in rows}
        return {role: found[role] for role in Role if role in found}

    def replace_layer(
        self, edition: LayerEdition, features: gpd.GeoDataFrame, progress: Progress | None = None
    ) -> None:
        """Put a layer in the place of its role's earlier one, in one transaction.

        `features`: a base-layer frame (docs/architecture.md). On an error or when cancelled the earlier
        layer stays as it was.
        """
        progress = progress or Progress()
        action = f"导入底图：{edition.role.label}"
        with told(self._path), closing(connect(self._path)) as connection:
            begin(connection, self._path, progress)
            with holder.announced(self._path, "", action):
                try:
                    _write_layer(connection, edition, features, progress)
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
        progress.finish()

    def near(self, role: Role, boxes: NDArray[np.float64]) -> StoredFeatures:
        """Return the features of a layer whose boxes touch any of `boxes`, each once."""
        with self.around(boxes) as near:
            return near(role)

    @contextmanager
    def around(self, boxes: NDArray[np.float64]) -> Iterator[Callable[[Role], StoredFeatures]]:
        """Give a function that returns a layer's features whose boxes touch any of `boxes`, each once.

        `boxes`: (n, 4) minx, miny, maxx, maxy in degrees; NaN boxes touch nothing. The R-tree holds its
        boxes rounded outward to 32 bits, so a feature that only nearly touches may be among them.
        """
        with told(self._path), closing(connect_to_read(self._path)) as connection:
            _put_boxes(connection, boxes)

            def near(role: Role) -> StoredFeatures:
                self._require(connection, role)
                return _arrays(_near(connection, role))

            yield near

    def _require(self, connection: sqlite3.Connection, role: Role) -> None:
        known = connection.execute(f"{_SELECT_EDITIONS} WHERE role = ?", (role.value,)).fetchone()
        if known is None:
            raise WeipianError(f"底图库里没有“{role.label}”图层（{self._path}），请先导入。")


def _write_layer(
    connection: sqlite3.Connection, edition: LayerEdition, features: gpd.GeoDataFrame, progress: Progress
) -> None:
    table = edition.role.value
    order = _hilbert_order(features)
    layout = columns.layout(features)
    geopackage.drop_feature_table(connection, table)
    connection.execute(
        sql.fill("CREATE TABLE $table ($columns)", table=sql.quoted(table), columns=layout.ddl)
    )
    geopackage.register_feature_table(connection, table, edition.role.label)
    _insert_features(connection, table, features, order, layout, progress.part(0.0, 0.7))
    _index_features(connection, table, features, order, progress.part(0.7, 0.95))
    geopackage.create_rtree_triggers(connection, table)
    geopackage.touch_contents(connection, table)
    _write_edition(connection, edition, len(features))
    progress.report(0.99, "正在保存")


def _insert_features(
    connection: sqlite3.Connection,
    table: str,
    features: gpd.GeoDataFrame,
    order: NDArray[np.int64],
    layout: columns.Layout,
    progress: Progress,
) -> None:
    statement = sql.fill(
        "INSERT INTO $table ($names) VALUES ($marks)",
        table=sql.quoted(table),
        names=", ".join(map(sql.quoted, layout.targets)),
        marks=", ".join("?" * len(layout.targets)),
    )
    geometries = features.geometry.to_numpy()
    sources = [features.iloc[:, at] for at in layout.sources]
    for part in slices(len(features), _CHUNK):
        progress.report(part.start / len(features), "正在写入要素" if part.start == 0 else "")
        rows, fids = order[part], range(part.start + 1, part.stop + 1)
        blobs = geopackage.encode(geometries[rows])
        values = map(columns.stored_values, (source.iloc[rows] for source in sources), layout.types)
        connection.executemany(statement, zip(fids, blobs, *values, strict=True))


def _index_features(
    connection: sqlite3.Connection,
    table: str,
    features: gpd.GeoDataFrame,
    order: NDArray[np.int64],
    progress: Progress,
) -> None:
    boxes = shapely.bounds(features.geometry.to_numpy())
    for part in slices(len(features), _CHUNK):
        progress.report(part.start / len(features), "正在建立空间索引" if part.start == 0 else "")
        fids = np.arange(part.start, part.stop) + 1
        geopackage.fill_rtree(connection, table, fids, boxes[order[part]])


def _hilbert_order(features: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return the features' order along a Hilbert curve.

    Neighbours stored side by side are read with fewer pages, and the R-tree gets tighter nodes.
    """
    if features.empty:
        return np.arange(0)
    return np.argsort(features.geometry.hilbert_distance().to_numpy(), kind="stable")


def _write_edition(connection: sqlite3.Connection, edition: LayerEdition, feature_count: int) -> None:
    connection.execute("DELETE FROM layer_edition WHERE role = ?", (edition.role.value,))
    stored = replace(edition, feature_count=feature_count, imported_at=edition.imported_at or now())
    connection.execute(_INSERT_EDITION, astuple(stored))


def _put_boxes(connection: sqlite3.Connection, boxes: NDArray[np.float64]) -> None:
    connection.execute("CREATE TEMP TABLE box (minx, miny, maxx, maxy)")
    corners = np.asarray(boxes, dtype=float).reshape(-1, 4).tolist()
    insert_many(connection, "INSERT INTO temp.box VALUES (?, ?, ?, ?)", corners)


def _near(connection: sqlite3.Connection, role: Role) -> list[tuple[Any, ...]]:
    present = {row[1] for row in connection.execute(f"PRAGMA table_info({sql.quoted(role.value)})")}
    names = ("geom", *columns.CANONICAL)
    chosen = ", ".join(f"layer.{sql.quoted(name)}" if name in present else "NULL" for name in names)
    statement = sql.fill(
        _NEAR,
        columns=chosen,
        table=sql.quoted(role.value),
        rtree=sql.quoted(geopackage.rtree_of(role.value)),
    )
    return connection.execute(statement).fetchall()


def _arrays(rows: list[tuple[Any, ...]]) -> StoredFeatures:
    empty: list[Sequence[Any]] = [()] * (1 + len(columns.CANONICAL))
    blobs, source_fid, label, code, area, parcel, net, deducted = list(zip(*rows, strict=True)) or empty
    texts = [object_array([text or "" for text in column]) for column in (label, code, deducted)]
    numbers = [np.array(column, dtype=float) for column in (area, parcel, net)]
    return StoredFeatures(
        wkb=geopackage.wkbs_of(blobs),
        source_fid=np.array(source_fid, dtype=np.int64),
        label=texts[0],
        class_code=texts[1],
        geom_area_m2=numbers[0],
        parcel_area_m2=numbers[1],
        net_parcel_area_m2=numbers[2],
        deducted_class=texts[2],
    )
