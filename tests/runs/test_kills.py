"""`kill -9` at three random moments of a small run; the journey does it with a large one."""

from __future__ import annotations

import random

from tests.runs.conftest import Stage
from tests.runs.killing import Killing, assert_all_well


def test_killed_at_random_moments_every_device_is_pushed_once(stage: Stage) -> None:
    scene = stage(ios=6, eos=6, batch=3, confirm_minutes=20)
    killing = Killing(scene, scene.approved(), random.Random())
    run = killing.go(kills=3, longest=0.4)
    assert_all_well(killing, run)
