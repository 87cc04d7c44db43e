"""A button that cannot be pressed says why."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QWidget

_OWN_TIP = "weipianOwnTip"


def allow(widget: QWidget, why_not: str) -> None:
    """Enable a widget, or disable it with the sentence `why_not` in its tooltip.

    Once it is enabled again, its own tooltip is back.
    """
    if widget.property(_OWN_TIP) is None:
        widget.setProperty(_OWN_TIP, widget.toolTip())
    widget.setEnabled(not why_not)
    widget.setToolTip(why_not or str(widget.property(_OWN_TIP)))
