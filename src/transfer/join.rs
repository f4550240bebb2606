//! Rows of a file put beside what is known, by number, line and item.
//!
//! Keys are compared without width, case and blanks; where nothing is equal so, without signs and
//! leading zeros too, and the pair is marked as a loose one. A number that is not known is looked for
//! one slip of the finger away (Damerau's four: a character more, less, other, or two swapped), with
//! an index of deletions, so that the whole is near linear in the rows of both sides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::headings::Field;
use crate::domain::quantity::Qty;
use crate::domain::rule::figures::Doubt;
use crate::text::datein::fold_char;

/// What tells a purchase line, or a row about one, from others. For stock the item alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Key {
    pub no: String,
    pub line: Option<i64>,
    pub item: String,
    /// Quantity ordered, which tells lines of one item apart where it is stated.
    pub qty: Option<Qty>,
}

/// What a row of the file hits; places are those in the list of known keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hit {
    One {
        at: usize,
        /// Only alike: signs, leading zeros, or an item code that is nobody's.
        loose: bool,
    },
    /// The number is known, the item is not that of the line named, or of none of its `lines`; `near`
    /// are lines with the item whose number is nearly the same.
    OtherItem { lines: Vec<usize>, near: Vec<usize> },
    /// The row could be about any of these lines.
    Several(Vec<usize>),
    /// The number is not known; `near` are lines with the item whose number is nearly the same.
    Unknown { near: Vec<usize> },
}

/// Why a row cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// What arrived is not the sum of accepted, rejected and held.
    PartsDiffer {
        came: Qty,
        parts: Qty,
    },
    /// The purchase line is about another item; a number nearly the same has the row's.
    OtherItem {
        ours: String,
        near: String,
    },
    /// Several lines are possible; the line numbers.
    WhichLine {
        lines: Vec<i64>,
    },
    /// An earlier row says otherwise of the same.
    Again {
        row: usize,
    },
    /// More than ordered with its tolerance, without a note that says why.
    TooMuch {
        most: Qty,
        unit: String,
    },
    /// The unit is another one, and no factor between the two is known.
    Unit {
        ours: String,
    },
    /// A promise for a day before it was said.
    BeforeSaid {
        said: NaiveDate,
    },
    /// The day has not come yet.
    Ahead {
        today: NaiveDate,
    },
    /// A receipt without a date.
    NoDate,
    /// More is held than there is.
    HoldsMore {
        on_hand: Qty,
    },
    NoItem,
    NoSupplier,
    /// Good pieces, or those that are not, are more than all that were made.
    MadeDiffer {
        made: Qty,
        parts: Qty,
    },
    /// A report without a day.
    NoDay,
    /// The row may be about any of these operations.
    WhichOperation {
        names: Vec<String>,
    },
    /// The production order is only proposed.
    NotReleased,
    /// A figure that can hardly be right, without a note that says why.
    Doubtful {
        doubt: Doubt,
        unit: String,
    },
}

/// A value on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Nothing,
    Day(NaiveDate),
    Amount(Qty),
    Text(String),
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub field: Field,
    pub ours: Said,
    pub theirs: Said,
}

/// How a row stands to what is known; the order is the one of the list, what matters most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Contradicts what is known, or another row: nothing is written while there is one.
    Wrong,
    /// Says something else or more; is taken.
    Differs,
    /// Differs in what a file does not change: it is shown and left as it is.
    Otherwise,
    /// In the file only.
    Unknown,
    /// With us only.
    Missing,
    /// In the file, with no date or no figure.
    Silent,
    /// The same as an earlier row.
    Twice,
    Same,
}

/// A row of the joined list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint {
    /// Place of the row in the preview; none where it is with us only.
    pub row: Option<usize>,
    /// The purchase line, the item of a count, or the operation of a report; for an unknown number the one nearest to it.
    pub ours: Option<i64>,
    pub standing: Standing,
    /// The keys are only alike.
    pub loose: bool,
    pub differences: Vec<Difference>,
}

/// A key without width, case and blanks.
#[must_use]
pub fn exact(text: &str) -> String {
    let plain = text.chars().filter(|c| !c.is_whitespace()).map(fold_char);
    plain
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect()
}

/// An exact key without signs and without zeros in front of a number; a sign between two numbers
/// stays, as they would be another number together.
#[must_use]
pub fn loose(exact: &str) -> String {
    let mut out = String::new();
    let mut number = String::new();
    let mut parted = false;
    let close = |out: &mut String, number: &mut String, parted: bool| {
        if number.is_empty() {
            return;
        }
        if parted && out.ends_with(|c: char| c.is_ascii_digit()) {
            out.push('-');
        }
        let plain = number.trim_start_matches('0');
        out.push_str(if plain.is_empty() { "0" } else { plain });
        number.clear();
    };
    for c in exact.chars() {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        close(&mut out, &mut number, parted);
        parted = !c.is_alphanumeric();
        if !parted {
            out.push(c);
        }
    }
    close(&mut out, &mut number, parted);
    out
}

/// The known keys, ready to be looked up.
#[derive(Debug, Default)]
pub struct Index {
    keys: Vec<(String, Option<i64>, String, Option<Qty>)>,
    by_no: HashMap<String, Vec<usize>>,
    by_loose: HashMap<String, Vec<usize>>,
    /// Numbers with one character left out, or none; made when it is first needed.
    slips: Option<HashMap<String, Vec<usize>>>,
    items: BTreeSet<String>,
}

impl Index {
    /// Takes the known keys, and the codes of items that are known besides.
    #[must_use]
    pub fn new(ours: &[Key], items: impl Iterator<Item = String>) -> Self {
        let mut index = Self::default();
        for (at, key) in ours.iter().enumerate() {
            let (no, item) = (exact(&key.no), exact(&key.item));
            index.by_loose.entry(loose(&no)).or_default().push(at);
            index.by_no.entry(no.clone()).or_default().push(at);
            index.items.insert(item.clone());
            index.keys.push((no, key.line, item, key.qty));
        }
        index.items.extend(items.map(|code| exact(&code)));
        index
    }

    fn item(&self, at: usize) -> &str {
        self.keys.get(at).map_or("", |(_, _, item, _)| item)
    }

    /// What a row hits.
    pub fn hit(&mut self, theirs: &Key) -> Hit {
        let (no, item) = (exact(&theirs.no), exact(&theirs.item));
        if no.is_empty() {
            return Hit::Unknown { near: Vec::new() };
        }
        let mut alike = false;
        let mut known = self.by_no.get(&no).cloned().unwrap_or_default();
        if known.is_empty() {
            alike = true;
            known = self.by_loose.get(&loose(&no)).cloned().unwrap_or_default();
        }
        if known.is_empty() {
            let near = self.near(&no, &item);
            return Hit::Unknown { near };
        }
        let lined: Vec<usize> = self.filtered(&known, |(_, line, _, _)| {
            theirs.line.is_some() && *line == theirs.line
        });
        let mut named = self.filtered(&known, |(_, _, i, _)| !item.is_empty() && *i == item);
        if named.is_empty() && !item.is_empty() {
            let plain = loose(&item);
            named = self.filtered(&known, |(_, _, i, _)| loose(i) == plain);
            alike |= !named.is_empty();
        }
        let both: Vec<usize> = lined
            .iter()
            .copied()
            .filter(|at| named.contains(at))
            .collect();
        let foreign = !item.is_empty() && named.is_empty() && !self.items.contains(&item);
        let list = match (item.is_empty(), lined.as_slice()) {
            (_, _) if !both.is_empty() => both,
            (true, [_, ..]) => lined,
            // A line number that the order does not have is the sender's own count.
            (true, []) => known,
            (false, []) if !named.is_empty() => named,
            // The sender's own code says nothing against the only line, or the line named.
            (false, [_, ..]) if foreign => {
                alike = true;
                lined
            }
            (false, []) if foreign && known.len() == 1 => {
                alike = true;
                known
            }
            _ => {
                let mut near = self.near(&no, &item);
                near.retain(|at| !known.contains(at));
                let lines = if lined.is_empty() { known } else { lined };
                return Hit::OtherItem { lines, near };
            }
        };
        self.only(list, theirs.qty, alike)
    }

    /// The one of a list, told apart by the ordered quantity where there are several.
    fn only(&self, list: Vec<usize>, qty: Option<Qty>, loose: bool) -> Hit {
        if let [at] = list.as_slice() {
            return Hit::One { at: *at, loose };
        }
        let same = self.filtered(&list, |(_, _, _, known)| qty.is_some() && *known == qty);
        match same.as_slice() {
            [at] => Hit::One { at: *at, loose },
            _ => Hit::Several(list),
        }
    }

    /// The key whose number is one slip away from this.
    pub fn near_code(&mut self, code: &str) -> Vec<usize> {
        self.near(&exact(code), "")
    }

    fn filtered(
        &self,
        list: &[usize],
        keep: impl Fn(&(String, Option<i64>, String, Option<Qty>)) -> bool,
    ) -> Vec<usize> {
        let of = |at: &usize| self.keys.get(*at).is_some_and(&keep);
        list.iter().copied().filter(|at| of(at)).collect()
    }

    /// The lines with the item whose number is one slip away; without an item those of the only such
    /// number.
    fn near(&mut self, no: &str, item: &str) -> Vec<usize> {
        let numbers = &self.by_no;
        let slips = self.slips.get_or_insert_with(|| {
            let mut slips: HashMap<String, Vec<usize>> = HashMap::new();
            let sorted: BTreeMap<&String, &Vec<usize>> = numbers.iter().collect();
            for (number, lines) in sorted {
                for key in deletions(number) {
                    slips.entry(key).or_default().extend(lines);
                }
            }
            slips
        });
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for key in deletions(no) {
            found.extend(slips.get(&key).into_iter().flatten());
        }
        let of = |at: &usize| self.keys.get(*at);
        found.retain(|at| of(at).is_some_and(|(number, ..)| number != no && one_slip(number, no)));
        if item.is_empty() {
            let numbers: BTreeSet<&String> =
                found.iter().filter_map(of).map(|(no, ..)| no).collect();
            let only = numbers.len() == 1;
            return found.into_iter().filter(|_| only).collect();
        }
        found.retain(|at| self.item(*at) == item);
        found.into_iter().collect()
    }
}

/// A text and all texts that one character less makes of it.
fn deletions(text: &str) -> BTreeSet<String> {
    let chars: Vec<char> = text.chars().collect();
    let without = |left: usize| {
        let kept = chars.iter().enumerate().filter(|(at, _)| *at != left);
        kept.map(|(_, c)| *c).collect::<String>()
    };
    (0..=chars.len()).map(without).collect()
}

/// Whether two texts differ by one character more, less, other, or two neighbours swapped.
#[must_use]
pub fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = |of: &[char]| of.iter().skip(front).copied().collect::<Vec<_>>();
    let (a, b) = (rest(&a), rest(&b));
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let middle = |of: &[char]| {
        of.iter()
            .take(of.len() - back.min(of.len()))
            .copied()
            .collect()
    };
    let (a, b): (Vec<char>, Vec<char>) = (middle(&a), middle(&b));
    match (a.as_slice(), b.as_slice()) {
        ([] | [_], [] | [_]) => true,
        ([x, y], [p, q]) => x == q && y == p,
        _ => false,
    }
}
