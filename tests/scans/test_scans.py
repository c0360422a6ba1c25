"""What `make lint` looks for besides style: it finds it, and calls nothing clean that it did not look at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.scans import advisories
from tests.scans.advisories import ROOT, said

FLAW = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2.0"]}
SOUND: dict[str, Any] = {"name": "sound", "version": "1.0", "vulns": []}
FLAWED: dict[str, Any] = {"name": "flawed", "version": "1.0", "vulns": [FLAW]}
SKIPPED: dict[str, Any] = {"name": "skipped", "skip_reason": "not found"}
BIN = Path(sys.executable).parent


def test_a_known_flaw_fails_unless_it_was_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said([SOUND, FLAWED], knows=True, strict=False) == (["flawed 1.0: PYSEC-1, mended in 2.0"], 1)
    monkeypatch.setitem(advisories.ACCEPTED, "CVE-1", "we never call it")
    assert said([SOUND, FLAWED], knows=True, strict=False)[1] == 0


@pytest.mark.parametrize(
    ("report", "knows"), [([], False), ([SOUND], False), ([SKIPPED], False), ([SOUND, SKIPPED], True)]
)
def test_what_could_not_be_asked_is_not_called_clean(report: list[Any], knows: bool) -> None:
    sentences, ends = said(report, knows, strict=False)
    assert sentences[0].startswith("NOT AUDITED") and ends == 0
    assert said(report, knows, strict=True)[1] == 1
    assert said([SOUND], knows=True, strict=True)[0] == ["Nothing is known against the 1 packages of the lock files."]


def test_the_scan_for_secrets_finds_a_token_and_passes_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "kept.py").write_text(f'token = "xoxb-{"1" * 12}-{"2" * 12}-{"aB3" * 8}"\n')  # pragma: allowlist secret
    (tmp_path / "none.py").write_text('SECRET = "zebrafish"\n')
    for name, ends in (("kept.py", True), ("none.py", False)):
        scan = ["make", "-s", f"--eval=scan: ; @$(SECRETS) {tmp_path / name}", "scan"]  # as `make lint` runs it
        assert bool(subprocess.run(scan, cwd=ROOT, capture_output=True, check=False).returncode) == ends, name


def test_bandit_finds_a_shell_where_the_house_accepts_none(tmp_path: Path) -> None:
    (tmp_path / "made.py").write_text('import os\n\n\ndef run(word: str) -> None:\n    os.system("ls " + word)\n')
    asked = [str(BIN / "bandit"), "--quiet", "--configfile", str(ROOT / "pyproject.toml"), str(tmp_path / "made.py")]
    found = subprocess.run(asked, capture_output=True, check=False)
    assert found.returncode == 1 and b"B605" in found.stdout
