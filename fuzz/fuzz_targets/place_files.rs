//! Files that users import: GeoNames dumps, the packs made of them, overlays. A refused file is fine; one that is taken must work.
#![no_main]

use annals_places::geonames::dump_to_pack;
use annals_places::overlay::Overlay;
use annals_places::{Gazetteer, Mention, Pack, ReportContext};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (kind, rest) = bytes.split_first().map_or((0, bytes), |(kind, rest)| (kind % 3, rest));
    let text = String::from_utf8_lossy(rest);
    match kind {
        0 => {
            if let Ok(pack) = dump_to_pack("fuzz.txt", rest) {
                ask(pack);
            }
        }
        1 => ask(rest.to_vec()),
        _ => {
            let _ = Overlay::parse("fuzz.toml", &text);
        }
    }
});

/// Looks names up in a pack, sound or not.
fn ask(pack: Vec<u8>) {
    let Ok(pack) = Pack::from_vec(pack) else { return };
    let gazetteer = Gazetteer::of_pack(pack);
    for name in ["Gao", "Tin Ouzel", "15 km south of Gao"] {
        gazetteer.resolve(Mention { name, ..Mention::default() }, &ReportContext::default());
    }
}
