"""Every page there is, in both languages, on a phone and on a wide screen: nothing is broken."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opens
from tests.server.case_history import FILE, STUDY, put_to_the_director
from tests.server.history import NASTY
from tests.server.served import Served

# Who looks, name of the picture, address.
PAGES = (
    ("engineer1", "home-engineer", "/"),
    ("engineer1", "sites", "/sites"),
    ("engineer1", "site", "/sites/kkn-school-a"),
    ("engineer1", "devices", "/devices"),
    ("engineer1", "device", "/devices/kkn-a-sw01"),
    ("engineer1", "plans-empty", "/plans"),
    ("engineer1", "runs-empty", "/runs"),
    ("officer1", "register", "/register"),
    ("officer1", "register-import", "/register/import"),
    ("officer1", "home-officer", "/"),
    ("officer1", "manual", "/manual"),
    ("officer1", "manual-process", "/manual/2.3"),
    ("officer1", "forms-officer", "/forms"),
    ("officer1", "form-table", "/forms/spec_definition/fill"),
    ("officer1", "surveys", "/surveys"),
    ("officer1", "notices", "/notices"),
    ("director", "home-director", "/"),
    ("director", "cases-director", "/cases"),
    ("director", "compliance", "/compliance"),
    ("director", "compliance-device", "/compliance/devices/kkn-a-sw01"),
    ("auditor1", "audit-log", "/audit-log"),
    ("auditor1", "home-auditor", "/"),
    ("school1", "home-school", "/"),
    ("school1", "loan", "/forms/loan_request/fill"),
    ("admin", "home-admin", "/"),
)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page(opens: Opens, plain: Served, language: str) -> None:
    if language == "th":
        put_to_the_director(plain.root)
    for person in dict.fromkeys(person for person, _, _ in PAGES):
        window = opens(plain, language=language)
        window.typed = f"{FILE} {STUDY.reason} {STUDY.work} ระบบสารสนเทศ {NASTY} SHA"
        window.sign_in(person)
        for whose, name, path in PAGES:
            if whose == person:
                window.go(path)
                window.look(name)
