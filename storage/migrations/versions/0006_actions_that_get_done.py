"""Actions that get done: a panel's own catalogue, safety pictures, people by e-mail, imported rows, why a notice went.

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reach",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "catalogue_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("lever", sa.String(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=True),
        sa.Column("also", sa.LargeBinary(), nullable=True),
        sa.Column("owners", sa.JSON(), nullable=False),
        sa.Column("by_panel", sa.Boolean(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("term_n", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("reveals_address", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("panel_id", "code"),
    )
    with op.batch_alter_table("catalogue_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalogue_entry_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "mailbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("panel_id", "user_id"),
    )
    with op.batch_alter_table("mailbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mailbox_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mailbox_user_id"), ["user_id"], unique=False)

    op.create_table(
        "safety_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("victim_ref", sa.String(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "meeting_id", "victim_ref"),
    )
    with op.batch_alter_table("safety_picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safety_picture_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safety_picture_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safety_picture_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "imported_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["action.id"],
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("panel_id", "source"),
    )
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_row_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_row_panel_id"), ["panel_id"], unique=False)

    op.add_column("action", sa.Column("second", sa.String(), nullable=True))
    op.add_column("action", sa.Column("purpose", sa.String(), nullable=True))
    op.add_column("action", sa.Column("result", sa.String(), nullable=True))
    op.add_column("action", sa.Column("slips", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("action", sa.Column("snoozed_until", sa.Date(), nullable=True))
    op.add_column("action", sa.Column("snoozes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("action", sa.Column("details", sa.LargeBinary(), nullable=True))

    op.add_column("dependency", sa.Column("kind", sa.String(), nullable=True))

    op.add_column("more_time", sa.Column("decided_as", sa.String(), nullable=True))

    op.add_column("notice", sa.Column("why", sa.JSON(), nullable=True))
    op.add_column("notice", sa.Column("route", sa.String(), nullable=True))

    op.add_column("safety_check", sa.Column("details", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("safety_check", "details")

    op.drop_column("notice", "route")
    op.drop_column("notice", "why")

    op.drop_column("more_time", "decided_as")

    op.drop_column("dependency", "kind")

    op.drop_column("action", "details")
    op.drop_column("action", "snoozes")
    op.drop_column("action", "snoozed_until")
    op.drop_column("action", "slips")
    op.drop_column("action", "result")
    op.drop_column("action", "purpose")
    op.drop_column("action", "second")

    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_row_panel_id"))
        batch_op.drop_index(batch_op.f("ix_imported_row_action_id"))

    op.drop_table("imported_row")
    with op.batch_alter_table("safety_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safety_picture_panel_id"))
        batch_op.drop_index(batch_op.f("ix_safety_picture_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_safety_picture_case_id"))

    op.drop_table("safety_picture")
    with op.batch_alter_table("mailbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mailbox_user_id"))
        batch_op.drop_index(batch_op.f("ix_mailbox_panel_id"))

    op.drop_table("mailbox")
    with op.batch_alter_table("catalogue_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalogue_entry_panel_id"))

    op.drop_table("catalogue_entry")
    op.drop_table("reach")
