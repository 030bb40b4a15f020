//! What can be asked of a ledger; its help text is these comments.

use std::num::NonZero;
use std::path::PathBuf;

use annals_incidents::Rule;
use annals_ledger::{Bounds, Sort};
use annals_record::EventType;
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::ledger_query::{QueryArgs, rule, time};
use crate::packs::PacksArgs;

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerCommand {
    Init(InitArgs),
    Ingest(IngestArgs),
    Incidents(IncidentsArgs),
    Show(ShowArgs),
    Matches(MatchesArgs),
    Merge(MergeArgs),
    Split(SplitArgs),
    Edit(EditArgs),
    Add(AddArgs),
    Undo(UndoArgs),
    Review(ReviewArgs),
    Diff(DiffArgs),
    Timeline(TimelineArgs),
    Control(ControlArgs),
    Stats(StatsArgs),
    Log(LogArgs),
    Withdraw(WithdrawArgs),
    Rule(RuleArgs),
    Rebuild(RebuildArgs),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// To read
    #[default]
    Table,
    /// One JSON array, or object
    Json,
    /// One thing a row, for spreadsheets
    Csv,
}

/// Which ledger, and how it is told.
#[derive(Clone, Debug, Args)]
pub(crate) struct Listed {
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,

    /// Folder in a ledger
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) ledger: PathBuf,
}

/// As it was known when.
#[derive(Clone, Debug, Args)]
pub(crate) struct Asked {
    /// As it was known then: a day, or a time such as 2024-03-09T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) as_of: Option<Timestamp>,

    #[command(flatten)]
    pub(crate) listed: Listed,
}

/// Which ledger, and who does it.
#[derive(Clone, Debug, Args)]
pub(crate) struct Doing {
    /// Folder in a ledger
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) ledger: PathBuf,

    /// Who does it [default: the user's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,

    /// Why
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: Option<String>,
}

/// Make a ledger in a folder: a record of incidents that grows with every report
///
/// Commands on a ledger find it from its folder and all folders below.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
}

/// Code reports and take them into the ledger: events of one happening become one incident
///
/// Reads all that `annals code` reads. Reports that are there already are passed over; copies of one text count as one source.
/// A run that was broken off goes on when started again.
///
/// Exit code: 0 done; 1 done, but some reports could not be coded, or there was nothing to code; 2 wrong use, such as a path
/// that does not exist (the others are read all the same), or failure.
#[derive(Debug, Args)]
pub(crate) struct IngestArgs {
    /// Files, folders, patterns such as 'reports/*.txt', or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// Day of publication of all reports (YYYY-MM-DD); wins over what they say
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,

    /// The reports are coded: JSON Lines of `annals code`
    #[arg(long)]
    pub(crate) coded: bool,

    /// Code reports anew that are there already; what people have decided stays
    #[arg(long)]
    pub(crate) recode: bool,

    /// Go on looking for new files until stopped
    #[arg(long)]
    pub(crate) watch: bool,

    /// Reports written at once
    #[arg(long, value_name = "N", default_value = "200")]
    pub(crate) batch: NonZero<usize>,

    /// Reports coded at once [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZero<usize>>,

    #[command(flatten)]
    pub(crate) packs: PacksArgs,

    #[command(flatten)]
    pub(crate) doing: Doing,
}

/// List incidents
///
/// Exit code: 0 done; 1 nothing matches; 2 wrong use or failure.
#[derive(Debug, Args)]
pub(crate) struct IncidentsArgs {
    #[command(flatten)]
    pub(crate) which: Which,

    /// Form of the output
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,

    /// Order
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: SortBy,

    /// At most so many
    #[arg(short = 'n', long, value_name = "N", default_value = "50")]
    pub(crate) limit: usize,

    /// Where the list before ended, as it said
    #[arg(long, value_name = "PLACE")]
    pub(crate) after: Option<String>,
}

/// Filters with those that only lists take.
#[derive(Clone, Debug, Args)]
pub(crate) struct Which {
    #[command(flatten)]
    pub(crate) query: QueryArgs,

    /// Points within: south,west,north,east in degrees
    #[arg(long = "box", value_name = "S,W,N,E", allow_hyphen_values = true)]
    pub(crate) bounds: Option<Bounds>,

    /// Only what nobody has looked at
    #[arg(long, conflicts_with = "reviewed")]
    pub(crate) unreviewed: bool,

    /// Only what a person has rejected
    #[arg(long, conflicts_with_all = ["reviewed", "unreviewed"])]
    pub(crate) rejected: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortBy {
    /// By day, newest first
    #[default]
    Newest,
    /// By day, oldest first
    Oldest,
    /// By change, latest first
    Changed,
    /// By people killed, most first
    Killed,
}

impl From<SortBy> for Sort {
    fn from(sort: SortBy) -> Self {
        match sort {
            SortBy::Newest => Self::Newest,
            SortBy::Oldest => Self::Oldest,
            SortBy::Changed => Self::Changed,
            SortBy::Killed => Self::Killed,
        }
    }
}

/// Show all of one incident: its account, the claims side by side with the words of the reports, its history
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Its name, or the beginning of it
    pub(crate) id: String,

    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// List pairs of incidents that may be one happening, most likely first: `annals merge` joins them, `annals split` keeps them apart
#[derive(Debug, Args)]
pub(crate) struct MatchesArgs {
    /// At most so many
    #[arg(short = 'n', long, value_name = "N", default_value = "20")]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) listed: Listed,
}

/// Say that incidents are one happening
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// Two or more incidents
    #[arg(value_name = "ID", required = true, num_args = 2..)]
    pub(crate) ids: Vec<String>,

    #[command(flatten)]
    pub(crate) doing: Doing,
}

/// Say that some tellings of an incident are a happening of their own, or that two incidents are not one
#[derive(Debug, Args)]
pub(crate) struct SplitArgs {
    /// The incident
    pub(crate) id: String,

    /// Numbers of its tellings, as `annals show` counts them; or another incident to keep apart from it
    #[arg(value_name = "N|ID", required = true)]
    pub(crate) parts: Vec<String>,

    #[command(flatten)]
    pub(crate) doing: Doing,
}

/// Correct a field of an incident; the reports' claims stay as they are
#[derive(Debug, Args)]
pub(crate) struct EditArgs {
    /// The incident
    pub(crate) id: String,

    /// title, type, date, place, disputed, killed, injured …; killed:civilian for one side of several
    pub(crate) field: String,

    /// The value: words, a code, a day, two days as 2024-03-09..2024-03-11, a number, two numbers as 12..14, or JSON
    pub(crate) value: String,

    #[command(flatten)]
    pub(crate) doing: Doing,
}

/// Add an event to a report that the coder missed; it stays when the report is coded anew
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// The report's id, sha256:…
    pub(crate) report: String,

    /// The words that name the event best, as they stand in the report
    pub(crate) words: String,

    /// What happened: a code of the codebook, such as shelling
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) event_type: EventType,

    /// Which, where the words stand in the report several times
    #[arg(long, value_name = "N", default_value = "1")]
    pub(crate) nth: NonZero<usize>,

    #[command(flatten)]
    pub(crate) doing: Doing,
}

/// Take back an operation, by its number in `annals log`; an undo can be undone
#[derive(Debug, Args)]
pub(crate) struct UndoArgs {
    /// Its number
    pub(crate) operation: u64,

    #[command(flatten)]
    pub(crate) doing: Doing,
}

/// Walk through incidents that nobody has looked at: accept, correct, reject, merge, split
///
/// With an incident and a judgement, keeps that and asks nothing.
#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    /// One incident instead of all unreviewed ones
    pub(crate) id: Option<String>,

    /// It is right
    #[arg(long, requires = "id")]
    pub(crate) accept: bool,

    /// It is no incident; give the reason
    #[arg(long, requires = "id", conflicts_with = "accept", requires = "reason")]
    pub(crate) reject: bool,

    /// It should be looked at again
    #[arg(long, requires = "id", conflicts_with_all = ["accept", "reject"])]
    pub(crate) reopen: bool,

    #[command(flatten)]
    pub(crate) doing: Doing,
}

/// Tell what changed since a time: new, changed, merged and withdrawn incidents, and what moved each figure
#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// A day, or a time such as 2024-03-09T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) since: Timestamp,

    /// Until then [default: now]
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) as_of: Option<Timestamp>,

    #[command(flatten)]
    pub(crate) listed: Listed,
}

/// Tell what happened to an actor or at a place, in order, with what is said of its leaders and ties
#[derive(Debug, Args)]
pub(crate) struct TimelineArgs {
    /// An actor's name or registry id, with its sub-groups; else a place
    pub(crate) name: String,

    #[command(flatten)]
    pub(crate) asked: Asked,

    #[command(flatten)]
    pub(crate) packs: PacksArgs,
}

/// Tell who is said to hold a place, or what places an actor is said to hold: since when, by whom
///
/// Assertions fade by the rule of data/ledger/control.toml; several holders at once are a contested place.
#[derive(Debug, Args)]
pub(crate) struct ControlArgs {
    /// An actor's name or registry id, with its sub-groups; else a place
    pub(crate) name: String,

    /// On this day [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<Date>,

    #[command(flatten)]
    pub(crate) asked: Asked,

    #[command(flatten)]
    pub(crate) packs: PacksArgs,
}

/// Count incidents and people killed, by month, place, actor or type
#[derive(Debug, Args)]
pub(crate) struct StatsArgs {
    /// By what
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: StatsBy,

    #[command(flatten)]
    pub(crate) which: Which,

    /// Form of the output
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: ListFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsBy {
    /// Year
    Year,
    /// Month
    #[default]
    Month,
    /// Country
    Country,
    /// First-level unit
    Adm1,
    /// Type
    Type,
    /// Each party
    Actor,
    /// What people have said of them
    Review,
}

/// List what was done, newest first
#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    /// Only decisions in force whose tellings are gone: coded anew without them, undone or withdrawn
    #[arg(long)]
    pub(crate) lost: bool,

    /// At most so many
    #[arg(short = 'n', long, value_name = "N", default_value = "30")]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) listed: Listed,
}

/// Erase a report for legal or safety reasons; its hash and the reason stay, and it cannot be undone
#[derive(Debug, Args)]
pub(crate) struct WithdrawArgs {
    /// The report's id, sha256:…
    pub(crate) report: String,

    /// Do it without asking
    #[arg(long)]
    pub(crate) yes: bool,

    #[command(flatten)]
    pub(crate) doing: Doing,
}

/// Choose the rule by which low, best and high are made of several claims: ucdp, acled-conservative or median
#[derive(Debug, Args)]
pub(crate) struct RuleArgs {
    /// The rule; without it the one in force is told
    #[arg(value_parser = rule)]
    pub(crate) rule: Option<Rule>,

    #[command(flatten)]
    pub(crate) doing: Doing,
}

/// Make all views anew from the operations and reports, and check the file
#[derive(Debug, Args)]
pub(crate) struct RebuildArgs {
    /// Only check every page of the file
    #[arg(long)]
    pub(crate) check: bool,

    /// Folder in a ledger
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) ledger: PathBuf,
}
