//! Turns one consolidated net need into lots: unit step, smallest lot, multiple, largest lot.

use super::input::Item;
use super::outcome::{LOTS_MAX, LotRule};
use crate::domain::quantity::{Micro, Qty};

/// The lots for one net need and the rules that changed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sized {
    pub(super) lots: Vec<Qty>,
    pub(super) rules: Vec<LotRule>,
    /// The largest lot was so small that [`LOTS_MAX`] was reached.
    pub(super) too_many: bool,
}

/// The lot rules of an item after their contradictions are settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LotRules {
    step: Qty,
    least: Qty,
    multiple: Qty,
    most: Option<Qty>,
    /// The largest lot is below the smallest or below one multiple, and was left out.
    pub(super) conflict: bool,
}

impl LotRules {
    pub(super) fn of(item: &Item) -> Self {
        let grain = if item.multiple.is_positive() {
            item.multiple
        } else {
            item.unit_step
        };
        let least = item.moq.floor_zero().ceil_to(grain);
        let most = floor_to(item.max_lot, grain);
        let conflict = item.max_lot.is_positive() && (!most.is_positive() || most < least);
        Self {
            step: item.unit_step,
            least: item.moq,
            multiple: item.multiple,
            most: (most.is_positive() && !conflict).then_some(most),
            conflict,
        }
    }

    /// The lots that cover `net`, which is above zero: full largest lots first, the rest last.
    pub(super) fn size(&self, net: Qty) -> Sized {
        let mut out = Sized::default();
        let mut rest = net.ceil_to(self.step);
        if rest != net {
            out.rules.push(LotRule::UnitStep);
        }
        while rest.is_positive() {
            let mut qty = rest;
            if let Some(most) = self.most.filter(|most| qty > *most) {
                if out.lots.len() + 1 < LOTS_MAX {
                    qty = most;
                    note(&mut out.rules, LotRule::MaxLot);
                } else {
                    out.too_many = true;
                }
            }
            if qty < self.least {
                qty = self.least;
                note(&mut out.rules, LotRule::Moq);
            }
            let whole = qty.ceil_to(self.multiple);
            if whole != qty {
                qty = whole;
                note(&mut out.rules, LotRule::Multiple);
            }
            out.lots.push(qty);
            rest -= qty;
        }
        out.rules.sort_unstable();
        out
    }
}

fn note(rules: &mut Vec<LotRule>, rule: LotRule) {
    if !rules.contains(&rule) {
        rules.push(rule);
    }
}

fn floor_to(qty: Qty, step: Qty) -> Qty {
    if step.is_positive() {
        Micro(qty.0.div_euclid(step.0) * step.0)
    } else {
        qty
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::explode::input::Source;

    fn check(rules: [i64; 4], net: i64, lots: &[i64], acted: &[LotRule]) {
        let mut item = Item::new(1, "A", Source::Buy);
        [item.unit_step, item.moq, item.multiple, item.max_lot] = rules.map(Qty::whole);
        let sized = LotRules::of(&item).size(Qty::whole(net));
        let want: Vec<Qty> = lots.iter().copied().map(Qty::whole).collect();
        assert_eq!(
            (sized.lots.as_slice(), sized.rules.as_slice()),
            (want.as_slice(), acted)
        );
    }

    #[test]
    fn lots_follow_step_minimum_multiple_and_maximum() {
        use LotRule::{MaxLot, Moq, Multiple};
        check([0, 0, 0, 0], 37, &[37], &[]);
        check([0, 50, 1, 0], 16, &[50], &[Moq]);
        check([0, 50, 25, 500], 112, &[125], &[Multiple]);
        check([0, 50, 40, 0], 10, &[80], &[Moq, Multiple]);
        check([0, 0, 0, 100], 150, &[100, 50], &[MaxLot]);
        check([0, 60, 0, 100], 130, &[100, 60], &[Moq, MaxLot]);
        check([0, 0, 30, 100], 200, &[90, 90, 30], &[Multiple, MaxLot]);
    }

    #[test]
    fn part_units_are_rounded_up_once() {
        let mut item = Item::new(1, "A", Source::Buy);
        item.unit_step = Qty::ONE;
        let sized = LotRules::of(&item).size(Micro(20_600_000));
        assert_eq!(
            (sized.lots, sized.rules),
            (vec![Qty::whole(21)], vec![LotRule::UnitStep])
        );
    }

    #[test]
    fn a_largest_lot_that_cannot_be_is_left_out() {
        let mut item = Item::new(1, "A", Source::Buy);
        (item.moq, item.max_lot) = (Qty::whole(50), Qty::whole(20));
        let rules = LotRules::of(&item);
        assert!(rules.conflict);
        assert_eq!(rules.size(Qty::whole(70)).lots, [Qty::whole(70)]);
        (item.moq, item.max_lot) = (Qty::ZERO, Micro(1));
        let many = LotRules::of(&item).size(Qty::whole(1));
        assert!(many.too_many);
        assert_eq!(many.lots.len(), LOTS_MAX);
        assert_eq!(many.lots.iter().copied().sum::<Qty>(), Qty::ONE);
    }
}
