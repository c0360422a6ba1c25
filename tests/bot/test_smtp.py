"""Mail handed to a real server: taken, refused for the moment or for good, cut off, slow, and only over TLS."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from bot.smtp import Never, NotTaken, Server, Unknown, hand_in, look
from tests.post_office import PASSWORD, SENDER, USER, Office, certificates, post_office

TO = "duty@example.org"


@pytest.fixture
def office() -> Iterator[Office]:
    with post_office() as made:
        yield made


def at(office: Office, **how: object) -> Server:
    return replace(Server("127.0.0.1", office.port, "none", SENDER), **how)  # type: ignore[arg-type]


def letter() -> bytes:
    made = EmailMessage(policy=SMTP)
    made["To"], made["Subject"] = TO, "Panel MSP: Updates"
    made.set_content("A line.\n.A line with a full stop before it.\n")
    return made.as_bytes()


def test_it_is_taken_whole(office: Office) -> None:
    hand_in(at(office), TO, letter())
    (arrived,) = office.letters
    assert arrived.get_content().splitlines() == ["A line.", ".A line with a full stop before it."]


@pytest.mark.parametrize(
    ("step", "answer", "problem", "whole"),
    [
        ("RCPT", "450 Greylisted", "mail_not_taken", False),
        ("RCPT", "421 Too busy", "mail_not_taken", True),
        ("DATA", "451 Disk full", "mail_not_taken", False),
        ("MAIL", "451 Not now", "mail_sender", True),
        ("MAIL", "553 Not yours to send from", "mail_sender", True),
    ],
)
def test_what_is_refused_for_the_moment_goes_later(
    office: Office, step: str, answer: str, problem: str, whole: bool
) -> None:
    office.answers[step] = answer
    with pytest.raises(NotTaken) as refused:
        hand_in(at(office), TO, letter())
    assert (refused.value.problem, refused.value.whole) == (problem, whole)
    assert office.letters == []


@pytest.mark.parametrize(
    ("step", "answer", "problem"),
    [("RCPT", "550 No such person", "mail_address"), ("DATA", "554 Looks like spam", "mail_rejected")],
)
def test_what_is_refused_for_good_says_why(office: Office, step: str, answer: str, problem: str) -> None:
    office.answers[step] = answer
    with pytest.raises(Never, match=problem):
        hand_in(at(office), TO, letter())


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_cut_off_before_the_letter_nothing_was_sent(office: Office, step: str) -> None:
    office.drops = step
    with pytest.raises(NotTaken) as refused:
        hand_in(at(office), TO, letter())
    assert refused.value.whole and office.letters == []


def test_cut_off_after_the_letter_nobody_knows(office: Office) -> None:
    office.drops = "taken"
    with pytest.raises(Unknown):
        hand_in(at(office), TO, letter())
    assert len(office.letters) == 1


def test_a_server_that_is_away_is_refused_for_the_moment() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotTaken) as refused:
        hand_in(Server("127.0.0.1", port, "none", SENDER), TO, letter())
    assert (refused.value.problem, refused.value.whole) == ("mail_server", True)


def test_a_server_that_says_nothing_is_left_in_time(office: Office) -> None:
    office.slow = 5
    began = time.monotonic()
    with pytest.raises(NotTaken):
        hand_in(at(office, a_step=0.3), TO, letter())
    assert time.monotonic() - began < 3


def test_the_whole_has_an_end_though_each_step_is_quick_enough(office: Office) -> None:
    """A lease must not run out over a server that drips."""
    office.slow = 0.4
    began = time.monotonic()
    with pytest.raises((NotTaken, Unknown)):
        hand_in(at(office, a_step=5, seconds=0.6), TO, letter())
    assert time.monotonic() - began < 3


def test_starttls_comes_before_everything(tmp_path: Path) -> None:
    ours, theirs = certificates(tmp_path)
    with post_office("starttls", ours, login=True) as office:
        server = at(office, tls="starttls", user=USER, password=PASSWORD, context=theirs)
        hand_in(server, TO, letter())
        assert office.logged_in and len(office.letters) == 1
        with pytest.raises(NotTaken) as refused:
            hand_in(replace(server, password="another"), TO, letter())
        assert refused.value.problem == "mail_login"
        with pytest.raises(NotTaken) as stranger:
            hand_in(replace(server, context=ssl.create_default_context()), TO, letter())
        assert stranger.value.problem == "mail_tls"
        assert len(office.letters) == 1


def test_without_starttls_nothing_leaves_in_the_clear(office: Office, tmp_path: Path) -> None:
    _, theirs = certificates(tmp_path)
    with pytest.raises(NotTaken) as refused:
        hand_in(at(office, tls="starttls", context=theirs), TO, letter())
    assert refused.value.problem == "mail_tls" and office.asked == []


def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    ours, theirs = certificates(tmp_path)
    with post_office("implicit", ours) as office:
        hand_in(at(office, tls="implicit", context=theirs), TO, letter())
        assert len(office.letters) == 1
        with pytest.raises(NotTaken) as stranger:
            hand_in(at(office, tls="implicit", context=ssl.create_default_context()), TO, letter())
        assert stranger.value.problem == "mail_tls"


def test_looking_sends_nothing(office: Office) -> None:
    look(at(office))
    assert office.asked == ["MAIL"] and office.letters == []


def test_a_password_is_never_shown() -> None:
    assert PASSWORD not in repr(Server("mail.example.org", 587, "starttls", SENDER, USER, PASSWORD))
