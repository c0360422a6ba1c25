"""Every message that a month sends: no person, no agency but the lead of an agenda's item."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.demo.theatre import Theatre
from bot.month import read_month
from tests.commands.seen import texts
from tests.desk import MARROWSHIRE
from tests.journeys.test_months import showing


def _read(blocks: Any) -> Any:
    return json.loads(blocks) if isinstance(blocks, str) else blocks or []


@pytest.mark.slow
def test_no_message_of_a_month_names_a_person_or_an_agency(tmp_path: Path) -> None:
    month = read_month(MARROWSHIRE)
    codes = {agency.code for agency in month.agencies}
    named = re.compile(rf"\b({'|'.join(sorted(codes))})\b")
    with ExitStack() as last:
        theatre = Theatre(month, tmp_path, last)
        show, heard = showing()
        theatre.play(show)
        sent = [call["args"] for call in theatre.workspace.calls() if call.get("method") == "chat.postMessage"]
        assert len(sent) > 50, heard.getvalue()
        for message in sent:
            text = "\n".join([message["text"], *texts(_read(message.get("blocks")))])
            assert "<@" not in text and "<#" not in text
            for line in text.split("\n"):
                lead = set(re.findall(r"· lead (\w+)", line))
                assert set(named.findall(line)) <= lead, line
