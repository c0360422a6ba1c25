"""Where the page looks: its files, and GET /_page/… in JSON; a mistake is 400 with a sentence in `error`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from aiohttp import web

from sandbox.control.kinds import one_line
from sandbox.control.setup import Unknown
from sandbox.page import feed, files, screen, wire
from sandbox.slack import Slack
from sandbox.state import Json

Query = Mapping[str, str]
Look = Callable[[Slack, Query], Json]
MOST_MESSAGES = 200
HINTS = ("command", "description", "usage_hint")
SHORTCUT = ("name", "callback_id", "type")


def routes(slack: Slack) -> list[web.RouteDef]:
    """The page at /, its files below /page/, and what it looks at below /_page/."""
    looks = [web.get(f"/_page/{name}", partial(_serve, slack, look)) for name, look in LOOKS.items()]
    return [
        web.get("/", files.serve),
        web.get("/page/{name:.*}", files.serve),
        web.get("/_page/live", partial(_live, slack)),
        web.get("/_page/wire/{n}", partial(_entry, slack)),
        web.get("/_page/papers/{name}", partial(_paper, slack)),
        *looks,
    ]


def _boot(slack: Slack, query: Query) -> Json:
    bot, manifest = slack.installation, slack.config.registered
    return {
        "n": slack.live.last,
        "team": {"name": "Practice", "domain": bot.domain},
        "app": {
            "name": manifest.bot_name if manifest else bot.bot_name,
            "user_id": bot.bot_user_id,
            "commands": [_shown(one, HINTS) for one in manifest.commands.values()] if manifest else [],
            "shortcuts": [_shown(one, SHORTCUT) for one in manifest.shortcuts.values()] if manifest else [],
            "home_tab": slack.config.home_tab,
            "messages_tab": slack.config.messages_tab,
            "read_only": slack.config.messages_read_only,
        },
        "stamp": slack.story.stamp,
        "programme": slack.story.programme,
        "people": screen.people(slack),
        "clock": screen.clock(slack),
        "story": slack.story.told,
    }


def _shown(entry: Mapping[str, object], names: tuple[str, ...]) -> Json:
    return {name: entry.get(name, "") for name in names}


def _people(slack: Slack, query: Query) -> Json:
    return {"people": screen.people(slack)}


def _screen(slack: Slack, query: Query) -> Json:
    return screen.screen(slack, _text(query, "as"), _number(query, "loaded", 0))


def _messages(slack: Slack, query: Query) -> Json:
    limit = max(1, min(_number(query, "limit", 100), MOST_MESSAGES))
    return screen.messages(
        slack, _text(query, "as"), _text(query, "channel"), _number(query, "loaded", 0),
        before=query.get("before"), thread=query.get("thread"), limit=limit,
    )  # fmt: skip


def _wire(slack: Slack, query: Query) -> Json:
    return wire.lines(slack, _number(query, "after", 0), _number(query, "limit", 200))


def _papers(slack: Slack, query: Query) -> Json:
    laid = slack.story.papers.values()
    return {"papers": [{"name": one.name, "type": one.type, "bytes": len(one.text.encode())} for one in laid]}


LOOKS: dict[str, Look] = {
    "boot": _boot,
    "people": _people,
    "screen": _screen,
    "messages": _messages,
    "wire": _wire,
    "papers": _papers,
}


async def _serve(slack: Slack, look: Look, request: web.Request) -> web.StreamResponse:
    try:
        return web.json_response(look(slack, request.query), headers={"Cache-Control": "no-store"})
    except Unknown as refused:
        return _refused(refused)


async def _live(slack: Slack, request: web.Request) -> web.StreamResponse:
    try:
        after, loaded = _number(request.query, "after", slack.live.last), _number(request.query, "loaded", 0)
        return await feed.serve(slack, request, _text(request.query, "as"), after, loaded)
    except feed.Full:
        return web.json_response({"error": feed.FULL}, status=503)
    except Unknown as refused:
        return _refused(refused)


async def _entry(slack: Slack, request: web.Request) -> web.StreamResponse:
    try:
        return web.json_response(wire.whole(slack, _number(request.match_info, "n", 0)))
    except Unknown as refused:
        return _refused(refused)


async def _paper(slack: Slack, request: web.Request) -> web.StreamResponse:
    paper = slack.story.papers.get(request.match_info["name"])
    if paper is None:
        return web.json_response({"error": "There is no such file to take away."}, status=404)
    saved_as = {"Content-Disposition": f'attachment; filename="{paper.name}"'}
    return web.Response(body=paper.text.encode(), content_type=paper.type, charset="utf-8", headers=saved_as)


def _refused(refused: Exception) -> web.Response:
    return web.json_response({"error": one_line(str(refused))}, status=400)


def _text(query: Query, name: str) -> str:
    given = query.get(name)
    if not given:
        raise Unknown(f"{name} is missing")
    return given


def _number(query: Query, name: str, default: int) -> int:
    given = query.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdecimal()) or len(given) > 15:
        raise Unknown(f"{name} must be a whole number")
    return int(given)
