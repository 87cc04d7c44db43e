"""Make spellings comparable that the issuing systems mix."""

from __future__ import annotations

import unicodedata


def normalise(text: str) -> str:
    """Return a name or value without spaces, in half-width characters and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
