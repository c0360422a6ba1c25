"""Slack's Web API, one file a family of methods. Importing this package registers all of them."""

from sandbox.web_api import auth, channels, chat, conversations, files, marks, members, scheduled, users, views
from sandbox.web_api.server import serve

__all__ = [
    "auth",
    "channels",
    "chat",
    "conversations",
    "files",
    "marks",
    "members",
    "scheduled",
    "serve",
    "users",
    "views",
]
