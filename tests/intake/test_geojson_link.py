"""GeoJSON whose coordinate system is an address is refused before anything could fetch it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import watch

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.domain.progress import Progress
from weipian_plugin.intake import geojson_link
from weipian_plugin.intake.geojson_link import refuse_linked_crs
from weipian_plugin.intake.source import open_source

RING = [[107.70, 29.30], [107.71, 29.30], [107.71, 29.31], [107.70, 29.31], [107.70, 29.30]]
LINK = {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs.wkt", "type": "ogcwkt"}}
NAME = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
REFUSED = "的坐标系写成了网址，本插件不联网，不读这样的文件；请在导出软件里改用坐标系代号后重新导出。"


def document(top=None, geometry=None, name="crs"):
    shape = {"type": "Polygon", "coordinates": [RING]} | ({name: geometry} if geometry else {})
    feature = {"type": "Feature", "properties": {"link": "http://a", "type": "link"}, "geometry": shape}
    whole = {"type": "FeatureCollection", "features": [feature]}
    return whole | ({name: top} if top else {})


ALONE = document()["features"][0]


def write(folder, content):
    path = folder / "图斑.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


LINKED = {
    "whole": document(LINK),
    "geometry": document(geometry=LINK),
    "letters": document({"TYPE": "LINK", "Properties": LINK["properties"]}, name="CRS"),
    "url": document(LINK | {"type": "url"}),
    "written as numbers": json.dumps(document(LINK)).replace('"crs"', '"\\u0063rs"'),
    "far behind": json.dumps(document(LINK)).replace('"crs"', " " * ((1 << 16) * 3 - 70) + '"crs"'),
    "long": document(LINK | {"properties": LINK["properties"] | {"title": "长" * 5_000}}),
    "single quotes": json.dumps(ALONE | {"crs": LINK}).replace('"crs"', "'crs'"),
    "single quotes, written as numbers": json.dumps(ALONE | {"crs": LINK}).replace('"crs"', "'\\u0063rs'"),
    "ended by a zero": document(LINK | {"type": "link\0"}),
    "given twice": json.dumps(document(NAME)).replace('"type": "name"', '"type": "link", "type": "name"'),
}


@pytest.mark.parametrize("kind", LINKED)
def test_an_address_is_refused_in_one_sentence(tmp_path, kind):
    path = write(tmp_path, LINKED[kind])
    with pytest.raises(WeipianError) as refused, open_source(str(path), Progress()):
        pass
    assert str(refused.value) == f"图斑.geojson {REFUSED}"


AS_TEXT = ALONE | {
    "properties": {"crs": "EPSG:4490", "MC": "crs", "BZ": '"crs": {"type": "link"}', "CRS": None}
}


@pytest.mark.parametrize("name", ['"crs"', '"\\u0063\\u0052\\u0073"'])
def test_the_name_is_found_wherever_the_pieces_end(tmp_path, name):
    head, tail = json.dumps(document(LINK)).split('"crs"')
    for over in range(len(name) + 2):
        text = head + " " * (geojson_link._BLOCK - len(head) - over) + name + tail
        with pytest.raises(WeipianError, match=REFUSED):
            refuse_linked_crs(write(tmp_path, text), Progress())


@pytest.mark.parametrize("content", [document(), document(NAME), document(geometry=NAME), AS_TEXT])
def test_a_code_or_nothing_is_taken(tmp_path, content):
    refuse_linked_crs(write(tmp_path, content), Progress())


@pytest.mark.parametrize(
    ("strict", "lenient"),
    [
        ('"crs"', '"crs\\u0000s"'),
        ('"crs":', '"crs"/* */:'),
        ('"crs":', '"crs": /* */'),
        ('"type": "link"', "'type': 'link'"),
    ],
)
def test_what_python_cannot_read_is_not_left_to_gdal(tmp_path, strict, lenient):
    lenient = json.dumps(ALONE | {"crs": LINK}).replace(strict, lenient)
    with pytest.raises(WeipianError, match="读不出来：不是完整的 GeoJSON"):
        refuse_linked_crs(write(tmp_path, lenient), Progress())


@pytest.mark.parametrize("kind", ["whole", "geometry", "single quotes"])
def test_gdal_would_have_called_there(tmp_path, kind):
    """The danger is real: without the refusal this test has nothing to hold."""
    path, log = write(tmp_path, LINKED[kind]), tmp_path / "calls.txt"
    code = "import pyogrio, sys; pyogrio.read_dataframe(sys.argv[1])"
    subprocess.run([*watch.command(log), sys.executable, "-c", code, str(path)], check=True)
    assert [call for call in watch.dialled(log) if "htons(9)" in call]
