"""People outside Slack, and the addresses that they are written to at: who is one, and what an address looks like."""

import re

OUTSIDE = re.compile(r"M\d+")  # Slack's own ids of people begin with U or W
RETURNED = "mail_returned"  # nothing arrives at an address, as the coordinator says: the server had taken it
LONGEST = 254  # characters of an address, by the standard
ONE_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
NOT_AN_ADDRESS = "One e-mail address, such as duty.desk@example.org, and nothing else."


def outside_slack(user: str | None) -> bool:
    """Whether this id stands for somebody outside Slack: no call to Slack may ever carry it."""
    return user is not None and OUTSIDE.fullmatch(user) is not None


def wrong_address(typed: str) -> str | None:
    """What is wrong with an address, as a sentence; None when it can be written to."""
    local = typed.partition("@")[0]
    dotted = local.startswith(".") or local.endswith(".") or ".." in local
    fits = len(typed) <= LONGEST and len(local) <= 64 and not dotted and ONE_ADDRESS.fullmatch(typed) is not None
    return None if fits else NOT_AN_ADDRESS
