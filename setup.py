"""Puts the sample workspace, which lives once at the top of the repository, into the package.

Everything else about the distribution stands in pyproject.toml.
"""

import runpy
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
WORKSPACE = Path("controller", "workspace")


class BuildWithSample(build_py):
    """Copies the sample beside the modules of a wheel; an editable install reads the clone's."""

    def run(self) -> None:
        """Build as usual, then copy."""
        super().run()
        if not self.editable_mode:
            sample = runpy.run_path(str(ROOT / WORKSPACE / "sample_files.py"))
            sample["copy_sample"](ROOT, Path(self.build_lib) / WORKSPACE / "sample")


setup(cmdclass={"build_py": BuildWithSample})
