"""What somebody typed into a form that was not saved: kept for them alone, encrypted, and offered when they open the
form again. Nothing is put into a box unasked, and nothing where the panel keeps references only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlmodel import col, delete

from commands.kit.about import About, load
from commands.kit.answers import Answer, Back, Replace, Show
from commands.kit.blocks import Block, actions, button, section
from commands.kit.deliver import KEPT, MOST_BLOCKS
from commands.kit.errors import NoSuchThing
from commands.kit.fields import ELEMENT
from commands.kit.forms import Form, offered_by
from commands.kit.meetings import settings_of, today
from commands.kit.turn import Request, Turn
from panel.settings import Content
from storage.tables import Draft, Panel
from storage.work import UnitOfWork

OFFER = "draft"  # the block that offers it
BACK, GONE = "kit.draft.back", "kit.draft.gone"
PLACES = ("row", "case", "action", "referral", "request", "meeting", "agency", "code")  # what a form may be for
INITIAL = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
}  # a tick is never made for somebody, and what was searched for is searched again


def keep(work: UnitOfWork, panel: Panel, form: type[Form], request: Request) -> None:
    """Keep what was typed, in place of what was kept of this form before. Only a form with words of their own is worth
    it: a few choices are soon made again."""
    assert panel.id is not None and request.view is not None
    if settings_of(panel).content is Content.REFERENCES_ONLY or not form.keeps(request.view):
        return
    answers = _typed(request.view)
    if not any(entry.get("value") and entry.get("type") == "plain_text_input" for entry in answers.values()):
        return
    forget(work, panel, form.name, request)
    work.add(
        Draft(
            panel_id=panel.id, user_id=request.user, form=form.name, about=_place(request.about), answers=answers,
            at=work.now,
        )
    )  # fmt: skip


def forget(work: UnitOfWork, panel: Panel, form: str, request: Request) -> None:
    """The form was saved: what was kept of it before goes."""
    place = {"panel_id": panel.id, "user_id": request.user, "form": form, "about": _place(request.about)}
    for draft in work.rows(Draft, **place):
        work.session.delete(draft)
    work.session.flush()


def purge(work: UnitOfWork, panel: Panel) -> None:
    """What nobody came back for goes after the panel's number of days."""
    before = work.now - timedelta(days=settings_of(panel).retention.draft_days)
    work.session.exec(delete(Draft).where(col(Draft.panel_id) == panel.id, col(Draft.at) < before))


def offered(turn: Turn, answer: Answer, forms: Mapping[str, type[Form]]) -> Answer:
    """The answer; where it opens a form of which something was kept, with the offer to put it back."""
    if not isinstance(answer, Show | Replace | Back) or answer.view["callback_id"] not in forms:
        return answer
    if turn.request.action_id == BACK:
        return answer
    about = load(answer.view["private_metadata"])
    if about is None or about.panel is None:
        return answer
    place = {"panel_id": about.panel, "user_id": turn.user, "form": answer.view["callback_id"], "about": _place(about)}
    draft = next(iter(turn.work.rows(Draft, **place)), None)
    if draft is None:
        return answer
    blocks = [*_offer(turn, draft), *answer.view["blocks"]]
    return replace(answer, view=answer.view | {"blocks": blocks}) if len(blocks) < MOST_BLOCKS else answer


def _offer(turn: Turn, draft: Draft) -> list[Block]:
    about = About(panel=draft.panel_id, row=draft.id)
    said = turn.say("kit/draft", draft=draft, day=today(turn.panel, draft.at))
    buttons = (button("Put it back", BACK, about), button("Throw it away", GONE, about))
    return [section(said), actions(*buttons, block_id=OFFER)]


def put_back(turn: Turn) -> Answer:
    """The same form with what was kept in it; a question they have answered meanwhile stays as it is."""
    draft = _theirs(turn)
    view = _without_offer(turn)
    now = _typed(turn.request.view or {})
    blocks = [_filled(block, draft.answers or {}, now, f"{ELEMENT}.draft{draft.id}") for block in view["blocks"]]
    return Replace(view | {"blocks": blocks})


def throw_away(turn: Turn) -> Answer:
    """Gone, and the form as they see it."""
    turn.work.session.delete(_theirs(turn))
    turn.work.session.flush()
    return Replace(_without_offer(turn))


def _theirs(turn: Turn) -> Draft:
    draft = turn.work.get(Draft, turn.about.row)
    view = turn.request.view
    if view is None or (draft.user_id, draft.panel_id, draft.form) != (turn.user, turn.panel.id, view["callback_id"]):
        raise NoSuchThing
    about = load(view["private_metadata"])
    if about is None or _place(about) != draft.about:
        raise NoSuchThing
    return draft


def _without_offer(turn: Turn) -> Block:
    """The form as it was drawn: above the offer stands nothing but the panel's stamp, which comes anew."""
    view = turn.request.view or {}
    offer = next(place for place, block in enumerate(view["blocks"]) if block.get("block_id") == OFFER)
    return {name: view[name] for name in KEPT if view.get(name)} | {"blocks": view["blocks"][offer + 1 :]}


def _filled(block: Block, kept: Mapping[str, Any], now: Mapping[str, Any], anew: str) -> Block:
    """A question with what was kept in it, or what they see in it now: Slack shows an initial answer only under an id
    that it does not know yet (`anew`)."""
    if block["type"] != "input" or not block["element"]["action_id"].startswith(ELEMENT):
        return block
    element = block["element"] | {"action_id": anew}
    read, write = INITIAL.get(element["type"], ("", ""))
    shown = now.get(block["block_id"], {}).get(read)
    touched = shown and shown != element.get(write)
    answer = _possible(element, shown if touched else kept.get(block["block_id"], {}).get(read) or shown)
    return block | {"element": {**element, write: answer} if answer else element}


def _possible(element: Block, answer: Any) -> Any:
    """The answer, as far as the question still offers it."""
    choices = offered_by(element)
    if isinstance(answer, list):
        return [choices[one["value"]] for one in answer if one["value"] in choices]
    if isinstance(answer, dict):
        return choices.get(answer["value"])
    return answer


def _typed(view: Block) -> dict[str, Any]:
    """The answers that Slack sent, by question."""
    states = view.get("state", {}).get("values", {})
    return {name: entry for name, by_id in states.items() for entry in by_id.values() if any(entry.values())}


def _place(about: About) -> str:
    return About(**{name: getattr(about, name) for name in PLACES}).dump()
