"""The page with the box for the code, and the pack behind it. Looking at the link opens nothing and changes nothing:
what scans mail opens links too."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.pages.paper import Paper
from commands.kit.service import Service
from commands.kit.text import count
from commands.pages.link import PATH
from commands.pages.opening import Closed, open_pack
from commands.pages.pack import Pack
from commands.pages.pdf import as_pdf
from panel.paper_pass import read_code, shown_code

FORM = "application/x-www-form-urlencoded"
FILE = "panel-papers.pdf"
ENDED = "This link opens nothing, or nothing any more. Ask for a new one in Slack: /agenda, Open the printable pack."


class Packs:
    """The pages of printable packs."""

    def __init__(self, service: Service, paper: Paper) -> None:
        self._service = service
        self._paper = paper

    def routes(self, router: web.UrlDispatcher, prefix: str) -> None:
        """Where they are."""
        here = f"{prefix}{PATH}{{token}}"
        router.add_get(here, self.ask)
        router.add_post(here, self.answer)

    async def ask(self, request: web.Request) -> web.Response:
        """The box: the same for every link, known or not."""
        return self._paper.page("code", wrong=None, asks=True)

    async def answer(self, request: web.Request) -> web.Response:
        """The pack, once, for the right code."""
        if request.content_type != FORM:
            return self._paper.said(415)
        sent = await request.post()
        code, wanted = str(sent.get("code", "")), str(sent.get("as", "page"))
        return await asyncio.to_thread(self._opened, request.match_info["token"], code, wanted)

    def _opened(self, token: str, code: str, wanted: str) -> web.Response:
        pack = open_pack(self._service, token, code)
        if isinstance(pack, Closed):
            return self._closed(pack)
        return _file(pack, shown_code(read_code(code))) if wanted == "pdf" else self._paper.page("pack", pack=pack)

    def _closed(self, closed: Closed) -> web.Response:
        if not closed.left:
            return self._paper.page("code", 403, wrong=ENDED, asks=False)
        wrong = f"That is not the code. {count(closed.left, 'try is', 'tries are')} left."
        return self._paper.page("code", 403, wrong=wrong, asks=True)


def _file(pack: Pack, password: str) -> web.Response:
    told = {"Content-Disposition": f'attachment; filename="{FILE}"'}
    return web.Response(body=as_pdf(pack, password), content_type="application/pdf", headers=told)
