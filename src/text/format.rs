//! Numbers, days and durations as they stand on screens and reports.
//!
//! Exact amounts are never rounded here unless the function says so. Days can always be had in ISO
//! form; the short forms differ by language and carry the weekday, because people promise weekdays.

use chrono::{Datelike, NaiveDate, Weekday};

use super::word::{Lang, Word, word};
use crate::domain::quantity::{Money, Qty, Rate};

const WEEKDAYS: [Word; 7] = [
    word("周一", "Mon"),
    word("周二", "Tue"),
    word("周三", "Wed"),
    word("周四", "Thu"),
    word("周五", "Fri"),
    word("周六", "Sat"),
    word("周日", "Sun"),
];

const MONTHS: [Word; 12] = [
    word("1月", "Jan"),
    word("2月", "Feb"),
    word("3月", "Mar"),
    word("4月", "Apr"),
    word("5月", "May"),
    word("6月", "Jun"),
    word("7月", "Jul"),
    word("8月", "Aug"),
    word("9月", "Sep"),
    word("10月", "Oct"),
    word("11月", "Nov"),
    word("12月", "Dec"),
];

const DAY_TODAY: Word = word("今天", "today");
const DAY_TOMORROW: Word = word("明天", "tomorrow");
const DAYS_LEFT: Word = word("还有 {0} 天", "in {0} days");
const DAY_LATE: Word = word("逾期 1 天", "1 day late");
const DAYS_LATE: Word = word("逾期 {0} 天", "{0} days late");
const DAY_ONE: Word = word("1 天", "1 day");
const DAYS_MANY: Word = word("{0} 天", "{0} days");
const HOURS_MINUTES: Word = word("{0} 小时 {1} 分", "{0} h {1} min");
const HOURS_ONLY: Word = word("{0} 小时", "{0} h");
const MINUTES_ONLY: Word = word("{0} 分", "{0} min");

/// A quantity with thousands marks and no needless zeros: `1,200.5`.
#[must_use]
pub fn qty(amount: Qty) -> String {
    thousands(&amount.text())
}

/// A sum of money with thousands marks and at least `places` decimals: `1,200.50`.
///
/// Nothing is rounded away: a price of `3.1255` shows all its decimals.
#[must_use]
pub fn money(amount: Money, places: usize) -> String {
    thousands(&amount.text_fixed(places))
}

/// A share as per cent, rounded half away from zero to one decimal: `85%`, `12.5%`.
#[must_use]
pub fn percent(share: Rate) -> String {
    let hundredfold = share.times(Rate::whole(100)).round_to(1);
    format!("{}%", thousands(&hundredfold.text()))
}

/// A plain count with thousands marks.
#[must_use]
pub fn count(n: usize) -> String {
    thousands(&n.to_string())
}

/// Puts commas into the whole part of a decimal text.
fn thousands(text: &str) -> String {
    let (sign, body) = match text.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", text),
    };
    let (whole, fraction) = match body.find('.') {
        Some(at) => body.split_at(at),
        None => (body, ""),
    };
    let mut out = String::with_capacity(text.len() + text.len() / 3);
    out.push_str(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(fraction);
    out
}

/// `2026-11-23`, in every language.
#[must_use]
pub fn date_iso(day: NaiveDate) -> String {
    day.to_string()
}

/// `11-23 周一` / `23 Nov Mon`.
#[must_use]
pub fn date_short(day: NaiveDate, lang: Lang) -> String {
    let weekday = weekday(day.weekday(), lang);
    match lang {
        Lang::Zh => format!("{:02}-{:02} {weekday}", day.month(), day.day()),
        Lang::En => format!("{} {} {weekday}", day.day(), month(day, lang)),
    }
}

/// `2026-11-23 周一` / `23 Nov 2026 Mon`.
#[must_use]
pub fn date_long(day: NaiveDate, lang: Lang) -> String {
    let weekday = weekday(day.weekday(), lang);
    match lang {
        Lang::Zh => format!("{day} {weekday}"),
        Lang::En => format!(
            "{} {} {} {weekday}",
            day.day(),
            month(day, lang),
            day.year()
        ),
    }
}

/// `11-23`, for narrow columns and the heads of charts, in every language.
#[must_use]
pub fn date_narrow(day: NaiveDate) -> String {
    format!("{:02}-{:02}", day.month(), day.day())
}

/// `周一` / `Mon`.
#[must_use]
pub fn weekday(day: Weekday, lang: Lang) -> &'static str {
    let at = day.num_days_from_monday() as usize;
    WEEKDAYS.get(at).map_or("", |w| w.text(lang))
}

/// `11月` / `Nov`.
#[must_use]
pub fn month(day: NaiveDate, lang: Lang) -> &'static str {
    let at = day.month0() as usize;
    MONTHS.get(at).map_or("", |w| w.text(lang))
}

/// How a due day stands to today: `今天`, `明天`, `还有 3 天`, `逾期 3 天`; calendar days.
#[must_use]
pub fn due_in(due: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let days = (due - today).num_days();
    let number = days.unsigned_abs().to_string();
    match days {
        0 => DAY_TODAY.text(lang).to_owned(),
        1 => DAY_TOMORROW.text(lang).to_owned(),
        2.. => DAYS_LEFT.fill(lang, &[&number]),
        -1 => DAY_LATE.text(lang).to_owned(),
        _ => DAYS_LATE.fill(lang, &[&number]),
    }
}

/// A number of days: `3 天` / `3 days`, `1 天` / `1 day`.
#[must_use]
pub fn days(n: i64, lang: Lang) -> String {
    if n == 1 {
        return DAY_ONE.text(lang).to_owned();
    }
    DAYS_MANY.fill(lang, &[&n.to_string()])
}

/// A duration in minutes: `1 小时 30 分` / `1 h 30 min`; days are not made of it, because a working
/// day has as many hours as its calendar says.
#[must_use]
pub fn minutes(total: i64, lang: Lang) -> String {
    let sign = if total < 0 { "-" } else { "" };
    let (hours, rest) = (total.unsigned_abs() / 60, total.unsigned_abs() % 60);
    let hours_text = thousands(&hours.to_string());
    let rest_text = rest.to_string();
    let text = match (hours, rest) {
        (0, _) => MINUTES_ONLY.fill(lang, &[&rest_text]),
        (_, 0) => HOURS_ONLY.fill(lang, &[&hours_text]),
        _ => HOURS_MINUTES.fill(lang, &[&hours_text, &rest_text]),
    };
    format!("{sign}{text}")
}

/// A time of day in minutes from midnight: `08:30`.
#[must_use]
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn m(text: &str) -> Qty {
        text.parse().unwrap()
    }

    #[test]
    fn amounts_have_marks_every_three_digits_and_lose_nothing() {
        assert_eq!(qty(m("1200")), "1,200");
        assert_eq!(qty(m("-1234567.891")), "-1,234,567.891");
        assert_eq!(qty(m("999")), "999");
        assert_eq!(qty(m("-100")), "-100");
        assert_eq!(money(m("1200.5"), 2), "1,200.50");
        assert_eq!(money(m("3.1255"), 2), "3.1255");
        assert_eq!(percent(m("0.125")), "12.5%");
        assert_eq!(percent(m("0.85")), "85%");
        assert_eq!(percent(m("12")), "1,200%");
        assert_eq!(percent(m("-0.0625")), "-6.3%");
        assert_eq!(count(0), "0");
    }

    #[test]
    fn days_are_said_in_both_languages() {
        let day: NaiveDate = "2026-11-23".parse().unwrap();
        assert_eq!(date_short(day, Lang::Zh), "11-23 周一");
        assert_eq!(date_short(day, Lang::En), "23 Nov Mon");
        assert_eq!(date_long(day, Lang::Zh), "2026-11-23 周一");
        assert_eq!(date_long(day, Lang::En), "23 Nov 2026 Mon");
        assert_eq!(date_iso(day), "2026-11-23");
        let due = |text: &str, lang| due_in(text.parse().unwrap(), day, lang);
        assert_eq!(due("2026-11-20", Lang::Zh), "逾期 3 天");
        assert_eq!(due("2026-11-20", Lang::En), "3 days late");
        assert_eq!(due("2026-11-22", Lang::En), "1 day late");
        assert_eq!(due("2026-11-23", Lang::Zh), "今天");
        assert_eq!(due("2026-11-24", Lang::En), "tomorrow");
        assert_eq!(due("2026-11-30", Lang::Zh), "还有 7 天");
        assert_eq!(days(1, Lang::En), "1 day");
        assert_eq!(days(-2, Lang::Zh), "-2 天");
    }

    #[test]
    fn durations_are_hours_and_minutes() {
        assert_eq!(minutes(90, Lang::Zh), "1 小时 30 分");
        assert_eq!(minutes(45, Lang::En), "45 min");
        assert_eq!(minutes(-120, Lang::En), "-2 h");
        assert_eq!(clock(510), "08:30");
    }
}
