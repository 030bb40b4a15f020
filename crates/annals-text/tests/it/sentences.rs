use expect_test::{Expect, expect};

use crate::{read, sentences};

/// A title and a body as JSON would bring them.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "the expected text reads best in place")]
fn check(title: &str, body: &str, expected: Expect) {
    let json = serde_json::json!({ "title": title, "text": body }).to_string();
    expected.assert_eq(&sentences(&read(json.as_bytes())));
}

#[test]
fn title_and_sentences() {
    check(
        "Raid on Arda. Two dead",
        "Two men were killed. A third fled!\n\nWho sent them? Nobody knows.",
        expect![[r"
            0 title     Raid on Arda. Two dead
            1 prose     Two men were killed.
            1 prose     A third fled!
            2 prose     Who sent them?
            2 prose     Nobody knows.
        "]],
    );
}

#[test]
fn abbreviations_initials_and_numbers() {
    check(
        "",
        "Lt. Col. Omar Sy and Gen. K. B. Touré met at No. 5 on Jan. 12 at 5 p.m. Friday. The U.S. Army and U.N. staff saw 2.5 tons, worth Rs. 300. He lives in the U.S. They met Mr. A. Bah of Arda Inc. at 07.30 hrs. Police came.",
        expect![[r"
            1 prose     Lt. Col. Omar Sy and Gen. K. B. Touré met at No. 5 on Jan. 12 at 5 p.m. Friday.
            1 prose     The U.S. Army and U.N. staff saw 2.5 tons, worth Rs. 300.
            1 prose     He lives in the U.S.
            1 prose     They met Mr. A. Bah of Arda Inc. at 07.30 hrs.
            1 prose     Police came.
        "]],
    );
}

#[test]
fn datelines_stay_with_their_sentence() {
    check(
        "",
        "GAO, Mali, March 14 (Agency) - Two men died. More fled.\n\nKABUL, Afghanistan (Feb. 23) - A force found arms.\n\nWASHINGTON, D.C. (AP) — Aid was sent.",
        expect![[r"
            1 prose     GAO, Mali, March 14 (Agency) - Two men died.
            1 prose     More fled.
            2 prose     KABUL, Afghanistan (Feb. 23) - A force found arms.
            3 prose     WASHINGTON, D.C. (AP) — Aid was sent.
        "]],
    );
}

#[test]
fn quotes_and_brackets_close_with_the_sentence() {
    check(
        "",
        "“We saw it.” He left. \"They came at night.\" (Nobody was hurt.) It began in 2012.[2] Then it ended. \"Stop!\" he cried.",
        expect![[r#"
            1 prose     “We saw it.”
            1 prose     He left.
            1 prose     "They came at night."
            1 prose     (Nobody was hurt.)
            1 prose     It began in 2012.[2]
            1 prose     Then it ended.
            1 prose     "Stop!" he cried.
        "#]],
    );
}

#[test]
fn words_that_were_cut_apart_keep_their_quotes() {
    check(
        "",
        "He said \" they came at night . \" The others fled.",
        expect![[r#"
            1 prose     He said " they came at night . "
            1 prose     The others fled.
        "#]],
    );
}

#[test]
fn lost_spaces() {
    check(
        "",
        "They ended the siege.The men fled. Their emir was killed.Al-Fajr denies it, writes www.arda.example/News.Html of 3.Kilometre. He left on Monday.According to them, \"it is over.\"The end.",
        expect![[r#"
            1 prose     They ended the siege.
            1 prose     The men fled.
            1 prose     Their emir was killed.
            1 prose     Al-Fajr denies it, writes www.arda.example/News.Html of 3.Kilometre.
            1 prose     He left on Monday.
            1 prose     According to them, "it is over."
            1 prose     The end.
        "#]],
    );
}

#[test]
fn capitals_only() {
    check(
        "",
        "ARDA, 3 MAY 89 -- [TEXT] COL. RUIZ SAID THE U.S. SOLDIERS LEFT. THE REBELS, NO. 5 FRONT, STAYED.",
        expect![[r"
            1 prose     ARDA, 3 MAY 89 -- [TEXT] COL. RUIZ SAID THE U.S. SOLDIERS LEFT.
            1 prose     THE REBELS, NO. 5 FRONT, STAYED.
        "]],
    );
}

#[test]
fn dots_of_hesitation() {
    check(
        "",
        "They fought in… Arda Province and in.. Gao. Then... The rest fled.",
        expect![[r"
            1 prose     They fought in… Arda Province and in.. Gao.
            1 prose     Then...
            1 prose     The rest fled.
        "]],
    );
}

#[test]
fn no_punctuation_left() {
    let body = "Armed men of a group that calls itself the Front set fire to nine vehicles at a camp of a road company near Arda on May 27 reports Arda Daily They came on foot at about 1 am and told the guards to leave the camp and not to come back When the guards asked why they were beaten with sticks and one of them later died of his wounds in the hospital of the district";
    check(
        "",
        body,
        expect![[r"
            1 prose     Armed men of a group that calls itself the Front set fire to nine vehicles at a camp of a road company near Arda on May 27 reports Arda Daily
            1 prose     They came on foot at about 1 am and told the guards to leave the camp and not to come back
            1 prose     When the guards asked why they were beaten with sticks and one of them later died of his wounds in the hospital of the district
        "]],
    );
}

#[test]
fn headings_bullets_and_furniture() {
    check(
        "",
        "The week in Arda was quiet, say officials of the district.\n\nWho was there?\n\n• The army, with 20 men. They came by road.\n• The police\n- 3 guards\n1. A doctor\n\nWhat comes next\n\nTalks go on, the mayor says, and nobody wants to leave them. • They end on Friday. • Nobody signs.\n\nظهرت في الأصل على\n\nLeave a Comment",
        expect![[r"
            1 prose     The week in Arda was quiet, say officials of the district.
            2 heading   Who was there?
            3 bullet    • The army, with 20 men.
            3 bullet    They came by road.
            4 bullet    • The police
            5 bullet    - 3 guards
            6 bullet    1. A doctor
            7 heading   What comes next
            8 prose     Talks go on, the mayor says, and nobody wants to leave them.
            8 bullet    • They end on Friday.
            8 bullet    • Nobody signs.
            9 furniture ظهرت في الأصل على
            10 furniture Leave a Comment
        "]],
    );
}

#[test]
fn furniture_is_known_with_care() {
    check(
        "",
        "By our correspondent\n\nThe post was attacked. Share and comment, they said. Follow us on Chirper. Read more.\n\nRead also:\nPrice of millet rises\nFair opens in Arda\n\nTwo men died at the fair.\n\n© Arda Daily. All rights reserved.",
        expect![[r"
            1 heading   By our correspondent
            2 prose     The post was attacked.
            2 prose     Share and comment, they said.
            2 furniture Follow us on Chirper.
            2 furniture Read more.
            3 furniture Read also:
            4 furniture Price of millet rises
            5 furniture Fair opens in Arda
            6 prose     Two men died at the fair.
            7 furniture © Arda Daily. All rights reserved.
        "]],
    );
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    check(
        "",
        "Armed men came to the village of Old Arda on Monday night and killed\nLt. Omar Sy, who had led the garrison of the place since the spring of\nlast year, the governor said.\n\nShort line\nAnother short line\n",
        expect![[r"
            1 prose     Armed men came to the village of Old Arda on Monday night and killed⏎Lt. Omar Sy, who had led the garrison of the place since the spring of⏎last year, the governor said.
            2 heading   Short line
            3 prose     Another short line
        "]],
    );
}

#[test]
fn other_scripts() {
    check(
        "",
        "قتل رجلان قرب المدينة. وفر ثالث؟ انتهى.\u{2028}两人死亡。一人逃走。",
        expect![[r"
            1 prose     قتل رجلان قرب المدينة.
            1 prose     وفر ثالث؟
            1 prose     انتهى.
            2 prose     两人死亡。
            2 prose     一人逃走。
        "]],
    );
}

#[test]
fn sentences_without_end_are_cut() {
    let json = serde_json::json!({ "text": "à ".repeat(4000) }).to_string();
    let document = read(json.as_bytes());
    assert!(document.sentences.len() > 7 && document.sentences.iter().all(|it| it.range.len() <= 1500));
}
