"""`khaen validate | init | schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from controller.cli import output
from controller.cli.failures import problem_lines
from controller.cli.output import Json
from controller.errors import problem_json


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("validate")(validate)
    app.command("init")(init)
    app.command("schema")(schema)


def validate(as_json: Json = False) -> None:
    """Check every file of the workspace and name every problem in one run."""
    from controller.operations.validate_workspace import validate_workspace
    from controller.workspace.find import find_workspace

    result = validate_workspace(find_workspace(output.folder()))
    if as_json:
        output.emit_json(
            {
                "ok": not result.problems,
                "problems": [problem_json(p) for p in result.problems],
                "counts": result.counts,
            }
        )
    else:
        for problem in result.problems:
            typer.echo(problem_lines(problem))
        counted = ", ".join(f"{name} {count}" for name, count in result.counts.items())
        if result.problems:
            count = len(result.problems)
            output.say(f"พบปัญหา {count} จุด", f"{count} problems")
        else:
            output.say(f"ถูกต้องทุกไฟล์ ({counted})", f"every file is right ({counted})")
    if result.problems:
        raise typer.Exit(2)


def init(directory: Path) -> None:
    """Make a new workspace: a small, complete sample office to change into your own."""
    from controller.operations.init_workspace import init_workspace

    written = init_workspace(directory)
    output.say(
        f"สร้างพื้นที่ทำงานที่ {directory} แล้ว ({len(written)} ไฟล์) ต่อไป:",
        f"workspace made in {directory} ({len(written)} files); next:",
    )
    typer.echo(f"    cd {directory} && khaen validate")


def schema(
    directory: Annotated[Path, typer.Argument(help="Folder for the schemas")] = Path(
        ".khaen/schemas"
    ),
) -> None:
    """Write JSON Schemas, so that an editor completes and checks the YAML."""
    from controller.operations.write_schemas import write_schemas

    for path in write_schemas(directory):
        typer.echo(str(path))
