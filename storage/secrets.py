"""Authenticated encryption of what people write. A key never leaves this module's `Cipher`."""

from __future__ import annotations

import base64
import hmac
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
MARK_BYTES = 4
VERSION = b"\x01"  # a sealed value begins with this and the mark of its key; the first ones had neither
PREFIX_BYTES = len(VERSION) + MARK_BYTES
FOR_HASHES = b"convenor keyed hash"
FOR_MARKS = b"convenor key mark"
FOR_FILES = b"convenor file"
BETWEEN_KEYS = re.compile(r"[,\s]+")


class WrongKey(Exception):
    """The key does not open what this database holds. Set CONVENOR_KEY to the key it was written with."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else " ".join((type(self).__doc__ or "").split())


@dataclass(frozen=True)
class _Key:
    """One key, ready for use."""

    raw: bytes = field(repr=False)
    mark: bytes  # tells one key from another, and nothing of either
    box: AESGCM = field(repr=False)


class Cipher:
    """AES-256-GCM; each value says which key sealed it and is bound to the column it stands in, so it opens nowhere
    else. The first key seals; every one of them opens."""

    def __init__(self, keys: str) -> None:
        """`keys`: one or several, each 32 bytes in URL-safe base64, with commas or white space between. Raises
        ValueError when any is anything else."""
        given = [_read(key) for key in BETWEEN_KEYS.split(keys.strip())]
        self._keys = {key.mark: key for key in reversed(given)}
        self._first = given[0]
        self._pepper = hmac.digest(self._first.raw, FOR_HASHES, "sha256")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key that seals: eight digits, from which nothing of the key can be told."""
        return self._first.mark.hex()

    @property
    def fingerprints(self) -> list[str]:
        """The fingerprints of all its keys, that of the one that seals first."""
        return [self.fingerprint, *(mark.hex() for mark in self._keys if mark != self._first.mark)]

    @property
    def prefix(self) -> bytes:
        """How every value begins that the first key sealed."""
        return VERSION + self._first.mark

    def seal(self, text: str, place: str) -> bytes:
        """Encrypt `text` for the column named `place`."""
        nonce = os.urandom(NONCE_BYTES)
        return self.prefix + nonce + self._first.box.encrypt(nonce, text.encode(), place.encode())

    def unseal(self, sealed: bytes, place: str) -> str:
        """The text again; raises WrongKey when key, column or bytes are not the ones it was sealed with."""
        return self._opened(sealed, place)[1]

    def opener(self, sealed: bytes, place: str) -> str:
        """The fingerprint of the key that sealed a value. Raises WrongKey."""
        return self._opened(sealed, place)[0].mark.hex()

    def _opened(self, sealed: bytes, place: str) -> tuple[_Key, str]:
        """A value that says nothing of its key may be any one's: the first ones did not."""
        marked = self._keys.get(sealed[len(VERSION) : PREFIX_BYTES]) if sealed[:1] == VERSION else None
        tries = [(marked, PREFIX_BYTES)] if marked else []
        for key, begins in (*tries, *((key, 0) for key in self._keys.values())):
            opened = _opened(key, sealed[begins:], place)
            if opened is not None:
                return key, opened
        raise WrongKey

    def keyed_hash(self, text: str, place: str, pepper: bytes | None = None) -> str:
        """A hash of `text` for the column named `place`: without the pepper nobody can try what was hashed. `pepper`:
        the database's own (`storage.vault`); what the first key came to, where it has none."""
        return hmac.digest(pepper or self._pepper, f"{place}\0{text}".encode(), "sha256").hex()

    def first_pepper(self, fingerprint: str) -> bytes:
        """What a key comes to for hashes, as it was used before a database kept a pepper of its own."""
        return hmac.digest(self._keys[bytes.fromhex(fingerprint)].raw, FOR_HASHES, "sha256")

    def box_for_file(self, fingerprint: str, salt: bytes) -> AESGCM:
        """What seals one file. Raises WrongKey where the key of this fingerprint is not among ours."""
        key = self._keys.get(bytes.fromhex(fingerprint))
        if key is None:
            raise WrongKey
        return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, FOR_FILES).derive(key.raw))


def _read(key: str) -> _Key:
    try:
        raw = base64.urlsafe_b64decode(key.encode())
    except ValueError as problem:
        raise ValueError("the key is not base64") from problem
    if len(raw) != KEY_BYTES:
        raise ValueError("the key must hold 32 bytes")
    return _Key(raw, hmac.digest(raw, FOR_MARKS, "sha256")[:MARK_BYTES], AESGCM(raw))


def _opened(key: _Key, sealed: bytes, place: str) -> str | None:
    try:
        return key.box.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError):  # a value that is too short has no nonce
        return None


def new_key() -> str:
    """A fresh random key."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def key_file(path: Path) -> str:
    """The keys kept in `path`, one a line; one is made there, readable by its owner alone, the first time."""
    if not path.exists():
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(new_key() + "\n")
    return path.read_text().strip()
