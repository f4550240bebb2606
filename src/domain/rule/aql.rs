//! Sampling by acceptance quality limit: ISO 2859-1, single sampling, normal inspection.
//!
//! Table 1 of the standard gives the code letter of a lot at a level, table 2-A the plan of a
//! letter at an AQL. Table 2-A need not be kept cell by cell: its columns are one pattern of
//! acceptance numbers shifted by one letter for each AQL, so that a cell follows from how far the
//! letter stands from the one that accepts on zero. Where the table has an arrow, the first plan
//! in its direction is used with that plan's own sample size; a sample as large as the lot means
//! that all of it is inspected. Only AQLs in per cent nonconforming (0.010 to 10) are kept.

use crate::domain::quantity::Micro;

/// Inspection levels: special ones for small samples, general ones of which II is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    S1,
    S2,
    S3,
    S4,
    I,
    #[default]
    II,
    III,
}

impl Level {
    pub const ALL: &'static [Self] = &[
        Self::S1,
        Self::S2,
        Self::S3,
        Self::S4,
        Self::I,
        Self::II,
        Self::III,
    ];

    /// As the standard writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::S1 => "S-1",
            Self::S2 => "S-2",
            Self::S3 => "S-3",
            Self::S4 => "S-4",
            Self::I => "I",
            Self::II => "II",
            Self::III => "III",
        }
    }

    /// Reads a level as people write it: `II`, `ii`, `2`, `S-3`, `s3`.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let plain: String = text
            .trim()
            .chars()
            .filter(|c| *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        match plain.as_str() {
            "S1" => Some(Self::S1),
            "S2" => Some(Self::S2),
            "S3" => Some(Self::S3),
            "S4" => Some(Self::S4),
            "I" | "1" | "GI" => Some(Self::I),
            "II" | "2" | "GII" => Some(Self::II),
            "III" | "3" | "GIII" => Some(Self::III),
            _ => None,
        }
    }

    /// The level's column of table 1, a letter for each range of lots.
    const fn letters(self) -> &'static str {
        match self {
            Self::S1 => "AAAABBBBCCCCDDD",
            Self::S2 => "AAABBBCCCDDDEEE",
            Self::S3 => "AABBCCDDEEFFGGH",
            Self::S4 => "AABCCDEEFGGHJJK",
            Self::I => "AABCCDEFGHJKLMN",
            Self::II => "ABCDEFGHJKLMNPQ",
            Self::III => "BCDEFGHJKLMNPQR",
        }
    }
}

/// The last lot size of each range of table 1; larger lots are the last range.
const RANGES: [i64; 14] = [
    8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000,
];

/// Code letters in their order; the standard leaves I and O out.
const LETTERS: &str = "ABCDEFGHJKLMNPQR";

/// Sample sizes of the letters.
const SIZES: [i64; 16] = [
    2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1_250, 2_000,
];

/// The AQLs in per cent nonconforming, as the standard writes them.
const AQLS: [&str; 16] = [
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65", "1.0",
    "1.5", "2.5", "4.0", "6.5", "10",
];

/// Acceptance numbers down a column of table 2-A, from three letters below the one that accepts
/// on zero; the two letters between have arrows.
const ACCEPT: [i64; 8] = [1, 2, 3, 5, 7, 10, 14, 21];

/// The letter index at which an AQL accepts on zero is this less the AQL's index.
const ZERO_AT: i64 = 14;

/// An acceptance quality limit of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Aql(u8);

impl Aql {
    /// 2.5, usual for major defects.
    pub const MAJOR: Self = Self(12);
    /// 4.0, usual for minor defects.
    pub const MINOR: Self = Self(13);

    /// All of them, strictest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        (0..16_u8).map(Self)
    }

    /// As the standard writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        AQLS.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Reads an AQL as people write it: `2.5`, `4`, `0.1 %`.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let wanted: Micro = text
            .trim()
            .trim_end_matches(['%', '％', ' '])
            .parse()
            .ok()?;
        Self::all().find(|aql| aql.code().parse() == Ok(wanted))
    }
}

/// How a lot is sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The letter of table 1 for lot and level.
    pub code_letter: char,
    /// The letter whose plan is used; another one where an arrow leads there.
    pub plan_letter: char,
    /// Pieces to inspect, never more than the lot has.
    pub n: i64,
    /// The sample would be as large as the lot, or larger.
    pub inspect_all: bool,
    /// Nonconforming pieces up to which the lot is accepted.
    pub ac: i64,
    /// Nonconforming pieces from which it is rejected.
    pub re: i64,
}

/// The plan of a lot; `None` for a lot without a piece.
#[must_use]
pub fn plan(lot: i64, level: Level, aql: Aql) -> Option<Plan> {
    if lot < 1 {
        return None;
    }
    let range = RANGES.iter().take_while(|last| lot > **last).count();
    let code_letter = level.letters().chars().nth(range)?;
    let own = LETTERS.chars().position(|c| c == code_letter)?;
    let (at, ac) = cell(i64::try_from(own).ok()?, aql);
    let at = usize::try_from(at).ok()?;
    let size = *SIZES.get(at)?;
    Some(Plan {
        code_letter,
        plan_letter: LETTERS.chars().nth(at)?,
        n: size.min(lot),
        inspect_all: size >= lot,
        ac,
        re: ac + 1,
    })
}

/// The cell of table 2-A that holds for a letter, arrows followed: its letter and acceptance number.
fn cell(letter: i64, aql: Aql) -> (i64, i64) {
    let last = 15;
    let zero = ZERO_AT - i64::from(aql.0);
    // Where the column begins with accepting on one, there is no plan to go up to, and where it
    // ends before, none to go down to.
    let first = zero + 3;
    let accept = |steps: i64| {
        let at = usize::try_from(steps).unwrap_or(0).min(ACCEPT.len() - 1);
        ACCEPT.get(at).copied().unwrap_or_default()
    };
    match letter - zero {
        ..=0 if zero >= 0 => (zero, 0),
        1 if zero >= 0 => (zero, 0),
        2 if first > last => (zero, 0),
        ..=2 => (first, accept(0)),
        steps => {
            let most = 3 + 7;
            (zero + steps.min(most), accept(steps - 3))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_plans() {
        let of = |lot, level, aql: &str| {
            let p = plan(lot, level, Aql::of(aql).unwrap()).unwrap();
            (p.code_letter, p.plan_letter, p.n, p.ac, p.re)
        };
        assert_eq!(of(1_200, Level::II, "2.5"), ('J', 'J', 80, 5, 6));
        assert_eq!(of(2_400, Level::II, "4"), ('K', 'K', 125, 10, 11));
        // Arrows: down to the first plan below, up to the one above.
        assert_eq!(of(100, Level::II, "0.65"), ('F', 'F', 20, 0, 1));
        assert_eq!(of(200, Level::II, "0.65"), ('G', 'F', 20, 0, 1));
        assert_eq!(of(400, Level::II, "0.65"), ('H', 'J', 80, 1, 2));
        // At the ends of the table.
        assert_eq!(of(2_000_000, Level::III, "10"), ('R', 'K', 125, 21, 22));
        assert_eq!(of(2_000_000, Level::III, "0.010"), ('R', 'Q', 1_250, 0, 1));
        assert_eq!(of(2_000_000, Level::III, "0.015"), ('R', 'P', 800, 0, 1));
        assert_eq!(of(2_000_000, Level::III, "0.025"), ('R', 'R', 2_000, 1, 2));
        assert_eq!(of(60, Level::S1, "10"), ('B', 'C', 5, 1, 2));
        assert_eq!(of(1, Level::II, "6.5"), ('A', 'A', 1, 0, 1));
        assert_eq!(plan(0, Level::II, Aql::MAJOR), None);
    }

    #[test]
    fn names_are_read_as_people_write_them() {
        assert_eq!(Aql::of("4").map(Aql::code), Some("4.0"));
        assert_eq!(Aql::of(" 0.1 %").map(Aql::code), Some("0.10"));
        assert_eq!(Aql::of("3"), None);
        assert_eq!(Aql::of("0"), None);
        assert_eq!(Level::of("s3"), Some(Level::S3));
        assert_eq!(Level::of("2"), Some(Level::II));
        assert_eq!(Level::of("IV"), None);
        assert_eq!(Aql::MAJOR.code(), "2.5");
        assert_eq!(Aql::MINOR.code(), "4.0");
        for level in Level::ALL {
            assert_eq!(level.letters().chars().count(), RANGES.len() + 1);
            assert_eq!(Level::of(level.code()), Some(*level));
        }
    }
}
