"""From a view to paper: every word of it, in signs that a font has, behind a code."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from pypdf import PdfReader

from commands.kit.about import About
from commands.kit.blocks import Block, actions, button, context, divider, header, paragraphs, section
from commands.pages.marks import Line, Run, lines
from commands.pages.pack import Pack, Sheet
from commands.pages.pdf import LETTER_BY_LETTER, as_pdf, printable

CODE = "ABCD-EFGH"
HARD = "She said “ŵ ŷ Łódź”: 2*3*4 <!channel> & co, a_b_c, 50% **loud** __under__ -- end"


def one(*blocks: Block) -> Sequence[Line]:
    return lines(blocks)


def pdf(*sheets: Sequence[Block]) -> PdfReader:
    """The PDF of some sheets, opened with its code."""
    drawn = [Sheet(f"MSP-26-00{n}", f"Item {n}", lines(blocks)) for n, blocks in enumerate(sheets)]
    reader = PdfReader(io.BytesIO(as_pdf(Pack("Version 1", "Panel MSP · copy 7", "Fictional.", drawn), CODE)))
    assert reader.decrypt(CODE)
    return reader


def test_what_a_person_typed_comes_back_as_typed() -> None:
    (head, *said) = one(*paragraphs(HARD, "*POL* · Fact\n"))
    assert head.runs == (Run("POL", bold=True), Run(" · Fact"))
    assert [line.text for line in said] == [HARD.replace("**loud**", "**loud**")]


@pytest.mark.parametrize(
    ("said", "runs"),
    [
        (
            "*Order:* until <!date^1760428800^{date_long}|14 October>",
            (Run("Order:", bold=True), Run(" until 14 October")),
        ),
        ("ask <@U012AB> or <https://x.org|the page>", (Run("ask @U012AB or the page"),)),
        ("5 * 4 * 3", (Run("5 * 4 * 3"),)),
        ("a*b*c", (Run("a*b*c"),)),
    ],
)
def test_marks_of_slack_s_become_weight_and_words(said: str, runs: tuple[Run, ...]) -> None:
    assert one(section(said))[0].runs == runs


def test_headings_items_small_print_and_rules_are_told_apart_and_buttons_left_out() -> None:
    press = button("Press me", "x.y", About())
    told = one(
        header("Top"), section("*Actions*", press), section("• one\n• *two* three"), divider(), context("small"),
        actions(press),
    )  # fmt: skip
    assert [(line.kind, line.text) for line in told] == [
        ("heading", "Top"), ("heading", "Actions"), ("item", "one"), ("item", "two three"), ("rule", ""),
        ("small", "small"),
    ]  # fmt: skip


def test_what_stands_together_begins_with_a_line_that_says_so() -> None:
    told = one(*paragraphs("first\nsecond", "*POL* · Fact\n"), section("next"), context("small"))
    assert [line.opens for line in told] == [True, False, False, True, False]


def test_a_block_nobody_thought_of_keeps_its_words() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "*as it is*"}], [section("*bold*")["text"]]]}
    assert [line.runs for line in one(table)] == [(Run("*as it is*"),), (Run("bold", bold=True),)]


def test_a_sign_without_a_picture_stands_by_its_name() -> None:
    drawn = {ord(sign) for sign in "ab ŵ"}
    assert printable("a🚨b\u200dŵ\u00a0b", drawn) == "a[police cars revolving light]bŵ b"
    assert printable("w\u0302", drawn) == "ŵ" and printable("\ue000", drawn) == "[U+E000]".lower()


def test_the_pdf_is_locked_and_holds_every_word_on_a_page_a_sheet() -> None:
    data = as_pdf(Pack("Version 1", "mark", None, [Sheet("t", "b", one(section(HARD)))]), CODE)
    locked = PdfReader(io.BytesIO(data))
    assert locked.is_encrypted and not locked.decrypt("AAAA-AAAA") and HARD.encode() not in data
    reader = pdf([section("first")], paragraphs(f"{HARD} 🚨"), [section("last")])
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) == 3 and "first" in pages[0] and "last" in pages[2]
    assert f"{HARD} [police cars revolving light]" in pages[1]
    for number, page in enumerate(pages, start=1):
        assert "copy 7" in page and "Fictional." in page and f"page {number}" in page
    assert reader.metadata is not None and reader.metadata.title == "Panel papers"


def test_a_long_text_goes_on_overleaf_and_loses_nothing() -> None:
    words = [f"word{n}" for n in range(3000)]
    reader = pdf(paragraphs(" ".join(words)))
    found = " ".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) > 3 and all(f"{word} " in f"{' '.join(found.split())} " for word in words)


def test_arabic_is_there_and_the_page_says_how() -> None:
    text = pdf([section("مرحبا")]).pages[0].extract_text()
    assert set("مرحبا") <= set(text) and LETTER_BY_LETTER.split(";")[0] in " ".join(text.split())
    assert LETTER_BY_LETTER not in pdf([section("ŵ")]).pages[0].extract_text()
