"""Codes that people read and type: twelve letters and digits, 60 bits, in groups of four."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which look like something else."""

LENGTH = 12
LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def code_from(noise: bytes) -> str:
    """The code that stands for the first twelve bytes of random or hashed bytes.

    Examples
    --------
    >>> code_from(bytes(range(12)))
    '0123-4567-89AB'
    """
    return in_groups("".join(ALPHABET[byte % 32] for byte in noise[:LENGTH]))


def in_groups(code: str) -> str:
    """A code in groups of four, as people read it.

    Examples
    --------
    >>> in_groups("ABCDEFGHJKMN")
    'ABCD-EFGH-JKMN'
    """
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normal(typed: str) -> str:
    """A typed code as it was given out; empty where it cannot be one.

    Small letters, blanks, missing hyphens and letters that look like digits are all understood.

    Examples
    --------
    >>> normal(" abcd efgh-jkmn ")
    'ABCD-EFGH-JKMN'
    >>> normal("nonsense")
    ''
    """
    code = "".join(typed.upper().replace("-", " ").split()).translate(LOOKALIKES)
    return in_groups(code) if len(code) == LENGTH and all(one in ALPHABET for one in code) else ""
