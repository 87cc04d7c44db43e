"""The styles in styles/*.qml: they load, in the fixed colours, and say what the dictionaries say."""

from __future__ import annotations

import pytest
from qgis.core import QgsRenderContext, QgsVectorLayer

from weipian_plugin import paths
from weipian_plugin.domain.roles import Role
from weipian_plugin.gui import colours
from weipian_plugin.gui.map import themes
from weipian_plugin.gui.map.patch_layer import PatchLayer
from weipian_plugin.gui.map.themes import Theme
from weipian_plugin.workflow.dictionaries import land_classes
from weipian_plugin.workflow.patch_map import EMPTY, TermClass

SPREAD = {Role.LAND_CLASS: 30_000, Role.BASIC_FARMLAND: 60_000, Role.FOREST: 60_000}
"""Roles of very many small features, and from which scale they are drawn."""


def styled(role):
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4490&field=class_code:string", role.label, "memory")
    said, is_loaded = layer.loadNamedStyle(str(paths.style_file(f"{role.value}.qml")))
    assert is_loaded, said
    return layer


def themed(theme):
    layer = PatchLayer(EMPTY).layer
    themes.apply(layer, theme)
    return layer


def class_colours(layer):
    """Return the colour of each class, as its outline has it."""
    return {
        category.value(): category.symbol().symbolLayer(3).color().name().upper()
        for category in layer.renderer().categories()
    }


def test_stages_and_duty_states_have_their_colours(qgis_app):
    assert class_colours(themed(Theme.STAGE)) == {stage.value: c for stage, c in colours.STAGES.items()}
    expected = {state.value: colour for state, colour in colours.DUTY_STATES.items()}
    assert class_colours(themed(Theme.DUTY_STATE)) == expected


def test_days_left_have_the_colours_of_urgency(qgis_app):
    shown = class_colours(themed(Theme.DAYS_LEFT))
    assert list(shown) == [term.value for term in TermClass]
    assert list(shown.values())[:3] == [colours.OVERDUE, colours.SOON, colours.IN_TIME]


def test_numbers_of_the_patches_are_labels_where_there_is_room(qgis_app):
    layer = themed(Theme.STAGE)
    labels = layer.labeling().settings()
    assert layer.labelsEnabled()
    assert (labels.fieldName, labels.scaleVisibility, labels.minimumScale) == ("patch_no", True, 20_000)


def test_the_chosen_patch_can_be_seen_through(qgis_app):
    layer = themed(Theme.STAGE)
    symbol = layer.selectionProperties().selectionSymbol()
    assert [symbol.symbolLayer(at).brushStyle() for at in range(symbol.symbolLayerCount())] == [0, 0]


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_every_role_has_a_style_in_its_colour(qgis_app, role):
    layer = styled(role)
    symbol = layer.renderer().symbols(QgsRenderContext())[0]
    strokes = {
        colour.name().upper()
        for part in symbol.symbolLayers()
        for colour in (part.color(), part.strokeColor())
    }
    assert colours.ROLES[role] in strokes
    method = layer.simplifyMethod()
    assert method.simplifyHints() and method.forceLocalOptimization()


@pytest.mark.parametrize("role", list(SPREAD), ids=lambda role: role.value)
def test_many_small_features_are_drawn_from_near_only(qgis_app, role):
    layer = styled(role)
    assert (layer.hasScaleBasedVisibility(), layer.minimumScale()) == (True, SPREAD[role])


def test_parcels_are_tinted_as_the_dictionary_groups_them(qgis_app):
    layer = styled(Role.LAND_CLASS)
    renderer = layer.renderer()
    assert renderer.classAttribute() == "substr(class_code, 1, 4)"
    group_of = {
        code: category.label()
        for category in renderer.categories()
        if isinstance(category.value(), list)
        for code in category.value()
    }
    classes = land_classes()
    codes = [*classes.classes, *classes.legacy]
    expected = {code: classes.group(code) for code in codes if classes.group(code)}
    assert {code: group_of.get(code[:4]) for code in expected} == expected
