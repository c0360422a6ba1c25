"""Sharing and audit: grace of an agreement, whether a lawful basis is required, and when alerts are told."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from commands.kit.about import About
from commands.kit.answers import Answer, Show, Tell
from commands.kit.errors import ChangedMeanwhile
from commands.kit.fields import One, Whole
from commands.kit.forms import Form, ask
from commands.kit.meetings import settings_of
from commands.kit.turn import Turn
from panel.access import Thing, Verb
from panel.settings import WATCH_BOUNDS


def _many(name: str, label: str) -> int:
    least, most = WATCH_BOUNDS[name]
    made: int = ask(Whole(label, f"{least} to {most}.", least=least, most=most))
    return made


@dataclass
class SharingAndAudit(Form):
    """Starting values, to be checked locally."""

    name = "audit.settings"
    title = "Sharing and audit"
    grace: int = ask(
        Whole("Working days of grace", "After a sharing agreement ended, until papers close.", least=0, most=20)
    )
    basis: str = ask(
        One(
            "Lawful basis of what is shared", "Required: what has none is shown to its own agency alone.",
            choices=[("no", "Kept where it is given"), ("yes", "Required")],
        )
    )  # fmt: skip
    views_hour: int = _many("views_hour", "Alert: more cases opened in an hour than")
    views_day: int = _many("views_day", "Alert: more cases opened in 24 hours than")
    office_views_hour: int = _many("office_views_hour", "Coordinator and chair: in an hour")
    office_views_day: int = _many("office_views_day", "Coordinator and chair: in 24 hours")
    refusals_hour: int = _many("refusals_hour", "Alert: more refusals in an hour than")

    def check(self) -> dict[str, str]:
        """A day is no shorter than an hour."""
        pairs = [("views_day", self.views_hour, self.views_day)]
        pairs += [("office_views_day", self.office_views_hour, self.office_views_day)]
        return {name: "Not fewer than in an hour." for name, hour, whole in pairs if whole < hour}


def open_form(turn: Turn) -> Answer:
    """The form with what counts now."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    now = settings_of(turn.panel)
    initial = {
        "grace": now.sharing.agreement_grace_days, "basis": "yes" if now.sharing.basis_required else "no",
        **{name: getattr(now.watch, name) for name in WATCH_BOUNDS},
    }  # fmt: skip
    return Show(SharingAndAudit.draw(About(panel=turn.panel.id, version=turn.panel.version), initial=initial))


def save(turn: Turn, form: SharingAndAudit) -> Answer:
    """They count at once."""
    turn.need(Verb.CHANGE_SETTINGS, Thing())
    if turn.about.version != turn.panel.version:
        raise ChangedMeanwhile
    now = settings_of(turn.panel)
    sharing = replace(now.sharing, agreement_grace_days=form.grace, basis_required=form.basis == "yes")
    watch = replace(now.watch, **{name: getattr(form, name) for name in WATCH_BOUNDS})
    turn.panel.settings = json.loads(replace(now, sharing=sharing, watch=watch).to_json())
    turn.panel.version += 1
    turn.audit("settings_changed", f"panel:{turn.panel.id}", part="sharing and audit")
    return Tell(turn.say("panels/settings_saved"))
