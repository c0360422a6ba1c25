"""What I was told lately, and why just then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.kit.undelivered import UNTOLD
from commands.kit.words import TEMPLATES
from commands.reminders.why import RULE_OF, RULES
from panel.codes import ActionStatus
from storage.tables import Action, Notice
from tests.commands import owed
from tests.commands.owed import at
from tests.desk import Desk, open_desk

pytestmark = pytest.mark.slow
SECRET = "zebrafish"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The morning after an action of the police fell due; a message of theirs waited over a weekend."""
    with open_desk(tmp_path_factory.mktemp("why"), "2026-09-22T08:00:00+01:00") as made:
        with made.work() as work:
            for action in work.find(Action):
                action.status = ActionStatus.COMPLETE
            late = owed.action(work, owed.case(work, 90), "POL", "2026-09-21", text=SECRET, wake_at=work.now)
            about = {"action": late.id, "what": "given"}
        made.go_to(at("2026-09-22T09:30:00+01:00"))
        made.go_to(at("2026-09-26T11:00:00+01:00"))  # a Saturday
        with made.work() as work:
            work.owe("told", "actions.told", made.users["R.Y."], panel_id=made.panel.id, about=about)
        made.go_to(at("2026-09-28T08:30:00+01:00"))
        yield made


def shown(desk: Desk, who: str) -> str:
    view = str(desk.stage.command(who, "/actions", "why").view)
    desk.stage.close(who)
    return view


def test_each_message_stands_with_its_rule_and_what_moved_it(desk: Desk) -> None:
    view = shown(desk, "R.Y.")
    assert "one message each working day, over all your panels" in view and "/panel settings" in view
    assert view.count("Actions\\n") == 1
    told = view[view.index("Actions\\n") :]
    assert "It waited for the end of quiet hours, a weekend or a bank holiday." in told[:400]
    assert view.count("It waited for the end") == 1  # a digest comes at its own hour


def test_it_says_nothing_of_a_case_and_is_each_persons_own(desk: Desk) -> None:
    assert SECRET not in shown(desk, "R.Y.")
    other = shown(desk, "T.G.")
    assert "Nothing has been sent to you" in other and "The daily digest" not in other


def test_the_step_of_the_ladder_and_its_day_are_named(desk: Desk) -> None:
    desk.go_to(at("2026-09-28T09:30:00+01:00"))  # five working days: the coordinator telephones
    view = shown(desk, "Z.O.")
    assert "Step: Overdue, senior lead told." in view and "Its day: 2026-09-21." in view


def test_every_kind_of_message_is_explained(desk: Desk) -> None:
    """A new kind fails here until it is said which rule it follows."""
    drawn = {"home", *UNTOLD}
    assert set(desk.bot.service.notices) - drawn == set(RULE_OF)
    assert len(RULE_OF) == sum(len(kinds.split()) for kinds in RULES.values()), "a kind under two rules"
    source = (TEMPLATES / "reminders" / "why.jinja").read_text()
    assert all(f'"{rule}": [' in source for rule in RULES)


def test_what_was_owed_and_never_sent_is_not_said_to_have_come(desk: Desk) -> None:
    with desk.work() as work:
        sent = work.find(Notice, Notice.to == desk.users["R.Y."], Notice.state == "sent", Notice.kind == "digest")
    assert shown(desk, "R.Y.").count("one message each working day") == len(sent)


def test_the_digest_has_it_within_reach(desk: Desk) -> None:
    user = desk.users["R.Y."]
    digest = [each for each in desk.workspace.messages(user=user) if "what waits for you" in each["text"]][-1]
    seen = desk.workspace.press(user, "kit.open.actions_why", channel=user, ts=digest["ts"])
    assert "Your latest messages on this panel" in str(seen.view)
    desk.stage.close("R.Y.")
