"""`khaen completion`: what a shell needs to complete commands, options, cases and devices."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from controller.cli import output
from controller.errors import NotFound, Text
from controller.language import nearest

if TYPE_CHECKING:
    from controller.operations.complete_names import Kind

# Each asks the program for whole lines `word TAB help`, and falls back to names of files.
_BASH = r"""
_khaen() {
    local IFS=$'\n' words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    COMPREPLY=($("${COMP_WORDS[0]}" complete-words -- "${words[@]}" 2>/dev/null | cut -f1))
    compopt +o nospace
}
complete -o default -F _khaen khaen
"""
_ZSH = r"""
_khaen() {
    local line; local -a found
    while IFS=$'\t' read -r word said; do
        found+=("${word//:/\\:}:$said")
    done < <("${words[1]}" complete-words -- "${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( $#found )); then _describe khaen found; else _files; fi
}
compdef _khaen khaen
"""
_FISH = r"""
function __khaen
    set -l words (commandline -opc) (commandline -ct)
    $words[1] complete-words -- $words[2..-1] 2>/dev/null
end
complete --command khaen --arguments '(__khaen)'
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
Found = Iterator[tuple[str, str]]
# Commands whose NUMBER is that of a case, and those whose NAME is that of a device.
_ABOUT_CASES = frozenset({("case",), ("spec",), ("tor",)})
_ABOUT_DEVICES = frozenset({("audit", "device"), ("inventory", "device"), ("inventory", "look")})


def register(app: typer.Typer) -> None:
    """Add these commands to `khaen`."""
    app.command("completion")(completion)
    app.command("complete-words", hidden=True)(complete_words)


def completion(shell: Annotated[str, typer.Argument(help="bash, zsh or fish")]) -> None:
    """Print what makes a shell complete khaen: commands, options, cases, devices, schools."""
    script = SCRIPTS.get(shell)
    if script is None:
        near = nearest(shell, SCRIPTS) or "bash"
        raise NotFound(
            Text(th=f"ไม่รู้จักเชลล์ {shell}", en=f"unknown shell {shell}"),
            hint=Text(th=f"หมายถึง {near} หรือไม่", en=f"did you mean {near}?"),
        )
    sys.stdout.write(script.lstrip())


def complete_words(
    context: typer.Context, words: Annotated[list[str] | None, typer.Argument()] = None
) -> None:
    """Print what the last of these words may become, one a line with a tab and a few words."""
    for value, said in candidates(context.find_root().command, words or [""]):
        sys.stdout.write(f"{value}\t{said}\n")


def candidates(command: Any, words: list[str]) -> Found:
    """What the last word may become, from the command line itself and the workspace."""
    place, waiting, given = command, None, 0
    own: tuple[str, ...] = ()
    for word in words[:-1]:
        if waiting is not None:
            waiting = None
        elif word.startswith("-"):
            waiting = _taking_a_value(place, word)
        elif word in getattr(place, "commands", {}):
            place, given, own = place.commands[word], 0, (*own, word)
        else:
            given += 1
    for value, said in _offered(place, waiting, given, own, words[-1]):
        if value.startswith(words[-1]):
            yield value, said


def _offered(place: Any, waiting: Any, given: int, own: tuple[str, ...], last: str) -> Found:
    if waiting is not None:
        yield from _values(waiting.name, own)
    elif last.startswith("-"):
        for option in place.params:
            if option.param_type_name == "option" and not option.hidden:
                yield max(option.opts, key=len), _short(option.help)
    else:
        for name, below in sorted(getattr(place, "commands", {}).items()):
            if not below.hidden:
                yield name, _short(below.help)
        arguments = [p for p in place.params if p.param_type_name == "argument"]
        if given < len(arguments):
            yield from _values(arguments[given].name, own)


def _taking_a_value(place: Any, word: str) -> Any:
    options = [p for p in place.params if p.param_type_name == "option" and word in p.opts]
    return next((p for p in options if not p.is_flag and "=" not in word), None)


def _values(name: str, own: tuple[str, ...]) -> Found:
    """What an argument or option of this name may be, where that is known quickly."""
    from controller.operations.complete_names import complete_names

    if name == "language":
        yield from (("th", "ไทย"), ("en", "English"))
    elif kind := _kind(name, own):
        yield from complete_names(output.folder(), kind)


def _kind(name: str, own: tuple[str, ...]) -> Kind | None:
    if name == "case" or (name == "number" and own[:1] in _ABOUT_CASES) or own == ("runs",):
        return "case"
    if name == "site" or own == ("inventory", "site"):
        return "site"
    return "device" if name == "device" or own in _ABOUT_DEVICES else None


def _short(said: str | None) -> str:
    """The first sentence, on one line."""
    return " ".join((said or "").split("\n\n")[0].split())[:70]
