"""`khaen token`: make, list, revoke; and a token in place of a session."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from controller.accounts.actor import NEVER_BY_TOKEN
from controller.app import open_app
from controller.cli.main import app
from controller.cli.session import session_file
from controller.errors import InputError, NotAllowed
from controller.operations.log_in import Origin, actor_of, open_session
from tests.server.served import make_office


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office in which engineer1 is signed in."""
    for name in ("KHAEN_DATA", "KHAEN_DATABASE_URL", "KHAEN_LANG", "KHAEN_SESSION"):
        monkeypatch.delenv(name, raising=False)
    made = make_office(tmp_path / "office")
    with open_app(made) as context:
        actor = actor_of(context.office(), "engineer1", context.clock())
        session_file(context).write_text(open_session(context, actor, Origin()).token)
    return made


def khaen(root: Path, *words: str) -> None:
    """Type a command."""
    app(["-C", str(root), *words], standalone_mode=False)


def test_a_token_is_made_used_listed_and_revoked(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With it in place of the session one does what its scopes allow, and no more."""
    khaen(root, "token", "make", "งานกลางคืน", "--scope", "read", "--days", "7", "--json")
    made = json.loads(capsys.readouterr().out)
    assert made["token"].startswith("khaen_")
    khaen(root, "token", "list", "--json")
    listed = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["scopes"]) for one in listed] == [(made["id"], ["read"])]
    kept = root.parent / "token"
    kept.write_text(made["token"])
    with monkeypatch.context() as program:
        program.setenv("KHAEN_SESSION", str(kept))
        khaen(root, "case", "list", "--json")
        assert json.loads(capsys.readouterr().out) == []
        with pytest.raises(NotAllowed):
            khaen(root, "case", "open", "2.5")
    khaen(root, "token", "revoke", made["id"])
    monkeypatch.setenv("KHAEN_SESSION", str(kept))
    with pytest.raises(NotAllowed):
        khaen(root, "case", "list")


@pytest.mark.parametrize("scope", sorted(NEVER_BY_TOKEN | {"raed", "send_money"}))
def test_what_cannot_be_a_scope_is_refused(root: Path, scope: str) -> None:
    """With what was meant, or what there is."""
    with pytest.raises(InputError) as refused:
        khaen(root, "token", "make", "x", "--scope", scope)
    assert refused.value.hint
