"""The door's guard: the page and the control API are for this machine's own browser and programs, nobody else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
OURS = ("127.0.0.1", "localhost")
GUARDED = ("/_page/", "/_control/", "/page/")
FOREIGN = "This workspace answers its own page and programs on this machine only."
TOO_LARGE = "That is more than the practice workspace takes in one go."
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


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other hosts' names and other sites' pages; say in a sentence what is too large; harden what a page gets.

    A page elsewhere can make a browser call 127.0.0.1, and a name elsewhere can be made to mean it: both show in the
    Host, Origin and Sec-Fetch-Site headers.
    """
    if not (request.path == "/" or request.path.startswith(GUARDED)):
        return await handler(request)
    if _foreign(request):
        return web.json_response({"error": FOREIGN}, status=403, headers=SECURITY)
    try:
        response = await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return web.json_response({"error": TOO_LARGE}, status=413, headers=SECURITY)
    if not response.prepared:
        response.headers.update(SECURITY)
    return response


def _foreign(request: web.Request) -> bool:
    host, _, port = request.host.partition(":")
    if host not in OURS:
        return True
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}:{port}":
        return True
    from_elsewhere = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
    followed_a_link = request.path == "/" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    return from_elsewhere and not followed_a_link
