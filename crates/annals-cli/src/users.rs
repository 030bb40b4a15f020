//! `annals users`: who may use the workbench from other machines.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use annals_ledger::Ledger;
use annals_server::{Role, UserError, Users};
use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use jiff::Timestamp;

use crate::Outcome;
use crate::problem::Problem;
use crate::ui::Ui;

/// Say who may use the workbench: add, list and remove users
///
/// As soon as a ledger has a user, everybody must log in. A running workbench feels each change at once.
#[derive(Debug, Args)]
pub(crate) struct UsersArgs {
    #[command(subcommand)]
    command: UsersCommand,

    /// Folder in a ledger
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    ledger: PathBuf,
}

#[derive(Debug, Subcommand)]
enum UsersCommand {
    /// Add a user; the password is asked for, or read from standard input
    Add {
        /// What the user logs in with; it stands in the history
        name: String,
        /// What the user may do: reader, coder (corrects), admin
        #[arg(short, long, default_value = "reader")]
        role: Role,
    },
    /// List users with their roles
    List,
    /// Remove a user; what the user did stays
    Remove {
        /// The user's name
        name: String,
    },
}

pub(crate) fn run(args: &UsersArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let found =
        Ledger::find(&args.ledger).map_err(|it| Problem::new(anyhow!(it), "make a ledger with: annals init"))?;
    let mut users = Users::read(&found).map_err(problem)?;
    match &args.command {
        UsersCommand::Add { name, role } => {
            users.add(name, *role, &password()?, Timestamp::now()).map_err(problem)?;
            users.write().map_err(problem)?;
            ui.summary(&format!("{name} may come in as {role}"));
        }
        UsersCommand::List => {
            let mut stdout = std::io::stdout().lock();
            for user in &users.list {
                writeln!(stdout, "{}\t{}\t{}", user.name, user.role, user.added)?;
            }
            if users.list.is_empty() {
                ui.summary("no users: the workbench answers this machine alone, without log-in");
            }
        }
        UsersCommand::Remove { name } => {
            users.remove(name).map_err(problem)?;
            users.write().map_err(problem)?;
            ui.summary(&format!("{name} can no longer come in"));
        }
    }
    Ok(Outcome::Done)
}

fn problem(error: UserError) -> Problem {
    let hint = match &error {
        UserError::Taken(_) => "choose another name, or remove that user first",
        UserError::Unknown(_) => "annals users list tells who there is",
        UserError::Damaged { .. } => "remove the file and add the users again; the record is not touched",
        UserError::Password => "take a longer one, such as four words",
        _ => "see annals users --help",
    };
    Problem::new(anyhow!(error), hint)
}

fn password() -> Result<String, Problem> {
    if std::io::stdin().is_terminal() {
        let ask = |prompt: &str| rpassword::prompt_password(prompt).context("cannot read the password");
        let password = ask("Password: ")?;
        if ask("Again: ")? != password {
            return Err(Problem::new(anyhow!("the passwords differ"), "type the same password twice"));
        }
        return Ok(password);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("cannot read the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
