"""`python -m tests.page.pictures [name …]`: plays the month once and takes a picture of each main screen on the way.

The same page gives the same picture: a fixed story, no movement, no caret, one family of letters. Only what a program
took in milliseconds and which moment of the real clock it was differs.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect, sync_playwright

from tests.page.conftest import NAMES, SWITCHES
from tests.page.person import PATIENCE, Person
from tests.page.rehearsing import Played, rehearsed
from tests.page.sights import CHANNEL, SIGHTS, Sight

OUT = Path(__file__).parent.parent.parent / "docs" / "pictures"
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 360, "height": 740}
LETTERS = Path("/usr/share/fonts/truetype/dejavu")  # Debian's fonts-dejavu-core
SEATS = ("Coordinator", "Representative", "Chair")
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{letters}</dir><cachedir>{cache}</cachedir>
<selectfont><rejectfont><glob>*</glob></rejectfont>
<acceptfont><glob>*/DejaVuSans.ttf</glob><glob>*/DejaVuSans-Bold.ttf</glob></acceptfont>
<acceptfont><glob>*/DejaVuSansMono.ttf</glob><glob>*/DejaVuSansMono-Bold.ttf</glob></acceptfont></selectfont>
<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
<match><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>
</fontconfig>"""


def main(names: list[str]) -> None:
    """Take these pictures; without names all."""
    unknown = set(names) - {sight.name for sight in SIGHTS}
    if unknown:
        sys.exit(f"There is no picture {', '.join(sorted(unknown))}; there are {' '.join(s.name for s in SIGHTS)}.")
    OUT.mkdir(exist_ok=True)
    with _browser() as browser, rehearsed() as played:
        wide = _profile(browser, WIDE)
        phone = _profile(browser, NARROW, phone=True)
        for sight in (sight for sight in SIGHTS if not names or sight.name in names):
            if played.now < datetime.fromisoformat(sight.moment):
                played.to(sight.moment)
            _take(sight, played, wide, phone)


def _take(sight: Sight, played: Played, wide: BrowserContext, phone: BrowserContext) -> None:
    someone = _arrived(sight, played, wide)
    sight.reach(someone, played)
    _shoot(someone, sight.name)
    if sight.phone:  # what is open stands on every screen of the same person
        _shoot(_arrived(sight, played, phone), f"{sight.name}-phone")
    played.workspace.close(played.user(sight.who), all=True)
    for context in (wide, phone):
        for page in context.pages:
            page.close()


def _arrived(sight: Sight, played: Played, context: BrowserContext) -> Person:
    someone = Person(context.new_page(), played.address)
    where = played.place(CHANNEL) if sight.where == CHANNEL else sight.where
    someone.arrive(f"{played.user(sight.who)}/{where}")
    return someone


def _shoot(someone: Person, name: str) -> None:
    someone.page.mouse.move(0, 0)
    someone.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 600)))")
    path = OUT / f"{name}.png"
    someone.page.screenshot(path=path, animations="disabled", caret="hide", scale="css")
    sys.stdout.write(f"{path.name}: {path.stat().st_size / 1024:.0f} KB\n")


@contextmanager
def _browser() -> Iterator[Browser]:
    """Chromium with one family of letters, so that a picture looks the same on every machine."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None or not LETTERS.is_dir():
        sys.exit("Pictures need Chromium and DejaVu's letters: apt-get install chromium fonts-dejavu-core.")
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(FONTS.format(letters=LETTERS, cache=folder))
        running = playwright.chromium.launch(
            executable_path=found, args=[*SWITCHES, "--font-render-hinting=none"], env={"FONTCONFIG_FILE": str(fonts)}
        )
        yield running
        running.close()


def _profile(browser: Browser, size: ViewportSize, *, phone: bool = False) -> BrowserContext:
    """Somebody's browser, in which the offer of a tour was answered before."""
    context = browser.new_context(
        viewport=size, device_scale_factor=1, locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce",
        color_scheme="dark" if phone else "light", is_mobile=phone, has_touch=phone,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    context.add_init_script("".join(f"localStorage.setItem('tour-seen:{seat}', 'yes');" for seat in SEATS))
    return context


if __name__ == "__main__":
    main(sys.argv[1:])
