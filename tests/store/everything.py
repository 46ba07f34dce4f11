"""Moving every test of this process, and every program it starts, to one PostgreSQL server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import controller.app
from controller.store.engine import open_store
from tests.store.cluster import Cluster
from tests.store.databases import SERVER, TEMPLATE, take_databases

WANTED = bool(os.environ.get("KHAEN_TEST_POSTGRES"))
_EVERYWHERE = Path(__file__).parents[1] / "everywhere"
# The durable engine's own tables, made once and copied with the rest.
_LAUNCH = (
    "import sys; from controller.runs.durable import Durable; "
    "Durable(sys.argv[1], 'template', lambda run, slots: {}).close()"
)


@contextmanager
def everything_on(cluster: Cluster) -> Iterator[None]:
    """Every data folder has its database on this server while the `with` lasts."""
    with cluster.empty(TEMPLATE) as template, pytest.MonkeyPatch.context() as patch:
        store = open_store(template)
        store.migrate()
        store.close()
        subprocess.run([sys.executable, "-c", _LAUNCH, template], check=True)
        patch.setenv(SERVER, cluster.url("postgres"))
        patch.setenv("PYTHONPATH", str(_EVERYWHERE), prepend=os.pathsep)
        take_databases(controller.app)
        yield
