"""Where a new workspace or library may be made."""

from __future__ import annotations

from pathlib import Path

from weipian_plugin.domain.errors import WeipianError


def require_place(path: Path, label: str) -> None:
    """Raise WeipianError, before any long work, where no new GeoPackage can be or should be called so."""
    if not path.parent.is_dir():
        raise WeipianError(f"文件夹“{path.parent}”不存在，请先建立文件夹或换一个位置。")
    if path.suffix.lower() != ".gpkg":
        raise WeipianError(f"{label}的文件名应以 .gpkg 结尾，现在是“{path.name}”，请改名后重试。")
