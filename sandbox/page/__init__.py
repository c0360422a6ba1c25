"""The workspace in a browser: what a page looks at. What people do in it goes through the control API."""

from sandbox.page.guard import guard
from sandbox.page.routes import routes

__all__ = ["guard", "routes"]
