"""Opens exported files with the tools that users open them with.

    python .ci/check_formats.py FOLDER

FOLDER holds files named after their format, as .ci/formats writes them: acled.csv, ucdp.csv, csv.csv, hxl.csv, polecat.tsv,
plover.jsonl, jsonl.jsonl, geojson.geojson, areas.geojson, parquet.parquet, geoparquet.parquet, the claims of the latter two,
and a manifest beside each. Needs what .ci/requirements.txt names.
"""

import hashlib
import json
import math
import subprocess
import sys
from pathlib import Path

import duckdb
import geojson_pydantic
import geopandas
import pandas
import pyarrow.parquet

N_COLUMNS = {"acled.csv": 31, "ucdp.csv": 49, "csv.csv": 46, "hxl.csv": 25, "polecat.tsv": 40}


def check_tables(folder: Path) -> None:
    for name, n_columns in N_COLUMNS.items():
        sep = "\t" if name.endswith(".tsv") else ","
        table = pandas.read_csv(folder / name, sep=sep, dtype=str, keep_default_na=False)
        assert table.shape[1] == n_columns and len(table) > 0, f"{name} has {table.shape}"
        # A row of hashtags is no comment.
        read = f"read_csv('{folder / name}', all_varchar = true, comment = '')"
        rows = duckdb.sql(f"SELECT count(*) FROM {read}").fetchall()[0][0]
        assert rows == len(table), f"{name}: DuckDB reads {rows} rows, pandas {len(table)}"
        told(name, f"{len(table)} rows, {n_columns} columns")
    check_ucdp(pandas.read_csv(folder / "ucdp.csv"))
    acled = pandas.read_csv(folder / "acled.csv", parse_dates=["event_date"])
    assert (acled["event_date"].dt.year == acled["year"]).all() and acled["event_id_cnty"].is_unique
    hashtags = pandas.read_csv(folder / "hxl.csv", dtype=str).iloc[0]
    assert hashtags.str.fullmatch(r"#[a-z0-9]+(\+[a-z0-9_]+)*").all(), "the second row is not all hashtags"


def check_ucdp(table: pandas.DataFrame) -> None:
    four = table[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1)
    assert (four == table["best"]).all()
    assert (table["low"] <= table["best"]).all() and (table["best"] <= table["high"]).all()
    for row in table.dropna(subset=["latitude", "longitude"]).itertuples():
        cell = math.floor((row.latitude + 90) * 2) * 720 + math.floor((row.longitude + 180) * 2) + 1
        assert cell == row.priogrid_gid, f"{row.id}: {row.priogrid_gid} is not {cell}"


def check_parquet(folder: Path) -> None:
    path, claims = folder / "parquet.parquet", folder / "parquet.claims.parquet"
    table = pyarrow.parquet.read_table(path)
    frame = pandas.read_parquet(path)
    counted = duckdb.sql(f"SELECT count(*), sum(len(agents)) FROM '{path}'").fetchall()[0]
    assert counted[0] == len(frame) == table.num_rows > 0
    assert counted[1] == sum(len(it) for it in frame["agents"])
    assert str(table.schema.field("date_start").type) == "date32[day]"
    assert str(table.schema.field("last_changed").type) == "timestamp[us, tz=UTC]"
    told(path.name, f"{table.num_rows} rows, {table.num_columns} columns")
    orphans = duckdb.sql(f"SELECT count(*) FROM '{claims}' WHERE incident NOT IN (SELECT incident FROM '{path}')")
    assert orphans.fetchall()[0][0] == 0, "a claim of no incident"
    told(claims.name, f"{pyarrow.parquet.read_metadata(claims).num_rows} rows")


def check_maps(folder: Path) -> None:
    validator = Path(sys.executable).with_name("geoparquet-validator")
    subprocess.run([validator, "check", "--class", "core", folder / "geoparquet.parquet"], check=True, stdout=subprocess.DEVNULL)
    points = geopandas.read_parquet(folder / "geoparquet.parquet")
    told("geoparquet.parquet", f"{len(points)} rows, {points.geometry.notna().sum()} with a point")
    for name in ["geojson.geojson", "areas.geojson"]:
        collection = geojson_pydantic.FeatureCollection.model_validate_json((folder / name).read_text(encoding="utf-8"))
        layer = geopandas.read_file(folder / name)
        assert len(layer) == len(collection.features) == len(points) and layer.crs.to_epsg() == 4326
        shapes = layer.geometry[layer.geometry.notna()]
        assert len(shapes) == points.geometry.notna().sum() > 0
        west, south, east, north = shapes.total_bounds
        assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
        kinds = ", ".join(f"{n} {kind}" for kind, n in shapes.geom_type.value_counts().items())
        # Simplified outlines may touch themselves.
        told(name, f"{len(layer)} features: {kinds}; {(~shapes.is_valid).sum()} not simple")


def check_json_lines(folder: Path) -> None:
    lines = [json.loads(it) for it in (folder / "plover.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        assert {"id", "date", "actor", "event", "quad_code", "text"} <= line.keys() and line["actor"]
    told("plover.jsonl", f"{len(lines)} lines")
    frame = pandas.read_json(folder / "jsonl.jsonl", lines=True)
    rows = duckdb.sql(f"SELECT count(*) FROM read_json('{folder / 'jsonl.jsonl'}')").fetchall()[0][0]
    assert rows == len(frame) > 0
    told("jsonl.jsonl", f"{len(frame)} lines")


def check_manifests(folder: Path) -> None:
    manifests = sorted(folder.glob("*.manifest.json"))
    written = [it for manifest in manifests for it in json.loads(manifest.read_text(encoding="utf-8"))["files"]]
    for file in written:
        content = (folder / file["name"]).read_bytes()
        assert file["hash"] == "sha256:" + hashlib.sha256(content).hexdigest() and file["size_bytes"] == len(content), file
    assert {it["name"] for it in written} | {it.name for it in manifests} == {it.name for it in folder.iterdir()}
    told("manifests", f"{len(manifests)}, of {len(written)} files")


def told(name: str, what: str) -> None:
    print(f"{name}: {what}")


if __name__ == "__main__":
    where = Path(sys.argv[1])
    check_tables(where)
    check_parquet(where)
    check_maps(where)
    check_json_lines(where)
    check_manifests(where)
