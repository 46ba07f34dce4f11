"""A run of 60 devices whose processes are killed at 20 random moments."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.runs.killing import Killing, assert_all_well
from tests.runs.lab import rows_of, running_lab
from tests.runs.scene import open_scene

DEVICES, KILLS = 60, 20


@pytest.mark.slow
def test_sixty_devices_and_twenty_kills(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    half = DEVICES // 2
    rows = rows_of("cisco_ios", "ios", 13, half) + rows_of("arista_eos", "eos", 14, half)
    (tmp_path / "office").mkdir()
    with running_lab(tmp_path, rows) as lab:
        password = lab.password_file.read_text(encoding="utf-8").strip()
        opened = open_scene(tmp_path / "office", lab.devices, password, batch=5, confirm_minutes=40)
        with opened as scene:
            killing = Killing(scene, scene.approved(), random.Random(seed))
            run = killing.go(kills=KILLS, longest=0.5)
            assert len(killing.handovers()) >= KILLS // 2
            assert_all_well(killing, run)
