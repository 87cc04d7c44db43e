"""scripts/test_next.sh where it must not begin: one sentence, exit code 1, nothing touched."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from scripts import build

DEBIAN, UBUNTU = "ID=debian\n", "ID=ubuntu\nID_LIKE=debian\n"
ROOT, SOMEBODY = "0", "1000"
NEEDED_TO_REFUSE = ("sh", "dirname", "grep", "cat", "head")


@pytest.fixture
def run(tmp_path):
    """Run the script for a user on a system whose apt knows no mirror, with the tree in a folder."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in NEEDED_TO_REFUSE:
        (programs / name).symlink_to(shutil.which(name))

    def run_script(os_release, user, tree):
        (tmp_path / "os-release").write_text(os_release, encoding="utf-8")
        for name, answer in (("id", f"echo {user}"), ("apt-get", "exit 0")):
            (programs / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
            (programs / name).chmod(0o755)
        environment = {
            "PATH": str(programs),
            "WEIPIAN_OS_RELEASE": str(tmp_path / "os-release"),
            "WEIPIAN_NEXT_TREE": str(tree),
        }
        command = ["/bin/sh", str(build.ROOT / "scripts" / "test_next.sh")]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run_script


@pytest.mark.parametrize(
    ("os_release", "user", "sentence"),
    [
        (UBUNTU, ROOT, "This is not Debian, so no tree of the next release can be made here.\n"),
        ("", ROOT, "This is not Debian, so no tree of the next release can be made here.\n"),
        (DEBIAN, SOMEBODY, "Only root can make the tree of the next release and test in it.\n"),
        (DEBIAN, ROOT, "No Debian mirror is configured, so forky cannot be fetched.\n"),
    ],
    ids=["ubuntu", "unknown", "user", "no mirror"],
)
def test_who_cannot_make_the_tree_is_told_why(run, tmp_path, os_release, user, sentence):
    done = run(os_release, user, tmp_path / "tree")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)
    assert not (tmp_path / "tree").exists()


def test_a_folder_of_somebody_else_is_left_alone(run, tmp_path):
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "mine.txt").write_text("kept", encoding="utf-8")
    done = run(DEBIAN, ROOT, tree)
    sentence = f"{tree} exists and was not made here: give another folder in WEIPIAN_NEXT_TREE.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)
    assert {path.name: path.read_text(encoding="utf-8") for path in tree.iterdir()} == {"mine.txt": "kept"}
