"""No shipped source can speak to a network: neither by its imports nor through QGIS and GDAL."""

from __future__ import annotations

import ast
import re

import pytest

from scripts import build

MODULES = """
socket ssl http ftplib smtplib poplib imaplib nntplib telnetlib socketserver xmlrpc asyncio
selectors webbrowser urllib.request urllib.error urllib.robotparser wsgiref
multiprocessing.connection multiprocessing.managers
requests urllib3 httpx aiohttp fsspec boto3 owslib
qgis.PyQt.QtNetwork qgis.PyQt.QtWebSockets qgis.PyQt.QtWebEngineWidgets qgis.PyQt.QtWebEngineCore
qgis.PyQt.QtWebKit qgis.PyQt.QtWebKitWidgets qgis.PyQt.QtWebChannel
""".split()
"""Modules that open connections, with everything below them."""
NAMES = re.compile(
    r"Qgs\w*(Network|Http|FileDownloader|ContentFetcher|Oapif|Wfs|Wms|ArcGis|Gdal?Cloud|AuthManager)\w*"
    r"|QNetwork\w*|Q\w*Socket|QWebEngine\w*"
)
"""Classes of QGIS and Qt that do."""
ADDRESSES = re.compile(
    r"/vsi(curl|s3|gs|az|adls|oss|swift|webhdfs|hdfs)|\b(ftp|wss?|smb|sftp)://|\bPG:|\bWFS:|\bWMS:"
)


def sources():
    return {name: data.decode("utf-8") for name, data in build.contents().items() if name.endswith(".py")}


def opens_no_file(node):
    """Return whether a call gives the desktop something to open that is not surely a file."""
    if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "openUrl":
        return False
    return not ast.unparse(node.args[0]).startswith("QUrl.fromLocalFile(")


def faults(text):
    """Return the lines of a source by which it could speak to a network."""
    found = []
    for node in ast.walk(ast.parse(text)):
        names = []
        if opens_no_file(node):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found += [
            f"{node.lineno}: import {name}"
            for name in names
            if any(f"{name}.".startswith(f"{module}.") for module in MODULES)
        ]
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if NAMES.fullmatch(name):
            found.append(f"{node.lineno}: {name}")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ADDRESSES.search(node.value):
            found.append(f"{node.lineno}: {node.value!r}")
    return found


def test_no_shipped_source_speaks_to_a_network():
    assert {name: found for name, text in sources().items() if (found := faults(text))} == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("import socket", "1: import socket"),
        ("def a():\n    from urllib import request", "2: import urllib.request"),
        ("from http.client import HTTPConnection", "1: import http.client.HTTPConnection"),
        ("from qgis.PyQt.QtNetwork import QTcpSocket", "1: import qgis.PyQt.QtNetwork.QTcpSocket"),
        ("QgsNetworkAccessManager.instance()", "1: QgsNetworkAccessManager"),
        ("core.QgsBlockingNetworkRequest()", "1: QgsBlockingNetworkRequest"),
        ("QDesktopServices.openUrl(QUrl(link))", "1: QDesktopServices.openUrl(QUrl(link))"),
        ("open_source('/vsicurl/' + path)", "1: '/vsicurl/'"),
    ],
)
def test_what_would_is_found(text, fault):
    assert faults(text) == [fault]
