"""Links that open something: 256 bits, made from a seed in the row and a key that is not there.

Rows keep the seed and a digest of the token; neither opens anything without SECRET_KEY, so that a
copy of the database holds no working link, and a job can write the link without being told it.
"""

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac


def new_seed() -> str:
    return secrets.token_hex(16)


def derive(purpose: str, seed: str) -> str:
    """The token of one purpose ("people.invitation") and seed; 43 characters fit for an address."""
    raw = salted_hmac(purpose, seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def digest(token: str) -> str:
    """What a row keeps to be found by."""
    return hashlib.sha256(token.encode()).hexdigest()
