//! Which of the dated copies are kept: pure, by the dates alone.
//!
//! Of the newest days each copy, then the last one of each of the newest weeks and months. What
//! counts are the dates that are there, not how long ago they are: a clock that runs wrong, or a
//! file that rested for a year, deletes nothing by itself.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{Datelike, NaiveDate};

/// How many dated copies are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Newest days with a copy; zero: no daily copies are made, and none is deleted.
    pub days: u16,
    /// Newest weeks (Monday to Sunday) whose last copy is kept.
    pub weeks: u16,
    /// Newest months whose last copy is kept.
    pub months: u16,
}

impl Keep {
    /// No daily copies.
    pub const OFF: Self = Self {
        days: 0,
        weeks: 0,
        months: 0,
    };
}

impl Default for Keep {
    fn default() -> Self {
        Self {
            days: 7,
            weeks: 4,
            months: 12,
        }
    }
}

/// The dates whose copies stay.
///
/// Dates that lie ahead are none that this clock can judge: they stay, and take nobody's place.
#[must_use]
pub fn kept(dates: &BTreeSet<NaiveDate>, today: NaiveDate, keep: Keep) -> BTreeSet<NaiveDate> {
    if keep.days == 0 {
        return dates.clone();
    }
    let (mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new());
    let mut stay: BTreeSet<NaiveDate> = dates.iter().copied().filter(|d| *d > today).collect();
    let past = dates.iter().rev().filter(|d| **d <= today);
    for (at, date) in past.enumerate() {
        let of_days = at < usize::from(keep.days);
        let of_weeks = weeks.len() < keep.weeks.into() && weeks.insert(date.iso_week());
        let month = (date.year(), date.month());
        let of_months = months.len() < keep.months.into() && months.insert(month);
        if of_days || of_weeks || of_months {
            stay.insert(*date);
        }
    }
    stay
}

/// The name of the copy of a day.
pub(super) fn name(database: &Path, date: NaiveDate) -> String {
    let stem = database.file_stem().unwrap_or_default().to_string_lossy();
    format!("{stem}-{}.db", date.format("%Y%m%d"))
}

/// The day that a file of that name is the copy of; `None` for every other file.
pub(super) fn date_of(database: &Path, file: &str) -> Option<NaiveDate> {
    let stem = database.file_stem()?.to_str()?;
    let digits = file
        .strip_prefix(stem)?
        .strip_prefix('-')?
        .strip_suffix(".db")?;
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDate::parse_from_str(digits, "%Y%m%d").ok()
}
