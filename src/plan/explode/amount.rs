//! How much of a component one lot of its parent takes, exactly.
//!
//! Every division rounds up to a millionth, so that a need is never planned short.

use super::input::{BomLine, Item, Stage, WastageRule};
use crate::domain::quantity::{MICRO, Micro, Qty, Rate};

/// The largest need that is carried on: a million million units.
pub const NEED_MAX: Qty = Micro(1_000_000_000_000 * MICRO);

const M: i128 = MICRO as i128;

/// Why an amount is not what the data ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    BadWastage,
    Negative,
    TooLarge,
}

/// Units to start so that `qty` come out: `qty × (1 + wastage)`, up to the unit's step.
#[must_use]
pub fn start_qty(item: &Item, qty: Qty) -> Qty {
    if !item.assembly_wastage.is_positive() {
        return qty;
    }
    let raised = i128::from(qty.0) * (M + i128::from(item.assembly_wastage.0));
    cut(ceil_div(raised, M)).0.ceil_to(item.unit_step)
}

/// The need of one component for a lot that starts `start` units.
///
/// `start × per × (1 + wastage) + fixed`, or `start × per ÷ (1 − wastage) + fixed` by the line's rule;
/// a running lot has its fixed quantity already.
#[must_use]
pub fn component_need(start: Qty, line: &BomLine, stage: Stage) -> (Qty, Option<Flaw>) {
    let mut flaw = None;
    if line.per.is_negative() || line.fixed.is_negative() {
        flaw = Some(Flaw::Negative);
    }
    let per = i128::from(line.per.floor_zero().0);
    let base = i128::from(start.floor_zero().min(NEED_MAX).0) * per;
    let wastage = match usable(line) {
        Some(rate) => i128::from(rate.0),
        None => {
            flaw = Some(Flaw::BadWastage);
            0
        }
    };
    // The factors are split so that the product of two large amounts stays inside 128 bits.
    let need = match line.wastage_rule {
        WastageRule::Multiply => base
            .checked_mul(M + wastage)
            .map(|product| ceil_div(product, M * M)),
        WastageRule::Divide => Some(ceil_div(base, M - wastage)),
    };
    let fixed = match stage {
        Stage::Waiting => line.fixed.floor_zero(),
        Stage::Running => Qty::ZERO,
    };
    let need = need.map_or(i128::MAX, |n| n + i128::from(fixed.0));
    let (qty, fits) = cut(need);
    if !fits {
        flaw = Some(Flaw::TooLarge);
    }
    (qty, flaw)
}

/// The line's wastage where it makes sense: not negative, and below one where it divides.
fn usable(line: &BomLine) -> Option<Rate> {
    let below_one = matches!(line.wastage_rule, WastageRule::Multiply) || line.wastage < Rate::ONE;
    (!line.wastage.is_negative() && below_one).then_some(line.wastage)
}

fn ceil_div(value: i128, by: i128) -> i128 {
    let whole = value / by;
    if value % by > 0 { whole + 1 } else { whole }
}

fn cut(value: i128) -> (Qty, bool) {
    match i64::try_from(value) {
        Ok(micro) if Micro(micro) <= NEED_MAX => (Micro(micro), true),
        _ => (NEED_MAX, false),
    }
}

/// Splits `total` over `shares` in proportion, exactly: the parts sum to `total`.
///
/// Running totals are rounded down, so each part is within a millionth of its proportion.
/// Where all shares are zero the last one takes the whole.
#[must_use]
pub fn split(total: Qty, shares: &[Qty]) -> Vec<Qty> {
    let whole: i128 = shares.iter().map(|s| i128::from(s.0)).sum();
    let mut seen: i128 = 0;
    let mut given: i64 = 0;
    let last = shares.len().saturating_sub(1);
    let mut out = Vec::with_capacity(shares.len());
    for (at, share) in shares.iter().enumerate() {
        seen += i128::from(share.0);
        let upto = if at == last || whole <= 0 {
            if at == last { total.0 } else { 0 }
        } else {
            i64::try_from(i128::from(total.0) * seen / whole).unwrap_or(total.0)
        };
        out.push(Micro(upto - given));
        given = upto;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::explode::input::Source;

    fn q(text: &str) -> Qty {
        text.parse().unwrap()
    }

    fn line(per: &str, wastage: &str, rule: WastageRule) -> BomLine {
        BomLine {
            fixed: q("2"),
            wastage: q(wastage),
            wastage_rule: rule,
            ..BomLine::new(1, 2, q(per))
        }
    }

    #[test]
    fn both_wastage_rules_give_their_textbook_numbers() {
        let multiply = line("1.35", "0.03", WastageRule::Multiply);
        let divide = line("1.35", "0.1", WastageRule::Divide);
        let need = |l: &BomLine, stage| component_need(q("1000"), l, stage);
        assert_eq!(need(&multiply, Stage::Waiting), (q("1392.5"), None));
        assert_eq!(need(&multiply, Stage::Running), (q("1390.5"), None));
        assert_eq!(need(&divide, Stage::Waiting), (q("1502"), None));
    }

    #[test]
    fn assembly_wastage_raises_what_is_started_and_compounds() {
        let mut item = Item::new(1, "A", Source::Make);
        item.assembly_wastage = q("0.05");
        item.unit_step = q("1");
        let start = start_qty(&item, q("101"));
        assert_eq!(start, q("107"));
        let (need, _) = component_need(
            start,
            &line("2", "0.1", WastageRule::Multiply),
            Stage::Running,
        );
        assert_eq!(need, q("235.4"));
    }

    #[test]
    fn impossible_numbers_are_cut_and_named() {
        let full = line("1", "1", WastageRule::Divide);
        assert_eq!(
            component_need(q("10"), &full, Stage::Running),
            (q("10"), Some(Flaw::BadWastage))
        );
        let huge = line("1000000000", "9", WastageRule::Multiply);
        let (need, flaw) = component_need(q("1000000000"), &huge, Stage::Waiting);
        assert_eq!((need, flaw), (NEED_MAX, Some(Flaw::TooLarge)));
        let tiny = line("0.000001", "0.000001", WastageRule::Multiply);
        assert_eq!(
            component_need(q("1"), &tiny, Stage::Running).0,
            q("0.000002")
        );
    }

    #[test]
    fn a_split_loses_and_invents_nothing() {
        let parts = split(q("10"), &[q("1"), q("1"), q("1")]);
        assert_eq!(parts, [q("3.333333"), q("3.333333"), q("3.333334")]);
        assert_eq!(split(q("5"), &[Qty::ZERO, Qty::ZERO]), [Qty::ZERO, q("5")]);
        assert_eq!(split(q("5"), &[]), Vec::<Qty>::new());
    }
}
