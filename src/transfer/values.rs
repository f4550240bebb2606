//! Numbers and dates as people write them in sheets: units in the cell, thousands marks,
//! full-width digits, dates without a year, serial numbers.

use chrono::{Datelike, Days, NaiveDate};

use super::sheet::Cell;
use crate::domain::quantity::{AmountError, Micro};
use crate::text::datein::fold_width;

/// Days that a spreadsheet's serial number may stand for: 1990 to 2099.
const SERIALS: std::ops::RangeInclusive<i64> = 32_874..=73_050;

/// How an ambiguous `1/2/2026` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// Not said: such a date is an error that asks.
    #[default]
    Unsaid,
    DayFirst,
    MonthFirst,
}

/// Why a cell is not what its column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueFault {
    NotANumber,
    TooFine,
    TooLarge,
    Negative,
    NotADate,
    /// Day and month can be told apart only by the user.
    WhichIsDay,
}

impl From<AmountError> for ValueFault {
    fn from(error: AmountError) -> Self {
        match error {
            AmountError::NotANumber => Self::NotANumber,
            AmountError::TooFine => Self::TooFine,
            AmountError::TooLarge => Self::TooLarge,
        }
    }
}

/// An amount and the unit that stood behind it: `1,200件` is 1200 and `件`.
///
/// # Errors
/// Where no number stands first, or it does not fit.
pub fn amount(cell: &Cell) -> Result<(Micro, String), ValueFault> {
    let text = fold_width(&cell.text());
    let text = text
        .trim()
        .trim_start_matches(['¥', '$', '€', '£'])
        .trim_start();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | ' ')))
        .unwrap_or(text.len());
    let scientific = text.get(end..).is_some_and(|rest| {
        rest.strip_prefix(['e', 'E']).is_some_and(|r| {
            r.trim_start_matches(['+', '-'])
                .starts_with(|c: char| c.is_ascii_digit())
        })
    });
    let (digits, unit) = if scientific {
        (text, "")
    } else {
        text.split_at_checked(end).unwrap_or((text, ""))
    };
    let digits: String = thousands(digits.trim())?;
    let value = digits.parse::<Micro>()?;
    Ok((value, unit.trim().to_owned()))
}

/// Takes thousands marks out: commas or blanks in front of groups of three; a single comma before
/// one or two digits is a decimal mark.
fn thousands(text: &str) -> Result<String, ValueFault> {
    let plain: String = text.chars().filter(|c| *c != ' ').collect();
    if !plain.contains(',') {
        return Ok(plain);
    }
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.iter().skip(1).all(|g| g.len() == 3)
        && groups
            .first()
            .is_some_and(|g| !g.is_empty() && g.len() <= 4);
    match (grouped, groups.as_slice()) {
        (true, _) if part.is_empty() => Ok(groups.concat()),
        (true, _) => Ok(format!("{}.{part}", groups.concat())),
        (false, [whole, cents]) if part.is_empty() && cents.len() <= 2 => {
            Ok(format!("{whole}.{cents}"))
        }
        _ => Err(ValueFault::NotANumber),
    }
}

/// A date as it is written; `near` gives the year where none stands.
///
/// # Errors
/// Where it is none, or day and month cannot be told apart.
pub fn date(cell: &Cell, near: NaiveDate, order: DateOrder) -> Result<NaiveDate, ValueFault> {
    match cell {
        Cell::Date(date) => Ok(*date),
        Cell::Number(text) => {
            let days = text
                .split('.')
                .next()
                .and_then(|t| t.parse::<i64>().ok())
                .ok_or(ValueFault::NotADate)?;
            serial(days).ok_or(ValueFault::NotADate)
        }
        Cell::Empty => Err(ValueFault::NotADate),
        Cell::Text(text) => written(&fold_width(text), near, order),
    }
}

/// Day of a spreadsheet's serial number: 45000 is 2023-03-15 (ECMA-376 part 1, 18.17.4).
fn serial(days: i64) -> Option<NaiveDate> {
    let base = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    SERIALS
        .contains(&days)
        .then(|| base.checked_add_days(Days::new(u64::try_from(days).ok()?)))
        .flatten()
}

fn written(text: &str, near: NaiveDate, order: DateOrder) -> Result<NaiveDate, ValueFault> {
    // A time behind the date says nothing about the day.
    let text = text
        .trim()
        .split(['T', ' '])
        .next()
        .filter(|t| t.len() > 5)
        .unwrap_or_else(|| text.trim());
    if let Ok(days) = text.parse::<i64>() {
        return match text.len() {
            8 => NaiveDate::parse_from_str(text, "%Y%m%d").ok(),
            _ => serial(days),
        }
        .ok_or(ValueFault::NotADate);
    }
    if let Some(date) = month_named(text) {
        return Ok(date);
    }
    let text = text
        .replace(['年', '月', '/', '.'], "-")
        .replace(['日', '号'], "");
    // A mark may stand behind the day, never before the year.
    let text = text.trim_end_matches('-');
    let parts: Vec<u32> = text
        .split('-')
        .map_while(|p| p.trim().parse().ok())
        .collect();
    if parts.len() != text.split('-').count() {
        return Err(ValueFault::NotADate);
    }
    let found = match parts.as_slice() {
        [year, month, day] if *year > 31 => ymd(*year, *month, *day),
        [a, b, year] => return ambiguous(*a, *b, *year, order),
        [month, day] => nearest(*month, *day, near),
        _ => None,
    };
    found.ok_or(ValueFault::NotADate)
}

fn ymd(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = if year < 100 { year + 2000 } else { year };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn ambiguous(a: u32, b: u32, year: u32, order: DateOrder) -> Result<NaiveDate, ValueFault> {
    let (month, day) = match (a > 12, b > 12, order) {
        (true, false, _) => (b, a),
        (false, true, _) => (a, b),
        (false, false, _) if a == b => (a, b),
        (false, false, DateOrder::DayFirst) => (b, a),
        (false, false, DateOrder::MonthFirst) => (a, b),
        (false, false, DateOrder::Unsaid) => return Err(ValueFault::WhichIsDay),
        (true, true, _) => return Err(ValueFault::NotADate),
    };
    ymd(year, month, day).ok_or(ValueFault::NotADate)
}

/// `1-May-26`, `01 May 2026`, `May-1-2026`.
fn month_named(text: &str) -> Option<NaiveDate> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower
        .split(['-', ' ', ',', '/'])
        .filter(|p| !p.is_empty())
        .collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let month = |t: &str| {
        MONTHS
            .iter()
            .zip(1..)
            .find(|(m, _)| t.starts_with(**m))
            .map(|(_, n)| n)
    };
    let year = c.parse::<u32>().ok()?;
    match (month(a), month(b)) {
        (None, Some(m)) => ymd(year, m, a.parse().ok()?),
        (Some(m), None) => ymd(year, m, b.parse().ok()?),
        _ => None,
    }
}

/// The day of that month and day nearest to a date that is known.
fn nearest(month: u32, day: u32, near: NaiveDate) -> Option<NaiveDate> {
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let days = years
        .into_iter()
        .filter_map(|y| NaiveDate::from_ymd_opt(y, month, day));
    days.min_by_key(|d| ((*d - near).num_days().abs(), *d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_units_or_refused() {
        let ok = |t: &str, value: &str, unit: &str| {
            assert_eq!(
                amount(&Cell::Text(t.into())),
                Ok((value.parse().unwrap(), unit.to_owned())),
                "{t}"
            );
        };
        ok("1,200件", "1200", "件");
        ok("５００ pcs", "500", "pcs");
        ok("4.000", "4", "");
        ok("12,5", "12.5", "");
        ok("1 234 567.5 kg", "1234567.5", "kg");
        ok("¥3.25", "3.25", "");
        let no = |t: &str, fault: ValueFault| {
            assert_eq!(amount(&Cell::Text(t.into())), Err(fault), "{t}")
        };
        no("约三百", ValueFault::NotANumber);
        no("1e30", ValueFault::TooLarge);
        no("1,23,4", ValueFault::NotANumber);
        no("", ValueFault::NotANumber);
    }

    #[test]
    fn dates_are_read_in_the_forms_people_use() {
        let near = "2026-11-23".parse().unwrap();
        let read =
            |t: &str| date(&Cell::Text(t.into()), near, DateOrder::Unsaid).map(|d| d.to_string());
        for (text, day) in [
            ("2026/5/1", "2026-05-01"),
            ("2026.5.1", "2026-05-01"),
            ("2026年12月1日", "2026-12-01"),
            ("12月1日", "2026-12-01"),
            ("4月30", "2027-04-30"),
            ("1-May-26", "2026-05-01"),
            ("20261201", "2026-12-01"),
            ("2026-12-01 00:00:00", "2026-12-01"),
            ("25/12/2026", "2026-12-25"),
            ("46147", "2026-05-05"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(day), "{text}");
        }
        assert_eq!(read("1/2/2026"), Err(ValueFault::WhichIsDay));
        let said = date(&Cell::Text("1/2/2026".into()), near, DateOrder::DayFirst);
        assert_eq!(said.map(|d| d.to_string()).as_deref(), Ok("2026-02-01"));
        assert_eq!(read("下周"), Err(ValueFault::NotADate));
        assert_eq!(read("-2026-05-01"), Err(ValueFault::NotADate));
        assert_eq!(
            date(&Cell::Number("46147.5".into()), near, DateOrder::Unsaid)
                .map(|d| d.to_string())
                .as_deref(),
            Ok("2026-05-05")
        );
        assert_eq!(
            date(&Cell::Number("7".into()), near, DateOrder::Unsaid),
            Err(ValueFault::NotADate)
        );
    }
}
