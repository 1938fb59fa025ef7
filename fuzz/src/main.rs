//! The fuzzer of the target that `FUZZ_TARGET` names. Built without `--cfg fuzzing`, it tries the
//! files it is given, once each.

#![cfg_attr(fuzzing, no_main)]

use paydesk_fuzz::Target;

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    static TARGET: std::sync::OnceLock<Target> = std::sync::OnceLock::new();
    TARGET.get_or_init(chosen)(input);
});

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    let target = chosen();
    for path in std::env::args_os().skip(1) {
        target(&std::fs::read(&path)?);
        println!("{}: as it should be", path.display());
    }
    Ok(())
}

fn chosen() -> Target {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    paydesk_fuzz::target(&name).unwrap_or_else(|| {
        let names = paydesk_fuzz::TARGETS.iter().map(|(name, _)| *name);
        panic!("FUZZ_TARGET is one of {}", names.collect::<Vec<_>>().join(", "))
    })
}
