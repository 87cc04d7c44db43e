"""The month by qgis_process without any network: it runs, and nobody is called."""

from __future__ import annotations

import os
import subprocess
from datetime import date

import pytest
import watch

from scripts import build
from weipian_plugin.domain.progress import Progress
from weipian_plugin.sample.make import make_sample
from weipian_plugin.workflow.sample_district import make_sample_district

COMMAND = str(build.ROOT / "scripts" / "qgis_process")


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """Make a workspace and run the month in it, each by qgis_process and watched; return the folder."""
    folder = tmp_path_factory.mktemp("月度 离线")
    district = make_sample_district(folder, "测试", Progress(), date(2021, 7, 28))
    manifest = make_sample(folder / "下发", 3000, 40, 8, lambda step: None)
    workspace, issued = folder / "工作库.gpkg", folder / "下发" / manifest["patches"]
    run(folder, "createworkspace", WORKSPACE=workspace, YEAR=2021)
    places = {"WORKSPACE": workspace, "LIBRARY": district.library, "OUTPUT": folder / "上报.xlsx"}
    run(folder, "month", INPUT=issued, RECEIVED="2021-07-20", BATCH="七月", **places)
    return folder


def run(folder, name, **parameters):
    given = [f"{key}={value}" for key, value in parameters.items()]
    command = [*watch.command(folder / f"{name}.txt"), COMMAND, "run", f"weipian:{name}", "--", *given]
    done = subprocess.run(
        command, env=watch.environment(os.environ), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "network refused" not in done.stdout + done.stderr


def test_the_month_is_done(month):
    assert (month / "上报.xlsx").stat().st_size > 20_000


@pytest.mark.parametrize("step", ["createworkspace", "month"])
def test_nobody_was_called(month, step):
    log = month / f"{step}.txt"
    # The watcher did watch: QGIS has spoken to somebody on this machine.
    assert "AF_" in log.read_text(errors="replace")
    assert watch.dialled(log) == []
