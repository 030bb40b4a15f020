//! What bytes are, told by their beginning and not by a name.

use encoding_rs::{Encoding, UTF_8};

use crate::encoding;

/// What a stream holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Empty,
    /// No text; says what it seems to be.
    Binary(&'static str),
    /// `{` or `[` of JSON objects, in UTF-8 or the encoding given.
    Json(Option<&'static Encoding>),
    Html,
    Plain,
}

/// Beginnings of files that people take for text, or that come down in its place.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office file (docx, odt, xlsx)"),
    (b"\xd0\xcf\x11\xe0", "an old office file (doc, xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "sound, film or a picture"),
    (b"ID3", "sound"),
    (b"OggS", "sound or film"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ\x00", "packed with xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "packed over and over"),
    (b"\x28\xb5\x2f\xfd", "packed over and over"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
];

/// Tells what a stream holds from its first bytes.
pub(crate) fn form(head: &[u8]) -> Form {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Form::Binary(kind);
    }
    let wide = Encoding::for_bom(head).map(|(it, _)| it).filter(|it| *it != UTF_8).or_else(|| encoding::utf16(head));
    if wide.is_none() && is_binary(head) {
        return Form::Binary("binary");
    }
    let decoded;
    let text = match wide {
        Some(encoding) => {
            decoded = encoding.decode(head).0;
            decoded.as_bytes()
        }
        None => head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head),
    };
    let text = text.trim_ascii_start();
    match text {
        [] => Form::Empty,
        [b'{', rest @ ..] if begins(rest, b"\"}") => Form::Json(wide),
        [b'[', rest @ ..] if begins(rest, b"{]") => Form::Json(wide),
        _ if is_html(text) => Form::Html,
        _ => Form::Plain,
    }
}

fn begins(rest: &[u8], any: &[u8]) -> bool {
    rest.trim_ascii_start().first().is_some_and(|it| any.contains(it))
}

/// Zero bytes, or many of the control characters that no text has.
fn is_binary(head: &[u8]) -> bool {
    let control = |it: &&u8| matches!(it, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    head.contains(&0) || head.iter().filter(control).count() * 20 > head.len()
}

fn is_html(text: &[u8]) -> bool {
    let tag =
        text.first() == Some(&b'<') && text.get(1).is_some_and(|it| it.is_ascii_alphabetic() || b"!?".contains(it));
    let head = text[..text.len().min(1024)].to_ascii_lowercase();
    tag || [&b"<!doctype html"[..], b"<html", b"<body"].iter().any(|it| head.windows(it.len()).any(|at| at == *it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_forms_apart() {
        for (head, expected) in [
            (&b""[..], Form::Empty),
            (b" \n\t ", Form::Empty),
            (b"\xef\xbb\xbf", Form::Empty),
            (b"%PDF-1.7 ...", Form::Binary("a PDF file")),
            (b"abc\x00\x00\x01\x02\x00def", Form::Binary("binary")),
            (b"{\"text\": \"a\"}", Form::Json(None)),
            (b"\xef\xbb\xbf\n{ \"text\": \"a\"}", Form::Json(None)),
            (b"[ {\"text\": \"a\"}]", Form::Json(None)),
            (b"[Arda Daily] Two men were killed.", Form::Plain),
            (b"{Arda} Two men were killed.", Form::Plain),
            (b"{\x00\"\x00t\x00\"\x00:\x001\x00}\x00", Form::Json(Some(encoding_rs::UTF_16LE))),
            (b"<!DOCTYPE html><title>A</title>", Form::Html),
            (b"<p>Two men were killed.", Form::Html),
            (b"saved from the web\n<HTML><body>", Form::Html),
            (b"< 20 men were killed", Form::Plain),
            (b"Two men were killed.", Form::Plain),
        ] {
            assert_eq!(form(head), expected, "{:?}", head.escape_ascii().to_string());
        }
    }
}
