"""The sections of one referral: which have been told, a form for each, and everything that was told, in order."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.about import About
from commands.kit.answers import Answer, Replace, Show, Wrong
from commands.kit.beneath import back_to
from commands.kit.blocks import Block, actions, button, context, divider, header, section
from commands.kit.errors import NoSuchThing
from commands.kit.meetings import today
from commands.kit.text import weekday
from commands.kit.turn import Turn
from commands.kit.views import paged
from commands.referrals import additions, identify, sign_off
from commands.referrals.catalogue import SECTIONS
from commands.referrals.facts import accepted_as, state_of
from commands.referrals.matches import linked_case
from commands.referrals.section import Section, said
from commands.referrals.triage import answers_of, day_of
from panel.access import Verb, may
from storage.tables import Case, Referral, ReferralAddition

HUB = "referrals.sections"


def open_hub(turn: Turn) -> Answer:
    """The list of sections."""
    return Show(view(turn))


def turn_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    return Replace(view(turn))


def view(turn: Turn) -> Block:
    """Which sections there are and which have been told, without a word of what was told."""
    referral = additions.ours(turn)
    about = About(panel=turn.panel.id, referral=referral.id, page=turn.about.page)
    told = {row.section: row for row in additions.rows(turn.work, referral)}
    routes = additions.routes_of(referral)
    evidence = [form for form in SECTIONS.values() if form.routes & routes]
    others = [form for form in SECTIONS.values() if not form.routes]
    top = [header(referral.ref), section(turn.say("referrals/sections", referral=referral, state=state_of(referral)))]
    if told:
        top.append(actions(button("Read what was added", "referrals.told", about.but(page=None))))
    parts = [
        top,
        *_listed(turn, "What its route brings", evidence, told, about),
        sign_off.row(turn, referral, about.but(page=None)) if sign_off.needed(referral) else [],
        [identify.row(turn, referral, about.but(page=None))],
        *_listed(turn, "What else helps", others, told, about),
    ]
    return paged("More on a referral", parts, about, HUB, name=HUB)


def _listed(
    turn: Turn, heading: str, forms: Sequence[type[Section]], told: dict[str, ReferralAddition], about: About
) -> list[list[Block]]:
    if not forms:
        return []
    rows = [[_row(turn, form, told.get(form.section), about)] for form in forms]
    return [[divider(), context(f"*{heading}*: each is optional and saved on its own")], *rows]


def _row(turn: Turn, form: type[Section], last: ReferralAddition | None, about: About) -> Block:
    when = f"Told on {weekday(day_of(turn, last))}" if last else form.asks
    label = "Add more" if last else "Add"
    return section(f"*{form.title}*\n{when}", button(label, form.name, about.but(page=None, code=form.section)))


def open_section(turn: Turn) -> Answer:
    """Its form, with what this person told before above the boxes: nothing of it is changed by saving."""
    form = turn.code(SECTIONS.__getitem__)
    referral = additions.may_be_added_to(turn, always=form.always)
    earlier = [row for row in additions.rows(turn.work, referral, form.section) if row.by_user == turn.user]
    if earlier:
        turn.audit("opened", f"referral:{referral.id}", case_id=referral.case_id, section=form.section)
    before: list[Block] = []
    for row in earlier[-1:]:
        before = [context(f"*You told on {weekday(day_of(turn, row))}*"), *said(form, row.answers or {}), divider()]
    offers = form.offers(turn)
    without = [name for name, choices in offers.items() if not choices]
    about = About(panel=turn.panel.id, referral=referral.id, code=form.section)
    return Show(form.draw(about, before=before, choices=offers, without=without))


def save(turn: Turn, form: Section) -> Answer:
    """Keep it beside what was told before, and show the list anew."""
    referral = additions.may_be_added_to(turn, always=form.always)
    for name in form.happened:
        day = getattr(form, name)
        if day is not None and day > today(turn.panel, turn.work.now):
            return Wrong({name: "This day has not come yet. Choose the day on which it happened."})
    row = additions.add(turn, referral, form.section, form.told())
    if form.kept_apart:
        additions.tell_voice(turn, referral, row)
    form.follow(turn, referral)
    return back_to(turn, HUB, About(panel=turn.panel.id, referral=referral.id))


# -- reading


def read(turn: Turn) -> Answer:
    """Everything that was added, in order. The look is audited."""
    return Show(_told(turn))


def read_page(turn: Turn) -> Answer:
    """Another page of it, in its place."""
    return Replace(_told(turn))


def _told(turn: Turn) -> Block:
    referral = additions.ours(turn)
    turn.audit("opened", f"referral:{referral.id}", case_id=referral.case_id, section="added")
    return _reading(turn, referral, _readable(turn, referral), answers_of(turn, referral))


def read_voice(turn: Turn) -> Answer:
    """What a victim wants, for the chair and the victim service."""
    referral = turn.work.get(Referral, turn.about.referral)
    if referral.panel_id != turn.panel.id:
        raise NoSuchThing
    turn.need(Verb.READ_VICTIMS_VIEWS, additions.seen_as(turn.work, referral))
    turn.audit("opened", f"referral:{referral.id}", case_id=referral.case_id, section="voice")
    return Show(_reading(turn, referral, additions.rows(turn.work, referral, "voice")))


def _readable(turn: Turn, referral: Referral) -> list[ReferralAddition]:
    """Whoever only sent the referral reads what they told themselves; what a victim wants is kept apart."""
    triages = bool(may(turn.person, Verb.TRIAGE, additions.seen_as(turn.work, referral)))
    voice = additions.reads_voice(turn, referral)
    found = additions.rows(turn.work, referral)
    return [row for row in found if row.by_user == turn.user or (voice if _apart(row) else triages)]


def _apart(row: ReferralAddition) -> bool:
    form = SECTIONS.get(row.section)
    return form is not None and form.kept_apart


def _reading(turn: Turn, referral: Referral, shown: Sequence[ReferralAddition], before: Sequence[Block] = ()) -> Block:
    about = About(panel=turn.panel.id, referral=referral.id, page=turn.about.page)
    none = [section("Nothing was added that you may read.")]
    parts = [[header(referral.ref)], before, *([_one(turn, row) for row in shown] or [none])]
    return paged("What was added", parts, about, "referrals.told.turn", name="referrals.told")


def _one(turn: Turn, row: ReferralAddition) -> list[Block]:
    """One addition: its section, its day, who wrote it, and the words."""
    form = SECTIONS.get(row.section)
    if form is None:
        return []
    small = f"*{form.title}* · {weekday(day_of(turn, row))} · by <@{row.by_user}>"
    return [divider(), context(small), *said(form, row.answers or {})]


def counted(turn: Turn, referral: Referral) -> list[Block]:
    """For triage: which sections were told, and the button to read them."""
    shown = _readable(turn, referral)
    hidden = {row.section for row in additions.rows(turn.work, referral)} - {row.section for row in shown}
    titles = [form.title for name, form in SECTIONS.items() if name in {row.section for row in shown}]
    apart = [SECTIONS[name].title for name in hidden if name in SECTIONS]
    about = About(panel=turn.panel.id, referral=referral.id)
    row = [button("Add to it", "referrals.sections.open", about)]
    if titles:
        row.insert(0, button("Read what was added", "referrals.told", about))
    said_so = turn.say("referrals/added_to", titles=titles, apart=apart)
    return [section(said_so), actions(*row)]


def case_part(turn: Turn, case: Case, about: About) -> list[Block]:
    """In the record of a case: the door to the referral it came from."""
    referral = accepted_as(turn.work, case)
    if referral is None:
        return []
    here = About(panel=turn.panel.id, referral=referral.id)
    many = len([row for row in additions.rows(turn.work, referral) if row.section in SECTIONS])
    said_so = turn.say("referrals/case_part", referral=referral, many=many)
    row = [button("Read the referral", "referrals.told", here), button("Add to the referral", f"{HUB}.open", here)]
    return [divider(), section(said_so), *linked_case(turn, referral), actions(*row)]
