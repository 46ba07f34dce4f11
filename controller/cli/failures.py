"""How a failed command ends: both languages on standard error, the exit code by kind of error."""

from __future__ import annotations

import json
import os
import secrets
import sys
import traceback
from pathlib import Path

import typer

from controller.cli.examples import add_examples
from controller.errors import InputError, KhaenError, Problem, Text, as_problem

INTERRUPTED = 130
BUG = 70


def run_and_exit(app: typer.Typer) -> None:
    """Run the command line and leave the process with the right exit code."""
    try:
        code = add_examples(typer.main.get_command(app))(standalone_mode=False)
    except KhaenError as error:
        show_error(error)
        code = error.exit_code
    except typer.TyperException as error:
        _misused(error)
        code = InputError.exit_code
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\nหยุดตามคำสั่ง / stopped\n")
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception:
        code = _bug()
    sys.exit(code if isinstance(code, int) else 0)


def _misused(error: typer.TyperException) -> None:
    """Say how the command is written. A bare group has its help as the message of its error."""
    context = getattr(error, "ctx", None)
    told = error.format_message()
    if told.startswith("Usage:"):
        sys.stdout.write(told + "\n")
        return
    usage = context.get_usage() if context is not None else "Usage: khaen [OPTIONS] COMMAND"
    sys.stderr.write(f"{usage}\nคำสั่งไม่ถูกต้อง / wrong command: {told}\n")


def show_error(error: KhaenError) -> None:
    """Print an error on standard error: for people, or as JSON when --json was asked for."""
    if "--json" in sys.argv:
        sys.stderr.write(json.dumps(as_problem(error), ensure_ascii=False) + "\n")
        return
    _lines("ผิดพลาด", "error", error.message)
    for problem in getattr(error, "problems", ()):
        sys.stderr.write(problem_lines(problem) + "\n")
    if error.hint:
        _lines("แนะนำ", "hint", error.hint)


def problem_lines(problem: Problem) -> str:
    """A workspace problem for people: where, what, what is allowed, the nearest word."""
    lines = [f"{problem.where}: {problem.message.th}", f"    {problem.message.en}"]
    if problem.found:
        lines.append(f"    พบ / found: {problem.found}")
    if problem.allowed:
        lines.append(f"    ใช้ได้ / allowed: {', '.join(problem.allowed)}")
    if problem.suggestion:
        lines.append(f"    หมายถึง / did you mean: {problem.suggestion}")
    return "\n".join(lines)


def _lines(th: str, en: str, text: Text) -> None:
    sys.stderr.write(f"{th}: {text.th}\n{en}: {text.en}\n")


def _bug() -> int:
    number = secrets.token_hex(4)
    place = Path(os.environ.get("KHAEN_DATA", ".")) / f"khaen-bug-{number}.txt"
    told = f"khaen-bug-{number}.txt"
    try:
        place.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        told = "-"
    sys.stderr.write(
        f"ข้อผิดพลาดของโปรแกรม เลขที่ {number} (รายละเอียดใน {told})\n"
        f"a bug of ours, number {number} (details in {told})\n"
    )
    return BUG
