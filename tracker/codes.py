"""The short code of an invitation: easy to read from paper, hard to guess."""

import secrets

# Nothing that looks like something else (no 0, O, 1, I, L; of S 5, Z 2, B 8 and G 6 one each), and no
# vowels, so that no code spells a word: 23 signs, 8 of them, 36 bits.
ALPHABET = "BCDFGHJKMNPQRTVWX234579"
LENGTH = 8
GROUP = 4
# Whoever types the sign that looks alike means the one that exists.
LOOK_ALIKES = str.maketrans({"S": "5", "Z": "2", "8": "B", "6": "G"})


def make_code() -> str:
    """Return a new code that nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """Return the code someone meant: small letters, spaces and dashes do not matter."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return signs.translate(LOOK_ALIKES)


def grouped(code: str) -> str:
    """Return a code as it is printed: ABCD-EFGH."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
