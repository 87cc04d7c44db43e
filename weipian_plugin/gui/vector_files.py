"""The vector files that people are offered when they choose what to import."""

from __future__ import annotations

FILES = "*.zip *.shp *.gpkg *.geojson *.json *.db *.sqlite *.mdb"
