"""The control API: furnishing the workspace, acting as a person, looking, moving the clock."""

from sandbox.control.door import routes
from sandbox.control.look import info

__all__ = ["info", "routes"]
