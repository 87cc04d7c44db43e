"""The conflict desk: claims side by side, decided one by one or many at once."""
