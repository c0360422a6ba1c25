"""The catalogue's rows: who usually does each action, how soon, and whether the victim service checks it first.

Times are starting values that a panel checks locally. A type's code is stable; its label may be re-worded.
"""
# ruff: noqa: E501 - a table reads best one row a line

from dataclasses import dataclass, replace
from enum import Enum, auto

from panel.codes import ActionGroup, Check, Function, Priority, Purpose, Visibility
from panel.codes import ActionGroup as G
from panel.codes import Function as F


class TermKind(Enum):
    """What a usual time is counted in."""

    HOURS = auto()
    DAYS = auto()  # calendar days, at the latest
    WORKING_DAYS = auto()
    NEXT_PANEL = auto()
    HEARING = auto()
    RELEASE = auto()
    ONGOING = auto()  # reviewed at the next panel


@dataclass(frozen=True)
class Term:
    """A usual time: a kind and, for those counted in something, how many."""

    kind: TermKind
    n: int = 0


@dataclass(frozen=True)
class ActionType:
    """One row of the catalogue. No `usual_owner` means any agency; `by_panel` the panel's own office."""

    code: str
    group: ActionGroup
    label: str
    usual_owner: tuple[Function, ...]
    term: Term
    check: Check
    visibility: Visibility
    also: str = ""  # other words people look for it by
    by_panel: bool = False
    reveals_address: bool = False  # whether it may tell the subject an address that they do not know (7.6)

    @property
    def priority(self) -> Priority:
        """The priority that the usual time amounts to."""
        if self.term.kind is TermKind.HOURS:
            return Priority.IMMEDIATE if self.term.n <= 24 else Priority.URGENT
        return _PRIORITY.get(self.term.kind, Priority.STANDARD)

    @property
    def purpose(self) -> Purpose:
        """What it is for: by its lever, and support where it is done for a victim (a default: check it locally)."""
        return Purpose.SUPPORT if self.code in _FOR_A_VICTIM else _PURPOSE[self.group]

    def at(self, priority: Priority) -> "ActionType":
        """The same type, done as soon as somebody says; its usual time where that amounts to it (panels.md 7.2)."""
        return self if priority is self.priority else replace(self, term=_TERMS[priority])


_FOR_A_VICTIM = {"P26", "P25", "B07", "L01", "H03", "H06", "E03", "I04"}
_PURPOSE = {
    G.POLICE_ENFORCEMENT: Purpose.ENFORCEMENT, G.POLICE_ORDERS: Purpose.ENFORCEMENT,
    G.POLICE_INTELLIGENCE: Purpose.DISRUPTION, G.PROBATION_PRISON: Purpose.ENFORCEMENT,
    G.LEGAL: Purpose.PREVENTION, G.HOUSING: Purpose.DISRUPTION, G.COMMUNITY_SAFETY: Purpose.DISRUPTION,
    G.CHILDREN_ADULTS: Purpose.PREVENTION, G.HEALTH: Purpose.DIVERSION, G.PERPETRATOR_SERVICE: Purpose.DIVERSION,
    G.ECONOMIC: Purpose.DISRUPTION, G.COORDINATION: Purpose.PREVENTION,
}  # fmt: skip
_PRIORITY = {TermKind.NEXT_PANEL: Priority.NEXT_PANEL, TermKind.ONGOING: Priority.ONGOING}

H24, H48 = Term(TermKind.HOURS, 24), Term(TermKind.HOURS, 48)
WD5, WD10 = Term(TermKind.WORKING_DAYS, 5), Term(TermKind.WORKING_DAYS, 10)
WEEK, D28 = Term(TermKind.DAYS, 7), Term(TermKind.DAYS, 28)
NEXT, HEARING = Term(TermKind.NEXT_PANEL), Term(TermKind.HEARING)
RELEASE, ONGOING = Term(TermKind.RELEASE), Term(TermKind.ONGOING)
R, A, N = Check.REQUIRED, Check.ADVISE, Check.NONE
C, O, I = Visibility.COVERT, Visibility.OVERT, Visibility.INFERABLE  # noqa: E741 - the field's own letters
_TERMS = {
    Priority.IMMEDIATE: H24, Priority.URGENT: H48, Priority.STANDARD: WD10, Priority.NEXT_PANEL: NEXT,
    Priority.ONGOING: ONGOING,
}  # fmt: skip
ANY: tuple[Function, ...] = ()
POL, PROB, PRIS, HOU, CSP = (F.POLICE,), (F.PROBATION,), (F.PRISON,), (F.HOUSING,), (F.COMMUNITY_SAFETY,)
CSC, ASC, BAF, IDVA, OTHER = (F.CHILDREN,), (F.ADULT,), (F.BY_AND_FOR,), (F.VICTIM_SERVICE,), (F.OTHER,)
MH, SUB, HLTH, DRV = (F.MENTAL_HEALTH,), (F.SUBSTANCE,), (F.HEALTH,), (F.PERPETRATOR_SERVICE,)

# fmt: off
ROWS = (
    ActionType("P01", G.POLICE_ENFORCEMENT, "Arrest for an outstanding offence, or circulate as wanted", POL, H48, A, O),
    ActionType("P02", G.POLICE_ENFORCEMENT, "Arrest for breach of an order or of bail", POL, H24, A, O, "restraining non-molestation DAPO SPO"),
    ActionType("P03", G.POLICE_ENFORCEMENT, "Oppose bail, or seek remand or conditions", POL, HEARING, R, O, "CPS"),
    ActionType("P04", G.POLICE_ENFORCEMENT, "Set pre-charge bail with conditions instead of release under investigation", POL, H24, A, O, "RUI"),
    ActionType("P05", G.POLICE_ENFORCEMENT, "Review for prosecution on evidence that does not rest on the victim", POL, WD10, R, C, "evidence-led victimless"),
    ActionType("P06", G.POLICE_ENFORCEMENT, "Review undetected and no-action reports, all victims, for a pattern", POL, WD10, A, C, "NFA coercive control stalking"),
    ActionType("P07", G.POLICE_ENFORCEMENT, "Search for and seize weapons, or revoke a firearms certificate", POL, H24, A, O, "licence gun"),
    ActionType("P08", G.POLICE_ENFORCEMENT, "Examine the subject's seized devices", POL, WD10, A, C, "download triage phone"),
    ActionType("P26", G.POLICE_ENFORCEMENT, "Sweep a victim's devices, vehicle or home for tracking", POL, WD10, R, C, "tech stalking technical"),
    ActionType("P09", G.POLICE_ENFORCEMENT, "Stop for traffic offences: insurance, licence, drug-driving", POL, ONGOING, N, O, "vehicle car"),
    ActionType("P10", G.POLICE_ENFORCEMENT, "Execute a warrant for other offending", POL, WD10, A, O, "drugs fraud wanted elsewhere"),
    ActionType("P11", G.POLICE_ORDERS, "Issue a DVPN, then apply for a DVPO", POL, H24, R, O, "domestic violence protection notice"),
    ActionType("P12", G.POLICE_ORDERS, "Issue a DAPN, then apply for a DAPO", POL, H48, R, O, "protection notice order tag"),
    ActionType("P13", G.POLICE_ORDERS, "Apply for a Stalking Protection Order, interim first", POL, WD10, R, O, "SPO"),
    ActionType("P14", G.POLICE_ORDERS, "Seek a criminal behaviour, serious crime or sexual risk order", POL, NEXT, R, O, "CBO SCPO SRO"),
    ActionType("P15", G.POLICE_ORDERS, "Apply to vary or extend an order; check its service and terms", POL, WD5, R, O),
    ActionType("P16", G.POLICE_INTELLIGENCE, "Flag the subject's addresses for an urgent response", POL, H24, N, C, "marker treat-as-urgent"),
    ActionType("P25", G.POLICE_INTELLIGENCE, "Flag a victim's address or number for an urgent response", POL, H24, R, C, "marker treat-as-urgent"),
    ActionType("P17", G.POLICE_INTELLIGENCE, "Place a marker on a vehicle", POL, H24, N, C, "ANPR flag car"),
    ActionType("P18", G.POLICE_INTELLIGENCE, "Place a national marker and brief patrols", POL, H48, A, C, "PNC PND MAPPS slide"),
    ActionType("P19", G.POLICE_INTELLIGENCE, "Call on the subject to check compliance or welfare", POL, WEEK, R, O, "house curfew visit"),
    ActionType("P20", G.POLICE_INTELLIGENCE, "Disclose under the right to know to a current or new partner", POL, D28, R, O, "DVDS Clare's law"),
    ActionType("P21", G.POLICE_INTELLIGENCE, "Check a possible new relationship and assess the partner's risk", (F.POLICE, F.PERPETRATOR_SERVICE), WD5, R, C),
    ActionType("P22", G.POLICE_INTELLIGENCE, "Warn in person or by letter through the neighbourhood officer", POL, WD10, R, O, "visit"),
    ActionType("P23", G.POLICE_INTELLIGENCE, "Ask other forces or the border for notice and checks", POL, H48, N, C, "out of force"),
    ActionType("P24", G.POLICE_INTELLIGENCE, "Refer to MAPPA category 3 or as potentially dangerous", (F.POLICE, F.PROBATION), WD10, N, C, "PDP"),
    ActionType("B01", G.PROBATION_PRISON, "Start breach proceedings or recall", PROB, H24, A, O, "licence"),
    ActionType("B02", G.PROBATION_PRISON, "Add or vary licence conditions: exclusion, no contact, tag", PROB, WD5, R, O, "GPS disclose relationships", reveals_address=True),
    ActionType("B03", G.PROBATION_PRISON, "Increase reporting, or visit at home with police", PROB, WD5, A, O),
    ActionType("B04", G.PROBATION_PRISON, "Arrange approved premises, or refuse an address near a victim", PROB, RELEASE, R, O, reveals_address=True),
    ActionType("B05", G.PROBATION_PRISON, "Start an accredited programme, toolkit or drug testing", PROB, NEXT, A, O),
    ActionType("B06", G.PROBATION_PRISON, "Stop letters, calls and visits from prison", PRIS, H24, R, I, "PIN mail"),
    ActionType("B07", G.PROBATION_PRISON, "Confirm victim contact scheme opt-in and release notice", PROB, WD5, R, C, "VCS"),
    ActionType("L01", G.LEGAL, "Support a victim who chooses to apply for an order", IDVA, WD5, R, O, "non-molestation occupation DAPO"),
    ActionType("L02", G.LEGAL, "Ask for a restraining order at sentence or on acquittal", POL, HEARING, R, O, "CPS"),
    ActionType("L03", G.LEGAL, "Share risk with the family court; seek a bar on vexatious applications", (F.CHILDREN, F.OTHER), HEARING, R, O, "Cafcass 91(14)"),
    ActionType("L04", G.LEGAL, "Apply for a forced-marriage or FGM protection order", (F.POLICE, F.CHILDREN), H24, R, I, "honour"),
    ActionType("H01", G.HOUSING, "Serve a tenancy warning, or seek demotion or possession", HOU, NEXT, R, O),
    ActionType("H02", G.HOUSING, "Apply for a civil injunction with exclusion or power of arrest", (F.HOUSING, F.COMMUNITY_SAFETY), WD10, R, O, "ASB"),
    ActionType("H03", G.HOUSING, "Transfer or end a joint tenancy so that the victim keeps the home", HOU, NEXT, R, O),
    ActionType("H04", G.HOUSING, "Rehouse the subject away from the victim", HOU, WD5, R, O, "temporary accommodation"),
    ActionType("H05", G.HOUSING, "Remove or limit priority on the housing register", HOU, NEXT, R, O),
    ActionType("H06", G.HOUSING, "Secure a victim's home", (F.HOUSING, F.OTHER), WD5, R, I, "sanctuary target hardening fire"),
    ActionType("H07", G.HOUSING, "Pursue the subject alone for arrears or damage", HOU, NEXT, R, O, "joint tenancy"),
    ActionType("C01", G.COMMUNITY_SAFETY, "Serve a community protection warning or notice", CSP, WD10, R, O, "CPW CPN"),
    ActionType("C02", G.COMMUNITY_SAFETY, "Review a taxi, security, alcohol or street-trading licence", CSP, WD10, R, O, "SIA licensing"),
    ActionType("C03", G.COMMUNITY_SAFETY, "Check blue badge, council tax or single-person discount", CSP, NEXT, R, I, "fraud"),
    ActionType("C04", G.COMMUNITY_SAFETY, "Ask CCTV, concierge or door staff to watch", CSP, H48, A, C, "image"),
    ActionType("W01", G.CHILDREN_ADULTS, "Hold a strategy meeting, or bar the subject from the home by plan", CSC, H48, R, O, "section 47 child protection"),
    ActionType("W02", G.CHILDREN_ADULTS, "Agree written expectations with the subject, not the mother", CSC, WD5, R, O, "written agreement"),
    ActionType("W03", G.CHILDREN_ADULTS, "Limit contact to supervised; set a school collection plan", (F.CHILDREN, F.EDUCATION), H24, R, I, "password photo"),
    ActionType("W04", G.CHILDREN_ADULTS, "Refer to the LADO, DBS or a regulator about the subject's work", CSC, H24, A, C),
    ActionType("W05", G.CHILDREN_ADULTS, "Open an adult safeguarding enquiry", ASC, WD5, R, C, "section 42"),
    ActionType("W06", G.CHILDREN_ADULTS, "Assess risk to an unborn baby", (F.CHILDREN, F.HEALTH), WD10, R, I, "pregnancy health visitor"),
    ActionType("M01", G.HEALTH, "Assess mental health, plan for crisis or give a forensic opinion", MH, WD5, A, O),
    ActionType("M02", G.HEALTH, "Offer substance appointments; give same-day notice of dropout", SUB, H48, R, O, "drug alcohol"),
    ActionType("M03", G.HEALTH, "Add record alerts, hidden from the subject and proxy access", HLTH, H24, R, I, "GP ED"),
    ActionType("M04", G.HEALTH, "Share a threat made in care on public-interest grounds", (F.MENTAL_HEALTH, F.HEALTH), H24, A, C, "therapy"),
    ActionType("D01", G.PERPETRATOR_SERVICE, "Allocate a case manager; agree the first contact with the IDVA", DRV, WD5, R, O, "Drive"),
    ActionType("D02", G.PERPETRATOR_SERVICE, "Run a disruption-only plan, with no contact", DRV, ONGOING, A, C, "unengaged"),
    ActionType("D03", G.PERPETRATOR_SERVICE, "Refer to a behaviour-change programme, with victim support in place", (F.PERPETRATOR_SERVICE, F.PROBATION), NEXT, R, O),
    ActionType("D04", G.PERPETRATOR_SERVICE, "Remove a practical excuse: housing, debt, identity, benefits", DRV, NEXT, A, O),
    ActionType("E01", G.ECONOMIC, "Separate a benefit claim, split payment or fix an appointment", OTHER, WD10, R, I, "DWP jobcentre"),
    ActionType("E02", G.ECONOMIC, "Enforce child maintenance", OTHER, NEXT, R, O, "DWP"),
    ActionType("E03", G.ECONOMIC, "Refer a victim to a bank's or an economic support team", IDVA, WD10, R, C),
    ActionType("E04", G.ECONOMIC, "Notify an employer where a legal duty permits", POL, NEXT, R, O),
    ActionType("E05", G.ECONOMIC, "Have content taken down, a number blocked or an image hashed", (F.POLICE, F.VICTIM_SERVICE), H48, R, I, "platform intimate image"),
    ActionType("I01", G.COORDINATION, "Send intelligence to police", ANY, H24, A, C, "partner form"),
    ActionType("I02", G.COORDINATION, "Refer a victim to MARAC and check linked victims", ANY, H24, A, C, "re-refer"),
    ActionType("I03", G.COORDINATION, "Hand over to another area's panel", ANY, WD5, A, C, "transfer pack", by_panel=True, reveals_address=True),
    ActionType("I04", G.COORDINATION, "Trace previous victims and offer support", IDVA, NEXT, R, C),
    ActionType("I05", G.COORDINATION, "Hold a professionals' meeting; agree a lead worker and visits", ANY, WD5, N, C, "staff safety"),
    ActionType("I06", G.COORDINATION, "Take by-and-for advice before engaging", BAF, WD5, A, C, "cultural consultation"),
)
# fmt: on
