"""Files from outside become clean GeoDataFrames and a list of findings."""
