"""Refuses Python's ways to the network, in the tests: an office PC has none, and nothing may look for one.

Python tells an audit hook before it opens a socket or asks for an address. What C and C++ do without Python
is seen from outside, by tests/offline/watch.py.
"""

from __future__ import annotations

import sys
import traceback
from types import FrameType

DIALLING = {
    "socket.connect",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.getnameinfo",
}
"""Steps towards another machine. A bare socket is none: urllib3, which QGIS loads, makes one to try IPv6."""
OURS = "weipian_plugin"


class NetworkForbiddenError(RuntimeError):
    """Something tried to reach the network."""


attempts: list[str] = []
"""What was refused so far, with the stack, so that a caller who swallows the error is found all the same."""


def forbid() -> None:
    """Refuse from now on; there is no way back, as with every audit hook."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in DIALLING:
        refused = not _is_local(arguments)
    elif event == "socket.__new__":
        refused = _is_ours(sys._getframe(1))
    else:
        return
    if refused:
        attempts.append(f"{event} {arguments[1:]}\n{''.join(traceback.format_stack())}")
        print(f"network refused: {attempts[-1]}", file=sys.stderr)
        raise NetworkForbiddenError(f"{event} {arguments[1:]}: the plug-in works without any network")


def _is_local(arguments: tuple[object, ...]) -> bool:
    """Return whether a socket leads to this machine alone, through the file system."""
    return getattr(getattr(arguments[0], "family", None), "name", "") == "AF_UNIX"


def _is_ours(frame: FrameType | None) -> bool:
    while frame is not None:
        if str(frame.f_globals.get("__name__", "")).split(".")[0] == OURS:
            return True
        frame = frame.f_back
    return False
