//! Counts by month.

use annals_ledger::GroupBy;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::filters::Filters;
use crate::error::ApiResult;
use crate::extract::Params;
use crate::state::App;

/// What is counted.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct StatsParams {
    #[serde(flatten)]
    filters: Filters,
    /// One series for each of these; `type` when absent.
    by: Option<By>,
    /// `json` (the default) or `csv`.
    format: Option<StatsFormat>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum By {
    #[default]
    Type,
    Iso3,
    Adm1,
    Actor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum StatsFormat {
    Json,
    Csv,
}

/// Counts of all incidents that fit.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct StatsPage {
    /// From the first month to the last without gaps, `2024-03`.
    months: Vec<String>,
    all: Counts,
    /// The largest 24, largest first.
    series: Vec<Series>,
    total: Totals,
    n_undated: u64,
}

/// Numbers a month.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Counts {
    n: Vec<u64>,
    /// Best figures, over all sides.
    killed: Vec<u64>,
}

/// Numbers in all.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Totals {
    n: u64,
    killed: u64,
}

/// One line of counts.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Series {
    /// Code, `ISO/unit`, or registry id.
    key: String,
    name: String,
    n: Vec<u64>,
    killed: Vec<u64>,
    total: u64,
    total_killed: u64,
}

const MAX_SERIES: usize = 24;

pub(crate) async fn show(State(app): State<App>, Params(asked): Params<StatsParams>) -> ApiResult<Response> {
    let is_csv = asked.format == Some(StatsFormat::Csv);
    let page = app.read(move |app, ledger| {
        let query = asked.filters.query(app.registry())?;
        let by = match asked.by.unwrap_or_default() {
            By::Type => GroupBy::Type,
            By::Iso3 => GroupBy::Country,
            By::Adm1 => GroupBy::Province,
            By::Actor => GroupBy::Actor,
        };
        let stats = ledger.monthly(&query, by)?;
        let name = |key: &str| match asked.by {
            Some(By::Actor) => app.registry().get(key).map_or_else(|| key.to_owned(), |it| it.name.clone()),
            Some(By::Adm1) => key.split_once('/').map_or(key, |it| it.1).to_owned(),
            _ => key.to_owned(),
        };
        let series = stats.series.into_iter().take(MAX_SERIES).map(|it| Series {
            name: name(&it.key),
            total: it.n.iter().sum(),
            total_killed: it.killed.iter().sum(),
            key: it.key,
            n: it.n,
            killed: it.killed,
        });
        Ok(StatsPage {
            series: series.collect(),
            total: Totals { n: stats.n.iter().sum(), killed: stats.killed.iter().sum() },
            all: Counts { n: stats.n, killed: stats.killed },
            months: stats.months,
            n_undated: stats.n_undated,
        })
    });
    let page = page.await?;
    if !is_csv {
        return Ok(Json(page).into_response());
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"annals-stats.csv\""),
    ];
    Ok((headers, csv(&page)).into_response())
}

fn csv(page: &StatsPage) -> String {
    let mut text = String::from("key,name,month,incidents,killed_best\n");
    for series in &page.series {
        for (idx, month) in page.months.iter().enumerate() {
            let cells = [&series.key, &series.name, month].map(|it| cell(it)).join(",");
            text += &format!("{cells},{},{}\n", series.n[idx], series.killed[idx]);
        }
    }
    text
}

/// Quoted; a leading sign that a spreadsheet would run as a formula is made plain.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
