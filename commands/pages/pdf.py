"""The pack as a PDF: the same sheets, locked with the code that opened them, in a font that is packed with us."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from fpdf.fonts import TTFFont

from commands.pages.marks import Line, Run
from commands.pages.pack import Pack, Sheet

FONTS = Path(__file__).parent / "fonts"
FILES = {"": FONTS / "DejaVuSans.ttf", "B": FONTS / "DejaVuSans-Bold.ttf"}
FONT = "DejaVu"
TITLE = "Panel papers"
SIZES = {"heading": 11.5, "text": 9.5, "item": 9.5, "small": 8.0}
HEIGHT = 1.42  # of a line, by its letters
MARGIN = 16  # millimetres
FOOT = 18
BETWEEN_MARKS = 8
BENEATH_A_HEADING = 20
TO_WRITE_ON = 6
UNSEEN = {"Cf", "Cc"}  # joiners, direction marks, controls: nothing to see in any font
SELECTORS = range(0xFE00, 0xFE10)  # which of two looks the sign before them has
RIGHT_TO_LEFT = {"R", "AL"}
LETTER_BY_LETTER = (
    "Writing from right to left stands here letter by letter; the page in the browser shows it as written."
)


def as_pdf(pack: Pack, password: str) -> bytes:
    """The pack, a sheet on a page of its own; it opens with `password` alone."""
    paper = _Paper(pack)
    paper.set_encryption(
        owner_password=password, user_password=password, encryption_method=EncryptionMethod.AES_256
    )  # fmt: skip
    for sheet in pack.sheets:
        paper.sheet(sheet)
    return bytes(paper.output())


class _Paper(FPDF):
    def __init__(self, pack: Pack) -> None:
        super().__init__(format="A4")
        self._pack = pack
        self.set_title(TITLE)
        self.set_lang("en-GB")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=FOOT)
        for style, file in FILES.items():
            self.add_font(FONT, style, file)

    def header(self) -> None:
        """Across every page, faintly, whose copy it is and what for."""
        self.set_font(FONT, "", 15)
        self.set_text_color(225)
        middle = (self.w / 2, self.h / 2)
        with self.rotation(32, *middle):
            for number, said in enumerate((self._pack.mark, self._pack.taken)):
                self.text(middle[0] - self.get_string_width(said) / 2, middle[1] + number * BETWEEN_MARKS, said)
        self.set_text_color(0)
        self.set_y(MARGIN)

    def footer(self) -> None:
        """The same, to be read, with the stamp and the page's number."""
        self.set_y(-FOOT + 3)
        self.set_font(FONT, "", 6.3)
        pack = self._pack
        said = " · ".join(each for each in (pack.mark, pack.taken, pack.version, pack.stamp) if each)
        self.multi_cell(0, 3.4, f"{said} · page {self.page_no()}", align="C")

    def sheet(self, sheet: Sheet) -> None:
        """A title and its lines, from the top of a new page."""
        self.add_page()
        self._put((Run(sheet.title, bold=True),), 14)
        self._put((Run(sheet.beside),), SIZES["small"])
        self._rule()
        for line in sheet.lines:
            self._line(line)
        if any(_right_to_left(line.text) for line in sheet.lines):
            self._put((Run(LETTER_BY_LETTER),), SIZES["small"])

    def _line(self, line: Line) -> None:
        if line.kind == "rule":
            self._rule()
            return
        if line.kind == "blank":
            self.ln(TO_WRITE_ON)
            self._rule()
            return
        if line.kind == "heading":
            self._keep_together()
        self.ln(1.1 if line.opens else 0)
        runs = (Run("• "), *line.runs) if line.kind == "item" else line.runs
        self._put(runs, SIZES[line.kind])

    def _keep_together(self) -> None:
        """A heading stands with what it is about, not alone at the foot of a page."""
        if self.get_y() > self.page_break_trigger - BENEATH_A_HEADING:
            self.add_page()
        self.ln(1.5)

    def _put(self, runs: tuple[Run, ...], size: float) -> None:
        with self.text_columns(line_height=HEIGHT) as column, column.paragraph() as paragraph:
            for run in runs:
                self.set_font(FONT, "B" if run.bold else "", size)
                paragraph.write(printable(run.text, self._drawn()))
        self.ln(0.6)

    def _drawn(self) -> Container[int]:
        font = self.current_font
        assert isinstance(font, TTFFont)
        return font.cmap

    def _rule(self) -> None:
        self.set_draw_color(150)
        self.line(MARGIN, self.get_y() + 0.8, self.w - MARGIN, self.get_y() + 0.8)
        self.ln(2.4)


def printable(text: str, drawn: Container[int]) -> str:
    """The text in signs that a font can draw; one that it can't stands by its name, in brackets."""
    return "".join(_sign(sign, drawn) for sign in unicodedata.normalize("NFC", text))


def _sign(sign: str, drawn: Container[int]) -> str:
    if sign.isspace() or unicodedata.category(sign) in UNSEEN or ord(sign) in SELECTORS:
        return " " if sign.isspace() else ""
    return sign if ord(sign) in drawn else f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


def _right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in text)
