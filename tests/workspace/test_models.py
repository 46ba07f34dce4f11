"""The files specs/models/*.yaml: what is known of models, found by any spelling of their number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from controller.errors import InputError
from controller.specs.models import model_called
from controller.workspace.load import load_workspace
from controller.workspace.models import read_models
from tests.workspace.small_office import MODELS_YAML, replaced, write_workspace

TOP = Path(__file__).resolve().parents[2]


def test_both_ways_of_reading_give_the_same(tmp_path: Path) -> None:
    """The whole workspace, and the models alone for whoever cannot wait for it."""
    root = write_workspace(tmp_path)
    models = read_models(root)
    assert models == load_workspace(root).models
    assert sorted(model.model for model in models.values()) == ["R350", "WS-C2960G"]


def test_a_model_is_found_however_it_is_spelt(tmp_path: Path) -> None:
    """By the first name that is known; what is not told is None."""
    models = read_models(write_workspace(tmp_path))
    found = model_called(models, None, "C9300", " ws-c2960 g")
    assert found is not None
    assert (found.ports, found.wifi) == (24, None)
    assert found.end_of_support == date(2030, 1, 31)
    assert model_called(models, "C9300", None) is None


def test_without_the_folder_nothing_is_known(tmp_path: Path) -> None:
    """An office need not tell of models."""
    root = write_workspace(tmp_path, {MODELS_YAML: None})
    assert read_models(root) == load_workspace(root).models == {}


def test_a_broken_file_is_refused_with_every_problem(tmp_path: Path) -> None:
    """Also when it is read alone."""
    root = write_workspace(tmp_path, replaced(MODELS_YAML, "ports: 24", "ports: many"))
    with pytest.raises(InputError, match="1 problems in the files of models") as caught:
        read_models(root)
    assert [problem.where for problem in caught.value.problems] == [f"{MODELS_YAML}:3:12"]


def test_the_sample_knows_every_device_of_its_office() -> None:
    """So that the sample's rules on hardware have something to stand on."""
    workspace = load_workspace(TOP)
    unknown = {
        device.model
        for device in workspace.inventory.devices
        if model_called(workspace.models, device.model) is None
    }
    assert not unknown
