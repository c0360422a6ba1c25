"""The page's own files: read once, served from memory, so that no path leads anywhere else."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "static"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@cache
def all_files() -> dict[str, tuple[bytes, str, str]]:
    """Name below the folder → content, content type and a tag that changes with the content."""
    found = {}
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in TYPES:
            content = path.read_bytes()
            tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
            found[path.relative_to(FOLDER).as_posix()] = (content, TYPES[path.suffix], tag)
    return found


async def serve(request: web.Request) -> web.Response:
    """One of the files; 304 if the browser has it as it is."""
    name = request.match_info.get("name", "index.html")
    found = all_files().get(name)
    if found is None:
        return web.json_response({"error": "There is no such file here."}, status=404)
    content, kind, tag = found
    headers = {"Content-Type": kind, "ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers=headers)
    return web.Response(body=content, headers=headers)
