"""What opens something is in no page, answer, header or log."""

from __future__ import annotations

from tests.rules.tree import told
from tests.server.security.crawl import Crawled
from tests.server.security.hostile import Hostile
from tests.server.served import PEOPLE, Served, password_of


def test_no_answer_holds_a_secret(crawled: Crawled, hostile: Hostile) -> None:
    """Passwords of devices, communities, channels, hashes; tokens, second steps, recovery codes."""
    secrets = (*hostile.secrets, *crawled.tokens, "$argon2", "correct-horse", "s3cr3t")
    secrets += (password_of("engineer1"), "gAAAAA")
    faults = []
    for reader, address, _, answer in crawled.answers:
        sent = answer.text + "\n".join(f"{k}: {v}" for k, v in answer.headers.items())
        faults += [f"{address} for {reader}: {one[:12]}" for one in secrets if one in sent]
    assert not faults, told(sorted(set(faults)))


def test_the_log_holds_none(crawled: Crawled, hostile: Hostile, open_to_all: Served) -> None:
    log = (open_to_all.root / "server.log").read_text(encoding="utf-8")
    assert log.count(" GET ") > 20
    faults = [one[:12] for one in (*hostile.secrets, *crawled.tokens) if one in log]
    assert not faults, told(faults)
    assert not any(password_of(person) in log for person in PEOPLE)
    assert "Traceback" not in log
