//! Streams to reports, one at a time, in memory bounded by the largest report.

use std::io::{self, BufRead, Read};

use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::report::{Content, report_id};
use crate::sniff::{Form, form};
use crate::unpack::{HEAD_BYTES, Input, peek, unpack};
use crate::{InputError, Origin, Report, fields};

/// Greatest size of one report as received. **Units**: bytes.
///
/// A thick book is 2 MB; what is greater holds many reports, or is no text.
pub const MAX_REPORT_BYTES: usize = 16_000_000;

/// The reports of one stream; see [`read_reports`].
pub struct Reports<'r> {
    origin: Origin,
    state: State<'r>,
}

enum State<'r> {
    Unopened(Box<dyn Read + Send + 'r>),
    Lines {
        input: Input<'r>,
        line: usize,
    },
    /// `arrays` are open; `is_empty` until something stood there.
    Values {
        input: Input<'r>,
        line: usize,
        arrays: usize,
        is_empty: bool,
    },
    Done,
}

/// Reads the reports of a stream: plain text, a web page, JSON (one object, or an array of them) or JSON Lines, each
/// also packed with gzip or Zstandard. The form is told by content.
///
/// JSON objects have `text`, and may have `doc`, `title`, `published`, `url`, `publisher` and `language`.
/// Memory is bounded by the largest report ([`MAX_REPORT_BYTES`]), however long the stream.
///
/// **Errors**: each names file and line; after a bad line or element the next one follows. A stream that cannot be
/// read on ends after its error.
///
/// ```
/// use annals_text::{Options, Origin, document, read_reports};
///
/// let lines = "{\"title\": \"Raid on Arda\", \"text\": \"Two men were killed.\"}\n{\"text\": 5}\n";
/// let reports: Vec<_> = read_reports(lines.as_bytes(), &Origin::stdin()).collect();
/// let report = reports[0].as_ref().expect("the first line is a report");
/// assert_eq!(document(report, &Options::default()).text, "Raid on Arda\nTwo men were killed.");
/// let error = reports[1].as_ref().expect_err("the second is none");
/// assert_eq!(error.to_string(), "standard input:2: field \"text\" must be a string, not a number");
/// ```
pub fn read_reports<'r>(input: impl Read + Send + 'r, origin: &Origin) -> Reports<'r> {
    Reports { origin: origin.clone(), state: State::Unopened(Box::new(input)) }
}

impl Iterator for Reports<'_> {
    type Item = Result<Report, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let state = std::mem::replace(&mut self.state, State::Done);
            let (state, item) = self.step(state);
            self.state = state;
            match (item, &self.state) {
                (Some(item), _) => return Some(item),
                (None, State::Done) => return None,
                (None, _) => {}
            }
        }
    }
}

type Item = Option<Result<Report, InputError>>;

impl<'r> Reports<'r> {
    fn step(&self, state: State<'r>) -> (State<'r>, Item) {
        match state {
            State::Unopened(input) => self.open(input).unwrap_or_else(|error| self.failed(error)),
            State::Lines { input, line } => self.line(input, line).unwrap_or_else(|error| self.failed(error)),
            State::Values { input, line, arrays, is_empty } => {
                let scan = Scan { arrays, line, ..Scan::default() };
                self.value(input, scan, is_empty).unwrap_or_else(|error| self.failed(error))
            }
            State::Done => (State::Done, None),
        }
    }

    fn failed(&self, source: io::Error) -> (State<'r>, Item) {
        (State::Done, Some(Err(InputError::Io { place: self.origin.label.clone(), source })))
    }

    fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.origin.label)
    }

    fn open(&self, input: Box<dyn Read + Send + 'r>) -> io::Result<(State<'r>, Item)> {
        let (head, input) = unpack(input)?;
        let place = self.origin.label.clone();
        let content: fn(Vec<u8>) -> Content = match form(&head) {
            Form::Empty if head.len() < HEAD_BYTES => {
                return Ok((State::Done, Some(Err(InputError::Empty { place }))));
            }
            Form::Binary(kind) => return Ok((State::Done, Some(Err(InputError::Binary { place, kind })))),
            Form::Json(encoding) => {
                if encoding.is_some() {
                    let (head, input) = peek(DecodeReaderBytesBuilder::new().encoding(encoding).build(input))?;
                    return Ok((json(&head, input), None));
                }
                return Ok((json(&head, input), None));
            }
            Form::Html => Content::Html,
            Form::Plain | Form::Empty => Content::Plain,
        };
        let mut bytes = head;
        bytes.clear();
        input.take(MAX_REPORT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > MAX_REPORT_BYTES {
            return Ok((State::Done, Some(Err(too_large(place)))));
        }
        if bytes.trim_ascii().is_empty() {
            return Ok((State::Done, Some(Err(InputError::Empty { place }))));
        }
        let (id, source) = (report_id(&bytes), self.origin.source.clone());
        let report = Report { id, place, source, doc: None, content: content(bytes) };
        Ok((State::Done, Some(Ok(report))))
    }

    fn line(&self, mut input: Input<'r>, before: usize) -> io::Result<(State<'r>, Item)> {
        let (mut bytes, line) = (Vec::new(), before + 1);
        let fits = match read_line(&mut input, &mut bytes)? {
            Line::End => return Ok((State::Done, None)),
            Line::Whole => true,
            Line::Cut => false,
        };
        let item = match bytes.trim_ascii() {
            _ if !fits => Some(Err(too_large(self.place(line)))),
            [] => None,
            json => Some(fields::report(json, self.place(line), &self.origin)),
        };
        Ok((State::Lines { input, line }, item))
    }

    fn value(&self, mut input: Input<'r>, mut scan: Scan, is_empty: bool) -> io::Result<(State<'r>, Item)> {
        let mut bytes = Vec::new();
        let end = loop {
            let buffer = input.fill_buf()?;
            if buffer.is_empty() {
                break if scan.is_astray { End::Stray } else { End::Input };
            }
            let (used, end) = scan.run(buffer);
            if bytes.len() <= MAX_REPORT_BYTES {
                bytes.extend_from_slice(&buffer[..used]);
            }
            input.consume(used);
            if let Some(end) = end {
                break end;
            }
        };
        let place = self.place(scan.start_line);
        let next = State::Values { input, line: scan.line, arrays: scan.arrays, is_empty: false };
        let wrong = |place, message: &str| Some(Err(InputError::Json { place, message: message.to_owned() }));
        Ok(match end {
            End::Object if bytes.len() > MAX_REPORT_BYTES => (next, Some(Err(too_large(place)))),
            End::Object => (next, Some(fields::report(&bytes[scan.start_byte..], place, &self.origin))),
            End::Stray => (next, wrong(place, "an object is needed here")),
            End::Input if scan.depth > 0 => (State::Done, wrong(place, "it ends within an object")),
            End::Input if scan.arrays > 0 => (State::Done, wrong(self.place(scan.line), "it ends within an array")),
            End::Input if is_empty => (State::Done, Some(Err(InputError::Empty { place: self.origin.label.clone() }))),
            End::Input => (State::Done, None),
        })
    }
}

fn too_large(place: String) -> InputError {
    InputError::TooLarge { place, limit_mb: MAX_REPORT_BYTES / 1_000_000 }
}

/// JSON Lines when the first line holds a whole object, or when the second begins one; else values over many lines.
fn json<'r>(head: &[u8], input: Input<'r>) -> State<'r> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let (first, rest) = match text.iter().position(|it| *it == b'\n') {
        Some(end) => text.split_at(end),
        // A first line longer than what was looked at is not laid out for people.
        None => (text, &b""[..]),
    };
    let (_, end) = Scan::default().run(first);
    let next = rest.trim_ascii_start().first();
    if text.first() != Some(&b'[') && (end.is_some() || matches!(next, None | Some(b'{'))) {
        return State::Lines { input, line: 0 };
    }
    State::Values { input, line: 1, arrays: 0, is_empty: true }
}

enum Line {
    Whole,
    /// Beyond the limit; the rest was read over.
    Cut,
    End,
}

/// Reads one line, as far as it is within the limit.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Line> {
    let limit = MAX_REPORT_BYTES + 1;
    let n_bytes = input.by_ref().take(limit as u64).read_until(b'\n', line)?;
    if n_bytes == 0 {
        return Ok(Line::End);
    }
    if n_bytes < limit || line.last() == Some(&b'\n') {
        return Ok(Line::Whole);
    }
    line.clear();
    input.skip_until(b'\n')?;
    Ok(Line::Cut)
}

/// Finds where one object ends, by depth and quotes.
#[derive(Default)]
struct Scan {
    depth: usize,
    /// Arrays that are open around it.
    arrays: usize,
    /// Reads over something that is no object.
    is_astray: bool,
    in_string: bool,
    escaped: bool,
    /// Counted over everything seen.
    seen_bytes: usize,
    start_byte: usize,
    line: usize,
    start_line: usize,
}

enum End {
    /// An object is complete.
    Object,
    /// Something other than an object stood where one should, and was read over.
    Stray,
    /// No more input.
    Input,
}

impl Scan {
    /// Looks at the next bytes; gives how many belong to it, and what came at their end.
    fn run(&mut self, bytes: &[u8]) -> (usize, Option<End>) {
        for (at, byte) in bytes.iter().enumerate() {
            self.line += usize::from(*byte == b'\n');
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'{' | b'[' if self.depth > 0 => self.depth += 1,
                b'}' | b']' if self.depth > 1 => self.depth -= 1,
                b'"' if self.depth > 0 || self.is_astray => self.in_string = true,
                b'{' | b'[' if self.is_astray => return (at, Some(End::Stray)),
                b',' | b']' if self.is_astray && self.arrays > 0 => return (at, Some(End::Stray)),
                b'{' => {
                    self.depth = 1;
                    (self.start_byte, self.start_line) = (self.seen_bytes + at, self.line);
                }
                b'}' | b']' if self.depth == 1 => {
                    self.depth = 0;
                    return (at + 1, Some(End::Object));
                }
                _ if self.depth > 0 || self.is_astray => {}
                // Between objects: an array's brackets and commas, white space, a byte order mark.
                b'[' => self.arrays += 1,
                b']' => self.arrays = self.arrays.saturating_sub(1),
                b',' | 0xef | 0xbb | 0xbf => {}
                _ if byte.is_ascii_whitespace() => {}
                _ => {
                    (self.is_astray, self.in_string) = (true, *byte == b'"');
                    self.start_line = self.line;
                }
            }
        }
        self.seen_bytes += bytes.len();
        (bytes.len(), None)
    }
}
