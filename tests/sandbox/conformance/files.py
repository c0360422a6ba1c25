"""files.*"""

from __future__ import annotations

from typing import Any

from sandbox.state import Json
from tests.sandbox.conformance.bench import Bench, Cases


def complete(b: Bench, **more: Any) -> Json:
    return {"files": [{"id": b.uploaded(), "title": "A"}], "channel_id": b.panel, **more}


CASES: Cases = {
    "files.getUploadURLExternal": {
        "ok": lambda b: {"filename": "a.txt", "length": 2**30, "alt_txt": "x" * 1000},
        "alt_txt_too_large": lambda b: {"filename": "a.txt", "length": 3, "alt_txt": "x" * 1001},
        "file_upload_size_restricted": lambda b: {"filename": "a.txt", "length": 2**30 + 1},
        "snippet_too_large": lambda b: {"filename": "a.txt", "length": 2**20 + 1, "snippet_type": "text"},
    },
    "files.completeUploadExternal": {
        "ok": lambda b: complete(b, initial_comment="Here"),
        "channel_not_found": lambda b: complete(b, channel_id=b.other),
        "channels_limit_exceeded": lambda b: complete(b, channels=",".join([b.panel] * 101)),
        "file_not_found": lambda b: {"files": [{"id": b.announced()}], "channel_id": b.panel},
        "invalid_blocks": lambda b: complete(b, blocks=[{}]),
        "invalid_blocks_format": lambda b: complete(b, blocks="{"),
        "not_in_channel": lambda b: complete(b, channel_id=b.lobby),
    },
    "files.info": {
        "ok": lambda b: {"file": b.shared()},
        "file_deleted": lambda b: {"file": b.deleted()},
        "file_not_found": lambda b: {"file": b.uploaded()},
    },
    "files.delete": {
        "ok": lambda b: {"file": b.shared()},
        "file_deleted": lambda b: {"file": b.deleted()},
        "file_not_found": lambda b: {"file": "F0"},
    },
}
