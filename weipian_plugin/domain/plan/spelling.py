"""Make spellings comparable that the issuing systems mix."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Return a name, header or value without spaces, in half-width characters and capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
