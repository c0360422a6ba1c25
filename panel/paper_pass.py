"""The code that opens a printable pack: letters and digits that nobody mistakes for one another."""

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # no I, L, O, U, 0, 1
CODE_LENGTH = 8  # thirty to the eighth; a link takes five tries


def shown_code(code: str) -> str:
    """In two halves, to be read and typed."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def read_code(typed: str) -> str:
    """As it was given out: capitals, without what people type between."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())
