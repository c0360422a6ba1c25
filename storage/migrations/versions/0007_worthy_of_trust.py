"""Worthy of trust: leave, sealed cases, break-glass, keys, anchors, holds, erasures, requests about somebody.

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A seat knew one cover, of representatives and chairs alone; from here on people have leaves.
COVER_TO_LEAVE = """
INSERT INTO leave (panel_id, user_id, first, last, by_user, made_at, version)
SELECT panel_id, user_id, cover_from, COALESCE(cover_to, cover_from), user_id, MIN(since), 1
FROM seat WHERE cover_from IS NOT NULL AND user_id IS NOT NULL AND until IS NULL
GROUP BY panel_id, user_id, cover_from, COALESCE(cover_to, cover_from)
"""
NEWEST = """
SELECT {day} FROM leave
WHERE leave.panel_id = seat.panel_id AND leave.user_id = seat.user_id AND leave.ended_at IS NULL
ORDER BY leave.id DESC LIMIT 1
"""
LEAVE_TO_COVER = f"""
UPDATE seat SET cover_from = ({NEWEST.format(day="first")}), cover_to = ({NEWEST.format(day="last")})
WHERE until IS NULL AND role IN ('rep', 'chair')
"""


def upgrade() -> None:
    op.create_index("ix_audit_person", "audit", ["by_user", "at"])
    op.create_table(
        "audit_anchor",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "vault_key",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("pepper", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_erasure_wake_at"), ["wake_at"], unique=False)

    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("deputy", sa.String(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leave_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leave_user_id"), ["user_id"], unique=False)

    op.create_table(
        "subject_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.LargeBinary(), nullable=True),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("subject_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subject_request_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subject_request_wake_at"), ["wake_at"], unique=False)

    op.create_table(
        "subject_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("exemption", sa.String(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["subject_request.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_id", "thing"),
    )
    with op.batch_alter_table("subject_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subject_item_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subject_item_request_id"), ["request_id"], unique=False)

    op.create_table(
        "break_glass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("break_glass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_break_glass_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_break_glass_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_break_glass_user_id"), ["user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_break_glass_wake_at"), ["wake_at"], unique=False)

    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "known_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("referral_id", "digest"),
    )
    with op.batch_alter_table("known_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_word_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_known_word_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_known_word_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id"),
        sa.UniqueConstraint("referral_id"),
    )
    with op.batch_alter_table("seal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seal_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "sealed_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("chairs", sa.Boolean(), nullable=False),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["seal_id"],
            ["seal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("seal_id", "user_id"),
    )
    with op.batch_alter_table("sealed_reader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_reader_seal_id"), ["seal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sealed_reader_user_id"), ["user_id"], unique=False)

    op.create_index("ix_action_of_panel", "action", ["panel_id", "status"])
    op.add_column("agency", sa.Column("timezone", sa.String(), nullable=True))
    op.add_column("agency", sa.Column("nation", sa.String(), nullable=True))
    op.add_column("agency", sa.Column("agreement_at", sa.Date(), nullable=True))
    op.add_column("agency", sa.Column("agreement_until", sa.Date(), nullable=True))

    op.add_column("catalogue_entry", sa.Column("asked", sa.LargeBinary(), nullable=True))

    op.add_column("item", sa.Column("basis", sa.String(), nullable=True))

    op.add_column("notice", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_column("notice", "why")

    op.add_column("seat", sa.Column("attested_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("seat", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("seat", sa.Column("suspended_as", sa.String(), nullable=True))
    op.add_column("seat", sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_seat_wake_at", "seat", ["wake_at"])
    op.execute("UPDATE seat SET wake_at = '1970-01-01 00:00:00' WHERE until IS NULL")  # planned by the next tick

    op.add_column("request", sa.Column("chair_agreed_by", sa.String(), nullable=True))

    op.execute(COVER_TO_LEAVE)
    op.drop_column("seat", "cover_from")
    op.drop_column("seat", "cover_to")


def downgrade() -> None:
    op.drop_index("ix_audit_person", "audit")
    op.add_column("seat", sa.Column("cover_to", sa.Date(), nullable=True))
    op.add_column("seat", sa.Column("cover_from", sa.Date(), nullable=True))
    op.execute(LEAVE_TO_COVER)

    op.drop_column("request", "chair_agreed_by")

    op.drop_index("ix_seat_wake_at", "seat")
    op.drop_column("seat", "wake_at")
    op.drop_column("seat", "suspended_as")
    op.drop_column("seat", "suspended_at")
    op.drop_column("seat", "attested_at")

    op.add_column("notice", sa.Column("why", sa.JSON(), nullable=True))
    op.drop_column("notice", "removed_at")

    op.drop_column("item", "basis")

    op.drop_column("catalogue_entry", "asked")

    op.drop_column("agency", "agreement_until")
    op.drop_column("agency", "agreement_at")
    op.drop_column("agency", "nation")
    op.drop_column("agency", "timezone")
    op.drop_index("ix_action_of_panel", "action")

    with op.batch_alter_table("sealed_reader", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sealed_reader_user_id"))
        batch_op.drop_index(batch_op.f("ix_sealed_reader_seal_id"))

    op.drop_table("sealed_reader")
    with op.batch_alter_table("seal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seal_panel_id"))

    op.drop_table("seal")
    with op.batch_alter_table("known_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_word_panel_id"))
        batch_op.drop_index(batch_op.f("ix_known_word_digest"))
        batch_op.drop_index(batch_op.f("ix_known_word_referral_id"))

    op.drop_table("known_word")
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hold_panel_id"))
        batch_op.drop_index(batch_op.f("ix_hold_case_id"))

    op.drop_table("hold")
    with op.batch_alter_table("break_glass", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_break_glass_wake_at"))
        batch_op.drop_index(batch_op.f("ix_break_glass_user_id"))
        batch_op.drop_index(batch_op.f("ix_break_glass_panel_id"))
        batch_op.drop_index(batch_op.f("ix_break_glass_case_id"))

    op.drop_table("break_glass")
    with op.batch_alter_table("subject_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subject_item_request_id"))
        batch_op.drop_index(batch_op.f("ix_subject_item_agency_id"))

    op.drop_table("subject_item")
    with op.batch_alter_table("subject_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subject_request_wake_at"))
        batch_op.drop_index(batch_op.f("ix_subject_request_panel_id"))

    op.drop_table("subject_request")
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leave_user_id"))
        batch_op.drop_index(batch_op.f("ix_leave_panel_id"))

    op.drop_table("leave")
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_erasure_wake_at"))
        batch_op.drop_index(batch_op.f("ix_erasure_panel_id"))

    op.drop_table("erasure")
    op.drop_table("vault_key")
    op.drop_table("audit_anchor")
