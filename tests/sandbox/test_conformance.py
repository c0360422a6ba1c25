"""Each method of the Web API gives the errors that it claims and no others; and what all methods have alike."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from sandbox.errors import SlackError
from sandbox.web_api.methods import GENERIC, METHODS, Method, Unclaimed
from sandbox.web_api.server import call
from tests.sandbox.conformance import CASES, Bench

Json = dict[str, Any]


@pytest.mark.parametrize(("method", "code"), [(method, code) for method in sorted(CASES) for code in CASES[method]])
def test_a_method_gives_what_it_claims(method: str, code: str) -> None:
    async def go() -> Json:
        bench = Bench()
        said = bench.call(method, **CASES[method][code](bench))
        await bench.slack.stop()
        return said

    said = asyncio.run(go())
    assert said.get("error", "ok") == code, said


def test_each_method_claims_exactly_what_a_case_shows() -> None:
    claimed = {name: {"ok", *one.errors} for name, one in METHODS.items()}
    assert {name: set(shown) for name, shown in CASES.items()} == claimed
    assert not any(GENERIC & set(one.errors) for one in METHODS.values())


def test_a_code_that_nobody_claims_is_a_mistake_and_not_an_answer() -> None:
    def refuse(slack: Any, args: Any) -> Json:
        raise SlackError("surprise")

    with pytest.raises(Unclaimed, match=r"odd\.one gives surprise"):
        Method("odd.one", refuse, (), "bot", ("other",))(Bench().slack, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(METHODS))
def test_the_door_is_the_same_for_every_method(name: str) -> None:
    bench, method = Bench(), METHODS[name]
    bot = bench.slack.installation
    right, wrong = (bot.app_token, bot.bot_token) if method.token == "app" else (bot.bot_token, bot.app_token)

    def refusal(token: str | None) -> str:
        outcome = call(bench.slack, name, token, {})
        return outcome.code if isinstance(outcome, SlackError) else "ok"

    if method.token == "none":
        assert refusal(None) != "not_authed"
        return
    assert refusal(None) == "not_authed"
    assert refusal("xoxb-somebody") == "invalid_auth"
    assert refusal(wrong) == "not_allowed_token_type"
    for code in ("token_revoked", "account_inactive"):
        bench.set(token_error=code)
        assert refusal(right) == code


@pytest.mark.parametrize("name", sorted(name for name, one in METHODS.items() if one.scopes))
def test_without_its_scopes_a_method_says_what_is_needed(name: str) -> None:
    bench, needed = Bench(), METHODS[name].scopes
    bench.set(scopes=["emoji:read", "dnd:read"])
    assert bench.call(name) == {
        "ok": False,
        "error": "missing_scope",
        "needed": ",".join(needed),
        "provided": "emoji:read,dnd:read",
    }


@pytest.mark.parametrize(
    ("method", "given", "needed"),
    [
        ("conversations.create", {"name": "x"}, "channels:manage"),
        ("conversations.create", {"name": "x", "is_private": True}, "groups:write"),
        ("conversations.archive", {"channel": "panel"}, "groups:write"),
        ("conversations.archive", {"channel": "square"}, "channels:manage"),
        ("conversations.setTopic", {"channel": "panel"}, "groups:write,groups:write.topic"),
        ("conversations.invite", {"channel": "square"}, "channels:manage,channels:write.invites"),
        ("conversations.info", {"channel": "panel"}, "groups:read"),
        ("conversations.history", {"channel": "square"}, "channels:history"),
        ("conversations.list", {"types": "public_channel,private_channel"}, "channels:read"),
        ("conversations.open", {"users": "anna"}, "im:write"),
        ("users.lookupByEmail", {"email": "anna@example.org"}, "users:read"),
    ],
)
def test_the_kind_of_conversation_decides_which_scope_it_needs(method: str, given: Json, needed: str) -> None:
    bench = Bench()
    args = {name: getattr(bench, str(value), value) for name, value in given.items()}
    bench.set(remove_scopes=needed.split(","))
    said = bench.call(method, **args)
    assert (said["error"], said.get("needed")) == ("missing_scope", needed)


@pytest.mark.parametrize("name", sorted(METHODS))
def test_arguments_that_are_missing_never_pass_for_others(name: str) -> None:
    """Without any argument a method answers, or names what is missing; it never breaks."""

    async def go() -> Json:
        bench = Bench()
        said = bench.call(name)
        await bench.slack.stop()
        return said

    said = asyncio.run(go())
    assert said["ok"] or said["error"] in {*METHODS[name].errors, *GENERIC}
