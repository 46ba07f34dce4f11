"""`khaen spec …`: baselines, models, needs, specifications, offers, comparison, acceptance."""

from __future__ import annotations

import typer

from controller.cli import (
    spec_baselines,
    spec_compare,
    spec_delivery,
    spec_model,
    spec_need,
    spec_offer,
    spec_papers,
    spec_writing,
)

spec = typer.Typer(
    no_args_is_help=True, help="Baselines, models, needs, specifications, offers and acceptance."
)


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    spec_baselines.register(spec)
    spec_need.register(spec)
    spec_papers.register(spec, app)
    spec_offer.register(spec)
    spec_model.register(spec)
    spec_compare.register(spec)
    spec_delivery.register(spec)
    spec_writing.register(spec)
    app.add_typer(spec, name="spec")
