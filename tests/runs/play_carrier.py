"""Another process that carries a playbook's plan out with Ansible: `… ROOT CASE`."""

from __future__ import annotations

import sys
from pathlib import Path

from controller.runs.ansible_player import AnsiblePlayer
from tests.runs.scene import ENGINEER, Scene, found_again


def player_of(scene: Scene) -> AnsiblePlayer:
    """Ansible, for the devices of the scene."""
    return AnsiblePlayer(scene.target, scene.secrets, scene.folder)


def main(root: str, number: str) -> None:
    """Start the case's run and wait for its end."""
    with found_again(Path(root)) as scene:
        scene.player = player_of(scene)
        with scene.engine() as engine:
            engine.wait(engine.start(number, "apply", ENGINEER))


if __name__ == "__main__":
    main(*sys.argv[1:])
