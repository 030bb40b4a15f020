//! Bytes to text. UTF-8 first; else what marks, the page or the bytes themselves suggest.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text, and how sure its encoding is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded<'b> {
    pub(crate) text: Cow<'b, str>,
    pub(crate) doubt: Option<Doubt>,
}

/// What to tell about the decoding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// The encoding was told nowhere.
    Guessed(&'static str),
    /// Some bytes could not be read and were replaced by U+FFFD.
    Broken(&'static str),
}

/// Decodes a whole report; `declared` is what the page says of itself.
pub(crate) fn decode<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Decoded<'b> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark_bytes..], None);
    }
    if let Some(encoding) = utf16(bytes) {
        return with(encoding, bytes, Some(Doubt::Guessed(encoding.name())));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), doubt: None };
    }
    if let Some(encoding) = declared.filter(|it| *it != UTF_8) {
        return with(encoding, bytes, None);
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes, None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    with(encoding, bytes, Some(Doubt::Guessed(encoding.name())))
}

/// UTF-16 without a mark, seen by the zero bytes that Latin letters, spaces and line ends leave at every second place.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|it| **it == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Arabic text has zero bytes at its spaces only, some one in seven; chance zeros of binary files fall on both sides.
    let enough = head.len() / 2 / 10;
    match (even, odd) {
        (0, odd) if odd > enough => Some(UTF_16LE),
        (even, 0) if even > enough => Some(UTF_16BE),
        _ => None,
    }
}

fn with<'b>(encoding: &'static Encoding, bytes: &'b [u8], doubt: Option<Doubt>) -> Decoded<'b> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let doubt = if had_errors { Some(Doubt::Broken(encoding.name())) } else { doubt };
    Decoded { text, doubt }
}

/// UTF-8 with some bad bytes: in other encodings, characters beyond ASCII hardly ever fall into whole ones of UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut breaks) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        // Bytes beyond ASCII are two or more a character; two will do for a comparison.
        whole += chunk.valid().bytes().filter(|it| !it.is_ascii()).count() / 2;
        breaks += usize::from(!chunk.invalid().is_empty());
    }
    whole >= breaks
}

#[cfg(test)]
mod tests {
    use encoding_rs::{WINDOWS_1252, WINDOWS_1256};

    use super::*;

    const FRENCH: &str =
        "Des hommes armés ont attaqué le marché près de la forêt ; l’armée a été prévenue dès le début.";
    const ARABIC: &str = "هاجم مسلحون مجهولون نقطة تفتيش قرب المدينة صباح يوم الثلاثاء وقتلوا ثلاثة من الجنود";

    #[track_caller]
    fn check(bytes: &[u8], text: &str, doubt: Option<Doubt>) {
        assert_eq!(decode(bytes, None), Decoded { text: Cow::Borrowed(text), doubt });
    }

    fn utf16_bytes(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn reads_utf8_with_and_without_mark() {
        check(FRENCH.as_bytes(), FRENCH, None);
        check(format!("\u{feff}{ARABIC}").as_bytes(), ARABIC, None);
    }

    #[test]
    fn reads_utf16_with_and_without_mark() {
        for text in [FRENCH, ARABIC] {
            check(&utf16_bytes(&format!("\u{feff}{text}"), u16::to_le_bytes), text, None);
            check(&utf16_bytes(&format!("\u{feff}{text}"), u16::to_be_bytes), text, None);
            check(&utf16_bytes(text, u16::to_le_bytes), text, Some(Doubt::Guessed("UTF-16LE")));
            check(&utf16_bytes(text, u16::to_be_bytes), text, Some(Doubt::Guessed("UTF-16BE")));
        }
    }

    #[test]
    fn guesses_one_byte_encodings() {
        let (french, ..) = WINDOWS_1252.encode(FRENCH);
        check(&french, FRENCH, Some(Doubt::Guessed("windows-1252")));
        let (arabic, ..) = WINDOWS_1256.encode(ARABIC);
        check(&arabic, ARABIC, Some(Doubt::Guessed("windows-1256")));
        // ISO-8859-1 has no curly apostrophe; for all else it is a part of Windows-1252.
        let latin1: Vec<u8> = "Trois soldats tués à Ménaka, un blessé".chars().map(|it| it as u8).collect();
        check(&latin1, "Trois soldats tués à Ménaka, un blessé", Some(Doubt::Guessed("windows-1252")));
    }

    #[test]
    fn keeps_broken_utf8_as_utf8() {
        let mut bytes = FRENCH.as_bytes().to_vec();
        bytes.insert(4, 0xff);
        let text = format!("{}\u{fffd}{}", &FRENCH[..4], &FRENCH[4..]);
        check(&bytes, &text, Some(Doubt::Broken("UTF-8")));
    }

    #[test]
    fn heeds_what_a_page_says() {
        let (bytes, ..) = WINDOWS_1256.encode(ARABIC);
        let decoded = decode(&bytes, Some(WINDOWS_1256));
        assert_eq!(decoded, Decoded { text: Cow::Borrowed(ARABIC), doubt: None });
    }
}
