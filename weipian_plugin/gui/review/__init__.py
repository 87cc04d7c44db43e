"""The review dock: the queue of patches, one patch with all its figures, and the form that judges it."""
