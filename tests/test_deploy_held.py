"""The unit and the container name what is there: the command and its words, the user, the folders, the rooms."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.test_docs_held import ROOT, commands

DEPLOY = ROOT / "deploy"
HOW = (DEPLOY / "README.md").read_text()
CONTAINER = (DEPLOY / "Containerfile").read_text()
INSTALLED = "/opt/convenor/bin/convenor"


def unit() -> ConfigParser:
    """The systemd unit. A directive that stands there twice is an error, as it would be for us."""
    told = ConfigParser(delimiters="=", comment_prefixes="#", interpolation=None)
    told.optionxform = str  # type: ignore[assignment,method-assign]
    told.read(DEPLOY / "convenor.service")
    return told


def test_the_unit_runs_commands_that_exist_where_they_are_installed() -> None:
    service = unit()["Service"]
    for directive in ("ExecStartPre", "ExecStart"):
        path, word = service[directive].split(" ", 1)
        assert path == INSTALLED and word in commands()
    assert INSTALLED.removesuffix("/bin/convenor") in HOW and "pip install" in HOW
    assert 'convenor = "bot.cli:main"' in (ROOT / "pyproject.toml").read_text()


def test_the_unit_s_user_folder_and_settings_are_made_as_the_page_says() -> None:
    service = unit()["Service"]
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"
    assert f"useradd --system --home-dir {service['WorkingDirectory']} {service['User']}" in HOW
    assert f"install -m 600 convenor.env {service['EnvironmentFile']}" in HOW


def test_the_container_has_every_room_that_is_installed_and_no_other() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]["find"]["include"]
    copied = re.findall(r"^COPY (\w+) (\w+)$", CONTAINER, re.MULTILINE)
    assert {source for source, _ in copied} == {room.rstrip("*") for room in told}
    assert all(source == target for source, target in copied)


def test_the_container_runs_commands_that_exist_as_a_user_that_it_makes() -> None:
    entry, default = (re.search(rf'^{what} \["(\w+)"\]$', CONTAINER, re.MULTILINE) for what in ("ENTRYPOINT", "CMD"))
    assert entry and default and entry[1] == "convenor" and default[1] in commands()
    health = re.search(r'CMD \["convenor", "(\w+)"\]$', CONTAINER, re.MULTILINE)
    assert health and health[1] in commands()
    user, folder = re.search(r"^USER (\w+)$", CONTAINER, re.MULTILINE), re.search(r"^VOLUME (\S+)$", CONTAINER, re.M)
    assert user and folder and user[1] != "root"
    assert re.search(rf"useradd .*--home-dir {folder[1]} .*{user[1]}\n", CONTAINER)
    assert f"WORKDIR {folder[1]}\n" in CONTAINER and f"convenor:{folder[1]} convenor\n" in HOW


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_understands_every_line_of_the_unit(tmp_path: Path) -> None:
    copy = tmp_path / "convenor.service"
    copy.write_text((DEPLOY / "convenor.service").read_text().replace(INSTALLED, "/bin/true"))
    told = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False)
    assert told.returncode == 0 and "convenor.service" not in told.stderr, told.stderr
