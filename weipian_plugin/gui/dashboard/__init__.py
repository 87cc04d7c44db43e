"""The dashboard: how the year stands on a day."""
