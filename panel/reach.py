"""Whether somebody is written to at all, when nothing has arrived for a while."""

from datetime import datetime, timedelta

A_DAY = timedelta(days=1)


def is_tried(failing_since: datetime | None, failures: int, most: int, now: datetime) -> bool:
    """Whether to write to somebody to whom the last `failures` messages could not be delivered, the first of them at
    `failing_since` (None: the last one was): always up to `most` of them, and from then on once a day."""
    if failing_since is None or failures < most:
        return True
    return now >= failing_since + A_DAY * (failures - most + 1)
