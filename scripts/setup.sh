#!/bin/sh
# setup.sh        Install what the plug-in is built, tested and shown with on Debian 12: system packages, then
#                 the pinned virtual environment. Not root or not Debian 12: one sentence, exit 1.
# setup.sh NAME   Make build/environments/NAME with the packages of tests/NAME/requirements.txt and nothing else:
#                 tools that some tests call, kept out of what the plug-in is tested with.
# Done already means a few milliseconds.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
# The tests point this at other systems' files.
os_release="${WEIPIAN_OS_RELEASE:-/etc/os-release}"
# QGIS comes from bookworm-backports (3.40 LTR); the rest from the release itself.
qgis_packages="qgis python3-qgis qgis-providers"
base_packages="python3-venv python3-pip python3-dev pyqt5-dev-tools qttools5-dev-tools xvfb xauth fonts-noto-cjk
    libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils git make strace"
# What these packages bring that build, tests and demo call: enough on a desk that is not Debian 12.
programs="qgis_process pyrcc5 lrelease xvfb-run soffice pdftoppm git make strace"

packages_installed() {
    statuses=$(dpkg-query -W -f='${db:Status-Status}\n' $qgis_packages $base_packages 2>/dev/null) || return 1
    ! printf '%s\n' "$statuses" | grep -qvx installed || return 1
    version=$(dpkg-query -W -f='${Version}' python3-qgis 2>/dev/null) || return 1
    dpkg --compare-versions "$version" ge 3.40
}

installed_by_hand() {
    for program in $programs; do
        command -v "$program" >/dev/null 2>&1 || return 1
    done
    /usr/bin/python3 -c 'import venv; from qgis.core import Qgis; raise SystemExit(Qgis.versionInt() < 34000)' \
        >/dev/null 2>&1
}

refuse() {
    printf '%s\n' "$1 Install by hand: $(echo $qgis_packages) (version 3.40 or later), $(echo $base_packages)." >&2
    exit 1
}

is_bookworm() (
    # A subshell, because the file sets a dozen variables.
    [ -r "$os_release" ] && . "$os_release" && [ "${ID:-}" = debian ] && [ "${VERSION_CODENAME:-}" = bookworm ]
)

add_backports() {
    # The mirror that this machine already uses serves backports too, so no address is written here.
    [ -z "$(apt-get indextargets --format '$(CODENAME)' 'Codename: bookworm-backports')" ] || return 0
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Codename: bookworm' 'Created-By: Packages' | head -n 1)
    [ -n "$mirror" ] || refuse 'No Debian mirror is configured, so bookworm-backports cannot be added.'
    printf 'Types: deb\nURIs: %s\nSuites: bookworm-backports\nComponents: main\nSigned-By: %s\n' \
        "$mirror" /usr/share/keyrings/debian-archive-keyring.gpg \
        >/etc/apt/sources.list.d/weipian-backports.sources
    apt-get update -q
}

install_system_packages() {
    if packages_installed; then
        return 0
    fi
    if ! is_bookworm; then
        installed_by_hand && return 0
        refuse 'This is not Debian 12 (bookworm), so packages are not installed automatically.'
    fi
    [ "$(id -u)" = 0 ] || refuse 'System packages are missing and only root can install them.'
    echo 'Installing Debian packages (once, several minutes) …'
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    add_backports
    apt-get install -q -y --no-install-recommends $base_packages
    apt-get install -q -y --no-install-recommends -t bookworm-backports $qgis_packages
}

make_environment() {
    venv=$1 requirements=$2
    shift 2
    stamp="$venv/.requirements"
    # Two that want it at the same time: the second waits and finds it done.
    exec 9<"$requirements"
    flock 9
    # A Python that no longer starts (system upgraded, folder moved) is made anew as well.
    [ -f "$stamp" ] && cmp -s "$stamp" "$requirements" && [ -x "$venv/bin/python" ] && return 0
    echo "Making the virtual environment ${venv#"$root"/} …"
    # PyQGIS is bound to the system's Python, whichever other Python stands first on PATH.
    /usr/bin/python3 -m venv --clear "$@" "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$stamp"
}

if [ $# -gt 0 ]; then
    make_environment "$root/build/environments/$1" "$root/tests/$1/requirements.txt"
else
    install_system_packages
    make_environment "$root/.venv" "$root/requirements-dev.txt" --system-site-packages
fi
