"""What the toolbox offers in its drop-down lists."""

from __future__ import annotations

from qgis.core import QgsProcessingContext
from qgis.gui import QgsGui, QgsProcessingGui
from qgis.PyQt.QtWidgets import QComboBox

from weipian_plugin.domain.roles import Role
from weipian_plugin.domain.stages import Stage
from weipian_plugin.processing_algorithms.advance import AdvanceAlgorithm
from weipian_plugin.processing_algorithms.import_base import ImportBaseAlgorithm


def offered(algorithm, name: str) -> list[str]:
    """Return the texts of a parameter's list as QGIS shows it, the first for nothing chosen."""
    algorithm.initAlgorithm({})
    definition = algorithm.parameterDefinition(name)
    registry = QgsGui.processingGuiRegistry()
    wrapper = registry.createParameterWidgetWrapper(definition, QgsProcessingGui.WidgetType.Standard)
    widget = wrapper.createWrappedWidget(QgsProcessingContext())
    combo = widget if isinstance(widget, QComboBox) else widget.findChild(QComboBox)
    return [combo.itemText(index) for index in range(combo.count())]


def test_stages_are_offered_by_name():
    assert offered(AdvanceAlgorithm(), "STAGE") == ["", *(stage.value for stage in Stage)]


def test_layers_are_offered_once_and_none_without_a_name():
    texts = offered(ImportBaseAlgorithm(), "ROLE")
    assert len(texts) == 1 + len(Role)
    assert all(texts[1:])


def test_steps_are_offered():
    assert offered(AdvanceAlgorithm(), "STEP")[:3] == ["", "复核", "复核不通过"]
