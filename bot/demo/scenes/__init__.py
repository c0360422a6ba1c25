"""What people do in a month, a file a journey: each gives the scenes that it needs played."""

from importlib import import_module

from bot.demo.stage import Scenes

JOURNEYS = ("panels", "referrals", "cases", "updates", "agendas", "meetings", "actions", "reminders")


def all_scenes() -> list[Scenes]:
    """The scenes of every journey, in the order of the month."""
    return [import_module(f"bot.demo.scenes.{name}").scenes for name in JOURNEYS]
