"""Logging: ids and counts, never content. The only place that makes loggers."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any, Literal

import structlog
from slack_sdk.errors import SlackApiError


def configure(style: Literal["text", "json"] = "text", level: int = logging.INFO) -> Any:
    """Set logging up for the process and return the bot's logger."""
    shared: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(lambda info: trace(info[1]) if info[1] else ""),
    ]
    last = structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    # The libraries log request bodies at debug level, and bodies hold what people typed.
    for library in ("slack_bolt", "slack_sdk", "apscheduler", "alembic", "sqlalchemy", "aiohttp", "fpdf", "fontTools"):
        logging.getLogger(library).setLevel(logging.ERROR)
    return structlog.get_logger()


def trace(error: BaseException) -> str:
    """Where it happened and of what kind it was. Never its message: that may hold what somebody typed."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    code = f": {error.response['error']}" if isinstance(error, SlackApiError) else ""
    here = f"{frames}{type(error).__name__}{code}"
    return f"{trace(error.__cause__)}\nthen\n{here}" if error.__cause__ else here


def quiet_library_logger() -> logging.Logger:
    """The logger handed to Bolt and the SDK: errors only."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)
    return logger


def mute_library_logger() -> logging.Logger:
    """The logger handed to the Web API's client: whatever it logs as an error it raises too, and we say it then."""
    logger = logging.getLogger("slack_sdk.web_api")
    logger.setLevel(logging.CRITICAL)
    return logger
