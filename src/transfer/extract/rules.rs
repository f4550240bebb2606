//! The patterns, and what numbers, dates and currencies in words come to.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Match, Regex};

use crate::domain::quantity::Micro;
use crate::text::datein;

/// A rule: invariant, every pattern of this file compiles; the test runs them all.
fn rule(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

const NUMBER: &str = r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?";
const UNITS: &str = "件|套|只|条|个|双|打|箱|包|米|公斤|千克|吨|卷|张|片|支|台|盒|\
    pieces?\\b|pcs?\\b|sets?\\b|pairs?\\b|prs\\b|dozens?\\b|doz\\b|bottles?\\b|cases?\\b|boxes\\b|box\\b|\
    cartons?\\b|ctns?\\b|rolls?\\b|meters?\\b|metres?\\b|yards?\\b|yds\\b|kgs?\\b|units?\\b|bags?\\b";

pub(super) static PO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    rule(
        r"(?i)(?:\bP\.?O\.?(?:\s*(?:no|number|nr))?|\border\s*(?:no|number|nr)|\bpurchase\s+order(?:\s*(?:no|number|nr))?|客户单号|客人单号|客户订单号|订单号|订单编号|合同号|采购单号|单号)\s*[.:：#＃=]*\s*#?\s*([A-Za-z0-9][A-Za-z0-9/_-]*[0-9][A-Za-z0-9/_-]*|[0-9]{4,})",
    )
});
pub(super) static QTY: LazyLock<Option<Regex>> =
    LazyLock::new(|| rule(&format!(r"(?i)({NUMBER})\s*(万|千|k\b)?\s*({UNITS})")));
pub(super) static HAN_QTY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    rule(r"([一二两三四五六七八九十百千万]{1,9})(件|套|条|双|打|箱|米|公斤|只|个|台)")
});
pub(super) static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    rule(
        r"(?i)(?:款号|货号|型号|料号|\bstyle(?:\s*no\.?)?|\bart(?:icle)?\.?(?:\s*no\.?)?|\bitem(?:\s*no\.?)?|\bmodel)\s*[:：#]?\s*([A-Za-z0-9][A-Za-z0-9._/-]*[0-9][A-Za-z0-9._/-]*)",
    )
});
pub(super) static MONEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    rule(&format!(
        r"(?i)(单价|价格|unit\s*price|price|@|\bat\b)?\s*[:：]?\s*(US\$|USD|\$|￥|¥|RMB|CNY|EUR|€|GBP|£)?\s*({NUMBER})\s*(美金|美元|欧元|英镑|人民币|元|块|USD|EUR|GBP|RMB|CNY)?\s*((?:/|每|per\s+|a\s+|一)\s*(?:{UNITS})|each\b|apiece\b)?"
    ))
});
pub(super) static PRICE_TERMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    rule(
        r"\b(EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP)\b(?:\s*([A-Z][A-Za-z]+(?: [A-Z][a-z]+)?|[\p{Han}]{2,5}?)(?:港)?(?:[\s,，。;；.、]|$))?",
    )
});
pub(super) static PAYMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    rule(
        r"(?i)(?:[0-9]{1,3}\s*%\s*)?(?:T/T|\bTT\b|L/C|\bLC\b|D/P|D/A|电汇|信用证|定金|\bdeposit|月结|货到付款)(?:[^,，;；。.\n]|\.\S)*(?:[,，]\s*[0-9]{1,3}\s*%(?:[^,，;；。.\n]|\.\S)*)?",
    )
});
pub(super) static DELIVERY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    rule(
        r"(?i)海运|空运|快递|陆运|铁路运输|\b(?:by|via)\s+(?:sea|air|express|courier|truck|rail)\b|\b(?:sea|air)\s*freight\b",
    )
});
pub(super) static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    rule(
        r"(?i)\b(20[0-9]{2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\b|(20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})[日号]?|([0-9]{1,2})月([0-9]{1,2})[日号]|\b([0-9]{1,2})(?:st|nd|rd|th)?[ -](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?:[ ,-]+(20[0-9]{2}))?|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?\b(?:,?\s*(20[0-9]{2}))?",
    )
});

pub(super) fn caps<'t>(rule: &LazyLock<Option<Regex>>, text: &'t str) -> Vec<Captures<'t>> {
    rule.as_ref()
        .map(|r| r.captures_iter(text).collect())
        .unwrap_or_default()
}

/// A quantity in a sentence.
pub(super) struct Quantity<'t> {
    pub(super) all: Match<'t>,
    pub(super) value: String,
    pub(super) unit: &'t str,
}

pub(super) fn quantities(part: &str) -> Vec<Quantity<'_>> {
    let mut out = Vec::new();
    for c in caps(&QTY, part) {
        let (Some(all), Some(number), Some(unit)) = (c.get(0), c.get(1), c.get(3)) else {
            continue;
        };
        // `/100 pcs` and `每 12 件` say how a price or a carton counts.
        let before = part.get(..all.start()).unwrap_or_default().trim_end();
        if before.ends_with(['/', '每', '$', '￥', '¥']) || before.ends_with("per") {
            continue;
        }
        let times = match c.get(2).map(|m| m.as_str()) {
            Some("万") => 10_000,
            Some(_) => 1_000,
            None => 1,
        };
        if let Some(value) = plain(number.as_str(), times) {
            out.push(Quantity {
                all,
                value,
                unit: unit.as_str(),
            });
        }
    }
    for c in caps(&HAN_QTY, part) {
        let (Some(all), Some(number), Some(unit)) = (c.get(0), c.get(1), c.get(2)) else {
            continue;
        };
        // 一件、两个 are said in passing; a number of the trade has a ten or more in it.
        let large = number.as_str().contains(['十', '百', '千', '万']);
        if let Some(value) = han_number(number.as_str()).filter(|_| large) {
            let (value, unit) = (value.to_string(), unit.as_str());
            out.push(Quantity { all, value, unit });
        }
    }
    out.sort_by_key(|q| q.all.start());
    out
}

/// A number as a plain decimal.
pub(super) fn plain(number: &str, times: i64) -> Option<String> {
    let text: String = datein::fold_width(number).replace(',', "");
    let value: Micro = text.parse().ok()?;
    let value = value.times(Micro::whole(times));
    value.is_positive().then(|| value.text())
}

/// 三百二十, 一千五, 两万.
fn han_number(text: &str) -> Option<i64> {
    let (mut total, mut section, mut digit, mut last) = (0i64, 0i64, 0i64, 1i64);
    for c in text.chars() {
        let value = match c {
            '一' => 1,
            '二' | '两' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            _ => return None,
        };
        if value < 10 {
            digit = value;
        } else if value == 10_000 {
            total = (section + digit).checked_mul(value)?;
            (section, digit, last) = (0, 0, value);
        } else {
            section += digit.max(1).checked_mul(value)?;
            (digit, last) = (0, value);
        }
    }
    // 一千五 is 1,500.
    Some(total + section + if last > 10 { digit * last / 10 } else { digit })
}

pub(super) fn currency(words: &str) -> Option<&'static str> {
    match words.to_uppercase().as_str() {
        // A bare dollar sign is one of many dollars.
        "US$" | "USD" | "美金" | "美元" => Some("USD"),
        "￥" | "¥" | "RMB" | "CNY" | "人民币" | "元" | "块" => Some("CNY"),
        "EUR" | "€" | "欧元" => Some("EUR"),
        "GBP" | "£" | "英镑" => Some("GBP"),
        _ => None,
    }
}

pub(super) fn date(c: &Captures<'_>, today: NaiveDate) -> Option<String> {
    let number = |group: usize| c.get(group).and_then(|m| m.as_str().parse::<u32>().ok());
    let year = |group: usize| number(group).and_then(|y| i32::try_from(y).ok());
    let month = |group: usize| {
        let name = c.get(group)?.as_str().to_lowercase();
        let names = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ];
        let at = names.iter().position(|n| name.starts_with(n))?;
        u32::try_from(at + 1).ok()
    };
    let near = |year: Option<i32>, month: u32, day: u32| match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => [today.year() - 1, today.year(), today.year() + 1]
            .into_iter()
            .filter_map(|y| NaiveDate::from_ymd_opt(y, month, day))
            .min_by_key(|d| (*d - today).num_days().abs()),
    };
    let day = if c.get(1).is_some() {
        NaiveDate::from_ymd_opt(year(1)?, number(2)?, number(3)?)
    } else if c.get(4).is_some() {
        NaiveDate::from_ymd_opt(year(4)?, number(5)?, number(6)?)
    } else if c.get(7).is_some() {
        near(None, number(7)?, number(8)?)
    } else if c.get(9).is_some() {
        near(year(11), month(10)?, number(9)?)
    } else {
        near(year(14), month(12)?, number(13)?)
    };
    Some(day?.to_string())
}
