"""Why an agency may tell the others, and what a file is taken out for (field reference 11.1 and 11.2)."""

from panel.codes.code import Code


class Basis(Code):
    """The lawful basis of a disclosure, in plain words. The list is a starting one: each panel has it checked by its
    own lawyers."""

    CRIME = "crime", "Crime and disorder (1998 Act, section 115)"
    LAW_ENFORCEMENT = "law_enforcement", "Law enforcement (2018 Act, part 3)"
    SUPERVISION = "supervision", "Probation and prison (2007 Act, section 14)"
    CHILDREN = "children", "Safeguarding children (Children Acts)"
    ADULTS = "adults", "Safeguarding adults (Care Act 2014)"
    VITAL = "vital", "To protect somebody's life"
    PUBLIC = "public", "Substantial public interest (2018 Act, schedule 1)"
    DUTY = "duty", "An order of a court, or a duty in law"


class TakenFor(Code):
    """What a file may be taken out for. Immigration enforcement, benefits and staff matters are no purposes: they are
    excluded."""

    MEETING = "meeting", "The meeting itself"
    OWN_RECORD = "own_record", "This agency's own record"
    OUTAGE = "outage", "Paper for when Slack is away"
    REVIEW = "review", "A statutory review or inquiry"
    COURT = "court", "An order of a court"
    GOVERNANCE = "governance", "Audit and information governance"
