"""What every answer carries."""

from __future__ import annotations

import re

from tests.rules.tree import told
from tests.server.security.crawl import Crawled


def test_every_answer_protects_whoever_reads_it(crawled: Crawled) -> None:
    faults = []
    for _, address, route, answer in crawled.answers:
        held = answer.headers
        policy = held.get("content-security-policy", "")
        checks = {
            "nosniff": held.get("x-content-type-options") == "nosniff",
            "referrer": held.get("referrer-policy") == "same-origin",
            "opener": held.get("cross-origin-opener-policy") == "same-origin",
            "number": re.fullmatch(r"[0-9a-f]{16}", held.get("x-request-id", "")) is not None,
            "cache": "no-store" in held.get("cache-control", "")
            or "private" in held.get("cache-control", ""),
            "policy": "default-src" in policy and "frame-ancestors" in policy,
            "script": ("unsafe" not in policy.split("style-src")[0])
            or "script-src-attr 'none'" in policy,
            "no maker": "server" not in held and "x-powered-by" not in held,
            "cookies": all("HttpOnly" in one for one in held.get_list("set-cookie")),
        }
        faults += [f"{address} ({route.kind}): {name}" for name, good in checks.items() if not good]
    assert not faults, told(sorted(set(faults)))


def test_plain_pages_have_no_script(crawled: Crawled) -> None:
    for name, answer in crawled.pages():
        if "x-nicegui-content" not in answer.headers:
            assert "script" not in answer.headers["content-security-policy"], name
            assert "<script" not in answer.text, name
