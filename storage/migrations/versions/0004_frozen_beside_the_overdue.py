"""What is blocked, and what ended undone since the last panel, is kept with a meeting beside what is overdue.

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("status_freeze", sa.Column("besides", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    op.drop_column("status_freeze", "besides")
