"""The recorded backup sessions: secrets hidden, lines that say nothing dropped, the others kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from controller.platforms.platform import HIDDEN
from controller.platforms.texts import text_rules
from tests.recorded import recorded

# The peer's name of a platform: ours, and what gave the configuration in the recorded session.
KNOWN = {
    "aoscx": ("aruba_aoscx", "show running-config"),
    "apcaos": ("apc_aos", "config.ini"),
    "asa": ("cisco_asa", "more system:running-config"),
    "eos": ("arista_eos", "show running-config | no-more | exclude ! Time:"),
    "firelinuxos": ("cisco_ftd", "show running-config all"),
    "fortigate": ("fortinet_fortios", "show | grep ."),
    "fsos": ("fs_switch", "show running-config"),
    "h3c": ("hp_comware", "display current-configuration"),
    "ios": ("cisco_ios", "show running-config"),
    "ironware": ("ruckus_fastiron", "show running-config"),
    "junos": ("juniper_junos", "show configuration | display omit"),
    "nxos": ("cisco_nxos", "show running-config"),
    "opnsense": ("opnsense", "cat /conf/config.xml"),
    "perle": ("perle", "show running-config"),
    "routeros": ("mikrotik_routeros", "/export show-sensitive"),
    "sonicos": ("sonicwall_sonicos", "show version"),
    "tplink": ("tplink_jetstream", "show running-config"),
    "vyos": ("vyos", "show configuration commands | no-more"),
}
TITLE = "Backup sessions: secrets and lines that say nothing"
ADAPTER = """\
- `secret`: nothing of what must not appear is left in the peer's own backup (`#output.txt`) after
  hiding, and what must appear is there. The peer writes `<secret hidden>` where ours writes
  `⟦redacted⟧`, and takes the word before it away in places: such words may stand there.
- `significant_changes`: a line that must not count as a change is gone after normalising, one that
  must is kept.
- `output`: of the configuration the device gave in the session, what the peer leaves out of the
  backup is gone after normalising, and what it keeps is kept, unless `significant_changes` of the
  same session says that it does not count. Remarks, headings, the prompt, and what other commands
  answered (versions, inventories, which are facts to us) do not count.
- Lines of RouterOS that go on below are joined, as the peer does in its backup.
- Sessions of which only prompts are recorded have nothing to compare.
"""
ON_PURPOSE = {
    "output/opnsense#nano_24.7": (
        "Who saved the file last and when (`<revision>`) is kept, but counts for nothing."
    ),
    "output/sonicos#snippets": (
        "Only the remark above the recorded line differs, which no device wrote."
    ),
    "secret/vyos#Supermicro_1.4.3": (
        "Hidden in all the addresses; the recording no longer has the domain the peer looks for."
    ),
    **dict.fromkeys(
        ("output/eatonnetwork#NetworkM3_2.2.0", "secret/eatonnetwork#NetworkM3_2.2.0"),
        "A platform whose configuration the project does not read.",
    ),
    **dict.fromkeys(
        (
            "output/mlnxos#Onyx_3.9.2504",
            "output/quantaos#snippets",
            "output/saos10#Ciena-CN5171_saos-10-09-02-0181-RS3",
            "output/tnsr#TNSR_23.06-3_with-misplaced-pager",
            "output/tnsr#TNSR_24.10-3_short-config",
        ),
        "Not claimed: the project does not read configurations of this platform.",
    ),
}
_REMARK = re.compile(
    r"\s*(?:[!#:;]|Building (?:running-config|configuration)|Current configuration)"
)
_PEERS_MARK = re.compile(r"<?(?:secret hidden|configuration removed|secret removed)>")
_JOINED = re.compile(r"\\\r?\n {4}")
_SPELLED = {"r": "", "n": "\n", "t": "\t", "e": "\x1b"}


@dataclass(frozen=True)
class Answer:
    """One recorded file, and whether ours answers it as the peer does; `wrong` says what not."""

    case: str
    platform: str
    wrong: tuple[str, ...]
    known: bool = True

    @property
    def same(self) -> bool:
        """Nothing is wrong."""
        return not self.wrong


def answers() -> Iterator[Answer]:
    """Every recorded session that says what is to be hidden, dropped or kept."""
    folder = recorded("config", "backup_sessions")
    for file in sorted(folder.iterdir()):
        session, _, kind = file.name.rpartition("#")
        kind = kind.partition(".")[0].removeprefix("custom_")
        ask = {"secret": _secret, "significant_changes": _changes, "output": _output}.get(kind)
        if ask is None:
            continue
        peer = session.partition("#")[0]
        name, _command = KNOWN.get(peer, ("", ""))
        wrong = tuple(ask(folder, session, peer)) if name else ("not known",)
        yield Answer(f"{kind}/{session}", name or peer, wrong, known=bool(name))


def _secret(folder: Path, session: str, peer: str) -> Iterator[str]:
    told, mark = _told(folder / f"{session}#secret.yaml"), rf"(?:[\w-]+ )*{HIDDEN}"
    rules = text_rules(KNOWN[peer][0])
    given = _text(folder / f"{session}#output.txt")
    hidden = rules.redact(given)
    if rules.redact(hidden) != hidden:
        yield "hiding twice is not hiding once"
    for word in told["fail"]:
        if re.search(word, hidden, re.MULTILINE) or word in hidden:
            yield f"not hidden: {word}"
    for word in told.get("pass", ()):
        wanted = _PEERS_MARK.sub(lambda _: mark, word)
        if not re.search(wanted, hidden, re.MULTILINE):
            yield f"not there: {word}"


def _changes(folder: Path, session: str, peer: str) -> Iterator[str]:
    told = _told(folder / f"{session}#significant_changes.yaml")
    rules = text_rules(KNOWN[peer][0])
    given = _text(folder / f"{session}#output.txt")
    kept = rules.normalise(given)
    for word in told["fail"]:
        if word in kept or re.search(word, kept):
            yield f"counts as a change: {word}"
    for word in told.get("pass", ()):
        if word not in kept and not re.search(word, kept):
            yield f"counts for nothing: {word}"


def _output(folder: Path, session: str, peer: str) -> Iterator[str]:
    name, command = KNOWN[peer]
    files = [folder / f"{session}#{kind}simulation.yaml" for kind in ("", "custom_")]
    files += [folder / f"{session}#{kind}output.txt" for kind in ("", "custom_")]
    simulation, output = (file for file in files if file.exists())
    counts = not (folder / f"{session}#significant_changes.yaml").exists()
    expected = {line.rstrip() for line in _text(output).split("\n")}
    given = _JOINED.sub("", _given(_told(simulation)["commands"], command))
    kept = set(text_rules(name).normalise(given).split("\n"))
    for line in (line.rstrip() for line in given.replace("\r", "").split("\n")):
        if not line:
            continue
        if line not in expected and line in kept:
            yield f"not dropped: {line}"
        if counts and line in expected and line not in kept and not _REMARK.match(line):
            yield f"dropped: {line}"


def _given(commands: Any, command: str) -> str:
    """What the device answered, without the command before it and the prompt after it."""
    pairs = (
        commands.items()
        if isinstance(commands, dict)
        else (next(iter(c.items())) for c in commands)
    )
    spelled = re.compile(r"\\(?:x([0-9a-f]{2})|(.))")
    for asked, answer in pairs:
        if str(asked).strip() == command:
            text = spelled.sub(
                lambda m: chr(int(m[1], 16)) if m[1] else _SPELLED.get(m[2], m[2]), str(answer)
            )
            lines = text.split("\n")
            start = 1 if lines[0].strip() == command else 0
            return "\n".join(lines[start:] if command == "config.ini" else lines[start:-1])
    raise AssertionError(f"nobody asked {command}")


def _told(file: Path) -> Any:
    return yaml.safe_load(_text(file))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")
