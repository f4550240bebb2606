//! The files themselves: made from a seed, stored nowhere.

mod content;
mod damaged;
mod large;

use super::dice::Dice;
use content::{entities, mails, maps, names, references, values};
use damaged::{broken, controls, encodings};
use large::{nested, oversized, packed};

/// What has to become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    Refused,
    Read,
    /// Either is right; it depends on where the seed has cut.
    Any,
}

/// A file that is wrong in some way.
pub(crate) struct Evil {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// It is a mapping file, to be used on a right sheet.
    pub(crate) is_map: bool,
    pub(crate) want: Want,
    /// It costs a second or more where nothing is optimised.
    pub(crate) heavy: bool,
}

/// The set, growing.
#[derive(Default)]
pub(crate) struct Set(pub(crate) Vec<Evil>);

impl Set {
    fn add(&mut self, kind: &'static str, ending: &str, bytes: impl Into<Vec<u8>>, want: Want) {
        let name = format!("{:03}-{kind}.{ending}", self.0.len());
        self.named(kind, &name, bytes, want);
    }

    fn named(&mut self, kind: &'static str, name: &str, bytes: impl Into<Vec<u8>>, want: Want) {
        self.0.push(Evil {
            kind,
            name: name.to_owned(),
            bytes: bytes.into(),
            is_map: name.ends_with(".toml"),
            want,
            heavy: false,
        });
    }

    /// The last file is for the long run only.
    fn heavy(&mut self) {
        self.0.last_mut().unwrap().heavy = true;
    }
}

/// All files of a seed.
pub(crate) fn all(seed: u64) -> Vec<Evil> {
    let mut dice = Dice(seed);
    let mut set = Set::default();
    broken(&mut set, &mut dice);
    encodings(&mut set);
    controls(&mut set);
    oversized(&mut set);
    nested(&mut set);
    packed(&mut set);
    values(&mut set);
    references(&mut set);
    names(&mut set);
    entities(&mut set);
    mails(&mut set);
    maps(&mut set);
    set.0
}
