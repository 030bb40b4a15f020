use annals_export::{Export, Format, Options};
use annals_incidents::Incident;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;

use crate::fixture::{BATTLE, incident, registry};

fn written(incidents: &[Incident], format: Format) -> SerializedFileReader<bytes::Bytes> {
    let mut file = Vec::new();
    let mut export = Export::new(format, registry(), Options::default(), &mut file).expect("memory can be written");
    for incident in incidents {
        export.add(incident).expect("memory can be written");
    }
    export.finish().expect("memory can be written");
    SerializedFileReader::new(bytes::Bytes::from(file)).expect("the file reads")
}

#[test]
fn the_wide_table_reads_back() {
    let nowhere = incident("id i2\n type protest");
    let file = written(&[incident(BATTLE), nowhere], Format::Geoparquet);
    let metadata = file.metadata().file_metadata();
    assert_eq!(metadata.num_rows(), 2);
    let geo =
        metadata.key_value_metadata().and_then(|it| it.iter().find(|it| it.key == "geo")).expect("it is GeoParquet");
    assert!(geo.value.as_ref().is_some_and(|it| it.contains("\"WKB\"")));
    let rows: Vec<String> = file
        .get_row_iter(None)
        .expect("rows read")
        .map(|it| it.expect("a row reads"))
        .map(|it| {
            let column = |name: &str| it.get_column_iter().position(|it| it.0 == name).expect("the column is there");
            let killed = it.get_long(column("killed_best")).ok();
            let agents = it.get_list(column("agents")).map_or(0, parquet::record::List::len);
            format!("{} {killed:?} {agents}", it.get_string(column("type")).expect("a type"))
        })
        .collect();
    assert_eq!(rows, ["armed_clash Some(12) 1", "protest None 0"]);
}

#[test]
fn each_claim_is_a_row() {
    let file = written(&[incident(BATTLE)], Format::Claims);
    assert_eq!(file.metadata().file_metadata().num_rows(), 3);
}
