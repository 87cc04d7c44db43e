"""What is read in several steps is of one moment, whoever writes meanwhile."""

from __future__ import annotations

import pytest
from casework_samples import add_patches, workspace_with

from weipian_plugin.domain.errors import WeipianError
from weipian_plugin.store import patches
from weipian_plugin.workflow.one_moment import TRIES, of_one_moment


def counted(work):
    return len(patches.read(work, with_geometry=False))


class Gathering:
    """Counts the patches twice; somebody imports others in between, as often as is said."""

    def __init__(self, work, disturbed):
        self.work, self.disturbed, self.read = work, disturbed, 0

    def __call__(self):
        before = counted(self.work)
        self.read += 1
        if self.read <= self.disturbed:
            add_patches(self.work, 1, first=10 * self.read)
        return before, counted(self.work)


@pytest.mark.parametrize("disturbed", [0, 1, TRIES - 1])
def test_figures_agree_though_others_write(tmp_path, disturbed):
    work = workspace_with(tmp_path, 2)
    gather = Gathering(work, disturbed)
    assert of_one_moment(work, gather) == (2 + disturbed, 2 + disturbed)
    assert gather.read == disturbed + 1


def test_who_never_finds_a_quiet_moment_is_told(tmp_path):
    work = workspace_with(tmp_path, 2)
    with pytest.raises(WeipianError, match="一直有人在改动工作库"):
        of_one_moment(work, Gathering(work, TRIES))
