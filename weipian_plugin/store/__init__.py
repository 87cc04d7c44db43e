"""The two GeoPackages: library (底图库) and workspace (工作库)."""
