"""The inspector: what went over the wire, a line each, and one of them whole."""

from __future__ import annotations

from typing import Any

from sandbox.control.setup import Unknown
from sandbox.explain import explain
from sandbox.slack import Slack
from sandbox.state import Json

MOST = 500


def lines(slack: Slack, after: int, limit: int) -> Json:
    """Lines beyond number `after`, the newest `limit` of them, oldest first."""
    entries = slack.log.since(after)[-max(1, min(limit, MOST)) :]
    return {"entries": [line(one) for one in entries], "last": slack.log.last}


def whole(slack: Slack, n: int) -> Json:
    """One entry with request and answer. Raises Unknown."""
    for entry in slack.log.since(n - 1)[:1]:
        if entry["n"] == n:
            return {**line(entry), "entry": entry}
    raise Unknown(f"there is no entry {n}, or it is no longer kept")


def line(entry: Json) -> Json:
    """An entry in short."""
    refused = _refused(entry)
    return {
        "n": entry["n"],
        "at": entry["at"],
        "kind": entry["kind"],
        "what": _what(entry),
        "status": entry.get("status") if entry["kind"] in ("call", "response_url") else entry.get("outcome"),
        "ms": entry.get("ms"),
        "refused": refused,
        "explained": _explained(entry, refused),
    }


def _refused(entry: Json) -> str | None:
    answer: Any = entry.get("answer")
    if entry["kind"] == "call" and isinstance(answer, dict):
        return None if answer.get("ok") else str(answer.get("error"))
    if entry["kind"] == "call" and entry.get("ms") is not None:
        return "no answer" if entry["status"] is None else f"HTTP {entry['status']}"
    if entry["kind"] == "response_url":
        return None if entry.get("status") == 200 else str(answer)
    if entry["kind"] == "envelope":
        outcome = entry.get("outcome")
        return outcome if outcome in ("timeout", "no_connection", "refused") else None
    if entry["kind"] == "refused_ack":
        return str(entry["error"].get("error"))
    return None


def _explained(entry: Json, refused: str | None) -> str | None:
    """A refusal in a sentence, with its particulars; also what an app says on a socket, and its coming and going."""
    if entry["kind"] == "socket":
        return explain(entry["note"])
    if refused is None:
        return None
    code = "service_unavailable" if refused.startswith("HTTP") else refused
    return explain(code, entry.get("answer") or entry.get("error") or entry)


def _what(entry: Json) -> str:
    if entry["kind"] == "call":
        return str(entry["method"])
    if entry["kind"] != "envelope":
        return str(entry.get("note", entry["kind"]))
    payload = entry["payload"]
    if entry["type"] == "slash_commands":
        return f"{payload['command']}"
    if entry["type"] == "events_api":
        return f"event {payload['event']['type']}"
    actions = payload.get("actions") or [{}]
    name = payload.get("callback_id") or payload.get("view", {}).get("callback_id") or ""
    return " ".join(part for part in (payload["type"], actions[0].get("action_id") or name) if part)
