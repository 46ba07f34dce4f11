"""Templates become configurations, and whatever is wrong is told with its line."""

from __future__ import annotations

import pytest

from controller.configuration.render import render, secret_names
from controller.errors import InputError

VARIABLES = {"device": {"name": "kkn-a-sw01"}, "vlans": [{"id": 10, "name": "STAFF"}], "idle": 15}
PARTS = {
    "parts/vlans.j2": "{% for v in vlans %}\nvlan {{ v.id }}\n name {{ v.name }}\n{% endfor %}\n",
    "parts/bad.j2": "!\n{{ device.nmae }}\n",
    "parts/words.j2": "{% macro idle_line(it) %}\n exec-timeout {{ it }} 0{% endmacro %}\n",
}


def rendered(text: str, **more: object) -> str:
    return render("t.j2", {"t.j2": text, **PARTS}, VARIABLES | more, secrets={"snmp_ro", "enable"})


def problem(text: str, **more: object) -> tuple[str, int, str, str]:
    with pytest.raises(InputError) as caught:
        rendered(text, **more)
    (found,) = caught.value.problems
    assert found.message.th != found.message.en
    return found.path, found.line, found.message.en, found.suggestion


def test_lines_stand_as_written() -> None:
    text = (
        "hostname {{ device.name }}   \n{% include 'parts/vlans.j2' %}\n"
        "line vty 0 4\n  {% if idle %}\n x\n  {% endif %}\n\n\n"
    )
    assert rendered(text) == "hostname kkn-a-sw01\nvlan 10\n name STAFF\nline vty 0 4\n x\n"


def test_text_for_devices_is_not_escaped() -> None:
    assert rendered("banner {{ b }}", b="<&>'\"") == "banner <&>'\"\n"


def test_imported_macros_work() -> None:
    text = "{% from 'parts/words.j2' import idle_line %}\nline vty 0 4\n{{ idle_line(idle) }}\n"
    assert rendered(text) == "line vty 0 4\n exec-timeout 15 0\n"


def test_secrets_are_references() -> None:
    text = rendered('snmp-server community {{ secret("snmp_ro") }} RO\nx {{ secret("enable") }}')
    assert text == "snmp-server community ⟦secret:snmp_ro⟧ RO\nx ⟦secret:enable⟧\n"
    assert secret_names(text * 2) == ("enable", "snmp_ro")


def test_variables_cannot_replace_the_secret_function() -> None:
    assert rendered('{{ secret("enable") }}', secret="S3cret") == "⟦secret:enable⟧\n"


def test_the_same_templates_are_compiled_once() -> None:
    from controller.configuration.render import _environment

    _environment.cache_clear()
    for _ in range(5):
        rendered("hostname {{ device.name }}")
    assert _environment.cache_info().misses == 1


def test_changed_templates_are_compiled_anew() -> None:
    assert rendered("a") == "a\n"
    assert rendered("b") == "b\n"


@pytest.mark.parametrize(
    ("text", "path", "line", "told", "near"),
    [
        ("a\nb {{ devise.name }}", "t.j2", 2, "'devise' is undefined", "device"),
        ("{{ device.nam }}", "t.j2", 1, "no attribute 'nam'", "name"),
        ("a\n{% include 'parts/bad.j2' %}", "parts/bad.j2", 2, "no attribute 'nmae'", "name"),
        ("a\n\n{% for x in %}\n", "t.j2", 3, "not well formed", ""),
        ("{% if vlans %}\n", "t.j2", 1, "not well formed", ""),
        ("x\n{% include 'parts/vlan.j2' %}", "t.j2", 2, "no template “parts/v", "parts/vlans.j2"),
        ("{{ secret('snmp_rw') }}", "t.j2", 1, "'snmp_rw' is not in the settings", "snmp_ro"),
        ("{{ secret('../x') }}", "t.j2", 1, "is no name of a secret", ""),
        ("\n{{ vlans }}", "t.j2", 2, "a list cannot stand", ""),
        ("{{ device }}", "t.j2", 1, "a dict cannot stand", ""),
        ("{{ none }}", "t.j2", 1, "a NoneType cannot stand", ""),
        ("{{ true }}", "t.j2", 1, "a bool cannot stand", ""),
        ("{{ secret }}", "t.j2", 1, "a function cannot stand", ""),
        ("{{ 1 / 0 }}", "t.j2", 1, "ZeroDivisionError", ""),
        ("{{ 'a' + 1 }}", "t.j2", 1, "TypeError", ""),
        ("{{ vlans | sum }}", "t.j2", 1, "TypeError", ""),
        ("{{ 'x' * 1000000000 }}", "t.j2", 1, "a str cannot stand", ""),
        ("{{ 9 ** 999999 }}", "t.j2", 1, "OverflowError", ""),
        ("{% for i in range(10000000) %}{% endfor %}", "t.j2", 1, "OverflowError", ""),
        ("{{ ''.__class__.__mro__ }}", "t.j2", 1, "unsafe", ""),
        ("{{ device.clear() }}", "t.j2", 1, "unsafe", ""),
        ("{% set _ = vlans.append(1) %}", "t.j2", 1, "unsafe", ""),
        ("{{ lipsum() }}", "t.j2", 1, "'lipsum' is undefined", ""),
        ("{{ vlans | random }}", "t.j2", 1, "No filter named 'random'", ""),
        ("{% include 't.j2' %}", "t.j2", 1, "RecursionError", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    text: str, path: str, line: int, told: str, near: str
) -> None:
    found = problem(text)
    assert found[:2] == (path, line)
    assert told in found[2]
    assert found[3] == near


def test_a_missing_first_template_is_told() -> None:
    with pytest.raises(InputError, match=r"there is no template “x\.j2”"):
        render("x.j2", {}, {})


def test_any_secret_may_be_named_when_none_are_given() -> None:
    assert render("t", {"t": "{{ secret('a') }}"}, {}) == "⟦secret:a⟧\n"
    with pytest.raises(InputError, match="not in the settings"):
        render("t", {"t": "{{ secret('a') }}"}, {}, secrets=())
