"""Files: where their bytes are received, and how Slack shows them."""

from __future__ import annotations

from mimetypes import guess_type

from aiohttp import web

from sandbox import messages
from sandbox.shelf import File
from sandbox.slack import Slack
from sandbox.state import Change, Channel, Json, Message
from sandbox.strict import NO_FORM


def ticket(slack: Slack, file: File) -> str:
    """The last part of a file's upload address: good for that file only."""
    secret = slack.ids.hex(24)
    slack.world.uploads[secret] = file.id
    return secret


async def receive(slack: Slack, request: web.Request) -> web.Response:
    """POST /upload/<ticket>: the file's bytes, as such or as a form's one file. 200 with `OK - <bytes>`."""
    if slack.faults.down:
        return web.Response(status=503)
    file = slack.world.files.get(slack.world.uploads.get(request.match_info["ticket"], ""))
    entry = slack.log.add(kind="upload", file=file.id if file else None)
    content = await _content(request)
    status, answer = 200, f"OK - {len(content)}"
    if file is None or file.content is not None:
        status, answer = 404, "no such upload"
    elif len(content) != file.length:
        status, answer = 400, f"announced were {file.length} bytes, not {len(content)}"
    else:
        file.content = content
    entry |= {"status": status, "answer": answer}
    return web.Response(status=status, text=answer)


async def send(slack: Slack, request: web.Request) -> web.Response:
    """GET /files/<id>: the bytes, for whoever shows the bot's token; 403 without it, 404 if there are none."""
    if slack.faults.down:
        return web.Response(status=503)
    if request.headers.get("Authorization") != f"Bearer {slack.installation.bot_token}":
        return web.Response(status=403, text="a file is for whoever shows the bot's token")
    file = slack.world.files.get(request.match_info["id"])
    if file is None or file.content is None:
        return web.Response(status=404, text="no such file")
    return web.Response(body=file.content, content_type=guess_type(file.name)[0] or "application/octet-stream")


def show(slack: Slack, file: File) -> Json:
    """A file as answers and messages carry it."""
    extension = file.name.rpartition(".")[2].lower() if "." in file.name else "text"
    shares = {name: [one for one in file.channels if _kind(slack, one) == name] for name in ("public", "private")}
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": guess_type(file.name)[0] or "application/octet-stream",
        "filetype": extension,
        "pretty_type": extension.upper(),
        "user": slack.installation.bot_user_id,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": bool(shares["public"]),
        "alt_txt": file.alt_text or "",
        "url_private": f"{slack.base_url}/files/{file.id}",
        "permalink": f"{slack.base_url}/files/{file.id}",
        "channels": shares["public"],
        "groups": [one for one in shares["private"] if not one.startswith("D")],
        "ims": [one for one in shares["private"] if one.startswith("D")],
        "shares": {},
    }


def shared_event(slack: Slack, file: File, place: Channel) -> Json:
    """A file was shared in a channel."""
    return {
        "type": "file_shared",
        "file_id": file.id,
        "user_id": slack.installation.bot_user_id,
        "file": {"id": file.id},
        "channel_id": place.id,
        "channel": place.id,
    }


def take_out(slack: Slack, message: Message, file: File) -> None:
    """A deleted file leaves its messages; one that says nothing else goes with it."""
    message.files = [one for one in message.files if one["id"] != file.id]
    if message.files or message.text or message.blocks:
        slack.world.tell(Change("message_changed", channel=message.channel, message=message))
    else:
        messages.remove(slack, message)


def _kind(slack: Slack, channel_id: str) -> str:
    return "public" if slack.world.channels[channel_id].kind == "public" else "private"


async def _content(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    try:
        form = await request.post()
    except NO_FORM:  # no form, though it says so
        return b""
    sent = [one.file.read() for one in form.values() if isinstance(one, web.FileField)]
    return sent[0] if sent else b""
