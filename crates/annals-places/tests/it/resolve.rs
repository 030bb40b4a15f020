//! Namings in a sentence, and what becomes of them.
//!
//! Namings stand in brackets; those of one case are places of one event. Afterwards, the event's `where`.

use std::fmt::Write;
use std::sync::LazyLock;

use annals_places::{Gazetteer, Mention, ReportContext, Resolution, where_of};
use expect_test::{Expect, expect};

pub(crate) static WORLD: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::embedded);

fn line(name: &str, it: &Resolution) -> String {
    let mut out = format!("{name}: ");
    match (&it.place, it.precision) {
        (Some(place), Some(precision)) => write!(out, "{} ({}) {precision}", place.name, place.kind),
        (None, Some(precision)) => write!(out, "a spot, {precision}"),
        _ => write!(out, "unresolved"),
    }
    .unwrap();
    if let (Some(lat), Some(lon), Some(radius)) = (it.lat, it.lon, it.radius_km) {
        write!(out, " {lat:.1},{lon:.1} ±{radius:.0} km").unwrap();
    }
    let units: Vec<&str> = [&it.adm1, &it.iso3].into_iter().flatten().map(String::as_str).collect();
    if !units.is_empty() {
        write!(out, " in {}", units.join(", ")).unwrap();
    }
    let passes: Vec<&str> = it.passes.iter().map(|it| it.name).collect();
    write!(out, " [{}]", passes.join(" ")).unwrap();
    out
}

/// Resolves the bracketed namings of a sentence, in a report about the countries given.
#[track_caller]
pub(crate) fn check(countries: &[&str], marked: &str, expect: Expect) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for part in marked.split_inclusive(['[', ']']) {
        text.push_str(part.trim_end_matches(['[', ']']));
        match part.chars().last() {
            Some('[') => spans.push((text.len(), 0)),
            Some(']') => spans.last_mut().unwrap().1 = text.len(),
            _ => {}
        }
    }
    let mentions: Vec<Mention<'_>> =
        spans.iter().map(|(start, end)| Mention::in_text(&text, *start, *end).unwrap().of_event(0)).collect();
    let context = ReportContext { text: &text, countries, ..ReportContext::default() };
    let found = WORLD.resolve_document(&mentions, &context);
    let mut said: Vec<String> = mentions.iter().zip(&found).map(|(mention, it)| line(mention.name, it)).collect();
    let all: Vec<&Resolution> = found.iter().collect();
    said.push(match where_of(&all) {
        Some((n, place)) => format!("where: {} by {}", place.precision, mentions[n].name),
        None => "where: not known".to_owned(),
    });
    expect.assert_eq(&(said.join("\n") + "\n"));
}

#[test]
fn transliterations_of_the_sahel() {
    check(
        &["MLI"],
        "[Mayanka], [Tisseit] and [Entillet] are in the hands of the fighters who hold Gao.",
        expect![[r#"
            Mayanka: Ménaka (adm1) adm1 15.8,2.9 ±64 km in Ménaka, MLI [read_container look_up_exact]
            Tisseit: Tessit (town) exact 15.2,-0.3 ±5 km in Gao, MLI [look_up_similar]
            Entillet: N'Tillit (adm2) adm2 15.7,-0.4 ±60 km in Gao, MLI [look_up_normalised]
            where: exact by Tisseit
        "#]],
    );
}

#[test]
fn transliterations_of_syria_and_ukraine() {
    check(
        &["SYR"],
        "From [Raqa] and [Deir Azzour] to [Hasaka], [Hims] and [Kameshli].",
        expect![[r#"
            Raqa: Ar Raqqah (city) exact 36.0,39.0 ±10 km in Raqqa, SYR [prefer_seat look_up_folded]
            Deir Azzour: Deir ez-Zor (adm1) adm1 35.2,40.3 ±115 km in Deir ez-Zor, SYR [look_up_normalised]
            Hasaka: Al Ḩasakah (city) exact 36.5,40.7 ±10 km in Al-Hasakah, SYR [read_container prefer_seat look_up_normalised]
            Hims: Homs (city) exact 34.7,36.7 ±10 km in Homs, SYR [prefer_seat look_up_normalised]
            Kameshli: Al Qāmishlī (city) exact 37.1,41.2 ±10 km in Al-Hasakah, SYR [look_up_folded]
            where: adm1 by Deir Azzour
        "#]],
    );
    check(
        &["SYR"],
        "اشتباكات في [القامشلي] و[دير الزور]",
        expect![[r#"
            القامشلي: Al Qāmishlī (city) exact 37.1,41.2 ±10 km in Al-Hasakah, SYR [look_up_normalised]
            دير الزور: Deir ez-Zor (city) exact 35.3,40.1 ±10 km in Deir ez-Zor, SYR [prefer_seat look_up_normalised]
            where: exact by القامشلي
        "#]],
    );
    check(
        &["UKR"],
        "Обстріл: [Київ], [Харків]; shelling of [Kiev].",
        expect![[r#"
            Київ: Kyiv (capital) exact 50.5,30.5 ±10 km in Kyiv, UKR [read_container look_up_normalised]
            Харків: Kharkiv (city) exact 50.0,36.3 ±10 km in Kharkiv, UKR [prefer_seat look_up_exact]
            Kiev: Kyiv (capital) exact 50.5,30.5 ±10 km in Kyiv, UKR [prefer_seat look_up_normalised]
            where: exact by Київ
        "#]],
    );
}

#[test]
fn distances_and_directions() {
    check(
        &["MLI"],
        "The ambush was laid [15 km south of Ansongo].",
        expect![[r#"
        15 km south of Ansongo: Ansongo (village) near 15.5,0.5 ±6 km in Gao, MLI [read_distance prefer_seat look_up_exact]
        where: near by 15 km south of Ansongo
    "#]],
    );
    check(
        &["MLI"],
        "The ambush was laid 15 km south of [Ansongo].",
        expect![[r#"
        Ansongo: Ansongo (village) near 15.5,0.5 ±6 km in Gao, MLI [read_distance prefer_seat look_up_exact]
        where: near by Ansongo
    "#]],
    );
    check(
        &["BFA"],
        "L'attaque a eu lieu à [10 kilomètres au nord de Djibo].",
        expect![[r#"
        10 kilomètres au nord de Djibo: Djibo (town) near 14.2,-1.6 ±4 km in Sahel, BFA [read_distance look_up_exact]
        where: near by 10 kilomètres au nord de Djibo
    "#]],
    );
    check(
        &["MLI"],
        "They took barracks in the [Kidal region], 150 kilometers from the regional capital, [Gao], 200 kilometers from the capital. [Bamako] was calm.",
        expect![[r#"
            Kidal region: Kidal (adm1) adm1 19.4,1.1 ±271 km in Kidal, MLI [read_kind_word look_up_normalised]
            Gao: Gao (city) near 16.3,-0.0 ±180 km in MLI [read_distance prefer_seat look_up_exact]
            Bamako: Bamako (capital) near 12.6,-8.0 ±240 km in MLI [read_distance prefer_seat look_up_exact]
            where: adm1 by Kidal region
        "#]],
    );
    check(
        &["MLI"],
        "A mine went off [near Ansongo].",
        expect![[r#"
        near Ansongo: Ansongo (village) near 15.7,0.5 ±15 km in Gao, MLI [read_nearness prefer_seat look_up_exact]
        where: near by near Ansongo
    "#]],
    );
}

#[test]
fn stretches_and_borders() {
    check(
        &["MLI"],
        "A bus was stopped [between Gao and Ansongo].",
        expect![[r#"
        between Gao and Ansongo: a spot, near 16.0,0.2 ±45 km in Gao, MLI [read_between prefer_seat look_up_exact prefer_seat look_up_exact place_on_stretch]
        where: near by between Gao and Ansongo
    "#]],
    );
    check(
        &["MLI"],
        "A bus was stopped on the [Gao-Ansongo road].",
        expect![[r#"
        Gao-Ansongo road: a spot, near 16.0,0.2 ±45 km in Gao, MLI [read_road prefer_seat look_up_exact prefer_seat look_up_exact place_on_stretch]
        where: near by Gao-Ansongo road
    "#]],
    );
    check(
        &["MLI"],
        "Fighters massed on [Mali's border with Niger].",
        expect![[r#"
            Mali's border with Niger: a spot, area 15.4,3.0 ±432 km [read_border look_up_exact look_up_exact place_on_border]
            where: area by Mali's border with Niger
        "#]],
    );
    check(
        &[],
        "Fighters massed on the border with [Niger].",
        expect![[r#"
        Niger: unresolved in NER [read_border look_up_exact place_on_border]
        where: not known
    "#]],
    );
}

#[test]
fn kind_words_choose_between_a_town_and_its_unit() {
    check(
        &["MLI"],
        "Clashes in [Gao region].",
        expect![[r#"
        Gao region: Gao (adm1) adm1 16.8,1.4 ±292 km in Gao, MLI [read_kind_word look_up_normalised]
        where: adm1 by Gao region
    "#]],
    );
    check(
        &["MLI"],
        "Clashes in the town of [Gao].",
        expect![[r#"
        Gao: Gao (city) exact 16.3,-0.0 ±10 km in Gao, MLI [read_kind_word look_up_exact]
        where: exact by Gao
    "#]],
    );
    check(
        &["SYR"],
        "Shelling of [Homs], of [Homs province].",
        expect![[r#"
            Homs: Homs (city) exact 34.7,36.7 ±10 km in Homs, SYR [look_up_exact]
            Homs province: Homs (adm1) adm1 34.3,38.3 ±158 km in Homs, SYR [read_kind_word look_up_exact]
            where: exact by Homs
        "#]],
    );
    check(
        &[],
        "Gunmen attacked in [South Sudan].",
        expect![[r#"
        South Sudan: South Sudan (country) country in SSD [read_part look_up_exact]
        where: country by South Sudan
    "#]],
    );
}

#[test]
fn a_country_never_gives_a_point() {
    check(
        &[],
        "Attacks all over [Mali].",
        expect![[r#"
        Mali: Mali (country) country in MLI [look_up_exact]
        where: country by Mali
    "#]],
    );
    check(
        &[],
        "The [Georgian] army.",
        expect![[r#"
        Georgian: Georgia (country) country in GEO [look_up_normalised]
        where: country by Georgian
    "#]],
    );
}

#[test]
fn descriptions_hold_their_name() {
    check(
        &["SYR"],
        "Air strikes on the [northern Syrian province of Idlib].",
        expect![[r#"
        northern Syrian province of Idlib: Idlib (adm1) adm1 35.8,36.7 ±54 km in Idlib, SYR [read_kind_word read_container look_up_exact]
        where: adm1 by northern Syrian province of Idlib
    "#]],
    );
    check(
        &["SYR"],
        "A blast hit [a police station in the capital].",
        expect![[r#"
            a police station in the capital: Damascus (capital) exact 33.5,36.3 ±10 km in Damascus, SYR [look_up_normalised]
            where: exact by a police station in the capital
        "#]],
    );
    check(
        &["SYR"],
        "They entered [the village].",
        expect![[r#"
        the village: unresolved [look_up]
        where: not known
    "#]],
    );
}

#[test]
fn what_holds_a_name_tells_which_one_is_meant() {
    check(
        &[],
        "A bomb went off in [Hyderabad], Sindh.",
        expect![[r#"
        Hyderabad: Hyderabad (city) exact 25.4,68.4 ±10 km in Sindh, PAK [read_container look_up_exact]
        where: exact by Hyderabad
    "#]],
    );
    check(
        &[],
        "A bomb went off in [Hyderabad], in the Indian state of Telangana.",
        expect![[r#"
            Hyderabad: Hyderabad (city) exact 17.4,78.5 ±10 km in Telangana, IND [read_container look_up_exact]
            where: exact by Hyderabad
        "#]],
    );
    check(
        &[],
        "Fighters raided [Unknownville] in [Gao region] of Mali.",
        expect![[r#"
            Unknownville: a spot, adm1 16.8,1.4 ±292 km in Gao, MLI [read_container look_up look_up_exact fall_back_to_container]
            Gao region: Gao (adm1) adm1 16.8,1.4 ±292 km in Gao, MLI [read_kind_word look_up_normalised]
            where: adm1 by Unknownville
        "#]],
    );
}

#[test]
fn a_name_that_is_nowhere_stays_unresolved() {
    check(
        &["MLI"],
        "Fighters raided [Xqzvylmora].",
        expect![[r#"
        Xqzvylmora: unresolved [look_up]
        where: not known
    "#]],
    );
}

#[test]
fn villages_of_the_central_sahel_by_their_communes() {
    check(
        &["BFA"],
        "Men on motorbikes came to [Rofénèga village] and to [Zomnogo village (Boala)] in the night.",
        expect![[r#"
            Rofénèga village: Rofénèga (village) near 13.2,-0.8 ±28 km in Centre-Nord, BFA [read_kind_word look_up_exact]
            Zomnogo village (Boala): Zomnogo (village) near 12.9,-0.6 ±16 km in Centre-Nord, BFA [read_kind_word read_container look_up_exact]
            where: near by Rofénèga village
        "#]],
    );
    check(
        &["BFA"],
        "Families fled from [Namissiguima department], [Yatenga province].",
        expect![[r#"
        Namissiguima department: Namissiguima (adm3) near 13.6,-2.3 ±16 km in Nord, BFA [read_kind_word read_container look_up_exact]
        Yatenga province: Yatenga (adm2) adm2 13.6,-2.4 ±40 km in Nord, BFA [read_kind_word look_up_normalised]
        where: near by Namissiguima department
    "#]],
    );
    check(
        &["BFA"],
        "Two markets were burnt in the [Nord region] and the [Centre Nord region].",
        expect![[r#"
            Nord region: Nord (adm1) adm1 13.5,-2.3 ±89 km in Nord, BFA [read_kind_word look_up_normalised]
            Centre Nord region: Centre-Nord (adm1) adm1 13.2,-1.0 ±99 km in Centre-Nord, BFA [read_kind_word look_up_normalised]
            where: adm1 by Nord region
        "#]],
    );
}

#[test]
fn short_and_unknown_names_stay_open() {
    // Near in spelling to a town, which nobody would call a village; and the first word of a name that is not known.
    check(
        &["BFA"],
        "The herders left [Noumba village] and [Ouro Zembeya village].",
        expect![[r#"
        Noumba village: unresolved [read_kind_word require_margin]
        Ouro Zembeya village: unresolved [read_kind_word look_up]
        where: not known
    "#]],
    );
}
