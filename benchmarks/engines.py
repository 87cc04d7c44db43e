"""What is measured, each in a process of its own: our steps, and what others make of the same files."""

from __future__ import annotations

import shutil
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.data import ROLES, District, land_class_layer
from benchmarks.held import longest_hold

Figures = dict[str, float]
NUMBER = "patch_no"


def overlay(district: District, patches: int, repeat: int) -> Figures:
    """Read and compute; nothing is stored, as the others store nothing of theirs in a workspace either."""
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.store.workspace import Workspace
    from weipian_plugin.workflow.run_overlay import Tables, compute

    found: list[Tables] = []

    def run() -> None:
        work = Workspace.open(district.workspace(patches))
        found[:] = [compute(work, district.library, "", Progress())]

    figures = _repeated(run, repeat)
    frame = found[0].areas
    covered = frame[frame["class_name"] != "未覆盖"]
    write_areas(district, patches, "overlay", covered.groupby([NUMBER, "role"])["area_m2"].sum().unstack())
    return figures


def stored(district: District, patches: int, repeat: int) -> Figures:
    """Run the whole use case on fresh copies: reading, computing, storing with history."""
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.run_overlay import run_overlay

    with _copies(district.workspace(patches), repeat + 1) as copies:
        return _step(lambda: run_overlay(next(copies), district.library, "", "bench", Progress()), repeat)


def assign(district: District, patches: int, repeat: int) -> Figures:
    """Propose the duties of all patches and store them."""
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.assign_duties import assign_duties
    from weipian_plugin.workflow.run_overlay import run_overlay

    done = district.folder / f"{patches}_overlaid.gpkg"
    if not done.exists():
        shutil.copy(district.workspace(patches), done)
        run_overlay(done, district.library, "", "bench", Progress())
    with _copies(done, repeat + 1) as copies:
        return _step(lambda: assign_duties(next(copies), "bench", Progress()), repeat)


def export(district: District, patches: int, repeat: int) -> Figures:
    """Write the submission workbook with all its sheets, duties assigned."""
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.assign_duties import assign_duties
    from weipian_plugin.workflow.export_city import export_city

    with _copies(district.folder / f"{patches}_overlaid.gpkg", 1) as copies:
        work = next(copies)
        assign_duties(work, "bench", Progress())
        book = work.with_suffix(".xlsx")

        def run() -> None:
            book.unlink(missing_ok=True)
            export_city(work, book, "bench", Progress())

        figures = _step(run, repeat)
        book.unlink()
        return figures


def review(district: District, patches: int, _repeat: int) -> Figures:
    """Open the workspace in the review dock; look at 100 patches, or half of them, and judge them by key."""
    from benchmarks.review import reviewing
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.assign_duties import assign_duties

    with _copies(district.folder / f"{patches}_overlaid.gpkg", 1) as copies:
        work = next(copies)
        assign_duties(work, "bench", Progress())
        figures = reviewing(work, min(100, patches // 2))
    return {**figures, "seconds": figures["open"] / 1000, "first": figures["open"] / 1000}


def import_parcels(district: District, _patches: int, repeat: int) -> Figures:
    """Import the parcels into a new library: read, reproject, repair, check, store, index."""
    from weipian_plugin.domain.progress import Progress
    from weipian_plugin.workflow.import_base import BaseSource, import_base

    path, edition = land_class_layer(district)
    target = district.folder / "imported.gpkg"

    def run() -> None:
        target.unlink(missing_ok=True)
        import_base(target, BaseSource(str(path), None, edition), Progress())

    figures = _step(run, repeat)
    target.unlink()
    return figures


def bare(district: District, patches: int, repeat: int) -> Figures:
    """The same reads and the GEOS calls that an overlay of shapes cannot do without, and nothing else.

    Two threads, land classes in one and the other layers in the other; areas of pieces are added up, and
    nothing looks whether pieces overlap.
    """

    def run() -> None:
        work: Any = _outlines(district, patches)
        threads = [
            threading.Thread(target=_bare, args=(district, *work, roles)) for roles in (ROLES[:1], ROLES[1:])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return _repeated(run, repeat)


def _outlines(district: District, patches: int) -> tuple[Any, Any]:
    from weipian_plugin.store import patches as store
    from weipian_plugin.store.workspace import Workspace
    from weipian_plugin.workflow.find_batch import find_batch

    work = Workspace.open(district.workspace(patches))
    return store.outlines(work, find_batch(work, ""))


def _bare(district: District, numbers: Any, geometry: Any, roles: tuple[str, ...]) -> None:
    import shapely

    from weipian_plugin.domain.geodesy import to_plane
    from weipian_plugin.domain.roles import Role
    from weipian_plugin.store.library import Library

    plane = to_plane(geometry)
    shapely.prepare(plane)
    with Library.open(district.library).around(shapely.bounds(geometry)) as near:
        for role in roles:
            parts = shapely.get_parts(to_plane(shapely.from_wkb(near(Role(role)).wkb)))
            patch, part = shapely.STRtree(parts).query(plane, predicate="intersects")
            pieces = shapely.intersection(plane[patch], parts[part])
            np.bincount(patch, shapely.area(pieces), minlength=len(numbers))


def native(district: District, patches: int, repeat: int) -> Figures:
    """QGIS's own overlap analysis on the same two files, on the ellipsoid."""
    from qgis.analysis import QgsNativeAlgorithms
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

    application = QgsApplication([], False)
    application.initQgis()
    QgsApplication.processingRegistry().addProvider(QgsNativeAlgorithms())
    wanted = QgsVectorLayer(f"{district.workspace(patches)}|layername=patch", "patch", "ogr")
    layers = [QgsVectorLayer(f"{district.library}|layername={role}", role, "ogr") for role in ROLES]
    context = QgsProcessingContext()
    context.setEllipsoid("EPSG:1024")
    output = district.folder / f"{patches}_native_raw.csv"
    parameters = {"INPUT": wanted, "LAYERS": layers, "OUTPUT": str(output)}

    def run() -> None:
        output.unlink(missing_ok=True)
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("native:calculatevectoroverlaps")
        if not algorithm.run(parameters, context, QgsProcessingFeedback())[1]:
            raise SystemExit("native:calculatevectoroverlaps failed")

    figures = _repeated(run, repeat)
    # Layers left over crash Python when QGIS closes.
    parameters.clear()
    del layers, wanted
    application.exitQgis()
    found = pd.read_csv(output).set_index(NUMBER)
    write_areas(district, patches, "native", pd.DataFrame({role: found[f"{role}_area"] for role in ROLES}))
    return figures


def geopandas(district: District, patches: int, repeat: int) -> Figures:
    """geopandas.overlay of every layer, read whole, in the same plane; overlapping pieces are dissolved."""
    found: list[pd.DataFrame] = []

    def run() -> None:
        found[:] = [_geopandas(district, patches)]

    figures = _repeated(run, repeat)
    write_areas(district, patches, "geopandas", found[0])
    return figures


def _geopandas(district: District, patches: int) -> pd.DataFrame:
    import geopandas as gpd
    import pyogrio

    from weipian_plugin.domain.geodesy import to_plane

    def read(path: Path, layer: str, columns: list[str]) -> Any:
        frame = pyogrio.read_dataframe(path, layer=layer, columns=columns)
        return gpd.GeoDataFrame(frame[columns], geometry=to_plane(frame.geometry.to_numpy()))

    wanted = read(district.workspace(patches), "patch", [NUMBER])
    areas = {}
    for role in ROLES:
        pieces = gpd.overlay(
            wanted, read(district.library, role, []), how="intersection", keep_geom_type=True
        )
        if role != "land_class":
            pieces = pieces.dissolve(by=NUMBER).reset_index()
        areas[role] = pieces.geometry.area.groupby(pieces[NUMBER]).sum()
    return pd.DataFrame(areas).reindex(wanted[NUMBER])


def write_areas(district: District, patches: int, engine: str, table: pd.DataFrame) -> None:
    """Keep what an engine found, for comparison: m² by patch and role."""
    table.fillna(0.0)[list(ROLES)].to_csv(areas_file(district, patches, engine))


def areas_file(district: District, patches: int, engine: str) -> Path:
    """Return where an engine's areas are kept."""
    return district.folder / f"{patches}_{engine}.csv"


@contextmanager
def _copies(file: Path, count: int) -> Iterator[Iterator[Path]]:
    copies = [file.with_name(f"copy_{index}.gpkg") for index in range(count)]
    for copy in copies:
        shutil.copy(file, copy)
    try:
        yield iter(copies)
    finally:
        for copy in copies:
            copy.unlink()


def _step(work: Callable[[], object], repeat: int) -> Figures:
    """Return also how long the work keeps Python from a window, in one more run."""
    return {**_repeated(work, repeat), "held": longest_hold(work)}


def _repeated(work: Callable[[], object], repeat: int) -> Figures:
    """Return the seconds of the first run, and the median of all."""
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return {"seconds": statistics.median(seconds), "first": seconds[0]}


ENGINES: dict[str, Callable[[District, int, int], Figures]] = {
    engine.__name__: engine
    for engine in (overlay, stored, assign, export, review, import_parcels, bare, native, geopandas)
}
