"""Invented sentences as representatives write them: with something in them that says who or where, and without.

Whoever is named here is nobody: words from lists of names, put together by turns. Half of the given names are in no
list of ours, so that what is measured is not what was learnt by heart.
"""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import yaml

from panel.guard import Kind

MONTHS = Path(__file__).parents[2] / "bot" / "demo" / "months"
_LISTED = ("Sarah", "Mohammed", "Kayleigh", "Tomasz", "Priya", "Darren", "Siobhan", "Aisha")
_UNLISTED = ("Zdenka", "Oluwaseun", "Bronagh", "Thabo", "Ludmila", "Xanthe", "Ifeoma", "Jolyon")
_FAMILY = ("Whitcombe", "Hargreave", "Okonjo", "Pawlak", "Tredinnick", "Ahluwalia", "Brackley", "McInnes")

_NAMED = (
    "Spoke to {given} {family} on Tuesday and she is frightened.",
    "{given} {family} has been seen at the address twice.",
    "His new partner {given} has two small children.",
    "Victim's sister {given} reported the call.",
    "Known as {given} on the wing.",
    "He is now in a relationship with {given} {family}.",
    "Mr {family} failed to attend his appointment.",
    "Texts were sent to Ms {family} from a new number.",
    "The child, {given} {family}, was collected from school.",
    "Threats were made against {given} {family} in custody.",
    "He calls himself {given}.",
    "Visited with Mrs {family} present; she said nothing.",
    "Contact made through his brother {given} last week.",
    "A neighbour, {given} {family}, called at 23:10.",
    "Last seen with {given} {family} near the station.",
    "Complaint about PC {family} was withdrawn.",
)
_HARD_NAMED = (  # as people write who are in a hurry
    "spoke to {small} and she is frightened",
    "{small} says he turned up again on saturday",
    "housing: {small} has asked to move",
    "he told the worker that {small} deserved it",
)
_BIRTH = (
    "DOB 14/03/1987.", "Subject, d.o.b. 3.11.79, is on licence.", "Born on 2 June 1991 in the north.",
    "Date of birth: 1984-07-30.", "Her birthday is 9 September 2001 and he always comes then.",
    "The older child was born 12/08/2011.", "Known to us since 1998 under 05-05-1980.", "Born 21st May 1976.",
    "dob is 1/2/90", "Birthday 30 August 1995, no contact until then.",
)  # fmt: skip
_ADDRESS = (
    "She has moved to 14 Mill Lane.", "He was stopped outside 7b Station Road at 02:00.",
    "Flat 12 is where he sleeps most nights.", "Lives on Larkspur Avenue with his mother.",
    "Post goes to LS6 2AB.", "The refuge is at 3 The Grove.", "Seen on Cobbler's Close twice this week.",
    "Bail address 221 Alma Terrace.", "He rents a caravan 16 on the site.", "New tenancy: 9 Sycamore Drive.",
    "moved to 33 queens road last friday", "Parcel sent to 101 Harbour Street.", "Her flat 4a has a new lock.",
    "Staying in room 6 of the hostel.", "Sells from his van on Corporation Street.", "Postcode M14 5RT was given.",
)  # fmt: skip
_PHONE = (
    "New number 07700 900123.", "Reached him on 07700900456.", "Call her mother on 0113 496 0000 only.",
    "He uses +44 7700 900789 for threats.", "Number (0161) 496 0999 is blocked.", "text 07700-900-321 after six",
    "Phones: 07700 900 111 and another.", "Her new number is 01632 960 001.",
)  # fmt: skip
_EMAIL = (
    "He writes from king.of.the.road@example.com.", "Contact by j_smith99@example.org.",
    "Account @lad_from_leeds sends messages.", "Snapchat lad_88 is his.", "His instagram account bigman_7 is open.",
    "Mail to house-22@example.co.uk was opened.",
)  # fmt: skip
_DISTANCE = (
    "He is living two streets from her.", "Bail address is 300 metres from the children's school.",
    "He moved to a flat round the corner from her mother's.", "Staying next door to the victim.",
    "Works opposite her work.", "She lives within walking distance of him.",
    "About five minutes' walk from the refuge.",
    "He now rents in the same street as V-041a.", "His brother lives three doors from her.",
    "The hostel is close to where she works.", "He is 2 miles from V-031a.", "Housed in the same block as her sister.",
    "It is a ten minute drive from her.", "Moved within half a mile of the family home.",
    "Lives down the road from the children's nursery.", "She is on the same estate as him.",
)  # fmt: skip

_CLEAN = (
    "No contact since the last panel; not known where the subject sleeps.",
    "Recalled to prison on 12 October 2026 for breach of condition 6.",
    "Seen with a man in his thirties, not identified, in the town centre.",
    "Police to serve the Stalking Protection Order by Friday.",
    "Children's Social Care will visit on Monday and Thursday.",
    "Case heard at the Crown Court on 3 November 2026; adjourned to 10 December 2026.",
    "K-041 attended 3 of 5 appointments and was calm in all.",
    "V-041a is in touch with the IDVA and wants no letters.",
    "Not to go within 100 metres of her home or the children's school (order to March 2028).",
    "The order forbids him to be within half a mile of the family home.",
    "Missed two appointments in September; attended on 1 October.",
    "Substance use has gone up since August: alcohol daily, cocaine at weekends.",
    "Housing First has offered a tenancy in another district.",
    "Probation will enforce under the licence; see MSP-26-0041.",
    "Risk is high because of the threats made on 9 October 2026 at 22:15.",
    "Three calls to police between July and September 2026, none with an arrest.",
    "Will be released on 14 November 2026 to approved premises.",
    "He may grant access to his phone if asked by Probation.",
    "Mark the file and will review in May or June.",
    "New partner has two children under five; not yet told.",
    "Health visitor to see the family within ten working days.",
    "Adult Social Care closed the case on 2 October 2026.",
    "Victim Support has no open referral; Women's Aid has one.",
    "Seen by Street Outreach near the bus station twice.",
    "Section 47 enquiry begun; strategy meeting on 5 November.",
    "DVDS right to ask made on 21/10/2026, disclosure given on 24/10/2026.",
    "No trace in systems searched: PNC, PND, Niche and ViSOR.",
    "Officer in the case is on leave until 4 January 2027.",
    "Bail conditions: no contact, curfew 19:00 to 07:00.",
    "Non-molestation order in force to 14/06/2027.",
    "He says he works nights in a warehouse and drives a van.",
    "Universal Credit claim changed in September, household of one.",
    "GP marker asked for; firearms licence refused in 2024.",
    "Children are safe with a relative in another county.",
    "Occupational Therapy and Mental Health Trust will write together.",
    "The subject denies the offence and blames alcohol.",
    "He was 300 metres from the station when stopped.",
    "Crime reference 42CR/1187/26 is under review by CPS.",
    "Tag fitted on 6 October; battery alerts on 9, 11 and 13 October.",
    "The Perpetrator Programme has a place from 2 December.",
    "Neighbourhood Policing Team to patrol between 18:00 and 23:00.",
    "Action P07 done; record number 2026-118822.",
    "Last month's action was not done because the worker left.",
    "Civil Injunction under Part 1 of the 2014 Act is being drafted.",
    "Joint visit by Fire and Rescue and Housing on 3 November.",
    "Prison Offender Manager says behaviour on the wing is poor.",
    "School says attendance fell to 71% since the summer.",
    "The Drive case manager has met him four times.",
    "Heard at Leeds Magistrates' Court; fined 200 pounds.",
    "Next review at the panel of 14 January 2027.",
)


def _made() -> list[tuple[Kind, str, bool]]:
    given, family = cycle(_LISTED + _UNLISTED), cycle(_FAMILY)
    made = []
    for turn in range(4):
        for template in _NAMED:
            made.append((Kind.NAME, template.format(given=next(given), family=next(family)), False))
        next(given), next(family)  # so that another name meets each sentence
        for template in _HARD_NAMED:
            made.append((Kind.NAME, template.format(small=(_LISTED + _UNLISTED)[turn * 4 % 16].lower()), True))
    return made


BEARING: list[tuple[Kind, str]] = [
    *((kind, text) for kind, text, _hard in _made()),
    *((Kind.BIRTH, text) for text in _BIRTH),
    *((Kind.ADDRESS, text) for text in _ADDRESS),
    *((Kind.PHONE, text) for text in _PHONE),
    *((Kind.EMAIL, text) for text in _EMAIL),
    *((Kind.DISTANCE, text) for text in _DISTANCE),
]


def _words(found: object) -> list[str]:
    """Every text of some length in a month file."""
    if isinstance(found, dict):
        return [text for value in found.values() for text in _words(value)]
    if isinstance(found, list):
        return [text for value in found for text in _words(value)]
    return [found] if isinstance(found, str) and found.count(" ") >= 4 else []


def clean() -> list[str]:
    """Sentences that say neither who nor where: ours, and every longer text of the fictional months."""
    months = [text for path in sorted(MONTHS.glob("*.yaml")) for text in _words(yaml.safe_load(path.read_text()))]
    return list(dict.fromkeys([*_CLEAN, *months]))
