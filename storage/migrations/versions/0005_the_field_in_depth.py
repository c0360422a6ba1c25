"""The field in depth: people by role, additions and scores, case life, the sitting, passes, drafts.

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("panel_id", "user_id", "form", "about"),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "feed_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("feed_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_key_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "agency_id"),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_case_id"), ["case_id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "months"),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_case_id"), ["case_id"], unique=False)

    op.create_table(
        "linked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "ref"),
    )
    with op.batch_alter_table("linked", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_linked_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_linked_person_id"), ["person_id"], unique=False)

    op.create_table(
        "pathway_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("pathway_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pathway_step_case_id"), ["case_id"], unique=False)

    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("to_panel_id", sa.Integer(), nullable=True),
        sa.Column("area", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("pack", sa.LargeBinary(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("new_case_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["new_case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_new_case_id"), ["new_case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_to_panel_id"), ["to_panel_id"], unique=False)

    op.create_table(
        "case_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("now", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("case_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_move_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_move_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declaration_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_until"), ["until"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_user_id"), ["user_id"], unique=False)

    op.create_table(
        "pass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("pass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pass_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pass_panel_id"), ["panel_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "fingerprint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["panel_id"],
            ["panel.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("referral_id", "digest"),
    )
    with op.batch_alter_table("fingerprint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fingerprint_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_fingerprint_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fingerprint_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "referral_addition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("referral_addition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_addition_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "intelligence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("intelligence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intelligence_item_id"), ["item_id"], unique=False)

    op.add_column("agenda", sa.Column("changes", sa.JSON(), nullable=False, server_default="[]"))

    op.add_column("attendance", sa.Column("remote", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("attendance", sa.Column("user_id", sa.String(), nullable=True))

    op.add_column(
        "case", sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True), inline_references=True
    )
    op.add_column(
        "case",
        sa.Column("merged_into_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=True),
        inline_references=True,
    )
    op.add_column("case", sa.Column("next_review", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("hold_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_wake_at"), ["wake_at"], unique=False)

    op.add_column("court_order", sa.Column("ended", sa.Date(), nullable=True))
    op.add_column("court_order", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))

    op.add_column("item", sa.Column("section", sa.String(), nullable=True))
    op.add_column("item", sa.Column("details", sa.LargeBinary(), nullable=True))
    op.add_column(
        "item", sa.Column("replaces_id", sa.Integer(), sa.ForeignKey("item.id"), nullable=True), inline_references=True
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_replaces_id"), ["replaces_id"], unique=False)

    op.add_column("listing", sa.Column("dissent", sa.LargeBinary(), nullable=True))
    op.add_column("listing", sa.Column("tell", sa.String(), nullable=True))
    op.add_column("listing", sa.Column("tell_by", sa.Date(), nullable=True))
    op.add_column("listing", sa.Column("tell_note", sa.LargeBinary(), nullable=True))
    op.add_column("listing", sa.Column("paper", sa.String(), nullable=True))
    op.add_column("listing", sa.Column("paper_by", sa.String(), nullable=True))
    op.add_column("listing", sa.Column("carried", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("listing", sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("listing", sa.Column("seconds", sa.Integer(), nullable=False, server_default="0"))

    op.add_column("meeting", sa.Column("calendar_sequence", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("meeting", sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("on_case", sa.Integer(), nullable=True))
    op.add_column("meeting", sa.Column("on_case_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("meeting", sa.Column("information_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("meeting", sa.Column("authority", sa.LargeBinary(), nullable=True))

    op.add_column("minutes", sa.Column("summary", sa.LargeBinary(), nullable=True))
    op.add_column("minutes", sa.Column("delegated_to", sa.String(), nullable=True))

    op.add_column(
        "referral",
        sa.Column("repeats_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=True),
        inline_references=True,
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_repeats_id"), ["repeats_id"], unique=False)

    op.add_column("request", sa.Column("hours", sa.Float(), nullable=True))
    op.add_column("request", sa.Column("advice", sa.String(), nullable=True))

    op.add_column(
        "victim",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=True),
        inline_references=True,
    )
    with op.batch_alter_table("victim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """SQLite drops no column that refers to another table, and making those tables anew would delete what refers to
    them."""
    raise NotImplementedError("There is no way back from 0005: bring back the copy that was made before it.")
