"""The contacts key and all that is done with it: sealing details, recognising an address, giving out passes.

The key is a file of its own in the data directory. A copy of the database without it reads nothing; backups leave it
out. A pass is made from a person's resume code, which the site does not keep: a slow function of the code and the key,
so that nobody can make the passes of all codes, and a seal by which the site knows its own. So nothing has to be
written down when somebody finishes, and the same person always gets the same pass.
"""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from commonground.records.errors import Problem, RequestError
from commonground.web.contacts.models import KeyMark
from commonground.web.environment import CONTACTS_KEY_FILE

KEY_BYTES = 32
NONCE_BYTES = 12
BLOCK = 256
"""Details are filled up to a multiple of this, so that the length of an address does not show."""

SLOWLY = {"n": 2**13, "r": 8, "p": 1}
"""scrypt: some 20 ms and 8 MB a pass. Going through all 2⁶⁰ codes would take hundreds of millions of years."""


class ContactsKeyError(RequestError):
    """The contacts key is missing, or is not the one the entries were sealed with."""


@dataclass(frozen=True, slots=True)
class Details:
    """How to reach a person, and their name where they gave one."""

    reach: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Vault:
    """The key at work; `open_vault` makes one."""

    key: bytes

    def seal(self, details: Details, *, about: str) -> bytes:
        """Encrypt details; `about` says what they belong to and has to be the same when they are read."""
        plain = json.dumps(asdict(details), ensure_ascii=False).encode()
        filled = plain + b" " * (-len(plain) % BLOCK)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._derived("seal")).encrypt(nonce, filled, about.encode())

    def unseal(self, sealed: bytes, *, about: str) -> Details:
        """Read what was sealed.

        Raises
        ------
        ContactsKeyError
            If it was sealed with another key, for another place, or was changed.
        """
        try:
            nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
            return Details(**json.loads(AESGCM(self._derived("seal")).decrypt(nonce, rest, about.encode())))
        except InvalidTag as error:
            raise _key_problem("Contact details cannot be read with this key.") from error

    def digest(self, purpose: str, *words: str) -> str:
        """A keyed hash: the same for the same words, and nothing to anybody without the key."""
        return hmac.new(self._derived(purpose), "\x1f".join(words).encode(), hashlib.sha256).hexdigest()

    def pass_for(self, code: str, *, study: str) -> str:
        """The pass of the person with this resume code."""
        salt = self._derived("pass") + study.encode()
        number = hashlib.scrypt(code.encode(), salt=salt, dklen=24, **SLOWLY).hex()
        return f"{number}-{self.digest('own pass', study, number)[:32]}"

    def is_own_pass(self, text: str, *, study: str) -> bool:
        """Whether this site gave out this pass for this study."""
        number, _, seal = text.partition("-")
        return hmac.compare_digest(self.digest("own pass", study, number)[:32].encode(), seal.encode())

    def _derived(self, purpose: str) -> bytes:
        return hmac.new(self.key, f"commonground.contacts {purpose}".encode(), hashlib.sha256).digest()


def open_vault() -> Vault:
    """The vault of this site; the key is made on first use.

    Raises
    ------
    ContactsKeyError
        If entries were sealed before and their key is not here.
    """
    path = Path(settings.DATA) / CONTACTS_KEY_FILE
    known = KeyMark.objects.first()
    if known is None:
        _make_key(path)
    vault = _read_key(path)
    mark = vault.digest("mark")
    if known is None:
        known, _made = KeyMark.objects.get_or_create(pk=1, defaults={"mark": mark})
    if known.mark != mark:
        raise _key_problem("The contacts key is another one than the contact details were sealed with.")
    return vault


def _make_key(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())


def _read_key(path: Path) -> Vault:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except FileNotFoundError as error:
        raise _key_problem("The contacts key is missing.") from error
    except ValueError as error:
        raise _key_problem("The file of the contacts key does not hold a key.") from error
    return Vault(key)


def _key_problem(what: str) -> ContactsKeyError:
    where = str(Path(settings.DATA) / CONTACTS_KEY_FILE)
    return ContactsKeyError([Problem(what, where, "Put back the copy of this file that is kept apart from backups.")])
