"""One function per use case, called by the algorithms and by the GUI alike."""
