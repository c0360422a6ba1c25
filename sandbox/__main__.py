"""Start the sandbox alone: `python -m sandbox [--port N] [--story ISO] [--users N]`."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal

from sandbox import control
from sandbox.server import serve
from sandbox.slack import Slack


def main() -> None:
    """Serve until SIGTERM or SIGINT. The first line printed is JSON with addresses, tokens and ids."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A Slack on your own machine.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--story", metavar="ISO", help="stand still at this moment until told otherwise")
    parser.add_argument("--users", type=int, default=3, metavar="N", help="neutral people to start with (default 3)")
    asked = parser.parse_args()
    try:
        asyncio.run(_serve(asked.port, asked.story, asked.users))
    except (OSError, ValueError) as refused:
        parser.exit(1, f"The sandbox can't start: {refused}\n")


async def _serve(port: int, story: str | None, users: int) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, ended.set)
    slack = Slack(story)
    await serve(slack, port, users, ended, lambda: print(json.dumps(control.info(slack)), flush=True))


if __name__ == "__main__":
    main()
