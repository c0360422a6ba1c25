"""Acting as a person: each operation turns its JSON into one call of people/."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sandbox.control.kinds import one_line
from sandbox.control.setup import Unknown, person
from sandbox.people import commands, press, submit
from sandbox.people.surface import CannotAct
from sandbox.people.watch import Watch
from sandbox.slack import Slack
from sandbox.state import Json, User

Act = Callable[[Slack, User, Json], Awaitable[Json]]


async def _say(slack: Slack, user: User, given: Json) -> Json:
    channel, thread = commands.place(slack, user, given.get("channel")), given.get("thread_ts")
    parent = channel.messages.get(thread or "")
    if thread is not None and (parent is None or not channel.shows(parent, user.id)):
        raise CannotAct("the message to reply to is not there any more")
    return await commands.say(slack, user, channel.id, given["text"], thread, given.get("wait", True))


ACTS: dict[str, Act] = {
    "command": lambda s, user, j: commands.command(s, user, j.get("channel"), j["command"], j.get("text", "")),
    "shortcut": lambda s, user, j: commands.shortcut(s, user, j["callback_id"]),
    "say": _say,
    "home": lambda s, user, j: commands.open_home(s, user),
    "press": lambda s, user, j: press.press(s, user, j["action_id"], j),
    "fill": lambda s, user, j: press.fill(s, user, j.get("values") or {}, j.get("view"), quiet=bool(j.get("quiet"))),
    "submit": lambda s, user, j: submit.submit(
        s, user, j.get("values") or {}, j.get("view"), quiet=bool(j.get("quiet"))
    ),
    "close": lambda s, user, j: submit.close(s, user, bool(j.get("all"))),
    "suggest": lambda s, user, j: press.suggest(s, user, j.get("block_id"), j["action_id"], j.get("typed", ""), j),
}


async def perform(slack: Slack, name: str, given: Json) -> Json:
    """Do it as `given["user"]`. What the person can't do comes back as a failed outcome."""
    user = person(slack, given["user"])
    if user.is_bot:
        raise Unknown(f"{user.name} is the app, and nobody acts as it by hand")
    if user.deleted:
        return Watch(slack, user.id).refused(f"{user.name} is deactivated")
    try:
        return await ACTS[name](slack, user, given)
    except CannotAct as refused:
        return Watch(slack, user.id).refused(one_line(str(refused)))
