//! What a disk may hold after the power has gone: everything synced, and of the rest any part.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::vfs::Op;

/// Bytes that a disk writes whole or not at all.
const SECTOR: usize = 512;

/// Numbers that repeat, from a seed (splitmix64).
#[derive(Debug, Clone)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of `n`.
    pub(crate) fn of(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }
}

/// What becomes of writes that were not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Lost,
    Kept,
    /// Each sector of each write for itself.
    Any,
}

#[derive(Debug, Clone, Default)]
struct File {
    /// Whether it is there for good.
    lasting: bool,
    safe: Vec<u8>,
    waiting: Vec<Op>,
}

/// A disk with its cache.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    files: BTreeMap<usize, File>,
    /// Files whose first sync takes their folder along, as SQLite does it for its logs.
    logs: Vec<usize>,
    pub(crate) acknowledged: usize,
}

impl Disk {
    pub(crate) fn new(names: &[PathBuf]) -> Self {
        let is_log = |name: &PathBuf| {
            let name = name.to_string_lossy();
            name.ends_with("-wal") || name.ends_with("-journal")
        };
        let logs = names.iter().enumerate().filter(|(_, n)| is_log(n));
        Self {
            logs: logs.map(|(at, _)| at).collect(),
            ..Self::default()
        }
    }

    /// What was deleted in the folder is gone for good.
    fn sync_folder(&mut self) {
        for file in self.files.values_mut() {
            let last = file.waiting.iter().rposition(is_delete);
            if let Some(last) = last {
                file.waiting.drain(..=last);
                file.safe.clear();
                file.lasting = false;
            }
        }
    }

    /// Takes the next thing that was done.
    pub(crate) fn take(&mut self, op: &Op) {
        match op {
            Op::Acknowledged => self.acknowledged += 1,
            Op::Write { file, .. } | Op::Truncate { file, .. } => {
                self.files
                    .entry(*file)
                    .or_default()
                    .waiting
                    .push(op.clone());
            }
            Op::Sync { file: at } => {
                let file = self.files.entry(*at).or_default();
                let new = !file.lasting || file.waiting.iter().any(is_delete);
                if new && self.logs.contains(at) {
                    self.sync_folder();
                }
                let file = self.files.entry(*at).or_default();
                for op in std::mem::take(&mut file.waiting) {
                    apply(&mut file.safe, &op, |_| true);
                }
                file.lasting = true;
            }
            Op::Delete { file, lasting } => {
                let file = self.files.entry(*file).or_default();
                if *lasting {
                    *file = File::default();
                } else {
                    file.waiting.push(op.clone());
                }
            }
        }
    }

    /// What is found in `folder` when the power is back.
    pub(crate) fn power_off(&self, names: &[PathBuf], folder: &Path, fate: Fate, dice: &mut Dice) {
        for (at, file) in &self.files {
            let mut bytes = Some(file.safe.clone()).filter(|_| file.lasting);
            for op in &file.waiting {
                let whole = match fate {
                    Fate::Lost => false,
                    Fate::Kept => true,
                    Fate::Any => dice.of(2) == 0,
                };
                match op {
                    Op::Delete { .. } if whole => bytes = None,
                    Op::Delete { .. } => {}
                    Op::Write { .. } if fate == Fate::Any => {
                        apply(bytes.get_or_insert_default(), op, |_| dice.of(2) == 0);
                    }
                    _ if whole => apply(bytes.get_or_insert_default(), op, |_| true),
                    _ => {}
                }
            }
            if let Some(bytes) = bytes {
                let name = names[*at].file_name().unwrap();
                std::fs::write(folder.join(name), bytes).unwrap();
            }
        }
    }
}

const fn is_delete(op: &Op) -> bool {
    matches!(op, Op::Delete { .. })
}

fn apply(to: &mut Vec<u8>, op: &Op, mut keep: impl FnMut(usize) -> bool) {
    match op {
        Op::Write { at, bytes, .. } => {
            // Sectors are those of the file, not of the write.
            let mut from = 0;
            while from < bytes.len() {
                let place = at + from;
                let till = (SECTOR - place % SECTOR + from).min(bytes.len());
                if keep(place) {
                    let end = at + till;
                    if to.len() < end {
                        to.resize(end, 0);
                    }
                    to[place..end].copy_from_slice(&bytes[from..till]);
                }
                from = till;
            }
        }
        Op::Truncate { size, .. } => to.resize(*size, 0),
        Op::Delete { .. } => to.clear(),
        _ => {}
    }
}
