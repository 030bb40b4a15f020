//! Words asked for: as the index of words takes them, and by which way their incidents are found soonest.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use crate::common_words::Having;
use crate::error::Result;
use crate::ledger::Ledger;
use crate::query::FEW;

/// The terms of both indexes, in order; each use of one is a row, of which only the first is read.
pub(crate) const TERMS: &str = "CREATE VIRTUAL TABLE temp.words_terms USING fts5vocab(main, words, instance);
    CREATE VIRTUAL TABLE temp.texts_terms USING fts5vocab(main, texts, instance);";

/// A beginning that more words of one index share is left to the index, which then puts all that have them together.
const MOST_WORDS: usize = 60;
/// Accounts that a page needs, by how much more it costs to pass one on the way than to fetch one that has the words.
const LOOKS: i64 = 100;

/// Words and how a page of their incidents is found.
#[derive(Debug)]
pub(crate) struct Sought {
    text: String,
    /// The state of the file that this holds for.
    state: (i64, u64),
    pub(crate) expression: String,
    pub(crate) way: Way,
}

#[derive(Debug)]
pub(crate) enum Way {
    /// Those that have them are fetched and sorted.
    Rare,
    /// As rare ones, and known already: the numbers of the accounts, in JSON.
    Few(String),
    /// All incidents are gone through in order; where the index had to find all that have them, these are known.
    Common(Option<Arc<Having>>),
}

impl Ledger {
    /// What is known of the words of a text; the last is kept, as pages and counts ask for the same.
    pub(crate) fn sought(&self, text: &str) -> Result<Option<Arc<Sought>>> {
        let version: i64 = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        let state = (version, self.connection.total_changes());
        let mut last = self.sought.borrow_mut();
        if let Some(sought) = last.as_ref().filter(|it| it.text == text && it.state == state) {
            return Ok(Some(Arc::clone(sought)));
        }
        let Some(expression) = match_expression(&self.connection, text)? else { return Ok(None) };
        let way = way(&self.connection, &expression)?;
        let sought = Arc::new(Sought { text: text.to_owned(), state, expression, way });
        *last = Some(Arc::clone(&sought));
        Ok(Some(sought))
    }
}

fn way(connection: &Connection, expression: &str) -> Result<Way> {
    if !expression.contains('*') {
        return Ok(if is_common(connection, expression)? { Way::Common(None) } else { Way::Rare });
    }
    let having = Having::all(connection, expression)?;
    if having.are_over(connection, FEW)? {
        return Ok(Way::Common(Some(Arc::new(having))));
    }
    let accounts: Vec<i64> = having.all_accounts(connection)?.into_iter().collect();
    Ok(Way::Few(serde_json::to_string(&accounts).unwrap_or_default()))
}

/// Tells whether so many accounts or reports have these words that a page of them is found sooner by going through all accounts
/// in order than by fetching and sorting those that have them.
fn is_common(connection: &Connection, expression: &str) -> Result<bool> {
    for (total, with) in [
        ("SELECT COALESCE(MAX(id), 0) FROM accounts", "SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2"),
        ("SELECT COALESCE(MAX(report), 0) FROM documents", "SELECT 1 FROM texts WHERE texts MATCH ?1 LIMIT ?2"),
    ] {
        let total: i64 = connection.prepare_cached(total)?.query_row([], |row| row.get(0))?;
        let many = (total.saturating_mul(LOOKS)).isqrt();
        let sql = format!("SELECT COUNT(*) FROM ({with})");
        let n: i64 = connection.prepare_cached(&sql)?.query_row(params![expression, many], |row| row.get(0))?;
        if many > 0 && n == many {
            return Ok(true);
        }
    }
    Ok(false)
}

/// All words, each as it stands: nothing in them is an operator. `None` when there are none.
///
/// A begun word becomes the words that begin so, as those are looked up in stretches of rows; where it cannot, a `*` is left.
pub(crate) fn match_expression(connection: &Connection, text: &str) -> Result<Option<String>> {
    let mut all = Vec::new();
    for word in text.split_whitespace().filter(|it| it.contains(char::is_alphanumeric)) {
        let begun = word.strip_suffix('*');
        let words = match begun {
            Some(begun) => beginning_with(connection, begun)?,
            None => None,
        };
        all.push(match (words, begun) {
            (Some(words), _) => format!("({})", words.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(" OR ")),
            (None, Some(begun)) => format!("{}*", quoted(begun)),
            (None, None) => quoted(word),
        });
    }
    Ok((!all.is_empty()).then(|| all.join(" AND ")))
}

fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', " "))
}

/// The indexed words that begin so, and the beginning itself; `None` where they are many, or the tokenizer has its own way with the letters.
fn beginning_with(connection: &Connection, begun: &str) -> Result<Option<BTreeSet<String>>> {
    if !begun.bytes().all(|it| it.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    let begun = begun.to_ascii_lowercase();
    let mut words = BTreeSet::from([begun.clone()]);
    for table in ["words_terms", "texts_terms"] {
        let sql = format!("SELECT term FROM temp.{table} WHERE term >= ?1 ORDER BY term LIMIT 1");
        let mut statement = connection.prepare_cached(&sql)?;
        let mut from = begun.clone();
        for n in 0.. {
            let term: Option<String> = statement.query_row([&from], |row| row.get(0)).optional()?;
            let Some(term) = term.filter(|it| it.starts_with(&begun)) else { break };
            if n == MOST_WORDS {
                return Ok(None);
            }
            // The next one in order.
            from = format!("{term}\0");
            words.insert(term);
        }
    }
    Ok(Some(words))
}
