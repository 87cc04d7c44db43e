"""Let the packages of the virtual environment use their own PROJ, GDAL and GEOS inside Debian's QGIS.

QGIS's programs are linked with the system's copies of these libraries, and the dynamic linker gives a newly
loaded library the symbols that the program already has: pyproj's calls would land in the wrong PROJ and end
in "bad_alloc". RTLD_DEEPBIND makes a library look into its own dependencies first. Python runs this file when
QGIS starts it: scripts/headless.py puts its folder on PYTHONPATH. The QGIS of the Windows installer has
one copy of each library and needs nothing of the kind.
"""

import contextlib
import os
import sys

flags = sys.getdlopenflags()
sys.setdlopenflags(os.RTLD_NOW | os.RTLD_DEEPBIND)
# A missing package is the plug-in's to report.
with contextlib.suppress(ImportError):
    import pyogrio  # noqa: F401
    import pyproj  # noqa: F401
    import shapely  # noqa: F401
sys.setdlopenflags(flags)
