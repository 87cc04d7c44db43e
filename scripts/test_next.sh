#!/bin/sh
# Run the tests under what comes next: the QGIS, Python, GEOS and GDAL of Debian forky, in a tree of their own.
#
#     scripts/test_next.sh [arguments of pytest]
#
# debootstrap makes the tree once (several minutes, 3.5 GB) in build/next, or where WEIPIAN_NEXT_TREE says; it is
# used again until the list of its packages changes. The tests run in it on a copy of the checkout, without network.
# Not root or not Debian: one sentence, exit 1. More in docs/next_qgis.md.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
tree="${WEIPIAN_NEXT_TREE:-$root/build/next}"
# The tests point this at other systems' files.
os_release="${WEIPIAN_OS_RELEASE:-/etc/os-release}"
release=forky
# pyproj finds its data from a virtual environment only by the program of proj-bin.
packages="qgis python3-qgis qgis-providers python3-geopandas python3-openpyxl python3-yaml proj-bin
    python3-pytest python3-pytestqt python3-pytest-xdist python3-hypothesis python3-psutil python3-venv
    pyqt5-dev-tools qttools5-dev-tools xvfb xauth fonts-noto-cjk strace
    libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils e2fsprogs git make"
# The one that Debian does not have; what it needs is in the tree.
pytest_qgis=$(grep '^pytest-qgis==' "$root/requirements-dev.txt")

refuse() {
    printf '%s\n' "$1" >&2
    exit 1
}

is_debian() (
    # A subshell, because the file sets a dozen variables.
    [ -r "$os_release" ] && . "$os_release" && [ "${ID:-}" = debian ]
)

wanted() {
    echo "$release" $packages "$pytest_qgis"
}

# in_tree TREE NAMESPACES COMMAND ...: run a command in a tree. What is mounted for it is mounted for it alone and
# gone with it, however it ends; outside, nothing below the tree ever is a mount, so that it can just be deleted.
in_tree() {
    inside=$1
    namespaces=$2
    shift 2
    unshare --mount $namespaces sh -euc '
        mount -t proc proc "$0/proc"
        mount -t tmpfs tmpfs "$0/dev/shm"
        exec chroot "$0" env -i HOME=/root LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
    ' "$inside" "$@"
}

make_tree() {
    [ ! -e "$tree" ] || [ -f "$tree/.weipian" ] ||
        refuse "$tree exists and was not made here: give another folder in WEIPIAN_NEXT_TREE."
    # The mirror that this machine already uses has the other releases too, so no address is written here.
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Label: Debian' 'Created-By: Packages' | head -n 1)
    [ -n "$mirror" ] || refuse "No Debian mirror is configured, so $release cannot be fetched."
    command -v debootstrap >/dev/null || apt-get install -q -y --no-install-recommends debootstrap
    unfinished="$tree.unfinished"
    rm -rf --one-file-system "$unfinished"
    mkdir -p "$unfinished"
    debootstrap --variant=minbase "$release" "$unfinished" "$mirror" sid
    # A mirror may be the copy of a day whose Release file counts as expired by now.
    echo 'Acquire::Check-Valid-Until "false";' >"$unfinished/etc/apt/apt.conf.d/90old-mirror"
    in_tree "$unfinished" '' apt-get update -q
    in_tree "$unfinished" '' DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
    in_tree "$unfinished" '' apt-get clean
    # By the pip of this machine, which knows where it gets packages.
    "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$pytest_qgis" \
        --target "$(echo "$unfinished"/usr/local/lib/python3.*/dist-packages)"
    wanted >"$unfinished/.weipian"
    rm -rf --one-file-system "$tree"
    mv "$unfinished" "$tree"
}

copy_checkout() {
    rm -rf "$tree/srv/weipian"
    mkdir "$tree/srv/weipian"
    tar -C "$root" --exclude-vcs --exclude=./.venv --exclude=./build --exclude=./dist --exclude=./demo \
        --exclude='.*_cache' --exclude=__pycache__ --exclude=.hypothesis -cf - . | tar -C "$tree/srv/weipian" -xf -
}

run_tests() {
    # A desk like every other, except that its virtual environment is empty: the tree's own packages are tested.
    in_tree "$tree" --net QT_QPA_PLATFORM=offscreen PYTHONUTF8=1 sh -euc '
        cd /srv/weipian
        python3 -m venv --system-site-packages --without-pip .venv
        cp requirements-dev.txt .venv/.requirements
        .venv/bin/python scripts/build.py build
        exec .venv/bin/python -m pytest -m "not soak and not tools" "$@"
    ' sh "$@"
}

is_debian || refuse 'This is not Debian, so no tree of the next release can be made here.'
[ "$(id -u)" = 0 ] || refuse 'Only root can make the tree of the next release and test in it.'
[ "$(wanted)" = "$(cat "$tree/.weipian" 2>/dev/null)" ] || make_tree
copy_checkout
run_tests "$@"
