"""The time that goes into the files."""

from __future__ import annotations

from datetime import datetime


def now() -> str:
    """Return the present date and time as ISO text with milliseconds and offset."""
    return datetime.now().astimezone().isoformat(timespec="milliseconds")
