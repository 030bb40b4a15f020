"""Opens exported files with the tools that users open them with.

    python .ci/check_formats.py FOLDER

FOLDER holds files named after their format: acled.csv, ucdp.csv, csv.csv, hxl.csv, polecat.tsv, plover.jsonl,
geojson.geojson, parquet.parquet, geoparquet.parquet, and claims.parquet where there is one.
Needs pandas, pyarrow, duckdb and geopandas.
"""

import json
import math
import sys
from pathlib import Path

import duckdb
import geopandas
import pandas
import pyarrow.parquet

N_COLUMNS = {"acled.csv": 31, "ucdp.csv": 49, "polecat.tsv": 40}


def check_tables(folder: Path) -> None:
    for name in ["acled.csv", "ucdp.csv", "csv.csv", "hxl.csv", "polecat.tsv"]:
        table = pandas.read_csv(folder / name, sep="\t" if name.endswith(".tsv") else ",", dtype=str, keep_default_na=False)
        assert name not in N_COLUMNS or table.shape[1] == N_COLUMNS[name], f"{name} has {table.shape[1]} columns"
        rows = duckdb.sql(f"SELECT count(*) FROM read_csv('{folder / name}', all_varchar = true)").fetchall()[0][0]
        assert rows == len(table), f"{name}: DuckDB reads {rows} rows, pandas {len(table)}"
        print(f"{name}: {table.shape[0]} rows, {table.shape[1]} columns")
    ucdp = pandas.read_csv(folder / "ucdp.csv")
    four = ucdp[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1)
    assert (four == ucdp["best"]).all() and (ucdp["low"] <= ucdp["best"]).all() and (ucdp["best"] <= ucdp["high"]).all()
    for row in ucdp.dropna(subset=["latitude", "longitude"]).itertuples():
        cell = math.floor((row.latitude + 90) * 2) * 720 + math.floor((row.longitude + 180) * 2) + 1
        assert cell == row.priogrid_gid, f"{row.id}: {row.priogrid_gid} is not {cell}"
    hashtags = pandas.read_csv(folder / "hxl.csv", dtype=str).iloc[0]
    assert hashtags.str.fullmatch(r"#[a-z0-9]+(\+[a-z0-9_]+)*").all(), "the second row is not all hashtags"


def check_parquet(folder: Path) -> None:
    table = pyarrow.parquet.read_table(folder / "parquet.parquet")
    frame = pandas.read_parquet(folder / "parquet.parquet")
    counted = duckdb.sql(f"SELECT count(*), sum(len(agents)) FROM '{folder / 'parquet.parquet'}'").fetchall()[0]
    assert counted[0] == len(frame) == table.num_rows
    assert counted[1] == sum(len(it) for it in frame["agents"])
    assert str(table.schema.field("date_start").type) == "date32[day]"
    assert str(table.schema.field("last_changed").type) == "timestamp[us, tz=UTC]"
    print(f"parquet.parquet: {table.num_rows} rows, {table.num_columns} columns")
    claims = folder / "claims.parquet"
    if claims.exists():
        orphans = duckdb.sql(f"SELECT count(*) FROM '{claims}' WHERE incident NOT IN (SELECT incident FROM '{folder / 'parquet.parquet'}')")
        assert orphans.fetchall()[0][0] == 0, "a claim of no incident"
        print(f"claims.parquet: {pyarrow.parquet.read_metadata(claims).num_rows} rows")


def check_maps(folder: Path) -> None:
    points = geopandas.read_parquet(folder / "geoparquet.parquet")
    assert points.crs is not None and points.crs.to_epsg() in (4326, None)
    metadata = json.loads(pyarrow.parquet.read_metadata(folder / "geoparquet.parquet").metadata[b"geo"])
    assert metadata["version"] == "1.1.0" and metadata["primary_column"] in metadata["columns"]
    layer = geopandas.read_file(folder / "geojson.geojson")
    assert len(layer) == len(points) and layer.geometry.notna().sum() == points.geometry.notna().sum()
    west, south, east, north = points.total_bounds if points.geometry.notna().any() else (0, 0, 0, 0)
    assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    print(f"geoparquet.parquet, geojson.geojson: {len(layer)} features, {layer.geometry.notna().sum()} with a point")


def check_plover(folder: Path) -> None:
    lines = [json.loads(it) for it in (folder / "plover.jsonl").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        assert {"id", "date", "actor", "event", "quad_code", "text"} <= line.keys() and line["actor"]
    print(f"plover.jsonl: {len(lines)} lines")


if __name__ == "__main__":
    where = Path(sys.argv[1])
    check_tables(where)
    check_parquet(where)
    check_maps(where)
    check_plover(where)
