"""Around every page: its host, its size, its pace, its headers; and settings that keep papers out of the clear."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.doctor import _pages
from bot.pages.guards import Pace, headers
from bot.pages.server import NoSocket, Pages
from bot.settings import checked_address
from tests.bot.pages.reader import ask, desk_with_pages, free_port
from tests.desk import Desk

STRICT = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One for all: nothing here is changed."""
    with desk_with_pages(tmp_path_factory.mktemp("pages")) as made:
        yield made


@dataclass
class Told:
    """What a log was told."""

    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def exception(self, event: str, **ids: Any) -> None:
        self.rows.append((event, ids))


def address(desk: Desk) -> str:
    found = desk.bot.service.address
    assert found is not None
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("path", "status"), [("/pack/a", 200), ("/", 404), ("/pack/a/b", 404), ("/pack/", 404)])
def test_every_answer_keeps_to_its_reader(desk: Desk, path: str, status: int) -> None:
    page = ask(address(desk) + path)
    assert page.status == status
    assert {name: page.headers[name] for name in STRICT} == STRICT
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy and "unsafe" not in policy
    assert "noindex" in page.headers["X-Robots-Tag"] and "<script" not in page.html
    assert page.html.count("<title>Panel papers</title>") == 1


@pytest.mark.slow
def test_another_host_is_refused(desk: Desk) -> None:
    assert ask(f"{address(desk)}/pack/a", Host="papers.example.org").status == 421
    assert ask(f"{address(desk)}/pack/a", Host="127.0.0.1").status == 421


@pytest.mark.slow
def test_a_body_that_is_long_or_no_form_is_refused(desk: Desk) -> None:
    assert ask(f"{address(desk)}/pack/long", {"code": "A" * 3000}).status == 413
    assert ask(f"{address(desk)}/pack/json", b'{"code": 1}', Content_Type="application/json").status == 415
    assert ask(f"{address(desk)}/pack/put", b"x=1", Content_Type="text/plain").status == 415


@pytest.mark.slow
def test_one_link_is_not_asked_for_without_end(desk: Desk) -> None:
    answers = [ask(f"{address(desk)}/pack/often", {"code": "AAAA-AAAA"}).status for _ in range(25)]
    assert answers.count(429) == 5 and answers[0] == 403
    assert ask(f"{address(desk)}/pack/another").status == 200


@pytest.mark.slow
def test_a_fault_is_told_without_what_was_asked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret word")

    monkeypatch.setattr("bot.pages.packs.open_pack", broken)
    told = Told()
    url = f"http://127.0.0.1:{(port := free_port())}"
    pages = Pages(desk.bot.service, url, f"127.0.0.1:{port}", told)
    pages.start()
    page = ask(f"{url}/pack/token-of-somebody", {"code": "AAAA-AAAA"})
    pages.stop()
    assert page.status == 500 and "secret" not in page.html and "new link" in page.words
    assert told.rows == [("page_failed", {})]


@pytest.mark.slow
def test_the_doctor_looks_for_the_pages_under_their_public_name(desk: Desk) -> None:
    settings = desk.bot.settings
    assert [(found.well, "answer" in found.text) for found in _pages(settings)] == [(True, True)]
    nowhere = settings.model_copy(update={"convenor_public_url": f"http://127.0.0.1:{free_port()}"})
    assert [(found.well, "nothing answers" in found.text) for found in _pages(nowhere)] == [(False, True)]
    other = settings.model_copy(update={"convenor_public_url": desk.box.control_url})
    assert [(found.well, "something else" in found.text) for found in _pages(other)] == [(False, True)]
    assert not [*_pages(settings.model_copy(update={"convenor_public_url": None}))]


def test_a_page_s_style_is_the_only_thing_that_counts() -> None:
    policy = headers("body {}")["Content-Security-Policy"]
    assert policy != headers("body { }")["Content-Security-Policy"] and "'unsafe" not in policy


def test_a_pace_forgets_after_a_minute_and_keeps_addresses_apart() -> None:
    pace = Pace(one=2, all=5)
    assert [pace.too_quick("/a", at) for at in (0.0, 1.0, 2.0, 61.5)] == [False, False, True, False]
    pace = Pace(one=2, all=3)
    assert [pace.too_quick(path, 0.0) for path in ("/a", "/b", "/c", "/d")] == [False, False, False, True]
    assert not pace.too_quick("/d", 60.1)


@pytest.mark.parametrize(
    "url",
    [
        "http://panel.example.org",
        "https://",
        "ftp://x.org",
        "https://a:b@x.org",
        "panel",
        "https://x.org/?a=1",
        "http://127.0.0.1.example.org",
        "https://x.org:99999",
    ],
)
def test_an_address_in_the_clear_or_with_more_in_it_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        checked_address(url)


def test_an_address_is_https_or_this_machine() -> None:
    assert checked_address("https://panel.example.org/") == "https://panel.example.org"
    assert checked_address("http://127.0.0.1:8090/p/") == "http://127.0.0.1:8090/p"


@pytest.mark.slow
def test_a_port_that_is_taken_is_told_with_its_mend(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(NoSocket, match="CONVENOR_LISTEN"), desk_with_pages(tmp_path, convenor_listen=listen):
            pass
