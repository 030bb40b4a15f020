//! Which crate may know which: the table in docs/ARCHITECTURE.md is the rule.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::cargo;

const TABLE: &str = "docs/ARCHITECTURE.md";

/// Crates that turn input to output and nothing else.
const STAGES: [&str; 8] = [
    "annals-record",
    "annals-text",
    "annals-values",
    "annals-places",
    "annals-actors",
    "annals-reader",
    "annals-lexicon",
    "annals-coder",
];

/// Async runtimes, databases and network crates: no stage may reach them.
const FORBIDDEN: [&str; 9] =
    ["tokio", "async-std", "smol", "rusqlite", "libsqlite3-sys", "sqlx", "reqwest", "hyper", "ureq"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: BTreeSet<String>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    /// `None` for a normal dependency.
    kind: Option<String>,
}

/// Each package by id: its name, and what it needs to be built and to run (tests may know more).
type Graph = BTreeMap<String, (String, Vec<String>)>;

pub(crate) fn check() -> Result<()> {
    let json = cargo::output(&["metadata", "--format-version", "1"], &[])?;
    let metadata: Metadata = serde_json::from_str(&json).context("cannot read the output of cargo metadata")?;
    let table = std::fs::read_to_string(TABLE).with_context(|| format!("cannot read {TABLE}"))?;
    let allowed = allowed(&table)?;
    let members = metadata.workspace_members.clone();
    let graph = graph(metadata);

    let mut faults = Vec::new();
    for (name, needs) in members.iter().filter_map(|id| graph.get(id)).filter(|(name, _)| name != "xtask") {
        let Some(allowed) = allowed.get(name) else {
            faults.push(format!("{name} is not in the table of {TABLE}"));
            continue;
        };
        let ours = needs.iter().filter(|id| members.contains(*id)).map(|id| &graph[id].0);
        faults.extend(ours.filter(|it| !allowed.contains(*it)).map(|it| format!("{name} must not know {it}")));
    }
    for id in members.iter().filter(|id| STAGES.contains(&graph[*id].0.as_str())) {
        faults.extend(FORBIDDEN.iter().filter_map(|it| path(&graph, id, it)).map(|it| format!("a stage reaches {it}")));
    }
    ensure!(faults.is_empty(), "layers:\n  {}", faults.join("\n  "));
    Ok(())
}

fn graph(metadata: Metadata) -> Graph {
    let names: BTreeMap<String, String> = metadata.packages.into_iter().map(|it| (it.id, it.name)).collect();
    let is_needed = |it: &Dependency| it.dep_kinds.iter().any(|kind| kind.kind.as_deref() != Some("dev"));
    metadata
        .resolve
        .nodes
        .into_iter()
        .map(|node| {
            let needs = node.deps.into_iter().filter(is_needed).map(|it| it.pkg).collect();
            (node.id.clone(), (names[&node.id].clone(), needs))
        })
        .collect()
}

/// Reads which crates each crate may know from rows such as `| annals-reader | … | record, text |`.
fn allowed(table: &str) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in table.lines().filter(|it| it.starts_with("| annals-")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, knows] = cells[..] else { bail!("{TABLE}: a row of three cells is needed: {line}") };
        let known = match knows {
            "nothing of ours" => BTreeSet::new(),
            "all above" => allowed.keys().cloned().collect(),
            list => list.split(", ").map(|it| format!("annals-{it}")).collect(),
        };
        if let Some(unknown) = known.iter().find(|it| !allowed.contains_key(*it)) {
            bail!("{TABLE}: {name} knows {unknown}, which stands in no row above");
        }
        allowed.insert(name.to_owned(), known);
    }
    Ok(allowed)
}

/// The way from one package to a named one, as `a → b → c`.
fn path(graph: &Graph, from: &str, to: &str) -> Option<String> {
    let mut ways = vec![vec![from]];
    let mut seen = BTreeSet::from([from]);
    while let Some(way) = ways.pop() {
        let (name, needs) = &graph[*way.last()?];
        if name == to {
            return Some(way.iter().map(|id| graph[*id].0.as_str()).collect::<Vec<_>>().join(" → "));
        }
        for next in needs {
            if seen.insert(next) {
                ways.push(way.iter().copied().chain([next.as_str()]).collect());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_tells_who_knows_whom() {
        let table = "| crate | one line | knows |\n|---|---|---|\n\
            | annals-record | words | nothing of ours |\n| annals-text | texts | record |\n| annals-cli | binary | all above |\n";
        let allowed = allowed(table).expect("the table is well formed");
        assert!(allowed["annals-record"].is_empty());
        assert_eq!(
            allowed["annals-cli"].iter().map(String::as_str).collect::<Vec<_>>(),
            ["annals-record", "annals-text"]
        );
    }

    #[test]
    fn a_crate_cannot_know_one_below() {
        let error = allowed("| annals-text | texts | record |\n").expect_err("record has no row");
        assert!(error.to_string().contains("annals-record"), "{error}");
    }

    #[test]
    fn the_way_to_a_forbidden_crate_is_shown() {
        let package = |name: &str, needs: &[&str]| {
            (name.to_owned(), (name.to_owned(), needs.iter().map(|it| (*it).to_owned()).collect()))
        };
        let graph = Graph::from([
            package("a", &["b", "c"]),
            package("b", &["a"]),
            package("c", &["tokio"]),
            package("tokio", &[]),
        ]);
        assert_eq!(path(&graph, "a", "tokio").as_deref(), Some("a → c → tokio"));
        assert_eq!(path(&graph, "b", "hyper"), None);
    }
}
