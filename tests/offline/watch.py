"""Runs a program without any network and notes whom it and its children tried to reach, in any language.

The kernel gives the program a network of its own with nothing in it (`unshare -n`), where the user may ask
for that, and strace notes each address that a system call names.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

IN_PYTHON = Path(__file__).with_name("in_python")
CALLS = "trace=connect,bind,sendto,sendmsg,sendmmsg"
_CALL = re.compile(r"^\d+ +(\w+)\((.*)$")
_INTERNET = re.compile(r"sa_family=AF_INET6?\b")
PROBE = re.compile(r'^bind\(\d+, \{sa_family=AF_INET6, sin6_port=htons\(0\).*"::1"')
"""urllib3, which a plug-in of QGIS's own loads, sees whether this machine has IPv6; it reaches nobody."""


def command(log: Path) -> list[str]:
    """Return what to put before a program so that it runs without network and `log` says whom it called."""
    tracing = ["strace", "-f", "--seccomp-bpf", "-s", "80", "-e", CALLS, "-o", str(log)]
    return [*_without_network(), *tracing]


def environment(base: Mapping[str, str]) -> dict[str, str]:
    """Return environment variables with which Python refuses the network by itself, and says where."""
    path = ":".join(filter(None, [str(IN_PYTHON), base.get("PYTHONPATH", "")]))
    return dict(base) | {"PYTHONPATH": path}


def dialled(log: Path) -> list[str]:
    """Return the system calls by which something tried to reach an address of the internet."""
    calls = [match for line in log.read_text(errors="replace").splitlines() if (match := _CALL.match(line))]
    named = [f"{call[1]}({call[2]}" for call in calls if _INTERNET.search(call[2])]
    return [call for call in named if not PROBE.match(call)]


@cache
def _without_network() -> tuple[str, ...]:
    for prefix in (("unshare", "-n"), ("unshare", "-r", "-n")):
        if shutil.which("unshare") and subprocess.run([*prefix, "true"], check=False).returncode == 0:
            return prefix
    return ()
