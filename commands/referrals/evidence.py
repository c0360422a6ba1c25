"""What each route brings with it (field reference 4.1): a form a route, all of it optional."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from commands.cases.victims import days as marac_days
from commands.kit.fields import Day, Many, One, Text, Whole
from commands.kit.forms import ask
from commands.referrals.section import Section
from panel.codes import OrderType, Route, Told

NO_NAMES = "Never a name, an address or a number that leads to a person."
YES_NO = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]


@dataclass
class Marac(Section):
    """MARAC action or repeat."""

    name = "referrals.more.marac"
    title = "MARAC"
    section = "marac"
    routes = frozenset({Route.MARAC})
    asks = "When it was heard there, and what MARAC asked of this panel."
    days: str | None = ask(Text("On which days was it heard?", "As 2026-06-11 2026-09-10.", optional=True, limit=300))
    repeat: str | None = ask(One("Is it a repeat there?", optional=True, choices=YES_NO))
    wanted: str | None = ask(
        Text("What did MARAC ask of this panel?", f"The action as agreed. {NO_NAMES}", optional=True, lines=True)
    )

    def check(self) -> dict[str, str]:
        """The dates can be read."""
        try:
            marac_days(self.days)
        except ValueError:
            return {"days": "Write each date as 2026-06-11, with a space between."}
        return {}


@dataclass
class Mash(Section):
    """The safeguarding hub."""

    name = "referrals.more.mash"
    title = "Safeguarding hub"
    section = "mash"
    routes = frozenset({Route.MASH})
    asks = "The contact there, and who is at risk from the subject."
    contact: str | None = ask(
        Text("Reference of the contact", "The hub's own reference, no name in it.", optional=True, limit=40)
    )
    at_risk: list[str] = ask(
        Many("Who is at risk?", optional=True, choices=[("child", "A child"), ("adult", "An adult at risk")])
    )
    risk: str | None = ask(
        Text("What is the risk?", f"What the subject does or may do, and since when. {NO_NAMES}", optional=True,
             lines=True)
    )  # fmt: skip


@dataclass
class Court(Section):
    """An order made, applied for or breached."""

    name = "referrals.more.court"
    title = "Court order"
    section = "court"
    routes = frozenset({Route.DAPO_COURT})
    asks = "The order, its terms and its dates. One order at a time."
    type: str | None = ask(One("Which order?", optional=True, choices=[(c, c.label) for c in OrderType]))
    state: str | None = ask(
        One(
            "How does it stand?", optional=True,
            choices=[("made", "Made"), ("applied", "Applied for"), ("breached", "Breached")],
        )
    )  # fmt: skip
    reference: str | None = ask(Text("The court's reference", "No name in it.", optional=True, limit=60))
    terms: str | None = ask(
        Text("Terms", f"What is forbidden or required, in substance. {NO_NAMES}", optional=True, lines=True)
    )
    starts: date | None = ask(Day("From", optional=True))
    ends: date | None = ask(Day("Until", optional=True))
    breaches: int | None = ask(Whole("How many breaches are recorded?", optional=True, most=500))

    def check(self) -> dict[str, str]:
        """It ends after it begins."""
        if self.starts and self.ends and self.ends < self.starts:
            return {"ends": "This is before it begins. Choose a later day."}
        return {}


@dataclass
class Release(Section):
    """Release from custody."""

    name = "referrals.more.release"
    title = "Release"
    section = "release"
    routes = frozenset({Route.PRISON_REL})
    asks = "The day of release and the licence conditions."
    released: date | None = ask(Day("Day of release", optional=True))
    sure: str | None = ask(
        One("How sure is that day?", optional=True, choices=[("fixed", "Fixed"), ("earliest", "The earliest possible")])
    )
    licence_until: date | None = ask(Day("Licence until", optional=True))
    conditions: str | None = ask(
        Text("Licence conditions", f"Each on a line, as proposed or set. {NO_NAMES}", optional=True, lines=True)
    )
    contact: str | None = ask(One("Is there contact with a victim from prison?", optional=True, choices=YES_NO))

    def check(self) -> dict[str, str]:
        """The licence runs from the release."""
        if self.released and self.licence_until and self.licence_until < self.released:
            return {"licence_until": "This is before the release. Choose a later day."}
        return {}


@dataclass
class Mappa(Section):
    """Step-down from MAPPA."""

    name = "referrals.more.mappa"
    title = "MAPPA"
    section = "mappa"
    routes = frozenset({Route.MAPPA_DOWN})
    asks = "Category and level, when that ended, and where the extract is."
    category: str | None = ask(
        One("Category", optional=True, choices=[(str(n), f"Category {n}") for n in (1, 2, 3, 4)])
    )
    level: str | None = ask(One("Level until then", optional=True, choices=[(str(n), f"Level {n}") for n in (1, 2, 3)]))
    ended: date | None = ask(Day("When did that end?", "Leave it empty when it was never eligible.", optional=True))
    extract: str | None = ask(
        Text("Reference of the minutes' extract", "Send the extract by your secure route.", optional=True, limit=60)
    )
    remaining: str | None = ask(
        Text("What risk remains?", f"Why it still needs several agencies. {NO_NAMES}", optional=True, lines=True)
    )
    happened = ("ended",)


@dataclass
class TransferIn(Section):
    """A case of another area's panel."""

    name = "referrals.more.transfer"
    title = "Transfer"
    section = "transfer"
    routes = frozenset({Route.TRANSFER_IN})
    asks = "The other panel's pack, and from when the subject is here."
    pack: str | None = ask(
        Text("Reference of the pack", "Theirs. Send the pack by your secure route.", optional=True, limit=60)
    )
    area: str | None = ask(Text("From which panel?", "Its area, not an address.", optional=True, limit=100))
    moved: date | None = ask(Day("Here since", optional=True))
    limits: str | None = ask(
        Text("What do they restrict?", "Who may read what, as they set it. No names.", optional=True, lines=True)
    )
    happened = ("moved",)


@dataclass
class Narrative(Section):
    """What an agency knows where no score speaks."""

    name = "referrals.more.narrative"
    title = "What we know"
    section = "narrative"
    routes = frozenset({Route.AGY_PJ, Route.BAF, Route.DRV})
    asks = "What makes you concerned, and where that comes from. No score is needed."
    source: str | None = ask(One("Where does it come from?", optional=True, choices=[(c, c.label) for c in Told]))
    concern: str | None = ask(
        Text(
            "What makes you concerned?", f"What was said or seen, when; fact apart from opinion. {NO_NAMES}",
            optional=True, lines=True,
        )
    )  # fmt: skip
