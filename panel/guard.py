"""What looks as if it said who somebody is or where they live, in words that are about to be kept.

Convenor holds references only (field reference 11.2). What stands here is suspicion, never knowledge: its writer is
asked, and decides. What is known not to belong here is found by `digestible`, a keyed hash of which is compared.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from panel.codes import Code
from panel.guard_words import ALSO_WORDS, GIVEN, NO_NAME
from panel.identity import DIGITS, same_number


class Kind(Code):
    """What a piece of text may say; the label completes "this looks like ..."."""

    NAME = "name", "a person's name"
    BIRTH = "birth", "a date of birth"
    ADDRESS = "address", "an address"
    PHONE = "phone", "a telephone number"
    EMAIL = "email", "an e-mail address or the name of an account"
    DISTANCE = "distance", "how far from somebody, or near whom, a person is"


@dataclass(frozen=True)
class Suspect:
    """A piece of the text, as it was typed, and what it looks like."""

    kind: Kind
    words: str


# ---- what is seen by its form

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ANY_YEAR = r"(?:19|20)?\d\d"
_BEFORE_THE_PANEL = r"(?:19\d\d|200\d|201[0-2])"  # no date of the panel's own work is as old


def _date(year: str) -> str:
    numbers = rf"\d{{1,2}}[./-]\d{{1,2}}[./-]{year}|{year}-\d\d-\d\d"
    return rf"(?:{_DAY} (?:of )?{_MONTH},? {year}|{_MONTH} {_DAY},? {year}|{numbers})"


_ROAD = r"street|road|block|building|close|village|estate|cul-de-sac|postcode"
_STREET = r"(?:street|st|road|rd|lane|ln|avenue|ave|crescent|cres|terrace|gardens|grove|mews|close)"
_SURELY_STREET = r"(?:Street|Road|Lane|Avenue|Drive|Crescent|Terrace|Gardens|Grove|Mews|Close|Rise|Croft)"
_PERHAPS_STREET = (
    r"(?:Drive|Place|Way|Walk|Square|Court|Hill|Row|Green|Parade|Rise|Croft|Meadows?|Gate|Wharf|Quay|Brow|Wynd|Park|"
    r"View|Lodge|House|Cottage)"
)
_COURTS = r"(?:crown|county|family|youth|high|magistrates'?|coroner'?s|sheriff) court"
_MANY = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|half a|a few|a couple of|a|several)"
_UNIT = (
    r"(?:(?:bus )?stops?|miles?|kilomet(?:re|er)s?|km|met(?:re|er)s?|m|yards?|minutes?|mins?|doors?|houses?|streets?|"
    r"roads?)(?:'? (?:walk|drive|away|down|up))*"
)
_WHO = (
    r"(?:her|him|hers|his|their|them|(?:the )?victim'?s?|(?:the |his )?ex(?:-?partner)?(?:'?s)?|(?:the )?partner'?s?|"
    r"the mother|the child(?:ren)?|the kids|mums?|[VCR]-\d{3,4}[a-z]?|V)\b"
)
_HOME = (
    r"(?:home|house|flat|work(?:place)?|school|nursery|mother|mum|parent|family|sister|brother|daughter|son|refuge|"
    r"address|hostel|new (?:home|flat|house|address|partner))(?:'s|s'|s)?"
)
_OF_SOMEBODY = (
    rf"(?:{_WHO}(?:'s|s')?(?: {_HOME})*|the refuge|the (?:children's|kids'|child's) (?:school|nursery)|"
    r"the family home|where (?:she|they|he|the (?:victim|children|kids)) (?:now )?(?:live|stay|work|go)s?)"
)
_SURELY_BESIDE = (
    r"(?:next door (?:but one )?to|(?:just )?a?round the corner from|"
    r"(?:down|up|over|across) the (?:road|street) from|"
    rf"walking distance (?:of|from)|a stone'?s throw from|(?:in|on) the same (?:{_ROAD}) (?:as|with)|"
    r"(?:flat|house|room|door) (?:below|above|beside|behind|opposite|next to)|neighbours? (?:with|of|to)|"
    r"shares an? (?:fence|wall|garden|drive|stairwell|landing|hallway) with|backs onto)"
)
_BESIDE = r"(?:opposite|(?:very )?(?:near|close) to|near|nearby|close by|overlooks?)"
_LIVES = (
    r"(?:liv(?:es?|ing|ed)|stay(?:s|ing|ed)?|mov(?:es?|ed|ing)|work(?:s|ing)?|based|hous(?:es?|ed)|rents?|is|are|now|"
    r"hostel|flat|tent)"
)
_ORDERED = r"\bnot (?:to )?(?:go|come|be|enter|approach|contact|attend)\b|\bprohibit|\bforbid|\bexclu"
_SERVICE = (
    r"(?:snap(?:chat)?|insta(?:gram)?|facebook|fb|tik ?tok|paypal|telegram|kik|discord|gamertag|xbox|psn|onlyfans|"
    r"tinder|whatsapp)"
)

_FORMS = (
    (Kind.EMAIL, r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@<])@[a-z_][\w.]{2,}"),
    (
        Kind.EMAIL,
        rf"\b{_SERVICE}(?:\.com/|[ :]+(?:(?:user(?:name)?|name|account|handle|id)[ :]+)?)[\w.]*[\d_.]\w[\w.]*",
    ),
    (Kind.EMAIL, r"\b[\w.]+(?: dot [\w.]+)? (?:at|\(at\)) [\w-]+ dot [\w. ]+"),
    (
        Kind.BIRTH,
        rf"\b(?:d\.?o\.?f?\.?b\.?|born|birthday)(?: (?:is|on))*\W{{0,3}}(?:{_date(_ANY_YEAR)}|(?:19|20)\d{{6}})\b",
    ),
    (Kind.BIRTH, rf"\b(?:date of birth|dofb)[^.;\n\d]{{0,30}}(?:{_date(_ANY_YEAR)}|{_DAY} {_MONTH} \d\d)"),
    (Kind.BIRTH, rf"\b(?:(?:dob|birthday) (?:is |on )?|turn(?:s|ed|ing) \d\d on (?:the )?){_DAY} {_MONTH}\b"),
    (Kind.BIRTH, rf"\b(?:yob|born(?: in)?|b\.) ?(?:{_MONTH} )?(?:19|20)\d\d\b|\bb\. ?{_date(_ANY_YEAR)}"),
    (Kind.BIRTH, rf"\b{_date(_BEFORE_THE_PANEL)}\b"),
    (Kind.ADDRESS, rf"(?<![\d./:])\b\d{{1,4}}[a-z]?(?:/\d)?,? (?!at\b|on\b)(?:[a-z][\w'-]+ ){{1,3}}{_STREET}\b"),
    (Kind.ADDRESS, rf"(?-i:(?<![\d./:])\b\d{{1,4}}[a-z]?(?:/\d)?,? (?:[A-Z][\w'-]+ ){{1,3}}{_PERHAPS_STREET}\b)"),
    (Kind.ADDRESS, r"(?-i:(?<![\d./:])\b\d{1,4}[a-z]? The [A-Z][\w'-]+)"),
    (Kind.ADDRESS, r"\b(?:flat|apartment|apt|unit|room|rm|caravan|plot) (?:no\.? )?\d{1,4}[a-z]?\b"),
    (Kind.ADDRESS, rf"(?-i:\b(?!The {_SURELY_STREET})(?:[A-Z][\w'-]+ ){{1,3}}{_SURELY_STREET}\b)"),
    (Kind.ADDRESS, r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b"),
    (Kind.PHONE, r"(?<![\w/-])(?:\+\d{2}|0044|44|\(?0)(?:[ ().-]{0,2}\d){9,11}(?![\w/-])|\bo7(?:[ -]?\d){9}\b"),
    (Kind.DISTANCE, rf"\b{_MANY} {_UNIT} (?:from|between) {_OF_SOMEBODY}"),
    (Kind.DISTANCE, rf"\bwithin {_MANY} {_UNIT} of {_OF_SOMEBODY}"),
    (Kind.DISTANCE, rf"\b{_SURELY_BESIDE} {_OF_SOMEBODY}"),
    (Kind.DISTANCE, rf"\b{_LIVES} (?:\w+ ){{0,3}}?{_BESIDE} {_OF_SOMEBODY}"),
    (Kind.DISTANCE, rf"\b(?:end|bottom|top) of {_WHO} (?:road|street|lane|close|garden)"),
    (Kind.DISTANCE, rf"\b(?:in|on)? ?(?:the )?same (?:{_ROAD}) (?:as|with) {_OF_SOMEBODY}"),
)
_BY_FORM = [(kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS]


# ---- names

_WORD = re.compile(r"[^\W\d_][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*")
_TITLE = re.compile(
    r"\b(?:[Mm]r|[Mm]rs|[Mm]iss|[Mm]s|Mx|[Dd]r|[Ss]gt|PS|DC|DS|DI|DCI|PC|PCSO|PO|[Cc]llr|[Pp]rof|[Rr]ev|[Ii]nsp)\.? "
    r"([A-Z][a-z][\w'-]*(?: [A-Z][\w'-]+)?)"
)
_SAYS = (
    r"(?:says?|said|reports?|reported|told|disclosed|discloses|states?|stated|wants?|feels?|refused|refuses|denie[sd]|"
    r"asked|thinks?|has (?:been|stopped|moved|left|said|asked)|was (?:seen|told|spoken)|"
    r"is (?:now|known|frightened|off))"
)
_SOMEBODY = re.compile(  # somebody does or says something, or something is done to them
    rf"(?:^|[.!?:;,] )([A-Z][^\W\d_]+(?:-[A-Z]\w+)?) (?={_SAYS}\b)"
    r"|\b(?:that|w|with|thanked|spoke to|contacted|visited|believed to be an?) "
    rf"([A-Z][a-z][\w'-]+)(?= {_SAYS}\b|[.,]|'s| for\b|$)"
    r"|\(([A-Z][a-z]+-[A-Z][a-z]+)\)|\b([A-Z][a-z]+)(?= \((?:health|housing|police|probation|school|idva|social))"
    r"|\b([A-Z][a-z][\w'-]+)'s "
    r"(?:tag|English|mother|mum|cousin|sister|brother|phone|children|partner|ex|flat|school|name)\b"
    r"|\b([A-Z]\. ?[A-Z][a-z]{3,})\b"
)
_SAID_SMALL = re.compile(rf"^(\w+) (?:\(\w+ \w+ \w+\) )?(?={_SAYS}\b|is \d)", re.IGNORECASE)
_CUE = re.compile(
    r"\b(?:(?:called|named|known as|a\.?k\.?a\.?|alias|name is|calls (?:him|her)self|first name|surname|nickname|"
    r"goes by)|(?:[Pp]artner|[Ee]x|[Ww]ife|[Hh]usband|[Ss]ister|[Bb]rother|[Mm]other|[Ff]ather|[Mm]um|[Dd]ad|[Ss]on|"
    r"[Dd]aughter|[Nn]eighbour|[Ff]riend|[Gg]irlfriend|[Bb]oyfriend|[Cc]ousin|[Uu]ncle|[Aa]unt|[Nn]iece|[Nn]ephew),?)"
    r" [\"'\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}]?([A-Z][a-z][\w'-]*)"
)
_REFERENCE = re.compile(r"\b[A-Z]{1,5}-\d[\w-]*")


def suspects(text: str, fine: Collection[str] = ()) -> list[Suspect]:
    """What in the text looks like one of `Kind`, each once and in the order of the kinds. `fine`: words that are no
    person's here (agencies, the panel's area, systems), in any case."""
    bare = _REFERENCE.sub(lambda found: "-" * len(found[0]), text)  # a reference is no number and no name
    said = {Kind.DISTANCE: text}
    found = [Suspect(kind, each[0].strip()) for kind, form in _BY_FORM for each in form.finditer(said.get(kind, bare))]
    found = [one for one in found if not _means_nothing(text, one)]
    no_names = NO_NAME | {word.casefold() for phrase in fine for word in _WORD.findall(phrase)}
    streets = [one.words for one in found if one.kind is Kind.ADDRESS]
    names = [name for name in _names(bare, no_names) if not any(name in street for street in streets)]
    found = _whole([*found, *(Suspect(Kind.NAME, name) for name in names)])
    return sorted(found, key=lambda one: [*Kind].index(one.kind))


def _whole(found: Sequence[Suspect]) -> list[Suspect]:
    """Each once, and none that is a part of another."""
    return [
        one
        for one in dict.fromkeys(found)
        if not any(one.words in other.words and one != other for other in found if other.kind is one.kind)
    ]


def _means_nothing(text: str, one: Suspect) -> bool:
    """Whether it is a court, or a distance that an order forbids: that says nothing of where anybody is."""
    if one.kind is Kind.ADDRESS:
        return bool(re.search(_COURTS, one.words, re.IGNORECASE))
    before = re.split(r"[.;\n]", text[: text.find(one.words)])[-1]
    return one.kind is Kind.DISTANCE and bool(re.search(_ORDERED, before, re.IGNORECASE))


def _names(text: str, no_names: Collection[str]) -> Iterator[str]:
    for form in (_TITLE, _CUE, _SOMEBODY):
        for found in form.finditer(text):
            name = next(filter(None, found.groups()))
            if _bare(name.split()[0]) not in no_names:
                yield name
    small = _SAID_SMALL.search(text)
    if small and _bare(small[1]) in ALSO_WORDS:
        yield small[1]
    for sentence in re.split(r"(?<=[.!?:;\n])\s+|\n", text):
        yield from _in_sentence(sentence, no_names)


def _in_sentence(sentence: str, no_names: Collection[str]) -> Iterator[str]:
    """Given names, with what follows them; and two capitals side by side that begin no sentence."""
    words = [*_WORD.finditer(sentence)]
    taken = -1
    for place, word in enumerate(words):
        if place <= taken:
            continue
        last = place
        while last + 1 < len(words) and _goes_on(sentence, words[last], words[last + 1], no_names):
            last += 1
        if _is_name([one[0] for one in words[place : last + 1]], place == 0, no_names):
            taken = last
            yield sentence[word.start() : words[last].end()]


def _goes_on(sentence: str, word: re.Match[str], following: re.Match[str], no_names: Collection[str]) -> bool:
    beside = sentence[word.end() : following.start()] == " "
    return beside and _capital(word[0]) and _capital(following[0]) and _bare(following[0]) not in no_names


def _is_name(words: list[str], first: bool, no_names: Collection[str]) -> bool:
    bare = [_bare(word) for word in words]
    if bare[0] in no_names:
        return False
    if bare[0] in GIVEN:
        return True
    if bare[0] in ALSO_WORDS:
        return len(words) > 1
    return len(words) in (2, 3) and not first


def _capital(word: str) -> bool:
    """Whether it begins with a capital and is no abbreviation."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _bare(word: str) -> str:
    return re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}]s?$", "", word).casefold()


# ---- what is known


MOST_TOGETHER = 3  # words of a name
LEAST_LETTERS = 3


def digestible(text: str) -> list[str]:
    """Everything in the text that could be a name or number that is known not to belong here, in the form in which it
    is hashed: each word, up to three words beside each other in the order of the alphabet, each number."""
    words = [_bare(word) for word in _WORD.findall(text)]
    beside = [
        " ".join(sorted(words[place : place + many]))
        for many in range(2, MOST_TOGETHER + 1)
        for place in range(len(words) - many + 1)
    ]
    numbers = [same_number(each) for each in re.findall(r"\d[\d/ ().-]*\d[A-Za-z]?", text)]
    return list(dict.fromkeys([*words, *beside, *(f"#{number}" for number in numbers if len(number) >= DIGITS)]))


def parts_of_name(name: str) -> list[str]:
    """A name as it is hashed: whole, its parts by twos, and each part of three letters or more that is no word of
    English (another's sentence would be refused for it)."""
    parts = [_bare(word) for word in _WORD.findall(name)]
    together = [" ".join(sorted(each)) for many in (2, MOST_TOGETHER) for each in combinations(parts, many)]
    alone = [part for part in parts if len(part) >= LEAST_LETTERS and part not in ALSO_WORDS | NO_NAME]
    return list(dict.fromkeys([*together, *alone]))
