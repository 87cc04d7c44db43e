"""The map: layers of the workspace and the library, selection, flashing, images of two dates."""
