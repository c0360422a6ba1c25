"""THE table of the restriction matrix: who reads what, where. By the field's rules (field reference 5.4, 9.6 and the
architecture's "what may be written where"), not by the code that is tested.

A cell is (thing, reader, surface). It is yes where all three say so: the thing is for the reader (`FOR`), the surface
shows such things at all (`SHOWS`), and the surface is open to the reader (`OPEN_TO`). Everything else is no.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Reader(StrEnum):
    """Somebody to look, each as their own three letters in the table."""

    COORDINATOR = "coo"
    CHAIR = "cha"
    DEPUTY_CHAIR = "dep"  # not acting
    ACTING_CHAIR = "act"  # the same person, acting for this meeting
    SOURCE = "src"  # representative of the agency that wrote it
    DEPUTY = "sdp"  # that agency's deputy representative
    NAMED = "nam"  # of an agency on the case, which the item names
    OTHER = "oth"  # of another agency on the case
    POLICE = "pol"
    PERP_FACING = "prp"
    VICTIM_SERVICE = "vic"
    BY_AND_FOR = "baf"  # invited to this case
    OFF_CASE = "off"  # of an agency that the item names, but that is not on the case
    OBSERVER = "obs"
    STEERING = "ste"
    INFORMATION_GOVERNANCE = "igl"
    LEAD = "led"  # senior lead of the agency that wrote it
    DUTY = "dut"  # its duty lead
    ADMIN = "adm"  # of the Slack workspace
    STRANGER = "str"
    RECUSED = "rec"  # of the victim service, with a conflict on the case
    DOER = "doe"  # named to do the actions; holds no role


class Thing(StrEnum):
    """What is planted; the value is its word."""

    EVERYONE = "zqmeveryone"
    NAMED = "zqmnamed"
    CHAIR = "zqmchair"
    IDVA = "zqmidva"
    NOT_PERP_FACING = "zqmnotperp"
    NAMED_NOT_PERP = "zqmboth"
    VERBAL = "zqmverbal"
    NO_MINUTE = "zqmnominute"
    EXPIRED = "zqmexpired"
    AGENCY_NOTE = "zqmagencynote"
    INTELLIGENCE = "zqmintelligence"
    TOLD = "zqmtold"  # who was told of an imminent risk
    ANSWER = "zqmanswer"  # why an agency disagrees with what is proposed in writing
    ADDRESS = "zqmaddress"  # that a victim's address is hidden, and how to act on that
    ACTION = "zqmaction"
    ACTION_CHAIR = "zqmactchair"
    ACTION_IDVA = "zqmactidva"
    ACTION_NAMED = "zqmactnamed"
    CONDITIONS = "zqmconditions"  # of a safety check
    PICTURE = "zqmpicture"  # what a victim wants and knows: questions 1 to 4 of the safety check
    INSTRUCTION = "zqminstruction"  # from the victim service to whoever does it
    HOLD = "zqmhold"  # why a safety check put it on hold
    VIEWS = "zqmviews"  # what a victim wants, as told with the referral
    SENSITIVE = "zqmsensitive"  # a sensitive outcome's note


class Surface(StrEnum):
    """A place where people read, each as its own three letters in the table."""

    BRIEFING = "bri"
    PAGE = "pag"  # the printable pack
    RECORD = "rec"  # of the case, and its forms
    TIMELINE = "tim"  # of the case, as this person may know it
    REFERRAL = "ref"  # triage, and what came of a referral
    ACTION = "act"  # one action, and its forms
    CHECK = "chk"  # the victim service's form
    ACTION_LIST = "lst"  # lists, and the choices of a menu
    OWN_UPDATE = "own"  # what an agency sends and has sent
    AGENDA = "agd"  # a member's, the chair's, and what is outstanding
    MEETING = "mtg"  # its record
    IN_WRITING = "wri"  # proposed decisions, and what agencies answered
    MINUTES = "min"
    SUMMARY = "sum"  # executive, of the minutes
    SHEET = "sht"  # of an agency's own actions
    CALENDAR = "cal"  # a feed, a file a meeting
    TRACKER = "tra"  # the file of actions, as the coordinator sees it
    FILES = "fil"  # the other files: agenda, audit, summary
    MESSAGE = "msg"  # in the channel, to one person, in answer to a command: notices too
    HOME = "hom"
    COUNTS = "cou"  # the return board, figures
    CHOICES = "cho"  # of a case, an agency, a person: menus and lists by reference
    PANEL = "pan"  # its dates, people and settings
    ERROR = "err"  # a refusal, a sentence


# Y: reads it. r: sees the action's reference, owner, date and where it stands, not its words.
# m: sees that there is something: to be said in the room, or told with the referral.
_FOR = """
                coo cha dep act src sdp nam oth pol prp vic baf off obs ste igl led dut adm str rec doe
EVERYONE         Y   Y   .   Y   Y   Y   Y   Y   Y   Y   Y   Y   .   .   .   .   .   .   .   .   .   .
NAMED            .   .   .   .   Y   Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
CHAIR            Y   Y   .   Y   Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
IDVA             .   Y   .   Y   Y   Y   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
NOT_PERP_FACING  Y   Y   .   Y   Y   Y   Y   Y   Y   .   Y   Y   .   .   .   .   .   .   .   .   .   .
NAMED_NOT_PERP   .   .   .   .   Y   Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
VERBAL           m   m   .   m   m   m   m   m   m   m   m   m   .   .   .   .   .   .   .   .   .   .
NO_MINUTE        Y   Y   .   Y   Y   Y   Y   Y   Y   Y   Y   Y   .   .   .   .   .   .   .   .   .   .
EXPIRED          .   .   .   .   Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
AGENCY_NOTE      .   .   .   .   Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
INTELLIGENCE     .   .   .   .   Y   Y   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .
TOLD             Y   Y   .   Y   Y   Y   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
ANSWER           .   Y   .   Y   Y   Y   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
ADDRESS          .   Y   .   Y   .   .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
ACTION           Y   Y   .   Y   Y   Y   Y   Y   Y   Y   Y   Y   .   .   .   .   r   r   .   .   .   Y
ACTION_CHAIR     Y   Y   .   Y   Y   Y   .   .   .   .   .   .   .   .   .   .   r   r   .   .   .   Y
ACTION_IDVA      r   Y   .   Y   Y   Y   .   .   .   .   Y   .   .   .   .   .   r   r   .   .   .   Y
ACTION_NAMED     r   Y   .   Y   Y   Y   Y   .   .   .   .   .   .   .   .   .   r   r   .   .   .   Y
CONDITIONS       .   Y   .   Y   .   .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
PICTURE          .   Y   .   Y   .   .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
INSTRUCTION      .   Y   .   Y   Y   Y   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   Y
HOLD             .   Y   .   Y   .   .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
VIEWS            m   Y   .   Y   .   .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
SENSITIVE        .   Y   .   Y   Y   Y   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   Y
"""


# What a surface shows of what stands in the database, to those who may read it at all.
_SHOWS = """
                bri pag rec tim ref act chk lst own agd mtg wri min sum sht cal tra fil msg hom cou cho pan err
EVERYONE         Y   Y   .   Y   .   .   .   .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
NAMED            Y   Y   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
CHAIR            Y   Y   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
IDVA             Y   Y   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
NOT_PERP_FACING  Y   Y   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
NAMED_NOT_PERP   Y   Y   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
VERBAL           .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
NO_MINUTE        Y   Y   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
EXPIRED          .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
AGENCY_NOTE      Y   Y   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
INTELLIGENCE     Y   Y   .   Y   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
TOLD             Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
ANSWER           Y   Y   .   Y   .   .   .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .
ADDRESS          Y   Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
ACTION           Y   Y   .   Y   .   Y   Y   .   .   .   Y   .   Y   Y   Y   .   Y   .   .   .   .   .   .   .
ACTION_CHAIR     Y   Y   .   Y   .   Y   Y   .   .   .   Y   .   .   .   Y   .   Y   .   .   .   .   .   .   .
ACTION_IDVA      Y   Y   .   Y   .   Y   Y   .   .   .   Y   .   .   .   Y   .   Y   .   .   .   .   .   .   .
ACTION_NAMED     Y   Y   .   Y   .   Y   Y   .   .   .   Y   .   .   .   Y   .   Y   .   .   .   .   .   .   .
CONDITIONS       .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
PICTURE          .   .   .   .   .   Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
INSTRUCTION      .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
HOLD             Y   Y   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
VIEWS            Y   Y   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
SENSITIVE        .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
"""

# Who comes to a surface that shows any of it: by a command, a button of theirs, or a message to them. o: may open it,
# but in this month nothing leads them there.
_OPEN_TO = """
     coo cha dep act src sdp nam oth pol prp vic baf off obs ste igl led dut adm str rec doe
bri   Y   Y   .   Y   Y   Y   Y   Y   Y   Y   Y   Y   .   .   .   .   .   .   .   .   .   .
pag   Y   Y   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
rec   Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
ref   o   o   .   o   .   .   .   .   .   .   o   .   .   .   .   .   .   .   .   .   .   .
act   Y   Y   .   o   Y   Y   o   o   o   o   o   o   .   .   .   .   Y   Y   .   .   .   Y
chk   .   .   .   .   .   .   .   .   .   .   Y   .   .   .   .   .   .   .   .   .   .   .
mtg   Y   o   .   o   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
wri   o   o   .   o   o   o   o   o   o   o   o   o   .   .   .   .   .   .   .   .   .   .
tim   Y   Y   .   o   Y   Y   Y   Y   Y   Y   Y   o   .   .   .   .   .   .   .   .   .   .
sum   Y   Y   .   o   Y   Y   Y   Y   Y   Y   Y   Y   o   .   .   .   .   .   .   .   o   .
sht   Y   Y   .   o   Y   Y   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
own   .   .   .   .   Y   Y   .   .   Y   .   .   .   .   .   .   .   .   .   .   .   .   .
min   Y   Y   .   o   Y   Y   Y   Y   Y   Y   Y   Y   Y   .   .   .   .   .   .   .   Y   .
"""
# Readers to whom the panel's figures are shown: those count every action, whoever may read it.
TOTALS = {Reader.DEPUTY_CHAIR, Reader.STEERING}
# Files are made at the command line; what stands in them is the coordinator's to read.
FILES = {
    "agenda.md": Surface.FILES, "audit.jsonl": Surface.FILES, "summary.json": Surface.FILES,
    "minutes.md": Surface.MINUTES, "tracker.csv": Surface.TRACKER, "executive-summary.md": Surface.SUMMARY,
    "sheet": Surface.SHEET,  # one an agency; together they are looked at as one
}  # fmt: skip


def _rows(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    heading, *lines = [line.split() for line in text.strip().splitlines()]
    return [(name, list(zip(heading, cells, strict=True))) for name, *cells in lines]


FOR: Mapping[tuple[Thing, Reader], str] = {
    (Thing[name], Reader(of)): cell for name, cells in _rows(_FOR) for of, cell in cells
}
SHOWS: Mapping[tuple[Thing, Surface], bool] = {
    (Thing[name], Surface(of)): cell == "Y" for name, cells in _rows(_SHOWS) for of, cell in cells
}
OPEN_TO: Mapping[tuple[Surface, Reader], str] = {
    (Surface(name), Reader(of)): cell for name, cells in _rows(_OPEN_TO) for of, cell in cells
}


def may(thing: Thing, reader: Reader, surface: Surface) -> bool:
    """Whether this reader may find the thing there."""
    return FOR[thing, reader] == "Y" and SHOWS[thing, surface] and OPEN_TO.get((surface, reader), ".") != "."


def finds(thing: Thing, reader: Reader, surface: Surface) -> bool:
    """The cell of the table: whether this reader finds the thing there, going only where they are led."""
    return may(thing, reader, surface) and OPEN_TO[surface, reader] == "Y"
