"""Authenticated encryption of what people write. The key never leaves this module's `Cipher`."""

from __future__ import annotations

import base64
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
FOR_HASHES = b"convenor keyed hash"


class WrongKey(Exception):
    """The key does not open what this database holds. Set CONVENOR_KEY to the key it was written with."""


class Cipher:
    """AES-256-GCM; each value is bound to the column it stands in, so it opens nowhere else."""

    def __init__(self, key: str) -> None:
        """`key`: 32 bytes in URL-safe base64. Raises ValueError when it is anything else."""
        try:
            raw = base64.urlsafe_b64decode(key.encode())
        except ValueError as problem:
            raise ValueError("the key is not base64") from problem
        if len(raw) != 32:
            raise ValueError("the key must hold 32 bytes")
        self._box = AESGCM(raw)
        self._pepper = hmac.digest(raw, FOR_HASHES, "sha256")

    def seal(self, text: str, place: str) -> bytes:
        """Encrypt `text` for the column named `place`."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._box.encrypt(nonce, text.encode(), place.encode())

    def unseal(self, sealed: bytes, place: str) -> str:
        """The text again; raises WrongKey when key, column or bytes are not the ones it was sealed with."""
        try:
            opened = self._box.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except InvalidTag as problem:
            raise WrongKey from problem
        return opened.decode()

    def keyed_hash(self, text: str, place: str) -> str:
        """A hash of `text` for the column named `place`: without the key nobody can try what was hashed."""
        return hmac.digest(self._pepper, f"{place}\0{text}".encode(), "sha256").hex()


def new_key() -> str:
    """A fresh random key."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def key_file(path: Path) -> str:
    """The key kept in `path`; made there, readable by its owner alone, the first time."""
    if not path.exists():
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(new_key() + "\n")
    return path.read_text().strip()
