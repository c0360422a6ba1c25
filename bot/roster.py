"""Who is who in Slack, by display name: how an imported set-up finds its people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from slack_sdk import WebClient

A_PAGE = 200


def users_by_name(client: WebClient) -> dict[str, str]:
    """User ids by display name. A name that two people share is left out: somebody has to pick by hand."""
    found = [(_name(member), str(member["id"])) for member in _members(client) if _is_a_person(member)]
    times = Counter(name for name, _ in found)
    return {name: user for name, user in found if times[name] == 1}


def _members(client: WebClient) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = client.users_list(limit=A_PAGE, cursor=cursor)
        yield from page["members"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


def _is_a_person(member: dict[str, Any]) -> bool:
    return not (member.get("deleted") or member.get("is_bot") or member["id"] == "USLACKBOT")


def _name(member: dict[str, Any]) -> str:
    profile = member.get("profile") or {}
    return str(profile.get("display_name") or profile.get("real_name") or member.get("name") or "").strip()
