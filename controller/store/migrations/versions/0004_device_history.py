"""The history of a device: which plans change it, and its runs, without reading all of them."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Name the devices of every plan in rows of their own."""
    op.create_index(op.f("ix_run_devices_device"), "run_devices", ["device"], unique=False)
    named = op.create_table(
        "plan_devices",
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name=op.f("fk_plan_devices_plan")),
        sa.PrimaryKeyConstraint("plan", "device", name=op.f("pk_plan_devices")),
    )
    op.create_index(op.f("ix_plan_devices_device"), "plan_devices", ["device"], unique=False)
    conn = op.get_bind()
    plans = sa.table("plans", sa.column("id"), sa.column("content"))
    for plan in conn.execute(sa.select(plans.c.id)).scalars().all():
        content = conn.execute(sa.select(plans.c.content).where(plans.c.id == plan)).scalar_one()
        devices = json.loads(bytes(content))["devices"]
        rows = [{"plan": plan, "device": device["device"]} for device in devices]
        if rows:
            op.bulk_insert(named, rows)
