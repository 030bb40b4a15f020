//! `annals serve`: the workbench in the browser.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use annals_ledger::Ledger;
use annals_server::Config;
use anyhow::{Context, anyhow};
use clap::Args;

use crate::Outcome;
use crate::packs::{self, PacksArgs};
use crate::problem::Problem;
use crate::ui::Ui;

/// Open the workbench: read, check, correct and see, in the browser
///
/// It answers this machine alone, unless --address says otherwise and users are known (annals users add).
/// It ends with Ctrl+C; what was acknowledged is kept.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Folder in a ledger; made when --init is given
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// Port to listen on; 0 takes a free one
    #[arg(short, long, default_value_t = 7411)]
    port: u16,

    /// Address to listen on
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,

    /// Make a ledger in DIR when it lies in none
    #[arg(long)]
    init: bool,

    /// Open the page in the browser
    #[arg(short, long)]
    open: bool,

    #[command(flatten)]
    packs: PacksArgs,
}

pub(crate) fn run(args: &ServeArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let packs = args.packs.read()?;
    // A wrong pack is told now, not at the first report.
    if !packs.is_empty() {
        packs.registry().and_then(|_| packs.gazetteer()).map_err(packs::problem)?;
    }
    let config = Config { ledger: ledger(args)?, address: SocketAddr::new(args.address, args.port), packs };
    let result = annals_server::serve(&config, |address| {
        let url = format!("http://{address}/");
        // The address is data: a script may wait for it.
        let mut stdout = std::io::stdout();
        let told = writeln!(stdout, "{url}").and_then(|()| stdout.flush());
        ui.summary(&format!("the workbench of {} is open; Ctrl+C ends it", config.ledger.display()));
        if told.is_ok() && args.open && !open(&url) {
            ui.summary("no browser could be opened; go to the address yourself");
        }
    });
    match result {
        Ok(()) => Ok(Outcome::Done),
        Err(error) => {
            let hint = error.hint().unwrap_or("see annals serve --help");
            Err(Problem::new(anyhow!(error), hint))
        }
    }
}

fn ledger(args: &ServeArgs) -> Result<PathBuf, Problem> {
    let folder = std::fs::canonicalize(&args.folder).with_context(|| format!("cannot open {}", args.folder.display()));
    let folder = folder.map_err(|it| Problem::new(it, "check that the folder is there"))?;
    match Ledger::find(&folder) {
        Ok(found) => Ok(found),
        Err(_) if args.init => match Ledger::init(&folder) {
            Ok(_) => Ok(folder),
            Err(error) => Err(Problem::new(anyhow!(error), "check that you may write there")),
        },
        Err(error) => {
            Err(Problem::new(anyhow!(error), "make a ledger with annals init, or start with annals serve --init"))
        }
    }
}

/// By the system's own way; never waits for the browser.
fn open(url: &str) -> bool {
    let command = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    std::process::Command::new(command).arg(url).spawn().is_ok()
}
