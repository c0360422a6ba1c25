"""What opens outside Slack: the printable pack of a meeting."""

from commands.pages.journey import register

__all__ = ["register"]
