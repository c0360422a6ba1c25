"""Every word, button, form, view, notice and page of the product, under the surface of the table that it opens.

A name that is missing here fails a test: say to which surface it belongs, and the table says who reads what there. The
buttons to other pages (`….back`, `….next`) are named once, without their ending.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.matrix.table import Surface

# A word stands as it is typed; the bare command by itself.
WORDS = {
    Surface.PANEL: "/panel; /panel schedule; /panel move; /panel cancel; /panel people; /panel settings;"
    " /panel live; /panel new; /panel declare; /panel me; /panel declarations; /panel records;"
    " /panel catalogue; /panel audit; /panel agreements",
    Surface.CHOICES: "/panel case; /panel glass; /panel conflict; /panel invite; /panel enter; /panel list;"
    " /panel urgent;"
    " /panel ended",
    Surface.REFERRAL: "/panel triage; /panel referrals; /refer; /refer mine",
    Surface.COUNTS: "/panel board; /panel health; /panel advice; /panel cohort; /actions import; /actions why",
    Surface.MEETING: "/panel record; /panel meeting",
    Surface.IN_WRITING: "/panel proposed",
    Surface.MINUTES: "/panel minutes",
    Surface.OWN_UPDATE: "/update; /update intelligence",
    Surface.SHEET: "/panel sheet; /panel print",
    Surface.CALENDAR: "/panel calendar",
    Surface.ACTION_LIST: "/actions; /actions agency; /actions all; /actions checks; /actions add; /actions propose",
    Surface.AGENDA: "/agenda",
}
BUTTONS = {
    Surface.BRIEFING: """
        agendas.open agendas.page pages.pack
    """,
    Surface.RECORD: """
        cases.at_risk cases.at_risk.add cases.background cases.breach cases.child cases.child.add cases.date
        cases.date.add cases.equality cases.facts cases.forums cases.need.housing cases.need.mental_health
        cases.need.substance cases.need.work cases.open cases.order cases.order.add cases.pair cases.possible
        cases.possible.show cases.ppit cases.ppit.add cases.primary cases.propose cases.requirement cases.safe
        cases.same cases.seal cases.seal.lift cases.seal.list cases.seal.name cases.seal.off cases.seal.part
        cases.section.course cases.section.evidence cases.section.orders cases.section.people
        cases.section.subject cases.score cases.score.history cases.score.more cases.scores.settings cases.staff
        cases.talk cases.tool cases.turn cases.victim cases.victim.add cases.voice life.choose life.death.open
        life.death.subject life.death.victim life.ending.open life.flag.open life.flag.set life.follow_up.open
        life.merge.open life.own_plans.open life.pathway.open life.settings.open life.status.open
        meetings.settings.open
        life.transfer.accept life.transfer.answer life.transfer.link life.transfer.open life.transfer.receive
        life.transfer.refuse life.transfer.turn life.view.open
    """,
    Surface.TIMELINE: """
        life.timeline life.timeline.turn
    """,
    Surface.REFERRAL: """
        referrals.call_urgent referrals.cohort referrals.cohort.open referrals.cohort.order referrals.identify
        referrals.intake referrals.intake.enter referrals.kept referrals.kept.accepted referrals.kept.deferred
        referrals.kept.not_accepted referrals.kept.open referrals.kept.waiting referrals.late
        referrals.late.this referrals.link referrals.mine referrals.mine.open referrals.more.activity
        referrals.more.aware referrals.more.basis referrals.more.correction referrals.more.court
        referrals.more.forums referrals.more.mappa referrals.more.marac referrals.more.mash
        referrals.more.narrative referrals.more.pattern referrals.more.ppit referrals.more.release
        referrals.more.rfg referrals.more.risk referrals.more.safety referrals.more.situation
        referrals.more.transfer referrals.more.voice referrals.open referrals.outcome referrals.sections
        referrals.sections.open referrals.sign_off referrals.sign_off.ask referrals.sign_off.sign
        referrals.told referrals.told.turn referrals.triage referrals.triage.open referrals.turn
        referrals.unlink referrals.verified referrals.voice referrals.works_here
    """,
    Surface.ACTION: """
        actions.acknowledge actions.add actions.agree actions.confirm actions.done actions.edit
        actions.for
        actions.end.agree actions.end.cancel actions.end.keep_on actions.end.not_possible
        actions.hour actions.for_what
        actions.end.supersede actions.not_done actions.not_mine
        actions.noticed
        actions.open actions.proceed actions.progress actions.propose actions.propose.check reminders.answer
        actions.propose.disclosure actions.query actions.reason actions.reassign actions.reopen
        actions.snooze actions.start actions.time
        actions.time.give actions.time.refuse actions.turn
    """,
    Surface.CHECK: """
        actions.check actions.check_for actions.picture
    """,
    Surface.ACTION_LIST: """
        actions.agency actions.all actions.bulk.agency actions.bulk.case actions.bulk.late actions.bulk.open
        actions.bulk.page actions.bulk.what actions.case_page actions.case_swap actions.checks actions.checks_page
        actions.checks_swap actions.mine actions.page actions.swap.agency actions.swap.agency_ended
        actions.swap.all actions.swap.mine actions.swap.mine_ended
    """,
    Surface.OWN_UPDATE: """
        updates.basis
        updates.advice updates.advice.open updates.advice.theirs updates.agency updates.ahead.open updates.change
        updates.earlier
        updates.facing.open updates.factors.open updates.for_police.open updates.hours.open
        updates.intelligence updates.known updates.line.open updates.menu updates.mini.open updates.more.open
        updates.no_list updates.no_trace updates.note.open updates.open updates.ours updates.ours.change
        updates.ours.done updates.ours.earlier updates.ours.open updates.ours.withdraw updates.overdue.open
        updates.page updates.police_answer.open updates.profile.open updates.profile.page updates.profile.read
        updates.proposal.open updates.sections updates.sections.open updates.still.open updates.tell.open
        updates.victims.open updates.view.open updates.where.open updates.working.open
    """,
    Surface.AGENDA: """
        agendas.acting agendas.all_by_report agendas.approve agendas.by_report agendas.call agendas.chair_back
        agendas.cross agendas.cross_page agendas.deputy_chairs agendas.emergency agendas.emergency.again
        agendas.in_the_room agendas.issue_again agendas.item agendas.marking agendas.mini agendas.not_acting
        agendas.overdue agendas.overdue_page agendas.returns agendas.returns_page agendas.standing
        agendas.told agendas.turn agendas.view
        agendas.was_held
    """,
    Surface.MEETING: """
        meetings meetings.amend meetings.attendance meetings.attendance.edit meetings.attended meetings.break
        meetings.case meetings.chaired meetings.close meetings.confirm meetings.decide meetings.delegate meetings.end
        meetings.hub meetings.information meetings.not_reached meetings.observers meetings.open_sitting
        meetings.previous meetings.ratify meetings.read_for_case meetings.record meetings.resume meetings.sit
        meetings.start meetings.statement meetings.tell meetings.told meetings.turn meetings.unchaired
        meetings.was_read
    """,
    Surface.IN_WRITING: """
        meetings.answer_for
        meetings.answer meetings.decide_in_writing meetings.propose meetings.proposed.to_list meetings.proposed.case
        meetings.proposed.list meetings.proposed.open meetings.proposed.show
    """,
    Surface.MINUTES: """
        meetings.approve_minutes meetings.draft_again meetings.minutes
    """,
    Surface.SUMMARY: """
        meetings.summary
    """,
    Surface.SHEET: """
        meetings.sheet meetings.sheets pages.sheet pages.sheets
    """,
    Surface.CALENDAR: """
        pages.calendar.end pages.calendar.make
    """,
    Surface.COUNTS: """
        actions.bring.more actions.bring_page cases.equality.counts reminders.why reminders.figures
        reminders.steering updates.board updates.board.open updates.remind
    """,
    Surface.CHOICES: """
        cases.choose cases.find life.find_ended life.waits
        cases.conflict.open cases.conflict.show updates.agree updates.decline updates.enter.open
        updates.invitations updates.invite.open updates.list.open updates.which updates.without_list
    """,
    Surface.PANEL: """
        audit.log.open audit.review audit.settings.open
        panels.agreement panels.agreements
        access.attest.all access.attest.one access.glass.end access.glass.look access.numbers.open access.openings
        access.seats audit.find audit.log audit.log.all
        actions.gate.open actions.leeway.open kit.draft kit.draft.gone kit.undelivered panels.agency panels.agency.add
        panels.also panels.also.add panels.also.own panels.answering panels.cut_offs panels.dates
        actions.types.add actions.types.change actions.types.find actions.types.lever actions.types.lighter
        actions.types.page actions.types.retire actions.types.standard
        panels.mailbox panels.mailbox.add reminders.ladder reminders.ladder.day reminders.ladder.days
        reminders.ladder.default reminders.ladder.ends
        panels.declarations panels.declare panels.let_in panels.mine panels.move.anyway panels.offset
        panels.leave.add panels.leave.change panels.leave.take_back panels.leaves
        panels.on_paper
        panels.people panels.pick panels.pick.chair panels.pick.coordinator panels.pick.deputy_chair
        panels.pick.information_governance panels.pick.observer panels.pick.steering panels.plan panels.series
        panels.sittings panels.unseat
        records.consult.answer records.consult.ask records.consult records.consult.open records.decide.open
        records.erase records.extend.open records.pack records.pieces records.pieces.open records.request.again
        records.request.close records.request.open records.request.route records.request.show records.requests
        records.requests.open
        records.clocks.open records.copies.open records.due records.due.approve records.due.open
        records.due.take_back records.hold.lift records.hold.open records.holds records.holds.open
    """,
}
FORMS = {
    Surface.RECORD: """
        cases.at_risk cases.background cases.breach cases.child cases.date cases.equality cases.facts
        cases.forums cases.need cases.order cases.pair cases.possible cases.ppit cases.primary cases.propose
        cases.requirement cases.safe cases.same cases.score cases.seal cases.seal.name
        cases.seal.part cases.score.more cases.scores.settings cases.staff
        cases.talk cases.tool cases.victim cases.voice life.accept life.ending life.follow_up life.merge
        life.own_plans life.pathway life.refuse life.settings life.status life.transfer life.transfer_answer
        meetings.settings
        life.view
    """,
    Surface.REFERRAL: """
        referrals.identify referrals.intake.enter referrals.more.activity referrals.more.aware
        referrals.more.basis referrals.more.correction referrals.more.court referrals.more.forums
        referrals.more.mappa referrals.more.marac referrals.more.mash referrals.more.narrative
        referrals.more.pattern referrals.more.ppit referrals.more.release referrals.more.rfg
        referrals.more.risk referrals.more.safety referrals.more.situation referrals.more.transfer
        referrals.more.voice referrals.refer referrals.triage
    """,
    Surface.ACTION: """
        actions.for actions.hour actions.for_what
        actions.add actions.done actions.edit actions.end actions.keep_date actions.not_done actions.noticed
        actions.proceed
        actions.progress actions.propose actions.query actions.reason actions.reassign actions.reopen
        actions.snooze actions.time
        actions.bulk actions.bulk_confirm actions.bulk_move actions.bulk_pass
        reminders.not_mine
    """,
    Surface.CHECK: """
        actions.check actions.check_for actions.picture
    """,
    Surface.OWN_UPDATE: """
        updates.basis.save
        updates.advice.followed updates.ahead updates.facing updates.factors updates.finish updates.for_police
        updates.hold
        updates.hours updates.line updates.mini updates.more updates.note updates.overdue
        updates.police_answer updates.profile updates.proposal updates.sent updates.statement updates.still
        updates.tell updates.unable updates.victims updates.view updates.where updates.working
    """,
    Surface.AGENDA: """
        agendas.call agendas.item agendas.marking agendas.mini agendas.urgent
    """,
    Surface.MEETING: """
        meetings.amend meetings.attendance meetings.decide meetings.delegate meetings.information
        meetings.observers meetings.tell
    """,
    Surface.IN_WRITING: """
        meetings.answer meetings.answer_for meetings.propose
    """,
    Surface.COUNTS: """
        actions.bring
    """,
    Surface.CHOICES: """
        access.glass cases.conflict updates.enter updates.invite updates.list
    """,
    Surface.PANEL: """
        audit.review.save audit.settings
        panels.agreement.save
        access.glass.finding access.numbers
        audit.find.save
        actions.gate actions.leeway reminders.days reminders.ends panels.agency.save panels.cancel
        panels.declare panels.live panels.move panels.new panels.offset
        panels.pick panels.schedule panels.series panels.settings panels.sittings panels.also panels.answering
        panels.on_paper
        panels.mailbox panels.leave.save actions.lighter actions.type
        records.clocks records.copies records.hold records.request records.extend records.decide records.consulted
    """,
}
# Views that are not forms, by their callback_id. Those without a name are sentences, or lists of the panel's own.
VIEWS = {
    Surface.BRIEFING: """
        agendas.briefing
    """,
    Surface.RECORD: """
        cases.rankings cases.record cases.seal.list life.death life.ended life.flag life.pack
    """,
    Surface.TIMELINE: """
        life.timeline
    """,
    Surface.REFERRAL: """
        referrals.cohort referrals.intake referrals.kept referrals.list referrals.mine referrals.sections
        referrals.sign_off referrals.told
    """,
    Surface.ACTION: """
        actions.one
    """,
    Surface.ACTION_LIST: """
        actions.cases actions.checks actions.list
    """,
    Surface.OWN_UPDATE: """
        updates.advice updates.intelligence updates.sections updates.sitting
    """,
    Surface.AGENDA: """
        agendas.cross agendas.emergency agendas.overdue agendas.returns agendas.standing agendas.view
    """,
    Surface.MEETING: """
        meetings.attending meetings.case meetings.closed meetings.record meetings.sitting meetings.statement
    """,
    Surface.IN_WRITING: """
        meetings.proposed meetings.proposed_list
    """,
    Surface.MINUTES: """
        meetings.minutes
    """,
    Surface.SUMMARY: """
        meetings.summary
    """,
    Surface.SHEET: """
        meetings.sheet pages.purpose pages.sheets
    """,
    Surface.CALENDAR: """
        pages.calendar
    """,
    Surface.COUNTS: """
        cases.equality.counts updates.board
    """,
    Surface.CHOICES: """
        cases.choose life.waits updates.invitations
    """,
    Surface.PANEL: """
        panels.agreements
        access.opened access.openings access.seats
        audit.log
        actions.types records.due records.holds records.requests records.request.view records.pieces records.consult
        panels.dates panels.declared panels.leaves panels.mine panels.offsets panels.people reminders.ladder
    """,
}
# What the relay sends or draws anew.
NOTICES = {
    Surface.MESSAGE: """
        access.attest access.glass access.glass_found access.left access.on_hold
        absent agreement audit.alert actions.advise actions.agreed actions.brought actions.bulk actions.circulated
        actions.cleared
        actions.escalate actions.lighter
        actions.told agenda agenda_acting agenda_approved agenda_part answered called cancelled
        cases.closed_to_you cases.conflict cases.possible cases.proposed cases.sealed cases.sealed_part
        referrals.sealed_match cover declaration digest digest_anew
        health late_papers life.death life.end_record
        life.flag life.flag_ends life.follow_up life.forward life.offered life.reviews_moved
        life.transfer_answered life.view_asked live mailbox minutes minutes_draft minutes_waiting moved out_of_cycle
        precheck previewable proposed_due proposed_over proposed_ready proposed_told
        reached_again record record_open records.consult records.due records.request
        records.review redraw
        referrals.added referrals.alert referrals.call
        referrals.called_urgent referrals.closed referrals.decided referrals.late referrals.missed_list
        referrals.sign_off referrals.to_triage referrals.voice remove replanned restarted seated sit_again
        telling undelivered unreached unseated updates.added updates.advice updates.after_agenda
        updates.answered updates.for_police updates.invitation updates.joined updates.late_paper updates.list
        updates.no_list updates.nobody updates.police_answer updates.remind updates.requested updates.urgent
        updates.waiting updates_closed video
    """,
    Surface.HOME: """
        home
    """,
}
# What the web server answers, by the name of its handler.
ROUTES = {Surface.PAGE: "ask answer", Surface.CALENDAR: "feed list one"}
BY_SLACK = {"_asked"}  # it answers Slack there with the views that have their surfaces above, as over a socket


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
