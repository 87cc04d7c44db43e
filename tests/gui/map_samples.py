"""A small office for the tests of the map: the district drawn by hand, with library and overlay."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from qgis.core import QgsProject
from stand_in import wait_until

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workflow"))

from hand_district import make_library, make_workspace, write_layers, write_patches

from weipian_plugin.domain.progress import Progress
from weipian_plugin.gui.map.workspace_layers import WorkspaceLayers
from weipian_plugin.workflow.run_overlay import run_overlay

NUMBERS = [f"500156TEST2100000{number}" for number in range(1, 6)]


def make_office(folder: Path) -> Path:
    """Make workspace and library in a folder."""
    library = make_library(folder, write_layers(folder))
    workspace = make_workspace(folder, write_patches(folder))
    run_overlay(workspace, library, "", "甲", Progress())
    return folder


def copy_office(office: Path, folder: Path) -> tuple[Path, Path]:
    """Copy workspace and library; return their paths."""
    return tuple(Path(shutil.copy(office / name, folder / name)) for name in ("工作库.gpkg", "底图库.gpkg"))


@contextmanager
def shown_map(desk, workspace, library=None):
    """Open the files and give the map once all of it is shown; take it away afterwards."""
    if library is not None:
        desk.session.set_library(library)
    layers = WorkspaceLayers(desk)
    try:
        seen = []
        layers.patches_shown.connect(lambda: seen.append("patches"))
        layers.base_shown.connect(lambda: seen.append("base"))
        layers.imagery.shown.connect(lambda: seen.append("images"))
        desk.session.set_workspace(workspace)
        wait_until(lambda: {"patches", "base", "images"} <= set(seen))
        yield layers
    finally:
        desk.iface.mapCanvas().waitWhileRendering()
        layers.remove()
        QgsProject.instance().clear()


def settled(layers):
    """Wait until the project is left alone."""
    wait_until(lambda: not layers._settling.isActive())


def tree(group):
    """Return the names below a group: headings as tuples with what is below them."""
    return [(node.name(), tree(node)) if node.nodeType() == 0 else node.name() for node in group.children()]


def values(layer, column):
    """Return a column of the patches by number."""
    return {feature["patch_no"]: feature[column] for feature in layer.getFeatures()}


def write_image(
    path: Path, colour: tuple[int, int, int], box=(107.5, 29.4, 107.7, 29.47), size=(1600, 560), epsg=4490
):
    """Write a GeoTIFF of one colour that covers a box in degrees."""
    from osgeo import gdal, osr

    gdal.UseExceptions()
    data = gdal.GetDriverByName("GTiff").Create(str(path), *size, 3, gdal.GDT_Byte)
    west, south, east, north = box
    data.SetGeoTransform((west, (east - west) / size[0], 0, north, 0, (south - north) / size[1]))
    if epsg:
        system = osr.SpatialReference()
        system.ImportFromEPSG(epsg)
        data.SetProjection(system.ExportToWkt())
    for band, value in enumerate(colour, 1):
        data.GetRasterBand(band).WriteArray(np.full((size[1], size[0]), value, dtype=np.uint8))
    data.FlushCache()
    return path
