"""What metadata.txt says about the plug-in itself."""

from __future__ import annotations

import configparser

from weipian_plugin import paths


def version() -> str:
    """Return the plug-in's version as written in metadata.txt, such as 0.1.0."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read_string(paths.metadata_file().read_text(encoding="utf-8"))
    return metadata["general"]["version"]
