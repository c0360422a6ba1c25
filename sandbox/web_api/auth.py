"""auth.test, apps.connections.open, team.info, bots.info, blocks.validate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox import messages
from sandbox.blocks import Problem, check_blocks, check_message, check_view
from sandbox.errors import SlackError
from sandbox.slack import Slack
from sandbox.state import Json
from sandbox.web_api.methods import Args, method


@method("auth.test", token="bot")
def auth_test(slack: Slack, args: Args) -> Json:
    """Who the token is."""
    bot = slack.installation
    return {
        "url": f"{slack.base_url}/",
        "team": bot.domain,
        "user": slack.world.users[bot.bot_user_id].name,
        "team_id": bot.team_id,
        "user_id": bot.bot_user_id,
        "bot_id": bot.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", token="app", errors=("socket_mode_not_enabled",))
def connections_open(slack: Slack, args: Args) -> Json:
    """A socket's address with its single-use ticket."""
    if not slack.config.socket_mode:
        raise SlackError("socket_mode_not_enabled")
    address = slack.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={slack.sockets.ticket()}&app_id={slack.installation.app_id}"}


@method("team.info", "team:read")
def team_info(slack: Slack, args: Args) -> Json:
    """The workspace."""
    bot = slack.installation
    return {"team": {"id": bot.team_id, "name": bot.domain, "domain": bot.domain, "email_domain": "", "icon": {}}}


@method("bots.info", "users:read", errors=("bot_not_found",))
def bots_info(slack: Slack, args: Args) -> Json:
    """The app's own bot, the only one there is."""
    bot = slack.installation
    if args.text("bot") not in (None, bot.bot_id):
        raise SlackError("bot_not_found")
    return {"bot": {**messages.bot_profile(slack), "user_id": bot.bot_user_id}}


@method("blocks.validate", token="none", errors=("invalid_blocks", "invalid_view", "invalid_message"))
def validate(slack: Slack, args: Args) -> Json:
    """Only the check: exactly one of blocks, view, message."""
    checks: dict[str, Callable[[Any], list[Problem]]] = {
        "blocks": lambda given: check_blocks(given, at=""),
        "view": lambda given: check_view(given, at=""),
        "message": lambda given: check_message(given, at=""),
    }
    given = {name: args.decoded(name) for name in checks if args.given.get(name) is not None}
    if len(given) != 1:
        raise SlackError("invalid_arguments")
    name, value = given.popitem()
    problems = checks[name](value)
    if problems:
        errors = [{"code": one.code, "message": one.message, "pointer": one.pointer} for one in problems]
        raise SlackError(f"invalid_{name}", errors=errors)
    return {}
