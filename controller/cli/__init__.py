"""The command line `khaen`: translate words, call one operation, present the answer."""

from controller.cli.main import main

__all__ = ["main"]
