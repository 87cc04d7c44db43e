"""Workbooks that leave the office and come back."""
