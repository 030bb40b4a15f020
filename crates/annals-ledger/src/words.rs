//! Words asked for, as the index of words takes them.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;

/// The terms of both indexes, in order; each use of one is a row, of which only the first is read.
pub(crate) const TERMS: &str = "CREATE VIRTUAL TABLE temp.words_terms USING fts5vocab(main, words, instance);
    CREATE VIRTUAL TABLE temp.texts_terms USING fts5vocab(main, texts, instance);";

/// A beginning that more words of one index share is left to the index, which then puts all that have them together.
const MOST_WORDS: usize = 60;

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
