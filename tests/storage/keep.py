"""Keeps a database of the newest migration, as SQL: `python -m tests.storage.keep`, once a migration is made.

A kept database is what somebody out there has: once it is released it is never made anew.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from alembic.script import ScriptDirectory

from storage import migrate
from storage.engine import make_engine
from storage.secrets import Cipher
from storage.tables import Case, Item
from storage.work import Store
from tests.storage.conftest import KEY, NOW, a_panel, an_agency

SECRET = "something somebody wrote"


def fill(store: Store) -> None:
    """A panel, an agency, a case with an item, two audit rows and a notice."""
    with store.work(NOW) as work:
        panel = a_panel(work)
        agency = an_agency(work, panel)
        assert panel.id is not None
        case = work.add(Case(panel_id=panel.id, ref="C1", subject_ref="K1", status="active", opened_at=NOW))
        assert case.id is not None
        work.add(Item(case_id=case.id, agency_id=agency.id, by_user="U1", at=NOW, kind="fact", body=SECRET))
        work.owe("told:1", "told", "U1", panel_id=panel.id)
        work.audit("set up", f"panel:{panel.id}")
        work.audit("opened", f"case:{case.id}", case_id=case.id)


def main() -> None:
    """Write `kept/<revision>.sql`."""
    revision = ScriptDirectory.from_config(migrate.config()).get_current_head()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(make_engine(f"sqlite:///{folder}/a.db", Cipher(KEY)))
        migrate.upgrade(store.engine)
        fill(store)
        store.engine.dispose()
        with sqlite3.connect(f"{folder}/a.db") as made:
            text = "\n".join(made.iterdump()) + "\n"
        made.close()
    path = Path(__file__).parent / "kept" / f"{revision}.sql"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


if __name__ == "__main__":
    main()
