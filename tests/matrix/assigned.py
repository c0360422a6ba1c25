"""Every word, button, form, view, notice and page of the product, under the surface of the table that it opens.

A name that is missing here fails a test: say to which surface it belongs, and the table says who reads what there. The
buttons to other pages (`….back`, `….next`) are named once, without their ending.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.matrix.table import Surface

# A word stands as it is typed; the bare command by itself.
WORDS = {
    Surface.PANEL: "/panel; /panel schedule; /panel move; /panel cancel; /panel people; /panel settings; /panel live;"
    " /panel new",
    Surface.CHOICES: "/panel case; /panel conflict; /panel invite; /panel enter; /panel list; /panel urgent",
    Surface.REFERRAL: "/panel triage; /refer; /refer mine",
    Surface.COUNTS: "/panel board; /panel health",
    Surface.MEETING: "/panel record; /panel meeting",
    Surface.MINUTES: "/panel minutes",
    Surface.OWN_UPDATE: "/update",
    Surface.ACTION_LIST: "/actions; /actions agency; /actions all; /actions checks; /actions add; /actions propose",
    Surface.AGENDA: "/agenda",
}
BUTTONS = {
    Surface.BRIEFING: """
        agendas.open agendas.page pages.pack
    """,
    Surface.RECORD: """
        cases.background cases.facts cases.open cases.order cases.order.add cases.ppit cases.propose
        cases.score cases.turn cases.victim cases.victim.add
        cases.at_risk cases.at_risk.add cases.breach cases.child cases.child.add cases.date cases.date.add
        cases.equality cases.forums cases.need.housing cases.need.mental_health cases.need.substance cases.need.work
        cases.pair cases.possible cases.possible.show cases.primary cases.requirement cases.safe cases.same
        cases.staff cases.talk cases.voice
    """,
    Surface.REFERRAL: """
        referrals.call_urgent referrals.mine referrals.mine.open referrals.more.activity referrals.more.aware
        referrals.more.basis referrals.more.correction referrals.more.court referrals.more.forums
        referrals.more.mappa referrals.more.marac referrals.more.mash referrals.more.narrative
        referrals.more.pattern referrals.more.release referrals.more.risk referrals.more.safety
        referrals.more.situation referrals.more.transfer referrals.more.voice referrals.open referrals.outcome
        referrals.sections referrals.sections.open referrals.sign_off referrals.sign_off.ask
        referrals.sign_off.sign referrals.told referrals.told.turn referrals.triage referrals.triage.open
        referrals.turn referrals.verified referrals.voice
    """,
    Surface.ACTION: """
        actions.acknowledge actions.add actions.agree actions.confirm actions.done actions.edit
        actions.end.cancel actions.end.not_possible actions.end.supersede actions.not_done actions.not_mine
        actions.open actions.proceed actions.progress actions.propose
        actions.propose.check actions.propose.disclosure actions.query actions.reason
        actions.reassign actions.start actions.time actions.time.give actions.time.refuse actions.turn
    """,
    Surface.CHECK: """
        actions.check
    """,
    Surface.ACTION_LIST: """
        actions.agency actions.all actions.case_page actions.case_swap actions.checks actions.checks_page
        actions.checks_swap actions.mine actions.page actions.swap.agency actions.swap.agency_ended
        actions.swap.all actions.swap.mine actions.swap.mine_ended
    """,
    Surface.OWN_UPDATE: """
        updates.agency updates.change updates.factors.open updates.known updates.line.open updates.menu
        updates.more.open updates.no_list updates.no_trace updates.open updates.ours updates.ours.change
        updates.ours.done updates.ours.open updates.ours.withdraw updates.overdue.open updates.page
        updates.proposal.open updates.sections updates.sections.open updates.still.open updates.tell.open
        updates.victims.open updates.view.open updates.where.open
    """,
    Surface.AGENDA: """
        agendas.acting agendas.all_by_report agendas.approve agendas.by_report agendas.chair_back
        agendas.deputy_chairs agendas.in_the_room agendas.issue_again agendas.item agendas.not_acting
        agendas.overdue agendas.overdue_page agendas.standing agendas.told agendas.turn agendas.view
    """,
    Surface.MEETING: """
        meetings meetings.attendance meetings.attendance.edit meetings.attended meetings.break meetings.case
        meetings.close meetings.confirm meetings.decide meetings.end meetings.hub meetings.information
        meetings.not_reached meetings.observers meetings.open_sitting meetings.previous meetings.ratify
        meetings.read_for_case meetings.record meetings.resume meetings.sit meetings.start meetings.statement
        meetings.tell meetings.told meetings.turn meetings.was_read
    """,
    Surface.MINUTES: """
        meetings.approve_minutes meetings.draft_again meetings.minutes
    """,
    Surface.COUNTS: """
        reminders.figures reminders.steering updates.board updates.board.open updates.remind
    """,
    Surface.CHOICES: """
        cases.choose cases.conflict.open cases.conflict.show updates.agree updates.decline updates.enter.open
        updates.invitations updates.invite.open updates.list.open updates.which updates.without_list
    """,
    Surface.PANEL: """
        kit.draft kit.draft.gone kit.undelivered panels.agency panels.agency.add panels.cut_offs panels.dates
        panels.mine panels.move.anyway panels.offset panels.people panels.pick panels.pick.chair
        panels.pick.coordinator panels.pick.deputy_chair panels.pick.information_governance
        panels.pick.observer panels.pick.steering panels.plan panels.series panels.sittings panels.unseat
    """,
}
FORMS = {
    Surface.RECORD: """
        cases.background cases.facts cases.order cases.ppit cases.propose cases.score cases.victim
        cases.at_risk cases.breach cases.child cases.date cases.equality cases.forums cases.need cases.pair
        cases.possible cases.primary cases.requirement cases.safe cases.same cases.staff cases.talk cases.voice
    """,
    Surface.REFERRAL: """
        referrals.more.activity referrals.more.aware referrals.more.basis referrals.more.correction
        referrals.more.court referrals.more.forums referrals.more.mappa referrals.more.marac
        referrals.more.mash referrals.more.narrative referrals.more.pattern referrals.more.release
        referrals.more.risk referrals.more.safety referrals.more.situation referrals.more.transfer
        referrals.more.voice referrals.refer referrals.triage
    """,
    Surface.ACTION: """
        actions.add actions.done actions.edit actions.end actions.keep_date actions.not_done actions.proceed
        actions.progress actions.propose actions.query actions.reason actions.reassign actions.time
    """,
    Surface.CHECK: """
        actions.check
    """,
    Surface.OWN_UPDATE: """
        updates.factors updates.finish updates.hold updates.line updates.more updates.overdue updates.proposal
        updates.sent updates.statement updates.still updates.tell updates.unable updates.victims updates.view
        updates.where
    """,
    Surface.AGENDA: """
        agendas.item agendas.urgent
    """,
    Surface.MEETING: """
        meetings.attendance meetings.decide meetings.information meetings.observers meetings.tell
    """,
    Surface.CHOICES: """
        cases.conflict updates.enter updates.invite updates.list
    """,
    Surface.PANEL: """
        panels.agency.save panels.cancel panels.live panels.move panels.new panels.offset panels.pick
        panels.schedule panels.series panels.settings panels.sittings
    """,
}
# Views that are not forms, by their callback_id. Those without a name are sentences, or lists of the panel's own.
VIEWS = {
    Surface.BRIEFING: """
        agendas.briefing
    """,
    Surface.RECORD: """
        cases.record
    """,
    Surface.REFERRAL: """
        referrals.list referrals.mine referrals.sections referrals.sign_off referrals.told
    """,
    Surface.ACTION: """
        actions.one
    """,
    Surface.ACTION_LIST: """
        actions.cases actions.checks actions.list
    """,
    Surface.OWN_UPDATE: """
        updates.sections updates.sitting
    """,
    Surface.AGENDA: """
        agendas.overdue agendas.standing agendas.view
    """,
    Surface.MEETING: """
        meetings.attending meetings.case meetings.closed meetings.record meetings.sitting meetings.statement
    """,
    Surface.MINUTES: """
        meetings.minutes
    """,
    Surface.COUNTS: """
        updates.board
    """,
    Surface.CHOICES: """
        cases.choose updates.invitations
    """,
    Surface.PANEL: """
        panels.dates panels.mine panels.offsets panels.people
    """,
}
# What the relay sends or draws anew.
NOTICES = {
    Surface.MESSAGE: """
        absent actions.agreed actions.circulated actions.cleared actions.escalate actions.told agenda
        agenda_acting agenda_approved agenda_part cancelled cases.conflict cases.possible cases.proposed cover digest health
        late_papers live minutes minutes_draft minutes_waiting moved out_of_cycle precheck previewable record
        record_open redraw referrals.added referrals.alert referrals.call referrals.called_urgent
        referrals.closed referrals.decided referrals.missed_list referrals.sign_off referrals.to_triage
        referrals.voice remove replanned restarted seated sit_again telling undelivered unreached unseated
        updates.added updates.after_agenda updates.answered updates.invitation updates.joined
        updates.late_paper updates.list updates.new_victim updates.no_list updates.nobody updates.remind
        updates.requested updates.urgent updates.waiting updates_closed video
    """,
    Surface.HOME: """
        home
    """,
}
# What the web server answers, by the name of its handler.
ROUTES = {Surface.PAGE: "ask answer"}


def whole(button: str) -> str:
    """The name under which a button stands here: without the direction in which it turns the page."""
    return button.removesuffix(".back").removesuffix(".next")


def surface_of(names: Mapping[Surface, str]) -> Mapping[str, Surface]:
    """Name → surface. Raises AssertionError where one name stands under two."""
    pairs = [(name, surface) for surface, text in names.items() for name in _split(text)]
    assert len(pairs) == len(dict(pairs)), "a name stands under two surfaces"
    return dict(pairs)


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.split(";")] if text.startswith("/") else text.split()
