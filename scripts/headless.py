"""Run QGIS with the built plug-in and without a window, from anywhere, beside other runs.

As a command it is `scripts/qgis_process`: arguments and exit code are those of the qgis_process of QGIS. With
the window it is `scripts/qgis`, in a fresh profile that is forgotten afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts import build

if TYPE_CHECKING:
    from qgis.core import QgsApplication

QUIET = "[core]\nhttpsfeedqgisorg\\disabled=true\n[fonts]\ndownloadMissingFonts=false\n"
"""QGIS itself looks for news and fonts on the internet when it starts; not in a profile of ours."""
ENABLED = f"[PythonPlugins]\n{build.NAME}=true\n"


@contextmanager
def private_profile(settings: str = QUIET + ENABLED) -> Iterator[Path]:
    """Yield a folder with a fresh QGIS profile in which the plug-in is enabled; it is deleted afterwards.

    One for each run, because QGIS keeps databases in its profile that two runs at once would write.
    """
    with tempfile.TemporaryDirectory(prefix="weipian-qgis-", ignore_cleanup_errors=True) as folder:
        file = Path(folder, "profiles", "default", "QGIS", "QGIS3.ini")
        file.parent.mkdir(parents=True)
        file.write_text(settings, encoding="utf-8")
        yield Path(folder)


def environment(
    profile: Path, base: Mapping[str, str] = os.environ, root: Path = build.ROOT
) -> dict[str, str]:
    """Return the environment variables with which QGIS finds the profile, the built plug-in and its packages.

    No window is opened unless QT_QPA_PLATFORM is already set; text is UTF-8 unless the locale says another.
    """
    changed = dict(base)
    changed["QGIS_CUSTOM_CONFIG_PATH"] = str(profile)
    changed["QGIS_PLUGINPATH"] = str(root / "build")
    packages = [str(path) for path in sorted((root / ".venv" / "lib").glob("python3*/site-packages"))]
    if packages:
        packages.insert(0, str(root / "scripts" / "python_in_qgis"))
    changed["PYTHONPATH"] = os.pathsep.join([*packages, *filter(None, [base.get("PYTHONPATH")])])
    changed.setdefault("QT_QPA_PLATFORM", "offscreen")
    changed.setdefault("XDG_RUNTIME_DIR", str(profile))
    if not (base.get("LC_ALL") or base.get("LC_CTYPE") or base.get("LANG")):
        changed["LC_ALL"] = "C.UTF-8"
    return changed


def run(command: list[str]) -> int:
    """Run a command of QGIS with the built plug-in; return its exit code, 128 + n when signal n ended it."""
    build.build()
    with private_profile() as profile:
        child = subprocess.Popen(command, env=environment(profile))
        # Whoever stops this script means QGIS; Ctrl+C reaches both by itself.
        signal.signal(signal.SIGTERM, lambda _number, _frame: child.terminate())
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        code = child.wait()
    return code if code >= 0 else 128 - code


@contextmanager
def qgis() -> Iterator[QgsApplication]:
    """Start QGIS in this process, load the built plug-in's provider as qgis_process does, and stop it again.

    For scripts that run several algorithms; call it once, before anything of QGIS is imported.
    """
    built = build.build()
    before = dict(os.environ)
    with private_profile() as profile:
        os.environ.update(environment(profile))
        from qgis.core import QgsApplication
        from qgis.PyQt import sip

        application = QgsApplication([], False, str(profile / "profiles" / "default"))
        application.initQgis()
        # Ours has to be the built package, not the one that may lie in the current directory.
        sys.path[:0] = [str(built.parent), str(Path(application.pkgDataPath(), "python", "plugins"))]
        try:
            _load_plugin()
            yield application
        finally:
            application.exitQgis()
            # Its destructor saves the bookmarks: that has to come before the profile is deleted.
            sip.delete(application)
            os.environ.clear()
            os.environ.update(before)


def _load_plugin() -> None:
    import qgis.utils
    from processing.core.Processing import Processing

    Processing.initialize()
    qgis.utils.plugin_paths = [str(build.ROOT / "build")]
    qgis.utils.updateAvailablePlugins()
    if not (qgis.utils.loadPlugin(build.NAME) and qgis.utils.startProcessingPlugin(build.NAME)):
        raise SystemExit("The plug-in could not be loaded; what QGIS said stands above.")


def main() -> int:
    """Run one of QGIS's programs, named first on the command line, with the rest as its arguments."""
    name, *arguments = sys.argv[1:]
    program = shutil.which(name)
    if program is None:
        print(f"{name}: QGIS is not installed or not on PATH; run make setup first.", file=sys.stderr)
        return 127
    try:
        return run([program, *arguments])
    except (build.BuildError, OSError) as error:
        print(f"{name}: the plug-in cannot be built: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
