"""Settings of one installation, as `khaen.toml` and the environment give them.

Values only: reading the file is `workspace`'s work, reading the environment is `app`'s.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SECRET_REFERENCE = r"^(env/[A-Za-z_][A-Za-z0-9_]*|file/.+)$"  # noqa: S105  the shape of a reference
SECRET_NAME = r"^[a-z][a-z0-9_]{0,62}$"  # noqa: S105


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Credentials(_Section):
    """How devices are logged in to; the passwords are references, never text."""

    username: str = Field(default="admin", description="Account on the devices")
    password: str = Field(
        default="env/KHAEN_DEVICE_PASSWORD",
        pattern=SECRET_REFERENCE,
        description="Reference to the password: env/NAME or file/PATH",
    )
    enable_password: str | None = Field(
        default=None,
        pattern=SECRET_REFERENCE,
        description="Reference to the enable password where a platform asks for one",
    )


class Rollout(_Section):
    """How an approved plan is carried out. Part of the plan, so part of what is approved."""

    canary: int = Field(default=1, ge=1, description="Devices pushed first, alone")
    batch: int = Field(default=10, ge=1, description="Devices pushed at the same time after that")
    stop_after_failed_percent: int = Field(
        default=10, ge=0, le=100, description="Stop when more than this share of devices failed"
    )
    confirm_minutes: int = Field(
        default=5, ge=1, le=120, description="Minutes until a device takes a change back by itself"
    )


class Playbooks(_Section):
    """How playbooks are run, and how long what they said is kept."""

    forks: int = Field(
        default=20, ge=1, le=200, description="Devices Ansible works on at once; 60 MB each"
    )
    batch: int = Field(
        default=20, ge=1, description="Devices an approved playbook changes in one go"
    )
    share: int = Field(
        default=200, ge=1, description="Devices read in one go; a dead worker's are read again"
    )
    keep_days: int = Field(default=400, ge=1, description="Days what a playbook run said is kept")
    keep_runs: int = Field(
        default=500, ge=1, description="Playbook runs kept of each playbook, the newest"
    )


QUEUES = ("runs", "schedule", "polling", "listening")
"""What a worker may take work from."""


class Queue(_Section):
    """How much of a queue may be done, counted across all workers. Without a number: no limit."""

    at_once: int | None = Field(default=None, ge=1, description="So many at the same time")
    per_minute: int | None = Field(default=None, ge=1, description="So many begun in a minute")


class RunQueue(Queue):
    """The same for runs, where devices are counted."""

    site_at_once: int | None = Field(
        default=None, ge=1, description="So many devices of one site at the same time"
    )


class Queues(_Section):
    """Limits that hold across workers: of devices in runs, of tasks of the schedule."""

    runs: RunQueue = RunQueue()
    schedule: Queue = Queue()


class Safety(_Section):
    """Limits of the safety functions."""

    remove_percent: int = Field(
        default=25, ge=0, le=100, description="Refuse to remove more of a configuration than this"
    )


class Documents(_Section):
    """How papers look."""

    digits: Literal["thai", "arabic"] = Field(
        default="thai", description="Digits in documents; data always keeps 0-9"
    )
    garuda: str | None = Field(
        default=None, description="PNG or SVG of the garuda, relative to the workspace"
    )


class Notices(_Section):
    """How people are told. Without a channel a notice is written to var/notices."""

    channels: dict[
        Annotated[str, Field(pattern=SECRET_NAME)], Annotated[str, Field(pattern=SECRET_REFERENCE)]
    ] = Field(
        default_factory=dict,
        description="Name -> reference to an Apprise URL: e-mail, chat, webhook",
    )
    remind: str | None = Field(
        default=None, description="Channel for reminders of overdue cases; a file when absent"
    )
    alerts: str | None = Field(
        default=None, description="Channel for alerts about devices; a file when absent"
    )
    alert_severities: tuple[Literal["critical", "warning", "notice"], ...] = Field(
        default=("critical",), description="How bad an alert must be for people to be told"
    )


class Web(_Section):
    """Where `khaen serve` listens, and how people reach it."""

    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: int = Field(default=8080, ge=0, le=65535, description="Port; 0 takes a free one")
    address: str | None = Field(
        default=None,
        pattern=r"^https?://[^/]+$",
        description="What people type, for example https://khaen.example; for links and QR codes",
    )
    tls_certificate: str | None = Field(
        default=None, description="Certificate (PEM), relative to the workspace"
    )
    tls_key: str | None = Field(
        default=None, pattern=SECRET_REFERENCE, description="Its key (PEM): file/PATH"
    )
    behind_proxy: bool = Field(
        default=False, description="Believe X-Forwarded-For and -Proto of a proxy on this machine"
    )
    access_log: bool = Field(
        default=True, description="One line for each answer, without queries and secrets"
    )


class Oidc(_Section):
    """Signing in through the office's own identity provider (OpenID Connect)."""

    issuer: str | None = Field(
        default=None,
        pattern=r"^(https://[^/\s]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/\S*)?$",
        description="Address of the provider; https, or http on this machine",
    )
    client_id: str | None = Field(default=None, description="Name this program has there")
    client_secret: str | None = Field(
        default=None, pattern=SECRET_REFERENCE, description="Reference to its secret"
    )
    claim: str = Field(
        default="preferred_username", description="Claim that holds the user name of office.yaml"
    )
    button_th: str = Field(default="เข้าสู่ระบบด้วยบัญชีของหน่วยงาน", description="Button in Thai")
    button_en: str = Field(
        default="Sign in with the office's account", description="Button in English"
    )


class SnmpAccess(_Section):
    """How a group of devices is asked over SNMP; secrets are references, never text."""

    version: Literal["1", "2c", "3"] = Field(default="2c", description="Version of SNMP")
    community: str | None = Field(
        default=None,
        pattern=SECRET_REFERENCE,
        description="Reference to the community (versions 1 and 2c)",
    )
    user: str | None = Field(default=None, description="User of SNMPv3")
    authentication: Literal["md5", "sha", "sha224", "sha256", "sha384", "sha512"] = Field(
        default="sha", description="How the user proves itself"
    )
    authentication_password: str | None = Field(
        default=None, pattern=SECRET_REFERENCE, description="Reference to that password"
    )
    privacy: Literal["des", "aes128", "aes192", "aes256"] = Field(
        default="aes128", description="How what is said is hidden"
    )
    privacy_password: str | None = Field(
        default=None, pattern=SECRET_REFERENCE, description="Reference to that password"
    )
    port: int = Field(default=161, ge=1, le=65535, description="UDP port of the devices")


class Snmp(_Section):
    """How devices are asked over SNMP. A device names its access with `snmp`, else `default`."""

    access: dict[Annotated[str, Field(pattern=SECRET_NAME)], SnmpAccess] = Field(
        default_factory=dict, description="Name -> how to ask; `default` is for all the others"
    )
    timeout_seconds: float = Field(
        default=1.0, gt=0, le=30, description="Seconds to wait for each answer"
    )
    retries: int = Field(default=1, ge=0, le=5, description="Tries after the first")
    trap_host: str = Field(default="127.0.0.1", description="Address traps and informs come to")
    trap_port: int | None = Field(
        default=None, ge=0, le=65535, description="UDP port for traps; none are received if absent"
    )


class Syslog(_Section):
    """Where devices tell by syslog that somebody configured them; no other line is kept."""

    host: str = Field(default="127.0.0.1", description="Address lines of syslog come to")
    port: int | None = Field(
        default=None, ge=0, le=65535, description="UDP port for syslog; none is heard if absent"
    )


class Logs(_Section):
    """What `khaen serve` and `khaen worker` write to their standard error."""

    format: Literal["text", "json"] = Field(
        default="text", description="For people, or one JSON object a line for a log collector"
    )
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Lines below this level are not written"
    )


class Health(_Section):
    """How often devices are polled and how long what was measured is kept."""

    poll: bool = Field(
        default=True, description="Whether `khaen serve` and `khaen worker` poll the devices"
    )
    poll_seconds: int = Field(default=300, ge=10, le=3600, description="Seconds from poll to poll")
    at_once: int = Field(default=256, ge=1, le=4000, description="Devices asked at the same time")
    shards: int = Field(default=16, ge=1, le=256, description="Shares the devices are polled in")
    keep_days: int = Field(default=14, ge=1, description="Days every sample is kept")
    keep_hourly_days: int = Field(default=400, ge=1, description="Days the hourly means are kept")
    keep_daily_days: int = Field(default=3660, ge=1, description="Days the daily means are kept")
    remote_write: str | None = Field(
        default=None,
        pattern=SECRET_REFERENCE,
        description="Reference to the address samples are also sent to (Prometheus remote write)",
    )


class Settings(_Section):
    """Everything `khaen.toml` may say."""

    language: Literal["th", "en"] = Field(default="th", description="Language of the messages")
    database_url: str | None = Field(
        default=None, description="SQLAlchemy URL; SQLite in the var folder when absent"
    )
    workers: int = Field(default=50, ge=1, le=200, description="Devices spoken to at one time")
    approval_days: int = Field(default=30, ge=1, description="Days an approval stays valid")
    session_hours: int = Field(default=8, ge=1, description="Hours a sign-in lasts")
    session_idle_minutes: int = Field(
        default=120, ge=5, description="Minutes after which an unused sign-in in a browser ends"
    )
    credentials: Credentials = Credentials()
    secrets: dict[
        Annotated[str, Field(pattern=SECRET_NAME)], Annotated[str, Field(pattern=SECRET_REFERENCE)]
    ] = Field(default_factory=dict, description="Names templates may use -> env/NAME or file/PATH")
    rollout: Rollout = Rollout()
    queues: Queues = Queues()
    playbooks: Playbooks = Playbooks()
    safety: Safety = Safety()
    documents: Documents = Documents()
    notices: Notices = Notices()
    web: Web = Web()
    oidc: Oidc = Oidc()
    snmp: Snmp = Snmp()
    syslog: Syslog = Syslog()
    logs: Logs = Logs()
    health: Health = Health()
