"""What helps triage on any route (field reference 4.2): all of it optional, each a form of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.kit.fields import Day, Many, One, Text
from commands.kit.forms import ask
from commands.referrals.evidence import NO_NAMES
from commands.referrals.section import Section
from panel.codes import (
    AccessToVictim,
    Consent,
    OtherForum,
    RiskFactor,
    SharingBasis,
    SubjectAware,
    SubjectStatus,
    Tactic,
    VictimViews,
)
from panel.codes.subject import StaffRisk


@dataclass
class Situation(Section):
    """Where the subject stands."""

    name = "referrals.more.situation"
    title = "The subject's situation"
    section = "situation"
    asks = "Access to a victim, standing in criminal justice, dates ahead."
    access: str | None = ask(
        One(
            "Does the subject live with a victim or have access to one?", optional=True,
            choices=[(c, c.label) for c in AccessToVictim],
        )
    )  # fmt: skip
    standing: list[str] = ask(
        Many("Standing in criminal justice", optional=True, choices=[(c, c.label) for c in SubjectStatus])
    )
    release: date | None = ask(Day("Next release from custody", optional=True))
    hearing: date | None = ask(Day("Next hearing", optional=True))
    dates: str | None = ask(
        Text("Other dates ahead", "Such as the end of a tag or a tenancy, contact with a child.", optional=True,
             lines=True, limit=1_000)
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """None and something else do not go together."""
        if SubjectStatus.NONE in self.standing and len(self.standing) > 1:
            return {"standing": "Choose None alone, or what applies without it."}
        return {}


@dataclass
class Pattern(Section):
    """Incidents and tactics."""

    name = "referrals.more.pattern"
    title = "Pattern and tactics"
    section = "pattern"
    asks = "The last three to five incidents, and how harm is done."
    incidents: str | None = ask(
        Text(
            "The last incidents", f"Three to five: day, kind, source, reference; facts apart from opinion. {NO_NAMES}",
            optional=True, lines=True,
        )
    )  # fmt: skip
    tactics: list[str] = ask(Many("Tactics", optional=True, choices=[(c, c.label) for c in Tactic]))
    more: str | None = ask(Text("What else shows the pattern?", NO_NAMES, optional=True, lines=True))


@dataclass
class Risk(Section):
    """What makes harm more likely or worse."""

    name = "referrals.more.risk"
    title = "Risk factors"
    section = "risk"
    asks = "What makes harm more likely or worse."
    factors: list[str] = ask(Many("Risk factors", optional=True, choices=[(c, c.label) for c in RiskFactor]))
    more: str | None = ask(
        Text("What lies behind them?", f"Which, since when, how you know. {NO_NAMES}", optional=True, lines=True)
    )


@dataclass
class StaffSafety(Section):
    """What staff must know."""

    name = "referrals.more.safety"
    title = "Professional safety"
    section = "safety"
    asks = "What staff must know before a visit."
    precautions: list[str] = ask(
        Many("What must staff heed?", optional=True, choices=[(c, c.label) for c in StaffRisk])
    )
    more: str | None = ask(
        Text("What must staff know?", f"What happened, and what helps. {NO_NAMES}", optional=True, lines=True,
             limit=500)
    )  # fmt: skip

    def check(self) -> dict[str, str]:
        """No risk known stands alone."""
        if StaffRisk.NONE_KNOWN in self.precautions and len(self.precautions) > 1:
            return {"precautions": "Choose no risk known alone, or what applies without it."}
        return {}


@dataclass
class Activity(Section):
    """What is being done, and what would help."""

    name = "referrals.more.activity"
    title = "Activity and proposals"
    section = "activity"
    asks = "What agencies do already, and what you would have the panel do."
    now: str | None = ask(
        Text("What are agencies doing now?", f"Agency by agency, with dates. {NO_NAMES}", optional=True, lines=True)
    )
    proposed: str | None = ask(
        Text(
            "What actions do you propose?", f"Who could do what by when, each on a line. {NO_NAMES}", optional=True,
            lines=True,
        )
    )  # fmt: skip


@dataclass
class Aware(Section):
    """Whether the subject knows."""

    name = "referrals.more.aware"
    title = "Is the subject aware?"
    section = "aware"
    asks = "Unless somebody says yes, the subject does not know and must not be told."
    aware: str = ask(One("Does the subject know of this referral?", choices=[(c, c.label) for c in SubjectAware]))


@dataclass
class Voice(Section):
    """The victim's views."""

    name = "referrals.more.voice"
    title = "The victim's views"
    section = "voice"
    asks = "Read by the chair and the victim service alone; triage sees that it was told."
    kept_apart = True
    views: str | None = ask(
        One("Does a victim know of this referral?", optional=True, choices=[(c, c.label) for c in VictimViews])
    )
    words: str | None = ask(
        Text("What do they want?", f"Their wishes and fears, as they put them. {NO_NAMES}", optional=True, lines=True)
    )


@dataclass
class Forums(Section):
    """Other forums."""

    name = "referrals.more.forums"
    title = "Other forums"
    section = "forums"
    asks = "Where else the subject is discussed, so that nothing is done twice."
    forums: list[str] = ask(Many("Which forums?", optional=True, choices=[(c, c.label) for c in OtherForum]))
    more: str | None = ask(
        Text("With which result?", f"Level, dates, what they decided. {NO_NAMES}", optional=True, lines=True)
    )


@dataclass
class Basis(Section):
    """The basis for sharing."""

    name = "referrals.more.basis"
    title = "Basis for sharing"
    section = "basis"
    asks = "The law you share under, and why that is necessary and proportionate."
    basis: list[str] = ask(Many("On which basis?", optional=True, choices=[(c, c.label) for c in SharingBasis]))
    why: str | None = ask(
        Text("Why necessary and proportionate?", f"And what you left out. {NO_NAMES}", optional=True, lines=True)
    )
    consent: str | None = ask(
        One("Was consent asked?", "It is not the basis here.", optional=True, choices=[(c, c.label) for c in Consent])
    )


@dataclass
class Correction(Section):
    """What was wrong."""

    name = "referrals.more.correction"
    title = "A correction"
    section = "correction"
    asks = "What was wrong, and what is right. What you sent stays as it was, with this beside it."
    always = True
    wrong: str = ask(Text("What was wrong?", f"Which answer. {NO_NAMES}", lines=True))
    right: str = ask(Text("What is right?", f"And how you know. {NO_NAMES}", lines=True))
