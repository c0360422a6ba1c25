"""The calendar feeds: one address a person, read only, and a file for each meeting."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.pages.paper import Paper
from commands.kit.service import Service
from commands.pages.calendar import PATH
from commands.pages.dates import open_feed, open_meeting
from commands.pages.ics import tag

KIND = "text/calendar"
LOOK_FIRST = "private, no-cache"  # a calendar may keep it, and asks whether it still counts


class Calendars:
    """The pages of calendar feeds. A key that opens nothing is a page that is not there."""

    def __init__(self, service: Service, paper: Paper) -> None:
        self._service = service
        self._paper = paper

    def routes(self, router: web.UrlDispatcher, prefix: str) -> None:
        """Where they are."""
        key = f"{prefix}{PATH}{{key:[A-Za-z0-9_-]+}}"
        router.add_get(f"{key}.ics", self.feed)
        router.add_get(key, self.list)
        router.add_get(f"{key}/{{meeting:[0-9]{{1,9}}}}.ics", self.one)

    async def feed(self, request: web.Request) -> web.Response:
        """Everything, to subscribe to."""
        dates = await asyncio.to_thread(open_feed, self._service, request.match_info["key"])
        if dates is None:
            raise web.HTTPNotFound
        told = {"ETag": tag(dates.written), "Cache-Control": LOOK_FIRST}
        if told["ETag"] in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=told)
        return web.Response(body=dates.written, content_type=KIND, charset="utf-8", headers=told)

    async def list(self, request: web.Request) -> web.Response:
        """The meetings, each with its file."""
        dates = await asyncio.to_thread(open_feed, self._service, request.match_info["key"])
        if dates is None:
            raise web.HTTPNotFound
        return self._paper.page("meetings", entries=dates.meetings, here=request.path)

    async def one(self, request: web.Request) -> web.Response:
        """One meeting's file."""
        key, meeting = request.match_info["key"], int(request.match_info["meeting"])
        written = await asyncio.to_thread(open_meeting, self._service, key, meeting)
        if written is None:
            raise web.HTTPNotFound
        told = {"Content-Disposition": 'attachment; filename="panel-meeting.ics"'}
        return web.Response(body=written, content_type=KIND, charset="utf-8", headers=told)
