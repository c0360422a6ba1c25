"""The control API: furnishing the workspace, acting as a person, looking, moving the clock."""

from sandbox.control.look import info
from sandbox.control.routes import routes

__all__ = ["info", "routes"]
