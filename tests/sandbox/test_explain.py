"""Each refusal that the sandbox can give has its sentence, and none is left over."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

import sandbox
from sandbox.client import Workspace
from sandbox.explain import OUTCOMES, REFUSALS, explain
from sandbox.faults import ERRORS
from sandbox.page.wire import line
from sandbox.web_api.methods import METHODS
from tests.sandbox.conftest import People

ROOT = Path(sandbox.__file__).parent
RAISE = {"SlackError": 0, "Dead": 0, "need": 1, "whole": 2, "_decoded": 1, "_own_message": 2}
"""Functions that are given the code of a refusal, and the first place that it may have among their arguments."""
COMPOSED = {"invalid_view", "invalid_message", "invalid_ts_oldest", "invalid_ts_latest", "invalid_payload"}
"""Codes put together as they are raised, or answered without an exception."""
CODE = re.compile(r"[a-z]+(_[a-z]+)+|ratelimited")


@cache
def trees() -> list[ast.Module]:
    """Every module of the sandbox but the one with the sentences."""
    return [ast.parse(path.read_text()) for path in ROOT.rglob("*.py") if path.name != "explain.py"]


def nodes() -> list[ast.AST]:
    """Everything in them."""
    return [node for tree in trees() for node in ast.walk(tree)]


def texts(given: list[ast.expr]) -> set[str]:
    """Those that are plain text."""
    return {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def raised() -> set[str]:
    """Codes in calls that refuse, and in answers about one of several."""
    found: set[str] = set()
    for node in nodes():
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            found |= texts(node.args[RAISE[called] :]) if called in RAISE else set()
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            found |= texts([value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "error"])
    return {code for code in found if CODE.fullmatch(code)}


def claimed() -> set[str]:
    """What the methods say they may answer."""
    return {code for method in METHODS.values() for code in getattr(method, "errors", ())}


def test_every_refusal_has_a_sentence() -> None:
    wanted = raised() | claimed() | COMPOSED | set(ERRORS)
    assert len(wanted) > 50
    assert sorted(wanted - set(REFUSALS)) == []


def test_no_sentence_is_left_over() -> None:
    everywhere = {text for node in nodes() if isinstance(node, ast.Constant) for text in texts([node])}
    assert sorted(set(REFUSALS) - everywhere - COMPOSED) == []


def test_every_outcome_and_every_note_on_a_socket_has_a_sentence() -> None:
    outcomes, notes = set(), set()
    for node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Ack":
            outcomes |= texts(node.args[:1])
        if isinstance(node, ast.keyword) and node.arg == "note":
            notes |= texts([node.value])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "noted":
            notes |= texts(node.args)
    assert {"acked", "timeout", "no_connection", "refused"} <= outcomes
    assert {"opened", "closed", "gone while sending"} <= notes
    assert sorted((outcomes | notes) - set(OUTCOMES)) == []


@pytest.mark.parametrize("sentence", [*REFUSALS.values(), *OUTCOMES.values()])
def test_a_sentence_is_one(sentence: str) -> None:
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert len(sentence) <= 140


def test_the_inspector_explains_what_was_refused(slack: Workspace, people: People, client: WebClient) -> None:
    def last() -> tuple[str | None, Any]:
        told = line(slack.calls()[-1])
        return told["refused"], told["explained"]

    def refused(**settings: Any) -> tuple[str | None, Any]:
        slack.config(**settings)
        with pytest.raises((SlackApiError, OSError)):
            client.chat_postMessage(channel=people.other, text="x")
        return last()

    assert refused(faults=[])[1].startswith("There is no such conversation")
    assert refused(faults=[{"kind": "http", "times": 1}])[0] == "HTTP 503"
    assert refused(faults=[{"kind": "lost", "times": 1}])[0] == "no answer"
    assert refused(remove_scopes=["chat:write"])[1].endswith("Needed: chat:write.")
    client.auth_test()
    assert last() == (None, None)
    slack.config(commands_url="http://127.0.0.1:9/")
    slack.command(people.anna, people.panel, "/panel")
    assert last()[1].endswith("The app: nothing answers at its address.")


def test_the_inspector_explains_a_socket() -> None:
    told = line({"n": 1, "at": "", "kind": "socket", "note": "late ack"})
    assert (told["refused"], told["explained"].startswith("This acknowledgement came too late")) == (None, True)


def test_the_particulars_are_told() -> None:
    assert explain("missing_scope", {"needed": "chat:write"}).endswith("install again. Needed: chat:write.")
    notes = {"response_metadata": {"messages": ["[ERROR] missing required field: view"]}}
    assert explain("invalid_arguments", notes).endswith("the messages name it. missing required field: view.")
    assert explain("refused", {"why": "it answered 401"}).endswith("failed. The app: it answered 401.")
    assert explain("nonsense").startswith("Slack refused this, with a word of its own")
