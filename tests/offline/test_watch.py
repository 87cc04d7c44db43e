"""The two guards against the network do their work: what Python tries is refused, what others try is seen."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import watch

# Nobody listens there, and it is this machine; without network even that cannot be reached.
PORT = 9
PYTHON_TRIES = {
    "connect": f"import socket; socket.create_connection(('127.0.0.1', {PORT}))",
    "name": "import socket; socket.getaddrinfo('localhost', 80)",
    "datagram": f"import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {PORT}))",
    "web": f"import urllib.request; urllib.request.urlopen('http://127.0.0.1:{PORT}/')",
    "frame": f"import pandas; pandas.read_csv('http://127.0.0.1:{PORT}/a.csv')",
    "thread": f"""
import socket, threading
thread = threading.Thread(target=lambda: socket.create_connection(('127.0.0.1', {PORT})))
thread.start()
thread.join()
import no_network
raise SystemExit(len(no_network.attempts))""",
    "ours": "exec('import socket; socket.socket()', {'__name__': 'weipian_plugin.domain.leak'})",
}
HARMLESS = {
    "bare socket of others": "import socket; socket.socket(socket.AF_INET6)",
    "this machine alone": """
import socket, os, tempfile
folder = tempfile.mkdtemp()
server, client = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
server.bind(os.path.join(folder, 's'))
server.listen()
client.connect(os.path.join(folder, 's'))""",
}
OTHERS_TRY = {
    "shell": ["bash", "-c", f"exec 3<>/dev/tcp/127.0.0.1/{PORT}"],
    "gdal": [
        sys.executable,
        "-c",
        f"import pyogrio; pyogrio.read_info('/vsicurl/http://127.0.0.1:{PORT}/a.geojson')",
    ],
    "qt": [
        "/usr/bin/python3",
        "-c",
        f"from PyQt5.QtNetwork import QTcpSocket; s = QTcpSocket(); s.connectToHost('127.0.0.1', {PORT});"
        "s.waitForConnected(2000)",
    ],
}


def python(code):
    environment = watch.environment(os.environ)
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("way", PYTHON_TRIES)
def test_python_is_refused_and_says_where(way):
    done = python(PYTHON_TRIES[way])
    assert done.returncode == 1
    assert "network refused: socket." in done.stderr
    assert "NetworkForbiddenError" in done.stderr


@pytest.mark.parametrize("way", HARMLESS)
def test_python_may_do_what_leads_nowhere(way):
    done = python(HARMLESS[way])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("who", OTHERS_TRY)
def test_other_languages_are_seen(who, tmp_path):
    log = tmp_path / "calls.txt"
    subprocess.run([*watch.command(log), *OTHERS_TRY[who]], capture_output=True, check=False)
    calls = watch.dialled(log)
    assert [call for call in calls if call.startswith("connect(") and f"htons({PORT})" in call]


def test_a_program_that_calls_nobody_is_seen_to_call_nobody(tmp_path):
    log = tmp_path / "calls.txt"
    code = HARMLESS["this machine alone"]
    subprocess.run([*watch.command(log), sys.executable, "-c", code], check=True)
    assert "AF_UNIX" in log.read_text()
    assert watch.dialled(log) == []


def test_there_is_no_network_inside(tmp_path):
    command = [*watch.command(tmp_path / "calls.txt"), "cat", "/proc/net/dev"]
    seen = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert [line.split(":")[0].strip() for line in seen.splitlines() if ":" in line] == ["lo"]
