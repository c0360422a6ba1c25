"""Slack's Web API, one file a family of methods. Importing this package registers all of them."""

from sandbox.web_api import auth, chat, conversations, users, views
from sandbox.web_api.server import serve

__all__ = ["auth", "chat", "conversations", "serve", "users", "views"]
