"""Hints name commands; whoever calls the API is told the address that does the same."""

from __future__ import annotations

import re

# Command -> what does the same here.
ADDRESSES: dict[str, str] = {
    "account add": "PUT /accounts/{username}",
    "account list": "GET /accounts",
    "alerts close": "POST /alerts/{number}/closing",
    "alerts comment": "POST /alerts/{number}/comments",
    "alerts list": "GET /alerts",
    "alerts show": "GET /alerts/{number}",
    "apply": "POST /cases/{case}/apply",
    "audit": "POST /compliance/audits",
    "audit findings": "GET /compliance/findings",
    "audit-log export": "GET /audit-log/file",
    "audit-log verify": "GET /audit-log/verification",
    "backup": "POST /backups",
    "case appoint": "PUT /cases/{case}/group",
    "case approve": "POST /cases/{case}/decisions",
    "case attach": "POST /cases/{case}/files",
    "case detach": "DELETE /cases/{case}/papers/{paper}",
    "case evaluate": "POST /cases/{case}/evaluations",
    "case follow": "POST /cases/{case}/records",
    "case list": "GET /cases",
    "case notify": "POST /cases/{case}/notifications",
    "case open": "POST /cases",
    "case print": "POST /cases/{case}/documents/{paper}",
    "case publish": "POST /cases/{case}/records",
    "case record": "POST /cases/{case}/records",
    "case refuse": "POST /cases/{case}/decisions",
    "case replan": "PUT /cases/{case}/plan",
    "case report": "GET /cases/{case}/report",
    "case return": "POST /cases/{case}/decisions",
    "case revise": "POST /cases/{case}/revisions",
    "case show": "GET /cases/{case}",
    "case study": "PUT /cases/{case}/study",
    "case submit": "POST /cases/{case}/submissions",
    "case withdraw": "POST /cases/{case}/withdrawal",
    "forget-key": "POST /device-keys/forgotten",
    "form attach": "POST /cases/{case}/papers",
    "form fill": "POST /forms",
    "form list": "GET /forms",
    "form show": "GET /forms/{number}",
    "form template": "GET /manual/forms/{slug}",
    "inventory assets": "GET /register",
    "login": "POST /sessions",
    "maintenance list": "GET /maintenance",
    "maintenance plan": "POST /maintenance",
    "manual": "GET /manual/forms",
    "notice send": "POST /notices/deliveries",
    "poll": "POST /health/polls",
    "plan": "POST /plans",
    "playbook result": "GET /playbook-runs/{run}",
    "playbook run": "POST /playbook-runs",
    "playbook runs": "GET /playbook-runs",
    "plan list": "GET /plans",
    "playbook": "GET /playbooks",
    "playbook list": "GET /playbooks",
    "playbook show": "GET /playbooks/{name}",
    "playbook plan": "POST /plans/playbooks",
    "remediate": "POST /plans/remediations",
    "report form": "GET /reports/evaluation/forms/{slug}",
    "restore": "POST /plans/restorations",
    "rollback": "POST /cases/{case}/rollback",
    "rules list": "GET /rules",
    "spec attributes": "GET /attributes",
    "spec baseline list": "GET /baselines",
    "spec model": "GET /models",
    "spec compare": "POST /cases/{case}/comparison/conclusions",
    "spec comparison-sheet": "GET /cases/{case}/comparison/document",
    "spec judge": "POST /cases/{case}/comparison/judgements",
    "spec delivery": "POST /cases/{case}/deliveries",
    "spec need": "GET /needs",
    "spec offer": "POST /cases/{case}/offers",
    "spec reopen": "POST /cases/{case}/comparison/reopenings",
    "rules show": "GET /rules/{rule}",
    "rules test": "POST /rules/trials",
    "schedule history": "GET /schedule",
    "schedule list": "GET /schedule",
    "schedule pause": "POST /schedule/{name}/pause",
    "spec sheet": "GET /cases/{case}/specification/documents/{document}",
    "stop": "POST /cases/{case}/stop",
    "spec lint": "POST /specifications/lint",
    "spec new": "POST /specifications/draft",
    "spec show": "GET /cases/{case}/specification",
    "spec write": "PUT /cases/{case}/specification",
    "survey answer": "POST /surveys/{survey}/answers",
    "survey links": "GET /surveys/{survey}/links",
    "survey list": "GET /surveys",
    "survey open": "POST /surveys",
    "token list": "GET /tokens",
    "token make": "POST /tokens",
    "token revoke": "DELETE /tokens/{token}",
    "tor": "GET /cases/{case}/specification/documents/{document}",
    "verify": "POST /cases/{case}/verify",
}
_COMMAND = re.compile(r"\bkhaen ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?")


def with_addresses(hint: dict[str, str]) -> dict[str, str]:
    """The hint in each language, with the addresses of the commands it names after it."""
    return {language: _told(text) for language, text in hint.items()}


def _told(text: str) -> str:
    named = dict.fromkeys(filter(None, (_address(*found) for found in _COMMAND.findall(text))))
    if not named:
        return text
    return f"{text} (API: {', '.join(_absolute(address) for address in named)})"


def _address(first: str, second: str) -> str | None:
    return ADDRESSES.get(f"{first} {second}") or ADDRESSES.get(first)


def _absolute(address: str) -> str:
    method, _, path = address.partition(" ")
    return f"{method} /api/v1{path}"
