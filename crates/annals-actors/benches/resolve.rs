//! Resolutions a second over a mix of namings. `cargo bench -p annals-actors`.

fn main() {}
