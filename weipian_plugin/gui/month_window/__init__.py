"""The window 本月一键办理."""
