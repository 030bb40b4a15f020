//! POLECAT's 40 columns, parted by tabs.

use annals_incidents::Incident;
use annals_record::Realis;

use super::coding::plover_code;
use super::jsonl::is_in_a_city;
use super::parties::{Party, sides};
use crate::countries::country;
use crate::loss::{Loss, Lost};
use crate::outlets::articles;
use crate::table::Rows;
use crate::writer::{Context, ExportError, Out, Writer};

const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// What POLECAT writes where it has nothing.
const NONE: &str = "None";

/// The exporter.
pub(crate) struct Polecat<'a> {
    context: Context<'a>,
    rows: Rows<'a>,
}

impl<'a> Polecat<'a> {
    pub(crate) fn new(context: Context<'a>, out: Out<'a>) -> Result<Self, ExportError> {
        Ok(Self { context, rows: Rows::new(out, &COLUMNS, b'\t', context.options)? })
    }
}

impl Writer for Polecat<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        // POLECAT has no modes for what did not happen.
        if incident.realis != Realis::Actual {
            return Ok(());
        }
        match row(incident, &self.context, loss) {
            Some(row) => self.rows.row(row.map(|it| plain(&it)), loss),
            None => Ok(()),
        }
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        self.rows.finish()
    }
}

/// POLECAT's readers do not know quoted cells.
fn plain(cell: &str) -> String {
    if cell.is_empty() { NONE.to_owned() } else { cell.replace(['\t', '\n', '\r', '"'], " ") }
}

fn row(incident: &Incident, context: &Context<'_>, loss: &mut Loss) -> Option<[String; COLUMNS.len()]> {
    let Some(code) = plover_code(incident, &context.options) else {
        loss.count(Lost::NoType);
        return None;
    };
    let articles = articles(incident);
    let first = articles.first();
    let published = first.and_then(|it| it.published);
    let Some(day) = incident.date.as_ref().map(|it| it.start).or(published) else {
        loss.count(Lost::NoDay);
        return None;
    };
    if incident.date.is_none() {
        loss.count(Lost::DayOfPublication);
    }
    let place = incident.location.as_ref();
    let iso3 = place.and_then(|it| it.iso3.as_deref());
    let (actors, recipients) = sides(incident, context, iso3);
    let (actor, recipient) = (actors.first(), recipients.first());
    let text = |value: Option<String>| value.unwrap_or_default();
    let cow = |it: Option<&Party>| text(it.and_then(|it| country(&it.country)?.gw).map(|it| it.to_string()));
    let sector = |it: Option<&Party>| text(it.map(|it| it.sector.clone()));
    let sectors = |all: &[Party]| crate::outlets::unique(all.iter().map(|it| it.sector.clone())).join(";");
    let title = |it: Option<&Party>| text(it.map(|it| it.name.clone()));
    let where_from = |it: Option<&Party>| text(it.map(|it| it.country.clone()));
    let of_places = incident.tellings.iter().flat_map(|it| &it.event.places);
    let gazetteer =
        of_places.clone().filter_map(|it| it.place.as_ref()).find(|it| Some(&it.name) == incident.place.as_ref());
    Some([
        incident.id.0.clone(),
        day.to_string(),
        code.event.to_owned(),
        text(code.mode.map(str::to_owned)),
        code.score.to_string(),
        quad(code.quad).to_owned(),
        code.contexts.join(";"),
        title(actor),
        where_from(actor),
        cow(actor),
        sector(actor),
        sectors(&actors),
        String::new(),
        title(actor),
        String::new(),
        title(recipient),
        where_from(recipient),
        cow(recipient),
        sector(recipient),
        sectors(&recipients),
        String::new(),
        title(recipient),
        String::new(),
        text(incident.place.clone()),
        text(incident.place.clone().filter(|_| place.is_some_and(is_in_a_city))),
        text(place.and_then(|it| it.adm2.clone())),
        text(place.and_then(|it| it.adm1.clone())),
        text(iso3.map(str::to_owned)),
        text(place.and_then(|it| it.lat).map(|it| it.to_string())),
        text(place.and_then(|it| it.lon).map(|it| it.to_string())),
        text(gazetteer.and_then(|it| it.id.strip_prefix("geonames:")).map(str::to_owned)),
        text(place.and_then(|it| it.from.as_ref()).map(|it| it.text.clone())),
        text(gazetteer.map(|it| it.kind.clone())),
        text(first.map(|it| it.outlet.clone())),
        text(published.map(|it| it.to_string())),
        String::new(),
        String::new(),
        crate::outlets::unique(of_places.map(|it| it.span.text.clone())).join(";"),
        text(incident.tellings.first().and_then(|it| it.report.language.clone())),
        concat!("annals ", env!("CARGO_PKG_VERSION")).to_owned(),
    ])
}

fn quad(quad: u8) -> &'static str {
    match quad {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    }
}
