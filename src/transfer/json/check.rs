//! The values that a column may hold, beyond what its kind says.

use chrono::{Datelike, NaiveDate};

use super::TEXT_MAX;
use super::error::Fault;
use super::raw::Scalar;
use crate::domain::calendar::{parse_shifts, shifts_text};
use crate::domain::moment::Moment;
use crate::domain::quantity::{AmountError, MICRO, Micro};

/// Years that a date of the trade can lie in; others are slips of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2199;

/// What a number of this column may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bounds {
    /// More than nothing.
    Positive,
    NotNegative,
    /// Between nothing and all.
    Share,
    Any,
}

/// The bounds of a number column.
pub(super) fn bounds(table: &str, column: &str) -> Bounds {
    match (table, column) {
        ("order_line" | "production_order" | "purchase" | "reservation", "qty")
        | ("line", "operators" | "efficiency")
        | (_, "factor")
        | ("sample", "round") => Bounds::Positive,
        ("exception_effect", "share")
        | (_, "over_pct" | "under_pct" | "tolerance" | "wastage" | "assembly_wastage") => {
            Bounds::Share
        }
        // What is taken from stock that was never counted in leaves less than nothing.
        ("exception_option", "cost") | ("item", "on_hand") => Bounds::Any,
        _ => Bounds::NotNegative,
    }
}

impl Bounds {
    /// The value, if it lies within.
    pub(super) fn hold(self, value: Micro) -> Result<Micro, Fault> {
        let zero = || "0".to_owned();
        match self {
            Self::Positive if !value.is_positive() => Err(Fault::NotAbove(zero())),
            Self::NotNegative | Self::Share if value.is_negative() => Err(Fault::Below(zero())),
            Self::Share if value > Micro::ONE => Err(Fault::Above("1".to_owned())),
            _ => Ok(value),
        }
    }
}

/// Reads an amount exactly, from a number or a text.
pub(super) fn amount(scalar: &Scalar<'_>) -> Result<Micro, Fault> {
    let text = match scalar {
        Scalar::Number(text) => text,
        Scalar::Text(text) => text.as_str(),
        _ => return Err(Fault::WantAmount),
    };
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if !text.trim().chars().all(digit) {
        return Err(Fault::WantAmount);
    }
    text.parse::<Micro>().map_err(|error| match error {
        AmountError::NotANumber => Fault::WantAmount,
        AmountError::TooFine => Fault::TooFine,
        AmountError::TooLarge => Fault::TooLarge,
    })
}

/// Reads a whole number, from a number or a text.
pub(super) fn whole(scalar: &Scalar<'_>) -> Result<i64, Fault> {
    let value = match amount(scalar) {
        Ok(value) => value.0,
        Err(Fault::WantAmount | Fault::TooFine) => return Err(Fault::WantWhole),
        Err(fault) => return Err(fault),
    };
    if value % MICRO == 0 {
        Ok(value / MICRO)
    } else {
        Err(Fault::WantWhole)
    }
}

/// Reads a text of bearable length.
pub(super) fn text(scalar: Scalar<'_>) -> Result<String, Fault> {
    match scalar {
        Scalar::Text(text) if text.chars().nth(TEXT_MAX).is_some() => Err(Fault::TooLong(TEXT_MAX)),
        Scalar::Text(text) => Ok(text),
        _ => Err(Fault::WantText),
    }
}

/// Reads a day, written in full.
pub(super) fn date(scalar: &Scalar<'_>) -> Result<String, Fault> {
    let Scalar::Text(text) = scalar else {
        return Err(Fault::WantDate);
    };
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    match day {
        Some(day) if YEARS.contains(&day.year()) && day.to_string() == *text => Ok(text.clone()),
        _ => Err(Fault::WantDate),
    }
}

/// Reads a minute of factory time.
pub(super) fn moment(scalar: &Scalar<'_>) -> Result<String, Fault> {
    let Scalar::Text(text) = scalar else {
        return Err(Fault::WantMoment);
    };
    match Moment::parse(text) {
        Some(at) if YEARS.contains(&at.date().year()) => Ok(at.text()),
        _ => Err(Fault::WantMoment),
    }
}

/// Reads an instant of the journal.
pub(super) fn stamp(scalar: Scalar<'_>) -> Result<String, Fault> {
    let text = match scalar {
        Scalar::Text(text) => text,
        _ => return Err(Fault::WantStamp),
    };
    match chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.3fZ") {
        Ok(_) => Ok(text),
        Err(_) => Err(Fault::WantStamp),
    }
}

/// Puts shifts together as the data file keeps them.
pub(super) fn shifts(parts: &[String]) -> Result<String, Fault> {
    match parse_shifts(&parts.join(" ")) {
        Some(shifts) if shifts.len() == parts.len() => Ok(shifts_text(&shifts)),
        _ => Err(Fault::WantShifts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_or_refused() {
        let read = |t: &'static str| amount(&Scalar::Number(t));
        assert_eq!(read("3.2500"), Ok(Micro(3_250_000)));
        assert_eq!(amount(&Scalar::Text("0.1".into())), Ok(Micro(100_000)));
        assert_eq!(read("0.1234567"), Err(Fault::TooFine));
        assert_eq!(read("1e-400"), Err(Fault::TooFine));
        assert_eq!(read("1e30"), Err(Fault::TooLarge));
        assert_eq!(read("1e99999999999999999999"), Err(Fault::TooLarge));
        for text in ["", "ten", "1_000", "1,000", "NaN", "0x10", "1e", "--1"] {
            assert_eq!(
                amount(&Scalar::Text(text.into())),
                Err(Fault::WantAmount),
                "{text}"
            );
        }
        assert_eq!(whole(&Scalar::Number("12.0")), Ok(12));
        assert_eq!(whole(&Scalar::Number("12.5")), Err(Fault::WantWhole));
    }

    #[test]
    fn dates_are_days_that_exist_written_in_full() {
        let read = |t: &str| date(&Scalar::Text(t.into()));
        assert_eq!(read("2028-02-29"), Ok("2028-02-29".into()));
        for text in [
            "2027-02-29",
            "2026-1-5",
            "5/1/2026",
            "0026-01-05",
            "+2026-01-05",
            "",
        ] {
            assert_eq!(read(text), Err(Fault::WantDate), "{text}");
        }
        let read = |t: &str| moment(&Scalar::Text(t.into()));
        assert_eq!(read("2026-11-23T08:00:00"), Ok("2026-11-23T08:00".into()));
        assert_eq!(read("2026-11-23T24:01"), Err(Fault::WantMoment));
        assert_eq!(read("2026-11-23"), Err(Fault::WantMoment));
    }

    #[test]
    fn shifts_are_in_order_and_apart() {
        let read = |parts: &[&str]| {
            let parts: Vec<String> = parts.iter().map(|p| (*p).to_owned()).collect();
            shifts(&parts)
        };
        assert_eq!(read(&["00:00-24:00"]), Ok("00:00-24:00".into()));
        assert_eq!(read(&[]), Ok(String::new()));
        for bad in [
            &["9999:00-12:00"][..],
            &["08:00-12:00 13:00-14:00"],
            &["12:00-08:00"],
            &["10:00-12:00", "08:00-09:00"],
        ] {
            assert_eq!(read(bad), Err(Fault::WantShifts), "{bad:?}");
        }
    }
}
