//! Which language a text is in.

use whatlang::{Detector, Lang, Script};

use crate::tables::WORDS;

/// How much of a text is looked at. **Units**: bytes. More made no difference on reports.
const SAMPLE_BYTES: usize = 600;

/// Languages that reports of armed conflict come in, as far as the library knows them. Fewer to choose from makes short
/// texts surer.
const LANGUAGES: &[Lang] = &[
    Lang::Amh,
    Lang::Ara,
    Lang::Aze,
    Lang::Ben,
    Lang::Cmn,
    Lang::Deu,
    Lang::Eng,
    Lang::Fra,
    Lang::Heb,
    Lang::Hin,
    Lang::Hye,
    Lang::Ind,
    Lang::Ita,
    Lang::Kat,
    Lang::Mya,
    Lang::Nld,
    Lang::Pan,
    Lang::Pes,
    Lang::Por,
    Lang::Rus,
    Lang::Sin,
    Lang::Spa,
    Lang::Srp,
    Lang::Tam,
    Lang::Tgl,
    Lang::Tha,
    Lang::Tur,
    Lang::Ukr,
    Lang::Urd,
];

/// ISO 639-1 code of a text's language.
///
/// **Range and missing**: `None` when the text is too short or too mixed to tell. Where the letters are not Latin ones, the likeliest
/// of the languages written so is told: it may be a neighbour's, but never English.
pub(crate) fn identify(text: &str) -> Option<&'static str> {
    let sample = &text[..text.floor_char_boundary(SAMPLE_BYTES)];
    if is_english(sample) {
        return Some("en");
    }
    let info = Detector::with_allowlist(LANGUAGES.to_vec()).detect(sample)?;
    (info.is_reliable() || info.script() != Script::Latin).then(|| code(info.lang()))
}

/// Tells English by its function words; a quick look that never says yes to another language.
fn is_english(sample: &str) -> bool {
    let (mut n_words, mut n_function, mut n_report) = (0_usize, 0_usize, 0_usize);
    for word in sample.split_ascii_whitespace() {
        n_words += 1;
        let known = |it: &String| it.eq_ignore_ascii_case(word);
        n_function += usize::from(word.len() <= 4 && WORDS.function_words.iter().any(known));
        n_report += usize::from(n_words <= WORDS.short_words && WORDS.report_words.iter().any(known));
    }
    let is_short = n_words <= WORDS.short_words && n_function + n_report >= WORDS.short_words_min;
    let is_long = n_function >= WORDS.function_words_min;
    is_short && n_function > 0 || is_long && n_function as f64 >= WORDS.function_words_share * n_words as f64
}

/// ISO 639-1 code of a language told in any common way: `en`, `en-GB`, `en_US`, `eng`, `English`.
pub(crate) fn from_told(told: &str) -> Option<String> {
    let told = told.trim().to_lowercase();
    let primary = told.split(['-', '_']).next().unwrap_or_default();
    match primary.len() {
        2 if primary.bytes().all(|it| it.is_ascii_lowercase()) => Some(primary.to_owned()),
        3 => Lang::from_code(primary).map(|it| code(it).to_owned()),
        _ => {
            let named = Lang::all().iter().find(|it| it.eng_name().eq_ignore_ascii_case(primary))?;
            Some(code(*named).to_owned())
        }
    }
}

/// ISO 639-1.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, language) in [
            (
                "Armed men came to the village of Arda at night and took the cattle with them, said a man from the town.",
                Some("en"),
            ),
            ("Between March 1 and March 10, gunmen killed five people.", Some("en")),
            ("Shelling was heard in the village near Arda.", Some("en")),
            (
                "Des hommes armés ont attaqué le village dans la nuit de lundi à mardi et ont emporté le bétail.",
                Some("fr"),
            ),
            (
                "Hombres armados atacaron la aldea en la noche del lunes y se llevaron el ganado de los vecinos.",
                Some("es"),
            ),
            ("هاجم مسلحون مجهولون القرية ليل الاثنين وقتلوا ثلاثة من الجنود ثم انسحبوا إلى الجبال", Some("ar")),
            (
                "قال مصدر محلي إن اشتباكات عنيفة اندلعت بين الجيش ومسلحين مجهولين في ريف المدينة الشمالي وأسفرت عن مقتل عدد من العناصر وإصابة آخرين بجروح متفاوتة",
                Some("ar"),
            ),
            ("Вооружённые люди напали на деревню в ночь на вторник и угнали скот, сообщили власти.", Some("ru")),
            ("12 | 13 | 14", None),
            ("", None),
        ] {
            assert_eq!(identify(text), language, "{text}");
        }
    }

    #[test]
    fn told_languages_are_read() {
        for (told, code) in
            [("en-GB", Some("en")), ("ENG", Some("en")), ("French", Some("fr")), ("x-unknown", None), ("", None)]
        {
            assert_eq!(from_told(told).as_deref(), code, "{told}");
        }
    }
}
