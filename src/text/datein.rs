//! What people type for a day or an amount, read the way they mean it.
//!
//! Full-width digits and Chinese punctuation count as their plain forms. A day without a year is
//! the nearest one: a merchandiser who types `12-1` in November means next week, and `11-2` early
//! in January means the past November. Nothing is guessed beyond that; what cannot be read is
//! refused with the reason.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::word::{Lang, Word, word};
use crate::domain::quantity::{AmountError, Micro};

/// Days a relative input may reach; more is a slip of the finger.
pub const RELATIVE_DAYS_MAX: i64 = 3_660;

const TODAY: [&str; 3] = ["今天", "今日", "today"];
const TOMORROW: [&str; 4] = ["明天", "明日", "tomorrow", "tmr"];
const AFTER_TOMORROW: [&str; 1] = ["后天"];
const YESTERDAY: [&str; 2] = ["昨天", "yesterday"];

/// The plain form of one character: full-width ASCII, the ideographic blank, Chinese marks.
#[must_use]
pub const fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(plain) => plain,
            None => c,
        },
        '\u{3000}' => ' ',
        '。' => '.',
        // The key of `/` under a Chinese input method.
        '、' => '/',
        '￥' => '¥',
        _ => c,
    }
}

/// A text with its full-width ASCII as ASCII: `ＰＯ－１１８` is `PO-118`.
#[must_use]
pub fn fold_width(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// Why a text is not a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    Empty,
    /// Not one of the forms that are understood.
    Unreadable,
    /// The form is right, the day does not exist: `2-30`.
    NoSuchDay,
    /// Further away than [`RELATIVE_DAYS_MAX`] days.
    TooFar,
}

const DATE_EMPTY: Word = word("请输入日期", "Type a date");
const DATE_UNREADABLE: Word = word(
    "看不懂这个日期；可输入 12-1、1210、+7、下周三",
    "Not a date; try 12-1, 1210, +7, next wed",
);
const DATE_NO_SUCH_DAY: Word = word("没有这一天", "There is no such day");
const DATE_TOO_FAR: Word = word("日期太远", "That is too far away");

impl DateError {
    /// The sentence for the user.
    #[must_use]
    pub const fn say(self, lang: Lang) -> &'static str {
        let word = match self {
            Self::Empty => DATE_EMPTY,
            Self::Unreadable => DATE_UNREADABLE,
            Self::NoSuchDay => DATE_NO_SUCH_DAY,
            Self::TooFar => DATE_TOO_FAR,
        };
        word.text(lang)
    }
}

/// Reads a day as people type it, seen from `today`.
///
/// Forms: `2026-12-01`, `2026.12.1`, `20261201`, `26-12-1`, `12-1`, `12/10`, `1210`, `12月10日`,
/// `10日`, `+7`, `-3`, `今天`, `tomorrow`, `周五`, `下周三`, `fri`, `next wed`.
pub fn parse_date(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    let text = fold_width(text).trim().to_lowercase();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    if let Some(days) = named_day(&text).or_else(|| relative(&text)) {
        return shifted(today, days);
    }
    if let Some(day) = weekday_input(&text, today) {
        return day;
    }
    numeric(&text, today)
}

fn named_day(text: &str) -> Option<i64> {
    let groups: [(&[&str], i64); 4] = [
        (&TODAY, 0),
        (&TOMORROW, 1),
        (&AFTER_TOMORROW, 2),
        (&YESTERDAY, -1),
    ];
    let found = groups.iter().find(|(names, _)| names.contains(&text));
    found.map(|(_, days)| *days)
}

/// `+7`, `-3`, `+2w`, `+7天`.
fn relative(text: &str) -> Option<i64> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let body = text.trim_start_matches(['+', '-']);
    let (digits, unit) = match body.strip_suffix(['w', '周']) {
        Some(digits) => (digits, 7),
        None => (body.trim_end_matches(['d', '天']), 1),
    };
    let count: i64 = digits.trim().parse().ok()?;
    Some(count.saturating_mul(sign * unit))
}

fn shifted(today: NaiveDate, days: i64) -> Result<NaiveDate, DateError> {
    if days.abs() > RELATIVE_DAYS_MAX {
        return Err(DateError::TooFar);
    }
    let step = Days::new(days.unsigned_abs());
    let day = if days < 0 {
        today.checked_sub_days(step)
    } else {
        today.checked_add_days(step)
    };
    day.ok_or(DateError::TooFar)
}

/// `周五` and `fri` are the coming one, today included; `下周三` and `next wed` lie in the week
/// after this one, weeks beginning on Monday; `本周三` in this one; `上周三` in the last.
fn weekday_input(text: &str, today: NaiveDate) -> Option<Result<NaiveDate, DateError>> {
    let prefixes: [(&str, Option<i64>); 12] = [
        ("下周", Some(1)),
        ("下星期", Some(1)),
        ("本周", Some(0)),
        ("这周", Some(0)),
        ("上周", Some(-1)),
        ("周", None),
        ("星期", None),
        ("礼拜", None),
        ("next ", Some(1)),
        ("this ", Some(0)),
        ("last ", Some(-1)),
        ("", None),
    ];
    let (rest, week) = prefixes
        .iter()
        .find_map(|(prefix, week)| Some((text.strip_prefix(prefix)?, *week)))?;
    // A bare figure or numeral is no weekday: `5` could be anything.
    let bare = week.is_none() && rest == text;
    if bare && !text.is_ascii() || text.len() == 1 {
        return None;
    }
    let ordinal = i64::from(weekday(rest.trim())?.num_days_from_monday());
    let now = i64::from(today.weekday().num_days_from_monday());
    let days = match week {
        Some(week) => week * 7 + ordinal - now,
        None => (ordinal - now).rem_euclid(7),
    };
    Some(shifted(today, days))
}

fn weekday(text: &str) -> Option<Weekday> {
    let day = match text {
        "一" | "1" | "mon" | "monday" => Weekday::Mon,
        "二" | "2" | "tue" | "tues" | "tuesday" => Weekday::Tue,
        "三" | "3" | "wed" | "wednesday" => Weekday::Wed,
        "四" | "4" | "thu" | "thur" | "thursday" => Weekday::Thu,
        "五" | "5" | "fri" | "friday" => Weekday::Fri,
        "六" | "6" | "sat" | "saturday" => Weekday::Sat,
        "日" | "天" | "7" | "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    };
    Some(day)
}

/// Days in figures, with or without year, separators or `年月日`.
fn numeric(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    let plain: String = text
        .trim_end_matches(['日', '号'])
        .chars()
        .map(|c| {
            if matches!(c, '年' | '月' | '/' | '.') {
                '-'
            } else {
                c
            }
        })
        .collect();
    let parts: Vec<&str> = plain.split('-').map(str::trim).collect();
    let figures = |t: &&str| !t.is_empty() && t.len() <= 8 && t.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(figures) {
        return Err(DateError::Unreadable);
    }
    let number = |t: &str| t.parse::<u32>().unwrap_or(u32::MAX);
    match parts.as_slice() {
        [year, month, day] => exact(full_year(year), number(month), number(day)),
        [month, day] if month.len() <= 2 => nearest(number(month), number(day), today),
        [run] => digits_only(run, number(run), text, today),
        _ => Err(DateError::Unreadable),
    }
}

/// `1210`, `20261201`, `261201`, and `10日` for a day of this month.
fn digits_only(
    run: &str,
    value: u32,
    text: &str,
    today: NaiveDate,
) -> Result<NaiveDate, DateError> {
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    match run.len() {
        8 => exact(i32::try_from(year).ok(), month, day),
        6 => exact(i32::try_from(2_000 + year).ok(), month, day),
        4 => nearest(month, day, today),
        3 => nearest(value / 100, day, today),
        1 | 2 if text.ends_with(['日', '号']) => coming_day(value, today),
        _ => Err(DateError::Unreadable),
    }
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2_000 + year),
        _ => None,
    }
}

fn exact(year: Option<i32>, month: u32, day: u32) -> Result<NaiveDate, DateError> {
    let year = year.ok_or(DateError::Unreadable)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay)
}

/// The day of that month and day which is nearest to today, the later one of two.
fn nearest(month: u32, day: u32, today: NaiveDate) -> Result<NaiveDate, DateError> {
    let years = today.year() - 4..=today.year() + 4;
    years
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|date| {
            let away = (*date - today).num_days();
            (away.abs(), away < 0)
        })
        .ok_or(DateError::NoSuchDay)
}

/// The next day with that number, today included.
fn coming_day(day: u32, today: NaiveDate) -> Result<NaiveDate, DateError> {
    if day == 0 || day > 31 {
        return Err(DateError::NoSuchDay);
    }
    today
        .iter_days()
        .take(62)
        .find(|date| date.day() == day)
        .ok_or(DateError::NoSuchDay)
}

/// Why a text is not an amount, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountInputError {
    Empty,
    /// A unit or another text stands behind the number; units have their own field.
    Suffix(String),
    Amount(AmountError),
}

const AMOUNT_EMPTY: Word = word("请输入数字", "Type a number");
const AMOUNT_SUFFIX: Word = word(
    "“{0}”不是数字；单位在单位栏里填",
    "“{0}” is no number; the unit has its own field",
);
const AMOUNT_NOT_A_NUMBER: Word = word("这不是数字", "Not a number");
const AMOUNT_TOO_FINE: Word = word("小数最多六位", "At most six decimals");
const AMOUNT_TOO_LARGE: Word = word("数字超过十亿", "The number is beyond a thousand million");

impl AmountInputError {
    /// The sentence for the user.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Empty => AMOUNT_EMPTY.text(lang).to_owned(),
            Self::Suffix(text) => AMOUNT_SUFFIX.fill(lang, &[text]),
            Self::Amount(AmountError::NotANumber) => AMOUNT_NOT_A_NUMBER.text(lang).to_owned(),
            Self::Amount(AmountError::TooFine) => AMOUNT_TOO_FINE.text(lang).to_owned(),
            Self::Amount(AmountError::TooLarge) => AMOUNT_TOO_LARGE.text(lang).to_owned(),
        }
    }
}

/// Reads an amount as typed: `1200`, `1,200.50`, `１２００`, `-3`.
///
/// A comma must stand before three digits, as a thousands mark; `1,5` is refused, because it may
/// mean one and a half or a slip.
pub fn parse_amount(text: &str) -> Result<Micro, AmountInputError> {
    let text = fold_width(text);
    let text = text.trim();
    if text.is_empty() {
        return Err(AmountInputError::Empty);
    }
    let number_end = text
        .char_indices()
        .find(|(at, c)| {
            !(c.is_ascii_digit() || matches!(c, '.' | ',') || (*at == 0 && "+-".contains(*c)))
        })
        .map_or(text.len(), |(at, _)| at);
    let (number, rest) = text.split_at(number_end);
    let not_a_number = AmountInputError::Amount(AmountError::NotANumber);
    if !number.bytes().any(|b| b.is_ascii_digit()) {
        return Err(not_a_number);
    }
    let rest = rest.trim();
    if !rest.is_empty() {
        return Err(AmountInputError::Suffix(rest.to_owned()));
    }
    if !commas_are_thousands(number) {
        return Err(not_a_number);
    }
    let plain: String = number.chars().filter(|c| *c != ',').collect();
    plain.parse().map_err(AmountInputError::Amount)
}

fn commas_are_thousands(number: &str) -> bool {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = whole.trim_start_matches(['+', '-']).split(',');
    let first = groups.next().unwrap_or_default();
    let mut later = groups.peekable();
    let grouped = later.peek().is_some();
    !fraction.contains(',')
        && (!grouped || (1..=3).contains(&first.len()))
        && later.all(|g| g.len() == 3)
}

#[cfg(test)]
mod tests;
