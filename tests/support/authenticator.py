"""A device that makes and shows passkeys, in software: what a browser would send, as WebAuthn has it."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV
NO_MODEL = bytes(16)


@dataclass
class Device:
    """One device with at most one passkey. What it says can be bent, to see whether the site notices."""

    origin: str = "http://localhost:8000"
    host: str = "localhost"
    flags: AuthenticatorData.FLAG = PRESENT | VERIFIED
    counts: bool = True
    key_id: bytes = b"a passkey of sixteen or more bytes"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: bytes = b""
    uses: int = 0

    def make(self, options: dict[str, Any]) -> str:
        """Make a passkey: the answer to what the page asked."""
        asked = options["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        held = AttestedCredentialData.create(NO_MODEL, self.key_id, ES256.from_cryptography_key(self.key.public_key()))
        said = self._said(self.flags | AuthenticatorData.FLAG.AT, held)
        return self._answer(
            clientDataJSON=self._client("webauthn.create", asked["challenge"]),
            attestationObject=bytes(AttestationObject.create("none", said, {})),
        )

    def show(self, options: dict[str, Any]) -> str:
        """Show the passkey: the answer to what the page asked."""
        client, said = self._client("webauthn.get", options["publicKey"]["challenge"]), self._said(self.flags)
        signature = self.key.sign(bytes(said) + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client, authenticatorData=bytes(said), signature=signature, userHandle=self.handle
        )

    def _said(self, flags: AuthenticatorData.FLAG, held: bytes = b"") -> AuthenticatorData:
        self.uses += self.counts
        return AuthenticatorData.create(sha256(self.host.encode()).digest(), flags, self.uses, held)

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, **parts: bytes) -> str:
        spelled = websafe_encode(self.key_id)
        response = {name: websafe_encode(part) for name, part in parts.items()}
        whole = {"id": spelled, "rawId": spelled, "type": "public-key", "response": response}
        return json.dumps({**whole, "clientExtensionResults": {}})
