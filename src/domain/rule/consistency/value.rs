//! Are two statements of a fact the same? With units, aliases, formats, ranges.
//!
//! Rules:
//! - Measures of one system (metric, imperial) are compared exactly: 5 cm is 50 mm, not 52 mm.
//! - Between the systems the papers were rounded: they agree within half of the last digit that
//!   either states, but never more than one per cent of the value. 1 in is 25.4 mm (exact), 1 lb is
//!   453.59237 g (exact), 1 oz/yd² is 33.905747 g/m².
//! - A value inside the other's stated tolerance or range agrees; two tolerances or ranges must
//!   be the same.
//! - A number without unit beside one with a unit is unclear, and so is a statement that says more
//!   than the other (`navy` beside `navy, matt`).
//! - Compositions agree in any order; shares must be equal.
//! - Words agree after aliases, in any order where they are a list.

use super::alias::{Aliases, fold};
use crate::domain::quantity::Micro;

/// What a comparison found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    Same,
    Different,
    Unclear,
}

/// What a unit measures, and of which system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Dimension {
    Length,
    Mass,
    AreaWeight,
    Count(&'static str),
    Share,
    Time,
}

/// Dimension, factor into its base unit in millionths, imperial or not.
fn unit(name: &str) -> Option<(Dimension, i64, bool)> {
    use Dimension::{AreaWeight, Count, Length, Mass, Share, Time};
    Some(match name {
        "mm" => (Length, 1_000_000, false),
        "cm" => (Length, 10_000_000, false),
        "m" => (Length, 1_000_000_000, false),
        "in" => (Length, 25_400_000, true),
        "ft" => (Length, 304_800_000, true),
        "yd" => (Length, 914_400_000, true),
        "g" => (Mass, 1_000_000, false),
        "kg" => (Mass, 1_000_000_000, false),
        "oz" => (Mass, 28_349_523, true),
        "lb" => (Mass, 453_592_370, true),
        "gsm" => (AreaWeight, 1_000_000, false),
        "oz/yd2" => (AreaWeight, 33_905_747, true),
        "pcs" => (Count("pcs"), 1_000_000, false),
        "dozen" => (Count("pcs"), 12_000_000, false),
        "sets" => (Count("sets"), 1_000_000, false),
        "pairs" => (Count("pairs"), 1_000_000, false),
        "%" => (Share, 1_000_000, false),
        "min" => (Time, 1_000_000, false),
        "d" => (Time, 1_440_000_000, false),
        _ => return None,
    })
}

/// A measured value in millionths of its base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Measure {
    /// `None`: the paper states no unit.
    dimension: Option<Dimension>,
    imperial: bool,
    value: i128,
    /// Half of the last digit that is stated.
    half: i128,
    /// The stated range around it, zero without.
    low: i128,
    high: i128,
    ranged: bool,
}

/// A statement, read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    /// One measure or several (length × width × height).
    Measures(Vec<Measure>),
    /// Material and share in millionths, by material.
    Composition(Vec<(String, i64)>),
    Date(chrono::NaiveDate),
    /// A run of sizes written out.
    Sizes(Vec<String>),
    /// Words after aliases, sorted.
    Words(Vec<String>),
    /// A number or more inside words, or an estimate: only equal texts agree.
    Other(String),
}

/// Compares two statements.
#[must_use]
pub fn compare(a: &str, b: &str, aliases: &Aliases) -> Comparison {
    if fold(a) == fold(b) {
        return Comparison::Same;
    }
    match (read(a, aliases), read(b, aliases)) {
        (Value::Measures(a), Value::Measures(b)) => measures(&a, &b),
        (Value::Composition(a), Value::Composition(b)) => same(a == b),
        (Value::Date(a), Value::Date(b)) => same(a == b),
        (Value::Sizes(a), Value::Sizes(b)) => same(a == b),
        (Value::Words(a), Value::Words(b)) => words(&a, &b),
        (Value::Composition(c), Value::Words(w)) | (Value::Words(w), Value::Composition(c)) => {
            pure(&c, &w)
        }
        (Value::Other(a), Value::Other(b)) => {
            if a == b {
                Comparison::Same
            } else {
                Comparison::Unclear
            }
        }
        _ => Comparison::Unclear,
    }
}

const fn same(yes: bool) -> Comparison {
    if yes {
        Comparison::Same
    } else {
        Comparison::Different
    }
}

/// `cotton` beside `100% cotton`.
fn pure(composition: &[(String, i64)], words: &[String]) -> Comparison {
    match (composition, words) {
        ([(material, 100_000_000)], [word]) if material == word => Comparison::Same,
        ([(material, _)], [word]) if material != word => Comparison::Different,
        _ => Comparison::Unclear,
    }
}

fn words(a: &[String], b: &[String]) -> Comparison {
    if a == b {
        return Comparison::Same;
    }
    let part = |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|w| b.contains(w));
    // One says the same and more: a person has to look whether that matters.
    if part(a, b) || part(b, a) {
        Comparison::Unclear
    } else {
        Comparison::Different
    }
}

fn measures(a: &[Measure], b: &[Measure]) -> Comparison {
    if a.len() != b.len() {
        return Comparison::Unclear;
    }
    let pairs = a.iter().zip(b).map(|(a, b)| measure(a, b));
    // A difference counts before what is unclear.
    let rank = |c: &Comparison| match c {
        Comparison::Different => 0,
        Comparison::Unclear => 1,
        Comparison::Same => 2,
    };
    pairs.min_by_key(rank).unwrap_or(Comparison::Same)
}

fn measure(a: &Measure, b: &Measure) -> Comparison {
    if a.dimension != b.dimension {
        // Without a unit nobody knows; of two kinds they cannot be the same thing.
        return if a.dimension.is_none() || b.dimension.is_none() {
            Comparison::Unclear
        } else {
            Comparison::Different
        };
    }
    let room = if a.imperial == b.imperial {
        0
    } else {
        let most = a.value.abs().max(b.value.abs()) / 100;
        a.half.max(b.half).min(most)
    };
    let near = |x: i128, y: i128| (x - y).abs() <= room;
    match (a.ranged, b.ranged) {
        (false, false) => same(near(a.value, b.value)),
        (true, true) => same(near(a.low, b.low) && near(a.high, b.high)),
        (true, false) => same(b.value >= a.low - room && b.value <= a.high + room),
        (false, true) => same(a.value >= b.low - room && a.value <= b.high + room),
    }
}

fn read(text: &str, aliases: &Aliases) -> Value {
    let text = fold(text);
    let named = aliases.word(&text);
    if named != text {
        return Value::Words(vec![named]);
    }
    if let Some(date) = date(&text) {
        return Value::Date(date);
    }
    if let Some(parts) = composition(&text, aliases) {
        return Value::Composition(parts);
    }
    if let Some(measures) = all_measures(&text, aliases) {
        return Value::Measures(measures);
    }
    if let Some(sizes) = size_run(&text) {
        return Value::Sizes(sizes);
    }
    if text.contains(|c: char| c.is_ascii_digit()) {
        // Words with numbers in them: aliases of the words, numbers as they are.
        let plain = word_list(&text, aliases);
        return Value::Other(plain.join(" "));
    }
    Value::Words(word_list(&text, aliases))
}

/// Words after aliases, sorted, each once; the whole text where it is a name itself.
fn word_list(text: &str, aliases: &Aliases) -> Vec<String> {
    let marks = |c: char| matches!(c, ',' | '，' | '、' | '/' | ';' | '；' | '+' | '&' | '|');
    let mut out: Vec<String> = Vec::new();
    for part in text.split(marks).map(str::trim).filter(|p| !p.is_empty()) {
        let named = aliases.word(part);
        if named != part {
            out.push(named);
        } else {
            out.extend(
                part.split_whitespace()
                    .map(|w| aliases.word(w.trim_matches(['.', ':', '：']))),
            );
        }
    }
    out.sort();
    out.dedup();
    out
}

const SIZES: [&str; 9] = ["xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxxxl"];

/// Sizes as a list, a run `S-XL` written out; `2XL` is `XXL`.
fn size_run(text: &str) -> Option<Vec<String>> {
    let spelled = |word: &str| -> Option<usize> {
        let word = match word
            .strip_suffix("xl")
            .and_then(|n| n.parse::<usize>().ok())
        {
            Some(n @ 1..=4) => format!("{}l", "x".repeat(n)),
            _ => word.to_owned(),
        };
        SIZES.iter().position(|s| *s == word)
    };
    let mut out = std::collections::BTreeSet::new();
    let marks = |c: char| matches!(c, ',' | '，' | '、' | '/' | ';' | ' ');
    for part in text.split(marks).filter(|p| !p.is_empty()) {
        if let Some(at) = spelled(part) {
            out.insert(at);
            continue;
        }
        let (from, to) = part.split_once(['-', '~', '～', '–', '至'])?;
        let (from, to) = (spelled(from.trim())?, spelled(to.trim())?);
        out.extend(from..=to);
    }
    (out.len() > 1 || text.len() <= 4 && out.len() == 1).then(|| {
        out.iter()
            .filter_map(|at| SIZES.get(*at))
            .map(|s| (*s).to_owned())
            .collect()
    })
}

/// Year first, or with the month named by 月; others may be read two ways.
fn date(text: &str) -> Option<chrono::NaiveDate> {
    let clean: String = text
        .chars()
        .map(|c| {
            if matches!(c, '年' | '月' | '/' | '.') {
                '-'
            } else {
                c
            }
        })
        .collect();
    let clean = clean.trim_end_matches(['日', '号']);
    let mut parts = clean.split('-').map(str::trim);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    chrono::NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// `60% cotton 40% polyester`, `棉60涤40`, `cotton/poly 60/40`: shares that add up to a hundred.
fn composition(text: &str, aliases: &Aliases) -> Option<Vec<(String, i64)>> {
    let mut names: Vec<String> = Vec::new();
    let mut shares: Vec<i64> = Vec::new();
    for token in tokens(text) {
        match token {
            Token::Number(n) => shares.push(number(&n)?.0),
            Token::Word(w) => {
                let name = aliases.word(&w);
                if !matches!(
                    w.as_str(),
                    "%" | "/" | "," | "，" | "、" | "+" | "and" | "&" | "-" | "：" | ":"
                ) {
                    names.push(name);
                }
            }
        }
    }
    let whole: i64 = shares.iter().try_fold(0i64, |sum, n| sum.checked_add(*n))?;
    if names.is_empty() || names.len() != shares.len() || whole != 100_000_000 {
        return None;
    }
    // A measure of a hundred (`100 mm`) is no composition.
    if names
        .iter()
        .any(|n| aliases.unit(n).is_some_and(|u| u != "%"))
        && !text.contains('%')
    {
        return None;
    }
    let mut parts: Vec<(String, i64)> = names.into_iter().zip(shares).collect();
    parts.sort();
    Some(parts)
}

enum Token {
    Number(String),
    Word(String),
}

/// Numbers, words and marks of a text.
fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut word = c.to_string();
        let kind = |c: char| match c {
            _ if c.is_ascii_digit() => 0,
            _ if c.is_alphabetic() => 1,
            _ => 2,
        };
        if kind(c) == 2 {
            out.push(Token::Word(word));
            continue;
        }
        while let Some(next) = chars.peek().copied() {
            let goes_on = kind(next) == kind(c)
                || kind(c) == 0 && matches!(next, '.' | ',')
                || kind(c) == 1 && next == ' ' && word.is_ascii();
            if !goes_on {
                break;
            }
            word.push(next);
            chars.next();
        }
        let word = word.trim_end_matches([' ', '.', ',']).to_owned();
        out.push(if kind(c) == 0 {
            Token::Number(word)
        } else {
            Token::Word(word)
        });
    }
    out
}

/// A decimal with thousands marks; the places it states.
fn number(text: &str) -> Option<(i64, u32)> {
    let plain = text.replace(',', "");
    let places = plain.split_once('.').map_or(0, |(_, d)| d.len());
    let value: Micro = plain.parse().ok()?;
    Some((value.0, u32::try_from(places).ok()?))
}

/// All measures of a text that is nothing else: `50±1 mm`, `10×20×30cm`, `170-180 gsm`.
fn all_measures(text: &str, aliases: &Aliases) -> Option<Vec<Measure>> {
    let parts: Vec<&str> = text.split(['×', '*', 'x']).map(str::trim).collect();
    let mut read: Vec<(Measure, Option<String>)> = Vec::new();
    for part in &parts {
        read.push(one_measure(part, aliases)?);
    }
    // `10×20×30cm`: the last unit is that of all.
    let last = read.last().and_then(|(_, unit)| unit.clone());
    let mut out = Vec::new();
    for ((measure, unit), part) in read.into_iter().zip(&parts) {
        if unit.is_some() || last.is_none() {
            out.push(measure);
        } else {
            let whole = format!("{part} {}", last.as_deref().unwrap_or_default());
            out.push(one_measure(&whole, aliases)?.0);
        }
    }
    Some(out)
}

/// One number, with a range or tolerance, with a unit.
fn one_measure(text: &str, aliases: &Aliases) -> Option<(Measure, Option<String>)> {
    let end = text
        .find(|c: char| {
            !(c.is_ascii_digit()
                || matches!(c, '.' | ',' | ' ' | '±' | '-' | '~' | '～' | '–' | '+'))
        })
        .unwrap_or(text.len());
    let (numbers, rest) = text.split_at_checked(end)?;
    let (mut numbers, mut rest) = (numbers.trim().to_owned(), rest.trim().to_owned());
    // `50mm ± 1mm`, `170g/m2-180g/m2`: the unit stands twice.
    for mark in ['±', '-', '~'] {
        if let Some((unit, more)) = rest.split_once(mark) {
            let (unit, more) = (unit.trim().to_owned(), more.trim().to_owned());
            let number = more.trim_end_matches(|c: char| !c.is_ascii_digit());
            if unit_of(&unit, aliases).is_some()
                && more.get(number.len()..).is_some_and(|u| {
                    let u = u.trim();
                    u.is_empty() || u == unit
                })
            {
                numbers = format!("{numbers}{mark}{number}");
                rest = unit;
                break;
            }
        }
    }
    let unit = if rest.is_empty() {
        None
    } else {
        Some(unit_of(&rest, aliases)?)
    };
    let (dimension, factor, imperial) = match &unit {
        Some(name) => {
            let (dimension, factor, imperial) = self::unit(name)?;
            (Some(dimension), factor, imperial)
        }
        None => (None, 1_000_000, false),
    };
    let base = |text: &str| -> Option<(i128, i128)> {
        let (value, places) = number(text.trim())?;
        let scaled = i128::from(value) * i128::from(factor) / 1_000_000;
        let digit = i128::from(factor) / 10i128.checked_pow(places)?;
        Some((scaled, digit / 2))
    };
    let measure = |value: (i128, i128), low: i128, high: i128, ranged: bool| Measure {
        dimension,
        imperial,
        value: value.0,
        half: value.1,
        low,
        high,
        ranged,
    };
    if let Some((middle, room)) = numbers.split_once('±') {
        let (value, room) = (base(middle)?, base(room)?);
        return Some((
            measure(value, value.0 - room.0, value.0 + room.0, true),
            unit,
        ));
    }
    if let Some((low, high)) = numbers.split_once(['-', '~', '～', '–']) {
        let (low, high) = (base(low)?, base(high)?);
        return Some((measure(low, low.0, high.0, true), unit));
    }
    let value = base(&numbers)?;
    Some((measure(value, value.0, value.0, false), unit))
}

/// The unit of a name, its own name included.
fn unit_of(name: &str, aliases: &Aliases) -> Option<String> {
    let name = name.trim().trim_end_matches('.');
    aliases.unit(name).filter(|u| unit(u).is_some())
}

#[cfg(test)]
mod tests;
