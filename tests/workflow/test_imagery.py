"""Images of a batch: remembered with history, beside the workspace, and found in a copied folder."""

from __future__ import annotations

import json
import shutil

import pytest
from casework_samples import QUIET, workspace_with

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import settings
from weipian_plugin.workflow.imagery import Phase, attach_imagery, read_imagery
from weipian_plugin.workflow.verify import verify_workspace


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "七月"
    (folder / "影像").mkdir(parents=True)
    for name in ("前.tif", "后1.tif", "后2.TIF"):
        (folder / "影像" / name).write_bytes(b"II*\0")
    return workspace_with(folder, 1)


def images(work):
    folder = work.path.parent / "影像"
    return {Phase.BEFORE: [folder / "前.tif"], Phase.AFTER: [folder / "后1.tif", folder / "后2.TIF"]}


def test_paths_are_kept_from_the_folder_of_the_workspace(work):
    assert attach_imagery(work.path, 1, images(work), "甲")
    kept = json.loads(settings.read(work)["imagery.1"])
    assert kept == {"before": ["影像/前.tif"], "after": ["影像/后1.tif", "影像/后2.TIF"]}
    assert not attach_imagery(work.path, 1, images(work), "甲")


def test_a_copied_folder_finds_its_images(work, tmp_path):
    attach_imagery(work.path, 1, images(work), "甲")
    copy = shutil.copytree(work.path.parent, tmp_path / "别处" / "七月")
    (batch,) = read_imagery(copy / work.path.name)
    assert (batch.batch_id, batch.name) == (1, "七月一批")
    assert batch.files[Phase.BEFORE] == (copy / "影像" / "前.tif",)
    assert [path.name for path in batch.files[Phase.AFTER]] == ["后1.tif", "后2.TIF"]


def test_images_beside_the_folder_are_found_too(work):
    beside = work.path.parent.parent / "外面.tif"
    beside.write_bytes(b"II*\0")
    attach_imagery(work.path, 1, {Phase.AFTER: [beside]}, "甲")
    assert json.loads(settings.read(work)["imagery.1"])["after"] == ["../外面.tif"]
    assert read_imagery(work.path)[0].files[Phase.AFTER] == (beside,)


def test_every_change_is_in_the_history_and_can_be_taken_back(work):
    attach_imagery(work.path, 1, images(work), "甲")
    assert attach_imagery(work.path, 1, {}, "乙")
    assert read_imagery(work.path)[0].files == {Phase.BEFORE: (), Phase.AFTER: ()}
    assert verify_workspace(work.path, QUIET).ok
    with work.reading() as connection:
        rows = connection.execute(
            "SELECT actor, action FROM history WHERE record_key = 'imagery.1' ORDER BY seq"
        ).fetchall()
    assert rows == [("甲", "设置批次影像"), ("乙", "设置批次影像")]


def test_nothing_is_remembered_for_a_batch_without_images(work):
    assert not attach_imagery(work.path, 1, {}, "甲")
    assert "imagery.1" not in settings.read(work)


@pytest.mark.parametrize(
    ("name", "said"), [("没有.tif", "找不到影像"), ("影像", "不是影像文件"), ("说明.txt", "不是影像文件")]
)
def test_what_is_no_image_is_refused(work, name, said):
    with pytest.raises(WeipianError, match=said):
        attach_imagery(work.path, 1, {Phase.AFTER: [work.path.parent / name]}, "甲")
    assert "imagery.1" not in settings.read(work)


def test_an_unknown_batch_is_refused(work):
    with pytest.raises(WeipianError, match="没有这个批次"):
        attach_imagery(work.path, 7, images(work), "甲")


@pytest.mark.parametrize(
    "named",
    ["/vsicurl/http://127.0.0.1/a.tif", "https://127.0.0.1/a.tif", "/vsis3/a/b.tif", '&lt;<GDAL_WMS a="1"/>'],
)
def test_a_virtual_raster_of_the_network_is_refused(work, named):
    path = work.path.parent / "网络.vrt"
    path.write_text(f"<VRTDataset><SourceFilename>{named}</SourceFilename></VRTDataset>", encoding="utf-8")
    with pytest.raises(WeipianError, match="“网络.vrt”引用了网络上的影像，本插件不联网"):
        attach_imagery(work.path, 1, {Phase.AFTER: [path]}, "甲")


def test_a_virtual_raster_of_files_is_taken(work):
    path = work.path.parent / "拼接.vrt"
    named = '<SourceFilename relativeToVRT="1">影像/前.tif</SourceFilename>'
    path.write_text(f"<VRTDataset>{named}</VRTDataset>", encoding="utf-8")
    assert attach_imagery(work.path, 1, {Phase.AFTER: [path]}, "甲")
