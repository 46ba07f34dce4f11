"""`python -m controller.cli`, the same as `khaen`."""

from controller.cli.main import main

main()
