"""Imported once by the process whose copies are the bots of a test run: what each of them would read and make first."""

from __future__ import annotations

import ssl
from functools import cache

import pytest
from sqlalchemy.orm import configure_mappers

from bot import cli
from tests import quick
from tests.storage import crowd

READ = (cli, quick, crowd)
pytest.MonkeyPatch().setattr(ssl, "create_default_context", cache(ssl.create_default_context))
ssl.create_default_context()
configure_mappers()
