"""The door's guard: this workspace is for this machine's own browser and programs, nobody else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from multidict import CIMultiDictProxy

from sandbox.log import logger

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
OURS = ("127.0.0.1", "localhost")
OWN_WORDS = ("/api/", "/link/", "/hooks/", "/files/", "/upload/")
"""Slack's own addresses, which answer programs in Slack's own way."""
FOREIGN = "This workspace answers its own page and programs on this machine only."
TOO_LARGE = "That is more than the practice workspace takes in one go."
SENTENCES = {
    400: "That is no request that can be read.",
    404: "There is nothing at this address.",
    405: "That can't be done at this address in this way.",
    413: TOO_LARGE,
    415: "That is no kind of content that is taken here.",
}
BROKEN = "The practice workspace has made a mistake of its own; the program's log says which."
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TAKEN_AWAY = {"Content-Disposition": "attachment", "Content-Security-Policy": "default-src 'none'; sandbox"}
"""What somebody's file carries, so that no browser shows it as a page."""


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other hosts' names and other sites' pages, at every address; say what is refused in a sentence; harden
    what a browser gets.

    A page elsewhere can make a browser call 127.0.0.1, and a name elsewhere can be made to mean it: both show in the
    Host, Origin and Sec-Fetch-Site headers. Programs send no Origin, or that of the address they call.
    """
    if foreign(request.path, request.headers):
        return _harden(request, _refused(403, FOREIGN))
    try:
        response = await handler(request)
    except web.HTTPException as refused:
        response = _refused(refused.status, SENTENCES.get(refused.status, FOREIGN))
    except ConnectionError:  # whoever asked has gone: nobody is left to tell
        raise
    except Exception:
        if request.path.startswith(OWN_WORDS):
            raise
        logger.exception("%s", request.path)
        response = _refused(500, BROKEN)
    return response if response.prepared else _harden(request, response)


def foreign(path: str, headers: CIMultiDictProxy[str]) -> bool:
    """Whether a request comes by another machine's name or from another site's page."""
    hosts, origins = headers.getall("Host", []), headers.getall("Origin", [])
    host, _, port = hosts[0].lower().partition(":") if len(hosts) == 1 else ("", "", "")
    if host not in OURS or (port and not port.isdecimal()):
        return True
    if origins and origins != [f"http://{hosts[0].lower()}"]:
        return True
    from_elsewhere = headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
    followed_a_link = path == "/" and headers.get("Sec-Fetch-Mode") == "navigate"
    return from_elsewhere and not followed_a_link


def _refused(status: int, sentence: str) -> web.StreamResponse:
    return web.json_response({"error": sentence}, status=status)


def _harden(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    response.headers.update(SECURITY)
    if request.path.startswith("/files/"):
        response.headers.update(TAKEN_AWAY)
    elif request.path.startswith("/_page/papers/"):
        response.headers["Content-Security-Policy"] = TAKEN_AWAY["Content-Security-Policy"]
    return response
