"""Whether anything that is installed is known to be unsafe: pip-audit over the lock files, and what it could not ask.

`python -m tests.scans.advisories` (in `make lint`) fails on every known flaw that is not in `ACCEPTED`. Where the index
serves no advisories (a mirror, no network) it says so and passes; with `--strict` it fails then, too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CONTROL = "tests/scans/known-flaw.txt"  # an index that has nothing against this has nothing against anything
LOCKS = ("requirements.lock", "requirements-dev.lock")
ACCEPTED: dict[str, str] = {}  # an advisory, and why it does not concern us
ASK = ("--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "15")
UNASKED = "NOT AUDITED: the index serves no advisories for {what}. Run it again where pypi.org can be reached."
CLEAN = "Nothing is known against the {many} packages of the lock files."
Report = Sequence[dict[str, Any]]


def ask(*what: str) -> Report:
    """What pip-audit tells of each package; nothing where it could not ask. A mirror may answer without knowing."""
    asked = [sys.executable, "-m", "pip_audit", *ASK, *what]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    try:
        found: Report = json.loads(told)["dependencies"]
    except ValueError:  # it stopped on the way: no network, no such host
        return ()
    return found


def flaws(report: Report) -> list[str]:
    """Each known flaw that nobody accepted: package, version, advisory, and the version that mends it."""
    return [
        f"{package['name']} {package['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none'}"
        for package in report
        for flaw in package.get("vulns", ())
        if not ACCEPTED.keys() & {flaw["id"], *flaw.get("aliases", ())}
    ]


def unasked(report: Report) -> list[str]:
    """The packages of which the index would not tell."""
    return [package["name"] for package in report if "skip_reason" in package]


def said(report: Report, knows: bool, strict: bool) -> tuple[list[str], int]:
    """The sentences, and how it ends (0 or 1). `knows`: whether the index has advisories at all."""
    found, missing = flaws(report), unasked(report)
    if found:
        return found, 1
    if missing or not report or not knows:
        what = f"{len(missing)} of {len(report)} packages" if missing and knows else "any package"
        return [UNASKED.format(what=what)], int(strict)
    return [CLEAN.format(many=len(report))], 0


def main(arguments: Sequence[str]) -> int:
    """Ask, and say what came of it."""
    report = ask("--require-hashes", *_of(LOCKS))
    knows = bool(report) and bool(flaws(ask("--no-deps", "-r", CONTROL)))
    sentences, ends = said(report, knows, "--strict" in arguments)
    sys.stdout.write("\n".join(sentences) + "\n")
    return ends


def _of(files: Iterable[str]) -> list[str]:
    return [word for file in files for word in ("-r", file)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
