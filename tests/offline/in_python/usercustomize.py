"""Python runs this file when it starts, also inside QGIS, if its folder is on PYTHONPATH."""

import no_network

no_network.forbid()
