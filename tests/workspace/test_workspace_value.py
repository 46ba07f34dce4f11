"""What a loaded workspace answers: digests, inputs of a plan, templates, provenance, secrets."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from controller.errors import InputError
from controller.workspace.compliance import read_rulebook
from controller.workspace.find import find_workspace
from controller.workspace.load import Workspace, load_workspace
from controller.workspace.secrets import resolve_secret, resolve_secrets
from tests.workspace.small_office import FILES, NORTH_YAML, replaced, write_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The small office."""
    return load_workspace(write_workspace(tmp_path))


def test_inputs_are_the_files_the_configuration_comes_from(workspace: Workspace) -> None:
    """The device's site, the groups, its template and all that includes; not the office."""
    device = workspace.inventory.device("north-sw01")
    assert device is not None
    inputs = {i.path: i.sha256 for i in workspace.inputs_for([device])}
    expected = [
        "inventory/config/cisco_ios/access.j2",
        "inventory/config/cisco_ios/parts/log.j2",
        "inventory/groups.yaml",
        NORTH_YAML,
    ]
    assert list(inputs) == expected
    assert inputs == {p: hashlib.sha256(FILES[p].encode()).hexdigest() for p in expected}


def test_templates_see_variables_device_and_site(workspace: Workspace) -> None:
    """Secrets come out as references, never as text."""
    device = workspace.inventory.device("north-sw01")
    assert device is not None
    assert workspace.render(device) == (
        "hostname north-sw01\nlogging host 10.0.0.7\nsnmp-server community ⟦secret:snmp_ro⟧ RO\n"
    )


def test_the_more_particular_variable_wins(tmp_path: Path) -> None:
    """all < platforms < roles < districts < site < device."""
    levels = {"all": 1, "platforms": 2, "roles": 3, "districts": 4}
    groups = (
        "all: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, log_host: x, idle: 1}\n"
        "platforms:\n  cisco_ios: {b: 2, c: 2, d: 2, e: 2, f: 2}\n"
        "roles:\n  access: {c: 3, d: 3, e: 3, f: 3}\n"
        "districts:\n  phon: {d: 4, e: 4, f: 4}\n"
    )
    site = FILES[NORTH_YAML].replace("kind: school", "kind: school\nvariables: {e: 5, f: 5}")
    site = site.replace("    address: 10.9.1.11", "    variables: {f: 6}\n    address: 10.9.1.11")
    changes = {"inventory/groups.yaml": groups, NORTH_YAML: site}
    inventory = load_workspace(write_workspace(tmp_path, changes)).inventory
    device = inventory.device("north-sw01")
    assert device is not None
    found = inventory.variables(device)
    assert [found[word] for word in "abcdef"] == [*levels.values(), 5, 6]


def test_a_template_that_fails_is_told_with_its_path_in_the_workspace(tmp_path: Path) -> None:
    """What validation cannot see, an attribute that does not exist, still names file and line."""
    path = "inventory/config/cisco_ios/access.j2"
    changes = replaced(path, "device.name", "device.nmae")
    workspace = load_workspace(write_workspace(tmp_path, changes))
    device = workspace.inventory.device("north-sw02")
    assert device is not None
    with pytest.raises(InputError, match="north-sw02") as refusal:
        workspace.render(device)
    assert [(p.path, p.line) for p in refusal.value.problems] == [(path, 1)]


def test_words_a_template_asks_about_need_no_value(tmp_path: Path) -> None:
    """`is defined`, `default`, loops, macros and imports are no missing variables."""
    text = (
        "{% from 'cisco_ios/parts/tools.j2' import greet %}\n"
        "{% macro port(n) %}port {{ n }}{% endmacro %}\n"
        "{% set here = site.name_en %}\n"
        "{% if poe is defined %}power{% endif %}{{ mtu | default(1500) }}\n"
        "{% for n in range(2) %}{{ port(n) }}{% include 'cisco_ios/parts/log.j2' %}{% endfor %}\n"
        "{{ greet(here) }}\n"
    )
    changes = {
        "inventory/config/cisco_ios/access.j2": text,
        "inventory/config/cisco_ios/parts/tools.j2": "{% macro greet(w) %}{{ w }}{% endmacro %}",
        "inventory/config/cisco_ios/parts/log.j2": "{{ n }}{{ loop.index }}{{ here }}\n",
    }
    assert load_workspace(write_workspace(tmp_path, changes)).inventory.devices


def test_without_git_every_file_counts_as_edited(workspace: Workspace) -> None:
    """A plan then says honestly that no commit is known."""
    provenance = workspace.provenance()
    assert provenance.commit is None
    assert provenance.edited == tuple(sorted(FILES))


def test_the_commit_and_the_edited_files_are_known(tmp_path: Path) -> None:
    """The files as they were read are compared, also in a folder below the repository's top."""
    root = tmp_path / "offices" / "small"
    write_workspace(root)
    _git(tmp_path, "init", "--quiet")
    assert load_workspace(root).provenance().commit is None
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "-m", "first")
    head = _git(tmp_path, "rev-parse", "HEAD")
    clean = load_workspace(root).provenance()
    assert (clean.commit, clean.edited) == (head, ())
    write_workspace(root, replaced(NORTH_YAML, "vlan: 10", "vlan: 11"))
    edited = load_workspace(root).provenance()
    assert (edited.commit, edited.edited) == (head, (NORTH_YAML,))


def test_an_unreadable_kind_of_repository_is_no_error(workspace: Workspace) -> None:
    """A plan can still be made where git's newest format is in use."""
    _git(workspace.root, "init", "--quiet")
    _git(workspace.root, "config", "core.repositoryformatversion", "9")
    assert workspace.provenance().commit is None


def test_the_workspace_is_found_from_a_folder_below(tmp_path: Path) -> None:
    """As git finds its repository."""
    write_workspace(tmp_path)
    assert find_workspace(tmp_path / "inventory" / "sites") == tmp_path


def test_without_a_workspace_the_way_to_make_one_is_told(tmp_path: Path) -> None:
    """The hint names the command."""
    with pytest.raises(InputError) as refusal:
        find_workspace(tmp_path)
    assert refusal.value.hint is not None
    assert "khaen init" in refusal.value.hint.en


def test_secrets_are_read_from_their_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable, a file below the workspace; one line end is not part of the secret."""
    monkeypatch.setenv("SNMP_RO", "lotus")
    (tmp_path / "word").write_text("orchid\n", encoding="utf-8")
    references = {"a": "env/SNMP_RO", "b": "file/word"}
    assert resolve_secrets(tmp_path, references) == {"a": "lotus", "b": "orchid"}


@pytest.mark.parametrize(
    "content", ["", "\n", "orchid\nno snmp-server\n", "orchid\x03", "\xff\xfe"]
)
def test_a_secret_that_could_carry_commands_is_refused(content: str, tmp_path: Path) -> None:
    """Empty, of several lines, with control characters: refused, and never repeated."""
    (tmp_path / "word").write_bytes(content.encode("latin-1"))
    with pytest.raises(InputError) as refusal:
        resolve_secret(tmp_path, "file/word")
    assert "file/word" in str(refusal.value)
    assert "orchid" not in str(refusal.value)
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize("reference", ["env/KHAEN_NOT_SET", "file/missing"])
def test_a_reference_to_nothing_names_the_reference(reference: str, tmp_path: Path) -> None:
    """So that the person knows what to set."""
    with pytest.raises(InputError, match=reference):
        resolve_secret(tmp_path, reference)


def _git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=office", "-c", "user.email=office@example.invalid")
    run = subprocess.run(
        ["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return run.stdout.strip()


def test_the_rules_alone_are_read_alike(tmp_path: Path) -> None:
    """What every page asks for reads only `compliance/`, and refuses what validation refuses."""
    root = write_workspace(tmp_path, {"compliance/rules/a.yaml": RULES})
    book = read_rulebook(root)
    assert book == load_workspace(root).rulebook
    assert [rule.id for rule in book.rules] == ["one"]
    assert book.where == {"one": "compliance/rules/a.yaml"}
    assert set(book.files) == {"compliance/rules/a.yaml"}
    (root / "compliance/rules/a.yaml").write_text(RULES.replace("x}", "'{{ x'}"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_rulebook(root)
    assert [problem.line for problem in caught.value.problems] == [7]


RULES = """\
rules:
  - id: one
    title: {th: หนึ่ง, en: One}
    why: [{kind: office, reference: x}]
    severity: warning
    checks:
      - configuration: {required: x}
"""
