//! Dates, moments and sums as the panels show them: short, relative to today.

use chrono::{Datelike, NaiveDate};

use super::format;
use super::word::{Lang, word};
use crate::domain::moment::Moment;
use crate::domain::quantity::Money;

/// `11-23 周一` in the current year, the ISO date in others.
#[must_use]
pub fn day(date: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    if date.year() == today.year() {
        format::date_short(date, lang)
    } else {
        format::date_iso(date)
    }
}

/// `11-23 08:00`; with the year where it is another.
#[must_use]
pub fn moment(at: Moment, today: NaiveDate) -> String {
    let pattern = if at.date().year() == today.year() {
        "%m-%d %H:%M"
    } else {
        "%y-%m-%d %H:%M"
    };
    at.0.format(pattern).to_string()
}

/// `USD 1,234.50`, two decimals at least.
#[must_use]
pub fn money(sum: Money, currency: &str) -> String {
    format!("{currency} {}", format::money(sum, 2))
        .trim()
        .to_owned()
}

/// `迟 3 天` / `3 days`: how late, short enough for a column.
#[must_use]
pub fn late(days: i64, lang: Lang) -> String {
    word("{0} 天", "{0} d").fill(lang, &[&days.to_string()])
}
