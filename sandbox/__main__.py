"""Start the sandbox alone: `python -m sandbox [--port N] [--story ISO] [--users N] [--manifest FILE]`."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from pathlib import Path
from typing import Any

import yaml

from sandbox import control
from sandbox.server import serve
from sandbox.slack import Slack


def main() -> None:
    """Serve until SIGTERM or SIGINT. The first line printed is JSON with addresses, tokens and ids."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A Slack on your own machine.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--story", metavar="ISO", help="stand still at this moment until told otherwise")
    parser.add_argument("--users", type=int, default=3, metavar="N", help="neutral people to start with (default 3)")
    parser.add_argument("--manifest", metavar="FILE", help="the app's manifest (YAML or JSON)")
    asked = parser.parse_args()
    try:
        asyncio.run(_serve(asked.port, Slack(asked.story, manifest=_manifest(asked.manifest)), asked.users))
    except (OSError, ValueError, yaml.YAMLError) as refused:
        parser.exit(1, f"The sandbox can't start: {refused}\n")


def _manifest(file: str | None) -> Any:
    return None if file is None else yaml.safe_load(Path(file).read_text(encoding="utf-8"))


async def _serve(port: int, slack: Slack, users: int) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, ended.set)
    await serve(slack, port, users, ended, lambda: print(json.dumps(control.info(slack)), flush=True))


if __name__ == "__main__":
    main()
