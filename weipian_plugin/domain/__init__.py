"""What the plan means: pure functions and values, without QGIS, files or databases."""
