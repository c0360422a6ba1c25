"""Before anything listens, by socket or by HTTP: a payload that is not of the shape that Slack sends is let
go, with a line in the log.

What people type is not judged here: only where it stands, and that ids are ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

ENVELOPES = ("events_api", "interactive", "slash_commands")


def _clean(text: str) -> str:
    """An id or a code; raises ValueError for what no database takes."""
    text.encode()
    if "\0" in text or len(text) > LONGEST:
        raise ValueError
    return text


LONGEST = 4_000  # characters of anything but what is typed; private_metadata has 3,000
Id = Annotated[str, AfterValidator(_clean)]
SlackId = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,40}$")]
Trigger = Annotated[str, Field(pattern=r"^[\w.-]{1,200}$")]


class Shape(BaseModel):
    """What must be as it is said; whatever else is there is not looked at."""

    model_config = ConfigDict(strict=True, extra="ignore")


class Named(Shape):
    id: SlackId


class Whence(Shape):
    """Who and where, wherever Bolt looks for it."""

    user: Named | SlackId | None = None
    team: Named | SlackId | None = None
    enterprise: Named | SlackId | None = None
    channel: Named | SlackId | None = None
    authorizations: list[dict[str, Any]] | None = None
    item: Whence | None = None
    message: Whence | None = None
    previous_message: Whence | None = None
    assistant_thread: Whence | None = None


class Option(Shape):
    value: Id


class Group(Shape):
    options: list[Option] = []


class Words(Shape):
    type: Literal["plain_text", "mrkdwn"]
    text: str


class Answer(Shape):
    """What was typed or chosen, of whichever element."""

    value: str | None = None
    selected_option: Option | None = None
    selected_options: list[Option] | None = None
    selected_date: Id | None = None
    selected_time: Id | None = None
    selected_date_time: int | None = None
    selected_user: SlackId | None = None
    selected_conversation: SlackId | None = None


class Pressed(Answer):
    action_id: Id
    value: Id | None = None


class Element(Shape):
    type: Id
    action_id: Id | None = None
    options: list[Option] = []
    option_groups: list[Group] = []


class Asked(Element):
    action_id: Id


class Block(Shape):
    type: Id
    block_id: Id
    text: Words | None = None
    elements: list[dict[str, Any]] = []
    element: Element | None = None


class Question(Block):
    element: Asked


class State(Shape):
    values: dict[Id, dict[Id, Answer]] = {}


class View(Shape):
    id: SlackId
    hash: Trigger
    type: Literal["modal", "home"]
    callback_id: Id
    private_metadata: Id
    previous_view_id: SlackId | None
    root_view_id: SlackId | None
    title: Words | None = None
    blocks: list[Block] = []
    state: State = State()


class Submitted(View):
    callback_id: Id
    title: Words
    blocks: list[Annotated[Question | Block, Field(union_mode="left_to_right")]]


class Command(Whence):
    command: Id
    team_id: SlackId
    user_id: SlackId
    channel_id: SlackId
    trigger_id: Trigger
    text: str | None = None
    enterprise_id: SlackId | None = None
    response_url: Id | None = None


class ByPerson(Whence):
    user: Named
    enterprise: Named | None = None
    team: Named | None = None
    trigger_id: Trigger | None = None


class Place(Shape):
    message_ts: Trigger | None = None


class OnMessage(ByPerson):
    """A press in a message; the answer goes back to where it stands."""

    trigger_id: Trigger
    actions: Annotated[list[Pressed], Field(min_length=1)]
    view: None = None
    channel: Named
    container: Place
    response_url: Annotated[Id, Field(pattern="^https?://")]


class OnView(ByPerson):
    """A press in a modal or in App Home."""

    trigger_id: Trigger
    actions: Annotated[list[Pressed], Field(min_length=1)]
    view: View
    channel: Named | None = None
    container: Place = Place()
    response_url: None = None


class Submission(ByPerson):
    view: Submitted


class Suggestion(ByPerson):
    action_id: Id
    block_id: Id
    value: str
    view: View | None = None


class Closed(ByPerson):
    view: View


class Happened(Whence):
    """Something that nothing of ours listens to, or that says no more than its kind."""

    type: Id


class ByUser(Happened):
    user: SlackId
    channel: SlackId | None = None
    tab: Id | None = None


class Account(Named):
    deleted: bool | None = None


class Changed(Happened):
    user: Account


EVENTS: Mapping[str, type[Happened]] = {
    "app_home_opened": ByUser, "member_left_channel": ByUser, "user_change": Changed,
}  # fmt: skip


class Event(Whence):
    team_id: SlackId
    enterprise_id: SlackId | None = None
    event: Happened


SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "block_actions": TypeAdapter(OnMessage | OnView),
    "view_submission": TypeAdapter(Submission),
    "block_suggestion": TypeAdapter(Suggestion),
    "view_closed": TypeAdapter(Closed),
}
COMMAND = TypeAdapter(Command)


def well_formed(body: Any) -> bool:
    """Whether a payload is one that Slack sends to a bot such as ours."""
    if not isinstance(body, Mapping):
        return False
    kind = body.get("type")
    shape = COMMAND if "command" in body else SHAPES.get(kind) if isinstance(kind, str) else None
    try:
        if kind == "event_callback":
            shape_of_event = EVENTS.get(Event.model_validate(body).event.type, Happened)
            return bool(shape_of_event.model_validate(body["event"]))
        return shape is not None and bool(shape.validate_python(body))
    except ValidationError:
        return False


def admits(app: App, payload: Any) -> bool:
    """Whether anything may touch this payload; where not, the log has a line without anything of it."""
    if not well_formed(payload):
        app.logger.warning("unreadable_payload")
        return False
    return True


class Door(SocketModeHandler):
    """Bolt's handler of the socket, which looks at a payload before it lets anything touch it."""

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        """Pass a payload on; what is none of Slack's is acknowledged, so that it does not come again."""
        if req.type in ENVELOPES and not admits(self.app, req.payload):
            client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
            return
        super().handle(client, req)  # type: ignore[arg-type]  # Bolt names the one client it is made with
