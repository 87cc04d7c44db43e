"""What the pages of the settings share."""

from __future__ import annotations

from weipian_plugin.gui.page import Page
from weipian_plugin.workflow.settings_overview import SettingsOverview


class SettingsPage(Page):
    """One page of the settings."""

    def show_overview(self, seen: SettingsOverview) -> None:
        """Show what the workspace works by, once it has been read."""
