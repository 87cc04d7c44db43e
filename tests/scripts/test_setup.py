"""scripts/setup.sh where it must not install: one sentence, exit code 1, nothing changed.

The machine that the tests run on has everything, so a bare one is told to the script by stand-ins for the
programs that it asks (dpkg-query, id) and by another /etc/os-release.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from scripts import build

BOOKWORM = 'ID=debian\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'
NOBLE = 'ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\nPRETTY_NAME="Ubuntu 24.04"\n'
TRIXIE = "ID=debian\nVERSION_CODENAME=trixie\n"
NEEDED_TO_REFUSE = ("sh", "dirname", "grep", "cat", "cmp")


@pytest.fixture
def checkout(tmp_path):
    """A folder with the script alone, in which nothing has been set up."""
    root = tmp_path / "checkout"
    (root / "scripts").mkdir(parents=True)
    shutil.copy(build.ROOT / "scripts" / "setup.sh", root / "scripts")
    shutil.copy(build.ROOT / "requirements-dev.txt", root)
    return root


def bare_machine(folder, user):
    """Return a PATH on which nothing is installed and `user` is logged in."""
    folder.mkdir()
    for name in NEEDED_TO_REFUSE:
        (folder / name).symlink_to(shutil.which(name))
    for name, answer in (("dpkg-query", "exit 1"), ("id", f"echo {user}")):
        (folder / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return str(folder)


def run_setup(checkout, tmp_path, os_release, user):
    release = tmp_path / "os-release"
    if os_release is not None:
        release.write_text(os_release, encoding="utf-8")
    environment = {"PATH": bare_machine(tmp_path / "bin", user), "WEIPIAN_OS_RELEASE": str(release)}
    return subprocess.run(
        ["/bin/sh", str(checkout / "scripts" / "setup.sh")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("os_release", [NOBLE, TRIXIE, "", None], ids=["ubuntu", "trixie", "empty", "absent"])
@pytest.mark.parametrize("user", [0, 1000], ids=["root", "user"])
def test_other_systems_are_told_what_to_install(checkout, tmp_path, os_release, user):
    done = run_setup(checkout, tmp_path, os_release, user)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "This is not Debian 12 (bookworm), so packages are not installed automatically. "
    )
    assert (
        "Install by hand: qgis python3-qgis qgis-providers (version 3.40 or later), python3-venv"
        in done.stderr
    )
    assert done.stderr.count("\n") == 1
    assert not (checkout / ".venv").exists()


def test_user_on_debian_12_is_told_what_to_install(checkout, tmp_path):
    done = run_setup(checkout, tmp_path, BOOKWORM, 1000)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "System packages are missing and only root can install them. Install by hand: "
    )
    assert done.stderr.count("\n") == 1
    assert not (checkout / ".venv").exists()


def test_done_already_is_silent_and_changes_nothing():
    stamp = build.ROOT / ".venv" / ".requirements"
    before = stamp.stat().st_mtime_ns
    done = subprocess.run(
        [str(build.ROOT / "scripts" / "setup.sh")],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stamp.stat().st_mtime_ns == before
