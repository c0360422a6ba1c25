"""One file, sealed as a stream: compressed, in pieces, each authenticated with its number, the last one marked as such.
Nothing can be read in it, altered, left out, put elsewhere or cut off."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag

from storage.secrets import MARK_BYTES, NONCE_BYTES, Cipher, WrongKey

KIND = b"convenor backup 1\n"
SALT_BYTES, SIZE_BYTES, PIECE_BYTES = 16, 4, 1 << 20
HEAD_BYTES = len(KIND) + MARK_BYTES + SALT_BYTES
NOT_OURS = "This file is no backup of Convenor's, or not one that this release reads."
DAMAGED = "This backup is damaged or incomplete: it was altered, or cut off. Nothing was brought back from it."
OTHER_KEY = (
    "This backup was made with the key {wanted}, and the key that was given is {given}. Set CONVENOR_KEY to the key it "
    "was made with, after the new one and a comma where that has changed since."
)


class NotABackup(Exception):
    """A file that can't be read as a backup; the message says why."""


class Writer:
    """Writes text, sealed with the cipher's first key."""

    def __init__(self, file: IO[bytes], cipher: Cipher) -> None:
        salt = os.urandom(SALT_BYTES)
        self._head = KIND + bytes.fromhex(cipher.fingerprint) + salt
        self._box = cipher.box_for_file(cipher.fingerprint, salt)
        self._file, self._number = file, 0
        self._pressed, self._waiting = zlib.compressobj(), bytearray()
        file.write(self._head)

    def write(self, text: str) -> None:
        """Add some."""
        self._waiting += self._pressed.compress(text.encode())
        while len(self._waiting) > PIECE_BYTES:
            self._put(bytes(self._waiting[:PIECE_BYTES]), last=False)
            del self._waiting[:PIECE_BYTES]

    def end(self) -> None:
        """Nothing more comes."""
        self._put(bytes(self._waiting) + self._pressed.flush(), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        sealed = self._box.encrypt(_nonce(self._number, last), piece, self._head)
        self._file.write(len(sealed).to_bytes(SIZE_BYTES, "big") + sealed)
        self._number += 1


def lines(file: IO[bytes], cipher: Cipher) -> Iterator[str]:
    """The lines that were written. Raises NotABackup, WrongKey; before the first line for another key, at the latest
    after the last for a file that is not whole."""
    head = file.read(HEAD_BYTES)
    if len(head) < HEAD_BYTES or not head.startswith(KIND):
        raise NotABackup(NOT_OURS)
    wanted, salt = head[len(KIND) : -SALT_BYTES].hex(), head[-SALT_BYTES:]
    if wanted not in cipher.fingerprints:
        raise WrongKey(OTHER_KEY.format(wanted=wanted, given=", ".join(cipher.fingerprints)))
    box, number, last = cipher.box_for_file(wanted, salt), 0, False
    unpressed, rest = zlib.decompressobj(), b""
    while not last:
        size = int.from_bytes(file.read(SIZE_BYTES), "big")
        sealed = file.read(size) if 0 < size <= 2 * PIECE_BYTES else b""
        last = not (peeked := file.read(1))
        file.seek(-len(peeked), os.SEEK_CUR)
        try:
            piece = box.decrypt(_nonce(number, last), sealed, head)
        except InvalidTag as problem:
            raise NotABackup(DAMAGED) from problem
        *whole, rest = (rest + unpressed.decompress(piece)).split(b"\n")
        yield from (line.decode() for line in whole)
        number += 1


def _nonce(number: int, last: bool) -> bytes:
    """Never the same twice with one salt."""
    return number.to_bytes(NONCE_BYTES - 1, "big") + bytes([last])
