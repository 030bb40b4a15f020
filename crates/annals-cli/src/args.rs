//! The command line; its help text is these comments.

use std::num::NonZero;
use std::path::PathBuf;

use annals_record::Severity;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::args_export::ExportOptions;
use crate::packs::PacksArgs;

/// Read reports of armed conflict and keep an evidence-backed record of what happened
///
/// Annals works offline: nothing that it reads leaves the machine.
#[derive(Debug, Parser)]
#[command(name = "annals", version, max_term_width = 100)]
pub(crate) struct Cli {
    /// Only say what went wrong
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Say more about what is done
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Code(CodeArgs),
    /// Print the JSON Schema of a coded report
    Schema,
    Actors(crate::actors::ActorsArgs),
    Places(crate::places::PlacesArgs),
    Export(crate::export::ExportArgs),
    Import(crate::import::ImportArgs),
    Compare(crate::compare::CompareArgs),
    #[command(flatten)]
    Ledger(crate::ledger::LedgerCommand),
    Serve(crate::serve::ServeArgs),
    Users(crate::users::UsersArgs),
    Eval(EvalArgs),
}

/// Code reports: find the events that they tell of, each with the words that say so
///
/// A report is plain text, a web page, a JSON object, or a line of JSON Lines; each may be packed with gzip or Zstandard.
/// JSON objects have "text" and may have "doc", "title", "published", "url", "publisher" and "language".
///
/// Exit code: 0 done; 1 done, but some reports could not be coded, or a finding reaches --fail-on, or there was nothing
/// to code; 2 wrong use, such as a path that does not exist (the others are read all the same), or failure.
#[derive(Debug, Args)]
pub(crate) struct CodeArgs {
    /// Files, folders, patterns such as 'reports/*.txt', or - for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Day of publication of all reports (YYYY-MM-DD); wins over what they say
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,

    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,

    /// Say under each report which scores and rules made its events
    #[arg(long)]
    pub(crate) explain: bool,

    /// Reports coded at once [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZero<usize>>,

    /// Exit with 1 when a finding of this severity or worse is made
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,

    #[command(flatten)]
    pub(crate) packs: PacksArgs,

    #[command(flatten)]
    pub(crate) export: ExportOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Cards to read, with the words of the report underlined
    Human,
    /// One JSON array of coded reports, indented
    Json,
    /// One coded report a line
    Jsonl,
    /// One event a row
    Csv,
    /// ACLED's 31 columns
    Acled,
    /// UCDP GED's 49 columns; events with a death
    Ucdp,
    /// A map layer: one feature an event
    Geojson,
    /// A short table with HXL's hashtags
    Hxl,
    /// PLOVER 2, one event a line of JSON
    Plover,
    /// POLECAT's 40 columns
    Polecat,
    /// Parquet, one row an event
    Parquet,
    /// Parquet with points
    Geoparquet,
}

impl Format {
    /// The format of the field that each event is written in; `None` where reports are written whole.
    pub(crate) fn exported(self) -> Option<annals_export::Format> {
        use annals_export::Format as To;
        Some(match self {
            Self::Human | Self::Json | Self::Jsonl => return None,
            Self::Csv => To::Csv,
            Self::Acled => To::Acled,
            Self::Ucdp => To::Ucdp,
            Self::Geojson => To::Geojson,
            Self::Hxl => To::Hxl,
            Self::Plover => To::Plover,
            Self::Polecat => To::Polecat,
            Self::Parquet => To::Parquet,
            Self::Geoparquet => To::Geoparquet,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Good to know
    Note,
    /// Something may be wrong or missing
    Warning,
    /// Something is wrong or missing
    Error,
}

impl From<FailOn> for Severity {
    fn from(level: FailOn) -> Self {
        match level {
            FailOn::Note => Self::Note,
            FailOn::Warning => Self::Warning,
            FailOn::Error => Self::Error,
        }
    }
}

/// Measure how good Annals is on annotated data
#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    #[command(subcommand)]
    pub(crate) command: EvalCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvalCommand {
    Actors(EvalActorsArgs),
    Case21(crate::eval_formats::Case21Args),
    Geo(GeoArgs),
    Gold(GoldArgs),
    Html(HtmlArgs),
    Incidents(crate::eval_incidents::IncidentsArgs),
    Isaf(IsafArgs),
    Plover(crate::eval_formats::PloverArgs),
    Re3d(crate::eval_re3d::Re3dArgs),
    Time(TimeArgs),
    Ucdp(crate::eval_formats::UcdpArgs),
}

/// Score how place namings are resolved, on LGL, TR-News and GeoVirus, or on UCDP's event table of one country
#[derive(Debug, Args)]
pub(crate) struct GeoArgs {
    /// Folder with lgl.xml, TR-News.xml and GeoVirus.xml, or some of them
    #[arg(required_unless_present = "headlines")]
    pub(crate) sets: Option<PathBuf>,

    /// UCDP's event table of one country
    #[arg(long, value_name = "FILE")]
    pub(crate) headlines: Option<PathBuf>,

    /// Country of the table, by its code of three letters
    #[arg(long, default_value = "BFA")]
    pub(crate) country: String,

    /// Weights to use instead of the program's own, in the form of data/places/weights.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,

    /// Read the articles too, and score what is both found in them and placed right
    #[arg(long, requires = "sets")]
    pub(crate) end_to_end: bool,

    /// Reader to find namings with
    #[arg(long, value_enum, default_value_t)]
    pub(crate) reader: ReaderName,

    /// Show each given naming that is not right
    #[arg(long)]
    pub(crate) errors: bool,
}

/// A reader that `annals eval` can score.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ReaderName {
    /// The trained model that `annals code` reads with
    #[default]
    Learned,
    /// The baseline of word lists and simple grammar
    Lexicon,
}

/// Score coded reports against annotated ones
///
/// All figures but realis are F1 in per cent, over all reports together.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct GoldArgs {
    /// Folder of annotations, one ID.json a report
    pub(crate) gold: PathBuf,

    /// Folder of reports, one ID.json a report
    pub(crate) docs: PathBuf,

    /// Score these codings (JSON Lines, or a folder) instead of coding the reports
    #[arg(long, value_name = "FILE")]
    pub(crate) coded: Option<PathBuf>,

    /// Show each report's own figures too
    #[arg(long)]
    pub(crate) per_doc: bool,

    /// Show how often what is coded with a confidence is right
    #[arg(long)]
    pub(crate) reliability: bool,

    /// Print the thresholds with which these reports are coded best
    #[arg(long, conflicts_with = "coded")]
    pub(crate) tune: bool,

    /// Print every filler and date that was chosen among, whether it is right, and the signs that it was judged by
    #[arg(long, conflicts_with_all = ["coded", "tune"])]
    pub(crate) choices: bool,

    /// Print one JSON object of F1 figures
    #[arg(long)]
    pub(crate) json: bool,

    /// Reader to score
    #[arg(long, value_enum, default_value_t)]
    pub(crate) reader: ReaderName,

    /// Read with the model in this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["coded", "reader"])]
    pub(crate) model: Option<PathBuf>,

    /// Reports coded at once [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZero<usize>>,

    /// Score only reports that stand in the folds of this file
    #[arg(long, value_name = "FILE")]
    pub(crate) folds: Option<PathBuf>,

    /// Score only this fold, counted from 0
    #[arg(long, value_name = "K", requires = "folds")]
    pub(crate) fold: Option<usize>,
}

/// Score the main text taken from web pages
///
/// By the measure of the article extraction benchmark: runs of four words, each page weighing the same.
#[derive(Debug, Args)]
pub(crate) struct HtmlArgs {
    /// Folder with ground-truth.json and NAME.html.gz for each page
    pub(crate) dir: PathBuf,

    /// Show each page's figures too, worst first
    #[arg(long)]
    pub(crate) per_doc: bool,

    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Score coded press releases against an expert's rows: start date, least killed, least captured
///
/// The row is derived from all events of the release: the first dated event's first day; the sums of the least numbers of
/// killed and captured, without civilians and without state or foreign forces.
#[derive(Debug, Args)]
pub(crate) struct IsafArgs {
    /// JSON Lines with one release and its row a line
    pub(crate) file: PathBuf,

    /// Show each release that differs
    #[arg(long)]
    pub(crate) per_doc: bool,

    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,

    /// Reader to score
    #[arg(long, value_enum, default_value_t)]
    pub(crate) reader: ReaderName,

    /// Releases coded at once [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZero<usize>>,
}

/// Score the resolving of time expressions against TimeML documents
///
/// Each TIMEX3 of type DATE counts as right when its value is the same to the character; the words of the expression are given.
#[derive(Debug, Args)]
pub(crate) struct TimeArgs {
    /// Folder or .tar.gz archive of .tml files
    pub(crate) path: PathBuf,

    /// Show each expression that differs
    #[arg(long)]
    pub(crate) per_doc: bool,

    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Score how party namings are resolved to the actor registry
///
/// With GOLD and DOCS: the namings that the gold quotes, against its own usual names, both resolved.
/// With --headlines: side names in the headlines of UCDP's event table, against its own side names, both resolved.
#[derive(Debug, Args)]
pub(crate) struct EvalActorsArgs {
    /// Folder of annotations, one ID.json a report
    #[arg(requires = "docs")]
    pub(crate) gold: Option<PathBuf>,

    /// Folder of reports, one ID.json a report
    pub(crate) docs: Option<PathBuf>,

    /// Score only reports that stand in the folds of this file
    #[arg(long, value_name = "FILE")]
    pub(crate) folds: Option<PathBuf>,

    /// UCDP's event table of one country
    #[arg(long, value_name = "FILE", conflicts_with = "gold", required_unless_present = "gold")]
    pub(crate) headlines: Option<PathBuf>,

    /// Country of the table, by its code of three letters
    #[arg(long, default_value = "BFA")]
    pub(crate) country: String,

    /// Show each party that is not right
    #[arg(long)]
    pub(crate) per_party: bool,
}
