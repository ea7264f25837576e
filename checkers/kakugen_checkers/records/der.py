"""The length of an RSA key, read strictly from its DER encoding.

In: the bytes of ``p=``. Out: the number of bits of the modulus, or why there is none. Both forms in use are read:
SubjectPublicKeyInfo (RFC 5280 §4.1) and the bare RSAPublicKey (RFC 8017 A.1.1) that RFC 6376 §3.6.1 names.
"""

from __future__ import annotations

from typing import Final

_SEQUENCE: Final = 0x30
_INTEGER: Final = 0x02
_BIT_STRING: Final = 0x03
_RSA: Final = bytes.fromhex("06092a864886f70d010101")
_ED25519: Final = bytes.fromhex("06032b6570")


class NoKeyError(ValueError):
    """The bytes hold no RSA key.

    Attributes:
        why: ``truncated`` (the end is missing), ``trailing`` (something follows the key), ``ed25519`` (another kind of
            key) or ``garbage``.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def rsa_bits(encoded: bytes) -> int:
    """Return the number of bits of the modulus of an RSA public key.

    Raises:
        NoKeyError: the bytes are no RSA public key.
    """
    content, rest = _element(encoded, _SEQUENCE)
    if rest:
        raise NoKeyError("trailing")
    if content[:1] != bytes((_SEQUENCE,)):
        return _modulus(content)
    algorithm, rest = _element(content, _SEQUENCE)
    if algorithm.startswith(_ED25519):
        raise NoKeyError("ed25519")
    if not algorithm.startswith(_RSA):
        raise NoKeyError("garbage")
    bits, rest = _element(rest, _BIT_STRING)
    if rest or bits[:1] != b"\0":
        raise NoKeyError("garbage")
    key, rest = _element(bits[1:], _SEQUENCE)
    if rest:
        raise NoKeyError("garbage")
    return _modulus(key)


def _modulus(content: bytes) -> int:
    modulus, rest = _element(content, _INTEGER)
    exponent, rest = _element(rest, _INTEGER)
    if rest or not exponent or not modulus or modulus[0] & 0x80:
        raise NoKeyError("garbage")
    digits = modulus.lstrip(b"\0")
    if not digits:
        raise NoKeyError("garbage")
    return (len(digits) - 1) * 8 + digits[0].bit_length()


def _element(encoded: bytes, tag: int) -> tuple[bytes, bytes]:
    """Return the content of the element at the start of ``encoded``, and what follows it."""
    if len(encoded) < 2:
        raise NoKeyError("truncated")
    if encoded[0] != tag:
        raise NoKeyError("garbage")
    size, begin = encoded[1], 2
    if size & 0x80:
        count = size & 0x7F
        if not 1 <= count <= 3:
            raise NoKeyError("garbage")
        begin += count
        if len(encoded) < begin:
            raise NoKeyError("truncated")
        size = int.from_bytes(encoded[2:begin])
        if size < 0x80 or encoded[2] == 0:
            raise NoKeyError("garbage")
    if len(encoded) < begin + size:
        raise NoKeyError("truncated")
    return encoded[begin : begin + size], encoded[begin + size :]
