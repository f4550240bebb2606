//! Fuzzing of every parser on the stable toolchain: seeds are spoilt by a seeded generator and read.
//!
//! A case is a number: the same number gives the same input. A panic says target, case and the
//! input in hex; `GENDAN_FUZZ_INPUT=HEX` reads just that. `GENDAN_FUZZ=1000000` sets the number of
//! cases of each target, which is small otherwise. An input that hangs is found by its number:
//! `GENDAN_FUZZ_STEP=1` prints each before it is read.

mod importers;
mod input;
mod mutate;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use mutate::Mutator;

/// A parser to be tried.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) seeds: Vec<Vec<u8>>,
    pub(crate) read: fn(&[u8]),
    /// Cases where nothing else is asked for.
    pub(crate) cases: u64,
    /// The longest input, in bytes.
    pub(crate) longest: usize,
}

/// Runs a target; fails at the first panic with all that is needed to repeat it.
pub(crate) fn fuzz(target: &Target) {
    if let Ok(hex) = std::env::var("GENDAN_FUZZ_INPUT") {
        (target.read)(&from_hex(&hex));
        return;
    }
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let cases = number("GENDAN_FUZZ").unwrap_or(target.cases);
    let step = number("GENDAN_FUZZ_STEP").is_some();
    let mut mutator = Mutator::new(&target.seeds, target.longest);
    // The seeds themselves first.
    for case in 0..cases {
        let input = match usize::try_from(case)
            .ok()
            .and_then(|at| target.seeds.get(at))
        {
            Some(seed) => seed.clone(),
            None => mutator.make(case),
        };
        if step {
            println!("{} {case} {}", target.name, to_hex(&input));
        }
        let done = catch_unwind(AssertUnwindSafe(|| (target.read)(&input)));
        assert!(
            done.is_ok(),
            "{} panics at case {case}: GENDAN_FUZZ_INPUT={}",
            target.name,
            to_hex(&input)
        );
    }
    println!("fuzz {}: {cases} executions", target.name);
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(char::is_ascii_hexdigit).collect();
    let pairs = digits.chunks_exact(2);
    pairs
        .map(|p| u8::from_str_radix(&p.iter().collect::<String>(), 16).unwrap())
        .collect()
}

/// Small real files of one kind, where `GENDAN_CASES` is set.
pub(crate) fn real(ending: &str) -> Vec<Vec<u8>> {
    let Some(root) = std::env::var_os("GENDAN_CASES") else {
        return Vec::new();
    };
    let mut open = vec![PathBuf::from(root).join("import")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    let small = |bytes: &Vec<u8>| bytes.len() <= 64 * 1024;
    found
        .into_iter()
        .filter_map(|path| std::fs::read(path).ok())
        .filter(small)
        .collect()
}

#[test]
fn a_panic_is_found_and_its_input_said_in_a_form_that_repeats_it() {
    let target = Target {
        name: "broken on purpose",
        seeds: vec![b"ab".to_vec()],
        read: |bytes| assert!(bytes.len() != 1 && !bytes.contains(&b'z'), "found"),
        cases: 5_000,
        longest: 64,
    };
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let found = catch_unwind(AssertUnwindSafe(|| fuzz(&target)));
    std::panic::set_hook(before);
    let said = *found.unwrap_err().downcast::<String>().unwrap();
    let hex = said.split("GENDAN_FUZZ_INPUT=").nth(1).unwrap();
    let bytes = from_hex(hex);
    assert!(bytes.len() == 1 || bytes.contains(&b'z'), "{said}");
}
