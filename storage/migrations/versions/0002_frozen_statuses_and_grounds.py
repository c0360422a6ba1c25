"""What was overdue two working days before a meeting, and what an action rests on.

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ground",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"]),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("action_id", "item_id"),
    )
    with op.batch_alter_table("ground", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ground_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ground_item_id"), ["item_id"], unique=False)

    op.create_table(
        "status_freeze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_then", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id"),
    )


def downgrade() -> None:
    op.drop_table("status_freeze")
    with op.batch_alter_table("ground", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ground_item_id"))
        batch_op.drop_index(batch_op.f("ix_ground_action_id"))

    op.drop_table("ground")
