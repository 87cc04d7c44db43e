"""The benchmark on a small district: it runs to its end, and all engines find the same areas."""

import subprocess
import sys

from benchmarks.data import ROOT


def test_small_run_compares_all_engines(tmp_path):
    page = tmp_path / "performance.md"
    command = [sys.executable, "-m", "benchmarks.run", "--cases", "2000x40", "--repeat", "1"]
    command += ["--folder", str(tmp_path), "--page", str(page)]
    # A difference of areas above the tolerance is an exit code.
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [
        line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| 2,000 | 40 |")
    ]
    assert len(rows) == 2  # overlay and steps
    found = {path.name for path in (tmp_path / "2000").glob("40_*.csv")}
    assert {"40_overlay.csv", "40_native.csv", "40_geopandas.csv"} <= found
