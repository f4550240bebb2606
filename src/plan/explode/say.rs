//! Puts lot rules, messages and findings into words.

use super::input::Source;
use super::outcome::{Finding, LEAD_DAYS_MAX, LOTS_MAX, LotRule, Message};
use crate::text::{Lang, Word, explosion as words};

impl LotRule {
    /// The rule's name.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Grouped => words::GROUPED,
            Self::UnitStep => words::UNIT_STEP,
            Self::Moq => words::MOQ,
            Self::Multiple => words::MULTIPLE,
            Self::MaxLot => words::MAX_LOT,
            Self::Phantom => words::PHANTOM,
            Self::CustomerSupplied => words::CUSTOMER_SUPPLIED,
        }
    }

    /// The names of the rules that acted, or that none did.
    #[must_use]
    pub fn say(rules: &[Self], lang: Lang) -> String {
        if rules.is_empty() {
            return words::LOT_FOR_LOT.text(lang).to_owned();
        }
        let names: Vec<&str> = rules.iter().map(|rule| rule.word().text(lang)).collect();
        names.join(" + ")
    }

    /// The code of the rule in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Grouped => "grouped",
            Self::UnitStep => "unit-step",
            Self::Moq => "moq",
            Self::Multiple => "multiple",
            Self::MaxLot => "max-lot",
            Self::Phantom => "phantom",
            Self::CustomerSupplied => "customer-supplied",
        }
    }
}

impl Source {
    /// The source's name.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Buy => words::BUY,
            Self::Make => words::MAKE,
            Self::Phantom => words::PHANTOM,
            Self::Customer => words::CUSTOMER_SUPPLIED,
        }
    }

    /// The code of the source in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Buy => "buy",
            Self::Make => "make",
            Self::Phantom => "phantom",
            Self::Customer => "customer",
        }
    }
}

impl Message {
    /// The item it is about.
    #[must_use]
    pub const fn item(&self) -> i64 {
        match self {
            Self::Expedite { item, .. }
            | Self::Defer { item, .. }
            | Self::Cancel { item, .. }
            | Self::Overdue { item, .. }
            | Self::PastDueRelease { item, .. }
            | Self::CustomerShort { item, .. }
            | Self::BelowSafety { item, .. }
            | Self::ReservationUnused { item, .. } => *item,
        }
    }

    /// One sentence; `code` is the item's code.
    #[must_use]
    pub fn say(&self, code: &str, lang: Lang) -> String {
        match self {
            Self::Expedite {
                label,
                from,
                to,
                qty,
                ..
            } => {
                let from = from.map_or_else(
                    || words::NO_DATE.text(lang).to_owned(),
                    |from| from.to_string(),
                );
                let args = [label, code, &qty.text(), &from, &to.to_string()];
                words::EXPEDITE.fill(lang, &args)
            }
            Self::Defer {
                label,
                from,
                to,
                qty,
                ..
            } => {
                let (from, to) = (from.to_string(), to.to_string());
                words::DEFER.fill(lang, &[label, code, &qty.text(), &from, &to])
            }
            Self::Cancel {
                label,
                qty,
                qty_open,
                ..
            } => words::CANCEL.fill(lang, &[label, code, &qty.text(), &qty_open.text()]),
            Self::Overdue {
                label,
                expected,
                days,
                ..
            } => {
                let args = [label, code, &expected.to_string(), &days.to_string()];
                words::OVERDUE.fill(lang, &args)
            }
            Self::PastDueRelease {
                required,
                late_days,
                ..
            } => {
                let args = [code, &required.to_string(), &late_days.to_string()];
                words::PAST_DUE_RELEASE.fill(lang, &args)
            }
            Self::CustomerShort { date, qty, .. } => {
                words::CUSTOMER_SHORT.fill(lang, &[code, &date.to_string(), &qty.text()])
            }
            Self::BelowSafety { qty, .. } => words::BELOW_SAFETY.fill(lang, &[code, &qty.text()]),
            Self::ReservationUnused {
                reservation, qty, ..
            } => {
                let args = [code, &reservation.to_string(), &qty.text()];
                words::RESERVATION_UNUSED.fill(lang, &args)
            }
        }
    }
}

impl Finding {
    /// One sentence that names the object, what is wrong and what was done instead.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Loop { codes } => {
                let first = codes.first().into_iter();
                let names: Vec<&str> = codes.iter().chain(first).map(String::as_str).collect();
                words::LOOP.fill(lang, &[&names.join(" → ")])
            }
            Self::NeedWithoutItem { order, line, item } => {
                let args = [order, &*line.to_string(), &item.to_string()];
                words::NEED_WITHOUT_ITEM.fill(lang, &args)
            }
            Self::MissingComponent { parent, component } => {
                words::MISSING_COMPONENT.fill(lang, &[parent, &component.to_string()])
            }
            Self::MissingParent { parent, component } => {
                let args = [&*parent.to_string(), &component.to_string()];
                words::MISSING_PARENT.fill(lang, &args)
            }
            Self::SupplyWithoutItem { label, item } => {
                words::SUPPLY_WITHOUT_ITEM.fill(lang, &[label, &item.to_string()])
            }
            Self::NoBom { code } => words::NO_BOM.fill(lang, &[code]),
            Self::MissingCalendar { code, calendar } => {
                words::MISSING_CALENDAR.fill(lang, &[code, calendar])
            }
            Self::ClosedCalendar { code, calendar } => {
                words::CLOSED_CALENDAR.fill(lang, &[code, calendar])
            }
            Self::BadWastage { parent, component } => {
                words::BAD_WASTAGE.fill(lang, &[parent, component])
            }
            Self::NegativeQty { code } => words::NEGATIVE_QTY.fill(lang, &[code]),
            Self::LotRulesConflict { code } => words::LOT_RULES_CONFLICT.fill(lang, &[code]),
            Self::TooManyLots { code } => {
                words::TOO_MANY_LOTS.fill(lang, &[code, &LOTS_MAX.to_string()])
            }
            Self::LeadTooLong { code } => {
                words::LEAD_TOO_LONG.fill(lang, &[code, &LEAD_DAYS_MAX.to_string()])
            }
            Self::BadSubstitute { code, substitute } => {
                words::BAD_SUBSTITUTE.fill(lang, &[code, substitute])
            }
            Self::TooLarge { parent, component } => {
                words::TOO_LARGE.fill(lang, &[parent, component])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Qty;
    use crate::plan::explode::Supply;

    #[test]
    fn sentences_name_the_object_in_both_languages() {
        let codes = vec!["A".to_owned(), "B".to_owned()];
        let found = Finding::Loop { codes };
        for lang in [Lang::Zh, Lang::En] {
            assert!(found.say(lang).contains("A → B → A"), "{}", found.say(lang));
            let long = Finding::LeadTooLong {
                code: "X9".to_owned(),
            };
            assert_eq!(long.say(lang).matches("3650").count(), 2);
        }
        let message = Message::Expedite {
            supply: Supply::Purchase(1),
            label: "PO-1".to_owned(),
            item: 2,
            from: None,
            to: "2026-12-01".parse().unwrap(),
            qty: Qty::whole(3),
        };
        assert_eq!(
            message.say("B", Lang::En),
            "PO-1 B: 3 is needed by 2026-12-01 (now no date)"
        );
        assert_eq!(
            message.say("B", Lang::Zh),
            "PO-1 B：3 须提前到 2026-12-01（现为 未定交期）"
        );
        assert_eq!(LotRule::say(&[], Lang::Zh), "按需");
        assert_eq!(
            LotRule::say(&[LotRule::Moq, LotRule::Multiple], Lang::En),
            "minimum lot + multiple"
        );
    }
}
