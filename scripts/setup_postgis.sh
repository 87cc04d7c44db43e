#!/bin/sh
# Install PostGIS for `make bench`, which measures the overlay against it. Where only root could, or on another
# system than Debian 12, nothing is done: the benchmark says that it leaves PostGIS out.
set -eu

packages=postgresql-15-postgis-3
dpkg-query -W -f='${db:Status-Status}' "$packages" 2>/dev/null | grep -qx installed && exit 0
[ "$(id -u)" = 0 ] && apt-cache show "$packages" >/dev/null 2>&1 || exit 0
echo 'Installing PostGIS for the benchmark …'
DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$packages"
