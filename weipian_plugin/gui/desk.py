"""What every window of the plug-in is given: QGIS, the session, the worker and the messages."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.gui import QgisInterface

from weipian_plugin.gui.messages import Messages
from weipian_plugin.gui.session import Session
from weipian_plugin.gui.work import Worker


@dataclass(frozen=True)
class Desk:
    """One for the whole plug-in; docks and dialogs keep it."""

    iface: QgisInterface
    session: Session
    worker: Worker
    messages: Messages
