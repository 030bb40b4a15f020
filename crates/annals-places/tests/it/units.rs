//! Namings of units, of what lies in them, and of what only sounds like a place.

use expect_test::expect;

use crate::resolve::check;

#[test]
fn a_district_or_village_beats_the_seat_of_its_province() {
    check(
        &[],
        "[NARATHIWAT]: Two rangers were killed in [Rueso district], Thailand.",
        expect![[r#"
        NARATHIWAT: Narathiwat (town) exact 6.4,101.8 ±5 km in Narathiwat, THA [prefer_seat look_up_exact]
        Rueso district: Amphoe Rueso (adm2) adm2 6.4,101.5 ±15 km in Narathiwat, THA [read_kind_word read_container look_up_normalised]
        where: adm2 by Rueso district
    "#]],
    );
    check(
        &[],
        "[Aleppo]: Rebels seized the [village of Dabiq] in Syria.",
        expect![[r#"
        Aleppo: Aleppo (city) exact 36.2,37.2 ±10 km in Aleppo, SYR [prefer_seat look_up_exact]
        village of Dabiq: Dabiq (village) exact 36.5,37.3 ±2 km in Aleppo, SYR [read_kind_word read_container look_up_exact]
        where: exact by village of Dabiq
    "#]],
    );
    check(
        &[],
        "A bomb went off in [Panjwai district of Kandahar], Afghanistan.",
        expect![[r#"
        Panjwai district of Kandahar: Panjwayi (adm2) adm2 31.0,65.7 ±164 km in Kandahar, AFG [read_kind_word read_container look_up_exact]
        where: adm2 by Panjwai district of Kandahar
    "#]],
    );
    check(
        &[],
        "A bomb went off in [Kandahar], Afghanistan.",
        expect![[r#"
        Kandahar: Kandahār (city) exact 31.6,65.7 ±10 km in Kandahar, AFG [read_container prefer_seat look_up_exact]
        where: exact by Kandahar
    "#]],
    );
    check(
        &[],
        "[Quetta]: Gunmen struck in the [Mastung district] of Balochistan.",
        expect![[r#"
        Quetta: Quetta (city) exact 30.2,67.0 ±10 km in Balochistan, PAK [look_up_exact]
        Mastung district: Mastung District (adm2) adm2 29.8,66.8 ±15 km in Balochistan, PAK [read_kind_word look_up_exact]
        where: adm2 by Mastung district
    "#]],
    );
}

#[test]
fn a_namesake_outside_what_holds_it_is_not_meant() {
    check(
        &[],
        "Maoists killed a man in [Timmapur village] in [Sukma District] of Chhattisgarh, India.",
        expect![[r#"
        Timmapur village: a spot, adm2 18.3,81.6 ±22 km in Chhattisgarh, IND [read_kind_word read_container look_up_exact check_container look_up_exact fall_back_to_container]
        Sukma District: Sukma (adm2) adm2 18.3,81.6 ±22 km in Chhattisgarh, IND [read_kind_word look_up_normalised]
        where: adm2 by Timmapur village
    "#]],
    );
    check(
        &[],
        "Maoists killed a man in [Gangapur village] in [Gadchiroli District of Maharashtra], India.",
        expect![[r#"
            Gangapur village: a spot, adm2 19.9,80.0 ±132 km in Maharashtra, IND [read_kind_word read_container look_up_exact check_container look_up_exact fall_back_to_container]
            Gadchiroli District of Maharashtra: Gadchiroli (adm2) adm2 19.9,80.0 ±132 km in Maharashtra, IND [read_kind_word read_container look_up_exact]
            where: adm2 by Gangapur village
        "#]],
    );
    check(
        &[],
        "Drones hit [Omdurman's El Thawra neighbourhood] and [Nyala's El Wadi neighbourhood] in Sudan.",
        expect![[r#"
            Omdurman's El Thawra neighbourhood: Al-Thawra (village) near 15.8,32.8 ±103 km in Khartoum, SDN [read_kind_word read_container look_up_folded]
            Nyala's El Wadi neighbourhood: a spot, near 12.0,24.9 ±20 km in South Darfur, SDN [read_kind_word read_container look_up_exact check_container look_up_exact fall_back_to_container]
            where: near by Nyala's El Wadi neighbourhood
        "#]],
    );
    check(
        &[],
        "Insurgents raided [Cabo Delgado's Macomia district], Mozambique.",
        expect![[r#"
        Cabo Delgado's Macomia district: Macomia (adm2) adm2 -12.5,39.4 ±196 km in Cabo Delgado, MOZ [read_kind_word read_container look_up_exact]
        where: adm2 by Cabo Delgado's Macomia district
    "#]],
    );
}

#[test]
fn part_of_an_unknown_name_is_no_name() {
    check(
        &[],
        "Bandits raided [Unguwar Bawa village], [Shinkafi LGA of Zamfara State], Nigeria.",
        expect![[r#"
        Unguwar Bawa village: a spot, adm2 13.1,6.5 ±20 km in Zamfara, NGA [read_kind_word read_container look_up look_up_exact fall_back_to_container]
        Shinkafi LGA of Zamfara State: Shinkafi (adm2) adm2 13.1,6.5 ±15 km in Zamfara, NGA [read_kind_word read_container look_up_exact]
        where: adm2 by Unguwar Bawa village
    "#]],
    );
    check(
        &[],
        "A blast hit [Hamar Weyne] in [Mogadishu].",
        expect![[r#"
        Hamar Weyne: unresolved [read_nearness read_container look_up look_up_exact]
        Mogadishu: Mogadishu (capital) exact 2.0,45.3 ±10 km in Banaadir, SOM [look_up_exact]
        where: exact by Mogadishu
    "#]],
    );
    check(
        &[],
        "Rangers of [African Parks] were killed.",
        expect![[r#"
        African Parks: unresolved [read_nearness look_up]
        where: not known
    "#]],
    );
    check(
        &[],
        "Shots at the [Central American University].",
        expect![[r#"
        Central American University: unresolved [read_part look_up]
        where: not known
    "#]],
    );
}

#[test]
fn a_border_is_not_where_it_happened() {
    check(
        &[],
        "Soldiers died in [Inates, close to the border with Mali].",
        expect![[r#"
        Inates, close to the border with Mali: Inatès (village) near 15.0,1.3 ±25 km in Tillabéri, NER [look_up_exact]
        where: near by Inates, close to the border with Mali
    "#]],
    );
    check(
        &[],
        "Clashes in [Moyale], on the border with [Ethiopia].",
        expect![[r#"
            Moyale: Moyale (town) exact 3.5,39.1 ±5 km in Marsabit, KEN [look_up_exact]
            Ethiopia: unresolved in ETH [read_border look_up_exact place_on_border]
            where: exact by Moyale
        "#]],
    );
    check(
        &[],
        "Shooting in [Garissa town close to the Somali border].",
        expect![[r#"
        Garissa town close to the Somali border: Garissa (city) exact -0.5,39.6 ±10 km in Garissa, KEN [read_kind_word look_up_exact]
        where: exact by Garissa town close to the Somali border
    "#]],
    );
    check(
        &[],
        "Shelling of the [Syrian border town of Kobani].",
        expect![[r#"
        Syrian border town of Kobani: ‘Ayn al ‘Arab (town) exact 36.9,38.4 ±5 km in Aleppo, SYR [read_kind_word read_container look_up_normalised]
        where: exact by Syrian border town of Kobani
    "#]],
    );
    check(
        &[],
        "Gangs raided [Rutshuru north of Goma] and [Kenscoff, just south of Port-au-Prince].",
        expect![[r#"
        Rutshuru north of Goma: Rutshuru (town) exact -1.2,29.4 ±5 km in North Kivu, COD [read_container prefer_seat look_up_exact]
        Kenscoff, just south of Port-au-Prince: Kenscoff (town) exact 18.4,-72.3 ±5 km in Ouest, HTI [read_container look_up_exact]
        where: exact by Rutshuru north of Goma
    "#]],
    );
}

#[test]
fn a_kind_word_asks_for_the_unit_that_bears_the_towns_name() {
    check(
        &[],
        "Drones struck [Bryansk region], Russia.",
        expect![[r#"
        Bryansk region: Bryansk (adm1) adm1 52.9,33.4 ±132 km in Bryansk, RUS [read_kind_word read_container look_up_exact]
        where: adm1 by Bryansk region
    "#]],
    );
    check(
        &[],
        "Shelling in [Zolochiv district], Ukraine.",
        expect![[r#"
        Zolochiv district: Zolochivskyi Raion (adm2) adm2 49.9,24.9 ±60 km in Lvivska oblast, UKR [read_kind_word read_container look_up_exact take_unit]
        where: adm2 by Zolochiv district
    "#]],
    );
    check(
        &[],
        "Guerrillas ambushed a patrol in the [Department of Ayacucho], Peru.",
        expect![[r#"
        Department of Ayacucho: Ayacucho (adm1) adm1 -14.1,-74.1 ±147 km in Ayacucho, PER [read_kind_word read_container look_up_exact]
        where: adm1 by Department of Ayacucho
    "#]],
    );
    check(
        &[],
        "Killings in [San Miguel department], El Salvador.",
        expect![[r#"
        San Miguel department: San Miguel (adm1) adm1 13.5,-88.3 ±32 km in San Miguel, SLV [read_kind_word read_container look_up_normalised]
        where: adm1 by San Miguel department
    "#]],
    );
    check(
        &[],
        "Shelling in the [Goma region], DRC.",
        expect![[r#"
        Goma region: Goma (city) near -1.7,29.2 ±25 km in North Kivu, COD [read_kind_word read_container look_up_exact]
        where: near by Goma region
    "#]],
    );
}

#[test]
fn directions_belong_to_units_of_that_name() {
    check(
        &[],
        "Fighting in the [State of North Darfur], Sudan.",
        expect![[r#"
        State of North Darfur: North Darfur (adm1) adm1 16.4,25.7 ±388 km in North Darfur, SDN [read_kind_word read_container look_up_exact]
        where: adm1 by State of North Darfur
    "#]],
    );
    check(
        &[],
        "Al-Shabaab attacked in [Lower Juba region], Somalia.",
        expect![[r#"
        Lower Juba region: Lower Juba (adm1) adm1 0.1,41.8 ±158 km in Lower Juba, SOM [read_kind_word read_container look_up_exact]
        where: adm1 by Lower Juba region
    "#]],
    );
    check(
        &[],
        "Rebels attacked [Vakaga prefecture of the Central African Republic].",
        expect![[r#"
        Vakaga prefecture of the Central African Republic: Vakaga (adm1) adm1 9.8,22.5 ±153 km in Vakaga, CAF [read_kind_word read_container look_up_exact]
        where: adm1 by Vakaga prefecture of the Central African Republic
    "#]],
    );
    check(
        &[],
        "Guerrillas in the [Department of Norte de Santander], Colombia.",
        expect![[r#"
        Department of Norte de Santander: Norte de Santander (adm1) adm1 8.1,-72.9 ±107 km in Norte de Santander, COL [read_kind_word read_container look_up_exact]
        where: adm1 by Department of Norte de Santander
    "#]],
    );
}

#[test]
fn places_of_palestine() {
    check(
        &[],
        "Soldiers raided [Jenin] in the [West Bank], and [East Jerusalem].",
        expect![[r#"
        Jenin: Janīn (town) exact 32.5,35.3 ±5 km in Jenin, PSE [read_container prefer_seat look_up_normalised]
        West Bank: West Bank (adm1) adm1 31.9,35.2 ±65 km in West Bank, PSE [read_part look_up_exact]
        East Jerusalem: East Jerusalem (capital) near 31.8,35.2 ±12 km in Jerusalem, PSE [read_part look_up_exact]
        where: exact by Jenin
    "#]],
    );
    check(
        &[],
        "A strike on [Khan Younis], [Gaza Strip].",
        expect![[r#"
        Khan Younis: Khān Yūnis (city) exact 31.3,34.3 ±10 km in Khan Yunis, PSE [read_container look_up_normalised]
        Gaza Strip: Gaza Strip (adm1) adm1 31.4,34.4 ±22 km in Gaza Strip, PSE [look_up_exact]
        where: exact by Khan Younis
    "#]],
    );
}

#[test]
fn acronyms_are_no_places() {
    check(
        &[],
        "A strike on a [PMF base] in Iraq.",
        expect![[r#"
        PMF base: a spot, country in IRQ [read_kind_word read_container look_up look_up_exact fall_back_to_container]
        where: country by PMF base
    "#]],
    );
    check(
        &[],
        "An attack on an [ALP check-post] and on a [SAR camp], and the [NATO base] in [Kandahar].",
        expect![[r#"
            ALP check-post: unresolved [read_nearness look_up]
            SAR camp: unresolved [read_kind_word look_up]
            NATO base: a spot, adm1 31.0,65.7 ±164 km in Kandahar, AFG [read_kind_word read_container look_up look_up_exact fall_back_to_container]
            Kandahar: Kandahār (city) exact 31.6,65.7 ±10 km in Kandahar, AFG [prefer_seat look_up_exact]
            where: exact by Kandahar
        "#]],
    );
    check(
        &[],
        "Troops of the [UAE] and the [US].",
        expect![[r#"
        UAE: United Arab Emirates (country) country in ARE [look_up_exact]
        US: United States (country) country in USA [look_up_exact]
        where: country by UAE
    "#]],
    );
}

#[test]
fn a_point_beats_a_country() {
    check(
        &[],
        "Rockets were fired from [Lebanon] at [Kiryat Shmona].",
        expect![[r#"
        Lebanon: Lebanon (country) country in LBN [look_up_exact]
        Kiryat Shmona: Qiryat Shmona (town) exact 33.2,35.6 ±5 km in Ash Shamālī, ISR [look_up_normalised]
        where: exact by Kiryat Shmona
    "#]],
    );
}
