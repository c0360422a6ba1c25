"""One person's turn: a command, a press or a submission, inside its transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from slack_bolt import App

from commands.kit.about import About, load
from commands.kit.blocks import Block
from commands.kit.case_sections import CaseSection
from commands.kit.errors import NoSuchThing, NotAllowed
from commands.kit.notices import NoticeKind
from commands.kit.words import Words
from panel.access import Person, Refused, Thing, Verb, may
from panel.grants import Holder
from storage.tables import Case, Meeting, Panel
from storage.work import UnitOfWork

T = TypeVar("T")


class Desk(Protocol):
    """What a listener reaches through its turn: `kit.service` is the one."""

    @property
    def app(self) -> App: ...

    @property
    def words(self) -> Words: ...

    @property
    def notices(self) -> Mapping[str, NoticeKind]: ...

    @property
    def surfaces(self) -> Mapping[str, Callable[[Turn], Block]]: ...

    @property
    def case_changes(self) -> Sequence[Callable[[Turn, Case, bool], None]]: ...

    @property
    def case_parts(self) -> Sequence[tuple[CaseSection | None, Callable[[Turn, Case, About], list[Block]]]]: ...

    @property
    def case_states(self) -> Sequence[tuple[CaseSection, Callable[[Turn, Case], str]]]: ...

    @property
    def case_doors(self) -> Sequence[Callable[[Turn, Case, About], list[Block]]]: ...

    @property
    def address(self) -> str | None: ...

    @property
    def has_mail(self) -> bool: ...

    @property
    def cut_offs(self) -> Mapping[str, Sequence[Callable[[UnitOfWork, Panel, Meeting], None]]]: ...

    def hints(self, command: str) -> Mapping[str, Mapping[str, str]]:
        """The words after a command, each with what it does."""

    def turn_of(self, work: UnitOfWork, panel: Panel, user: str, about: About) -> Turn:
        """The turn of somebody who has a view open, when it is drawn without their asking."""


@dataclass(frozen=True)
class Request:
    """What Slack sent, read into plain values once."""

    surface: str  # command, message, modal, home, submission or suggestion
    enterprise: str
    team: str
    user: str
    trigger: str | None
    about: About
    channel: str | None = None
    message_ts: str | None = None
    view: Block | None = None
    text: str = ""  # after a command; never logged
    action_id: str = ""
    value: str = ""  # a button's value, as sent; what was typed into a search, which is never kept
    block_id: str = ""  # of a search
    chosen: str | None = None  # what a menu, a picker or an overflow was set to
    response_url: str | None = None
    readable: bool = True  # False: what it is about could not be read, so nothing is done

    @property
    def once(self) -> str:
        """The name under which this very press or submission is answered once."""
        if self.view is not None:
            return f"{self.view['id']}:{self.view['hash']}:{self.action_id}:{self.value}:{self.chosen or ''}"
        return f"{self.channel}:{self.message_ts}:{self.user}:{self.action_id}:{self.value}"


def read(body: dict[str, Any]) -> Request:
    """A Slack payload of any of the kinds we listen to, as a Request."""
    if "command" in body:
        return Request(
            "command", body.get("enterprise_id") or "", body["team_id"], body["user_id"], body["trigger_id"], About(),
            channel=body["channel_id"], text=(body.get("text") or "").strip(), action_id=body["command"],
            response_url=body.get("response_url"),
        )  # fmt: skip
    who = (
        (body.get("enterprise") or {}).get("id") or "",
        (body.get("team") or body["user"])["id"],
        body["user"]["id"],
    )
    view = body.get("view")
    if body["type"] == "block_suggestion":
        return _suggestion(body, who)
    if body["type"] != "block_actions":
        assert view is not None
        about = load(view["private_metadata"])
        return Request(
            "submission", *who, body.get("trigger_id"), about or About(), view=view, readable=about is not None
        )
    action = body["actions"][0]
    surface = "message" if view is None else "home" if view["type"] == "home" else "modal"
    chosen = _chosen(action)
    value = action.get("value") or ""
    about = load(value or (chosen if chosen and chosen.startswith("{") else ""))
    return Request(
        surface, *who, body.get("trigger_id"), about or About(), readable=about is not None,
        channel=(body.get("channel") or {}).get("id"), message_ts=(body.get("container") or {}).get("message_ts"),
        view=view, action_id=action["action_id"], value=value, chosen=chosen, response_url=body.get("response_url"),
    )  # fmt: skip


def _suggestion(body: dict[str, Any], who: tuple[str, str, str]) -> Request:
    """Somebody types into a search of a view."""
    view = body.get("view") or {}
    about = load(view.get("private_metadata"))
    return Request(
        "suggestion", *who, None, about or About(), view=view, action_id=body["action_id"], value=body["value"],
        block_id=body["block_id"], readable=about is not None,
    )  # fmt: skip


def _chosen(action: dict[str, Any]) -> str | None:
    option = action.get("selected_option")
    if option:
        return str(option["value"])
    picked = action.get("selected_user") or action.get("selected_date") or action.get("selected_conversation")
    return str(picked) if picked else None


@dataclass
class Turn:
    """What a listener works with: the transaction, the panel, and who is asking."""

    service: Desk
    request: Request
    work: UnitOfWork
    panel: Panel
    person: Person
    acting: bool = False  # whether anything in this turn was allowed to them in the chair's place

    @property
    def user(self) -> str:
        return self.request.user

    @property
    def about(self) -> About:
        return self.request.about

    def code(self, means: Callable[[str], T]) -> T:
        """What the code of this view or button means. Raises NoSuchThing when it means nothing here: it comes from an
        older release, or was tampered with."""
        try:
            return means(self.about.code or "")
        except (ValueError, LookupError):
            raise NoSuchThing from None

    def case(self, key: int | None = None) -> Case:
        """The case that the view or button is about, or the one with this key. Raises NoSuchThing for another
        panel's."""
        case = self.work.get(Case, self.about.case if key is None else key)
        if case.panel_id != self.panel.id:
            raise NoSuchThing
        return case

    def need(self, verb: Verb, thing: Thing) -> None:
        """Go on only if this person may; raises NotAllowed with the reason otherwise."""
        verdict = may(self.person, verb, thing)
        if isinstance(verdict, Refused):
            raise NotAllowed(reason=verdict.reason)
        self.acting = self.acting or (verdict.by is Holder.CHAIR and self.person.deputises)
        if verdict.by is Holder.BREAK_GLASS:
            self.person = replace(self.person, in_emergency=True)

    def audit(self, verb: str, thing: str, *, case_id: int | None = None, **details: Any) -> None:
        """An audit row in this person's name, which says so where they act as chair or opened a case in an emergency.
        `details`: ids, codes and counts only."""
        if self.acting:
            details["acting"] = "chair"
        if self.person.in_emergency:
            details["break_glass"] = True
        self.work.audit(
            verb,
            thing,
            by=self.user,
            surface=self.request.surface,
            panel_id=self.panel.id,
            case_id=case_id,
            **details,
        )

    def say(self, template: str, **facts: Any) -> str:
        """A sentence of `templates/`."""
        return self.service.words(template, zone=self.panel.timezone, **facts)
