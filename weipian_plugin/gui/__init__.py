"""Docks, dialogs and tasks."""
