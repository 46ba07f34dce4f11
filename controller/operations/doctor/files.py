"""The workspace and what its settings name: files, secrets, channels, the certificate."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from controller.errors import InputError, Text
from controller.operations.doctor.check import NOT_ASKED, Check, Installation, Need
from controller.operations.validate_workspace import validate_workspace
from controller.settings import SECRET_REFERENCE, Settings
from controller.workspace.secrets import resolve_secret

SETTINGS = Need("workspace.settings", Text(th="ค่าตั้ง khaen.toml", en="settings, khaen.toml"))
FILES = Need("workspace.files", Text(th="พื้นที่ทำงาน", en="workspace"))
GIT = Need("workspace.git", Text(th="git ของพื้นที่ทำงาน", en="git of the workspace"))
SECRETS = Need("workspace.secrets", Text(th="รหัสลับที่อ้างถึง", en="secrets referred to"))
CHANNELS = Need("workspace.channels", Text(th="ช่องทางแจ้งเตือน", en="channels of notices"))
TLS = Need("workspace.tls", Text(th="ใบรับรอง TLS", en="TLS certificate"))

_REFERENCE = re.compile(SECRET_REFERENCE)
_SOON = timedelta(days=30)
_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_MEND = Text(th="ดูทุกข้อด้วย khaen validate", en="see every one with khaen validate")


def files(at: Installation, settings: Settings | None) -> Iterator[Check]:
    """Every check of the workspace; `settings` is None when they are broken."""
    yield _settings(at)
    yield _workspace(at.root)
    yield _git(at.root)
    if settings is None:
        yield from (need.unknown(NOT_ASKED) for need in (SECRETS, CHANNELS, TLS))
        return
    yield _secrets(at.root, settings)
    yield _channels(at.root, settings)
    yield _tls(at, settings)


def _settings(at: Installation) -> Check:
    try:
        at.settings()
    except InputError as error:
        first = next((p for p in error.problems), None)
        if first is None:
            return SETTINGS.failed(error)
        return SETTINGS.fail(
            Text(th=f"{first.where}: {first.message.th}", en=f"{first.where}: {first.message.en}"),
            _MEND,
        )
    return SETTINGS.ok(f"{at.root}/khaen.toml ถูกต้อง", f"{at.root}/khaen.toml is right")


def _workspace(root: Path) -> Check:
    found = validate_workspace(root)
    if found.problems:
        first, count = found.problems[0], len(found.problems)
        return FILES.fail(
            Text(
                th=f"พบปัญหา {count} จุด จุดแรก {first.where}: {first.message.th}",
                en=f"{count} problems, the first: {first.where}: {first.message.en}",
            ),
            _MEND,
        )
    counted = ", ".join(f"{name} {count}" for name, count in found.counts.items())
    return FILES.ok(counted, counted)


def _git(root: Path) -> Check:
    from controller.workspace.files import workspace_files
    from controller.workspace.provenance import provenance_of

    paths = [path for path in workspace_files(root) if path.is_file()]
    content = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    found = provenance_of(root, content)
    if found.commit is None:
        return GIT.warn(
            Text(th="ยังไม่มีคอมมิตใน git", en="there is no commit in git"),
            Text(
                th="สั่ง git init && git add -A && git commit เพื่อให้แผนบอกได้ว่ามาจากคอมมิตใด",
                en="git init && git add -A && git commit, so that a plan can name its commit",
            ),
        )
    if found.edited:
        count, first = len(found.edited), found.edited[0]
        return GIT.warn(
            Text(
                th=f"{count} แฟ้มยังไม่ได้คอมมิต เช่น {first}",
                en=f"{count} files are not committed, such as {first}",
            ),
            Text(th="ตรวจแล้วสั่ง git commit", en="look at them, then git commit"),
        )
    return GIT.ok(f"คอมมิต {found.commit[:12]}", f"commit {found.commit[:12]}")


def references(settings: Settings) -> Iterator[tuple[str, str]]:
    """(dotted name, reference) of every secret the settings refer to."""
    yield from _references("", settings.model_dump())


def _references(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _references(f"{name}.{key}" if name else str(key), inner)
    elif isinstance(value, str) and _REFERENCE.match(value):
        yield name, value


def _secrets(root: Path, settings: Settings) -> Check:
    missing, open_to_others = [], []
    every = tuple(references(settings))
    for name, reference in every:
        kind, _, path = reference.partition("/")
        if name != "web.tls_key":
            try:
                resolve_secret(root, reference)
            except InputError:
                missing.append(f"{name} ({reference})")
                continue
        if kind == "file" and _for_others(root / path):
            open_to_others.append(path)
    if missing:
        names = ", ".join(missing)
        return SECRETS.fail(
            Text(th=f"ไม่มีค่า: {names}", en=f"without a value: {names}"),
            Text(
                th="ตั้งตัวแปรในสภาพแวดล้อมของโปรแกรม หรือสร้างไฟล์นั้น (chmod 600) "
                "ตัวแปรที่มีเฉพาะในบริการ systemd มองไม่เห็นจากที่นี่",
                en="set the variable where the program runs, or make the file (chmod 600); "
                "what only a systemd unit sets cannot be seen from here",
            ),
        )
    if open_to_others:
        names = " ".join(sorted(set(open_to_others)))
        return SECRETS.warn(
            Text(th=f"ผู้อื่นอ่านได้: {names}", en=f"others may read: {names}"),
            Text(th=f"สั่ง chmod 600 {names}", en=f"chmod 600 {names}"),
        )
    return SECRETS.ok(f"มีค่าครบ {len(every)} รายการ", f"all {len(every)} have a value")


def _for_others(path: Path) -> bool:
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except OSError:
        return False


def _channels(root: Path, settings: Settings) -> Check:
    from controller.notices.deliver import is_usable

    channels = settings.notices.channels
    named = {settings.notices.remind, settings.notices.alerts} - {None}
    wrong = sorted(str(name) for name in named - set(channels))
    if not channels and not wrong:
        return CHANNELS.ok(
            "ไม่มีช่องทาง หนังสือแจ้งเขียนเป็นแฟ้มใน var/notices",
            "none: notices are written to var/notices",
        )
    for name, reference in channels.items():
        try:
            usable = is_usable(resolve_secret(root, reference))
        except InputError:
            usable = False
        wrong += [] if usable else [name]
    if not wrong:
        names = ", ".join(channels)
        return CHANNELS.ok(f"ใช้ได้: {names}", f"can be used: {names}")
    return CHANNELS.fail(
        Text(th=f"ใช้ไม่ได้: {', '.join(wrong)}", en=f"cannot be used: {', '.join(wrong)}"),
        Text(
            th="ตรวจค่าที่ notices.channels อ้างถึง ให้เป็นที่อยู่แบบ Apprise",
            en="check what notices.channels refers to: it has to be an Apprise URL",
        ),
    )


def _tls(at: Installation, settings: Settings) -> Check:
    from cryptography import x509

    web = settings.web
    if web.tls_certificate is None:
        if web.host in _LOCAL:
            return TLS.ok("ฟังเฉพาะในเครื่องนี้ ไม่ต้องใช้", "only this machine is served; none needed")
        return TLS.warn(
            Text(
                th=f"{web.host} รับผู้ใช้จากเครือข่ายโดยไม่เข้ารหัส",
                en=f"{web.host} serves the network unencrypted",
            ),
            Text(
                th="ตั้ง web.tls_certificate หรือใช้พร็อกซีที่เข้ารหัสและ web.host = 127.0.0.1",
                en="set web.tls_certificate, or use a proxy and web.host = 127.0.0.1",
            ),
        )
    renew = Text(th="ขอใบรับรองใหม่", en="get a new certificate")
    try:
        content = (at.root / web.tls_certificate).read_bytes()
        ends = x509.load_pem_x509_certificate(content).not_valid_after_utc
    except (OSError, ValueError):
        return TLS.fail(
            Text(th=f"อ่าน {web.tls_certificate} ไม่ได้", en=f"cannot read {web.tls_certificate}"),
            renew,
        )
    days = (ends - at.clock()).days
    found = Text(th=f"หมดอายุ {ends:%Y-%m-%d}", en=f"valid until {ends:%Y-%m-%d}")
    if days < 0:
        return TLS.fail(found, renew)
    return TLS.warn(found, renew) if days < _SOON.days else TLS.ok(found.th, found.en)


__all__ = ["files", "references"]
