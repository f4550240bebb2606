//! What a letter of credit allows: UCP 600 (ICC Uniform Customs and Practice for Documentary
//! Credits), articles 14 c, 30 and 31.

use chrono::{Days, NaiveDate};

use super::Wish;
use crate::domain::order::Order;
use crate::domain::progress::Credit;
use crate::domain::quantity::{Micro, Money, Qty, Rate};
use crate::domain::rule::delivery;
use crate::domain::world::World;

/// Calendar days for presenting documents after shipment unless the credit says otherwise (art. 14 c).
pub const PRESENTATION_DAYS: u64 = 21;
/// Art. 30 a: "about" or "approximately" takes ten per cent more or less.
pub const ABOUT: Rate = Micro(100_000);
/// Art. 30 b and 30 c: five per cent.
pub const FIVE: Rate = Micro(50_000);

/// Why a quantity may differ from the one in the credit, and by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The credit says its tolerance in so many words.
    Stated(Rate),
    /// Art. 30 a.
    About,
    /// Art. 30 b.
    Five,
    /// The quantity is in packing units or single items: not at all.
    Exact,
}

impl Basis {
    /// What holds for the quantity of a credit.
    #[must_use]
    pub const fn of(credit: &Credit) -> Self {
        if credit.tolerance.is_positive() {
            Self::Stated(credit.tolerance)
        } else if credit.about {
            Self::About
        } else if credit.in_units {
            Self::Exact
        } else {
            Self::Five
        }
    }

    /// The share by which the quantity may be more or less.
    #[must_use]
    pub const fn share(self) -> Rate {
        match self {
            Self::Stated(share) => share,
            Self::About => ABOUT,
            Self::Five => FIVE,
            Self::Exact => Micro::ZERO,
        }
    }
}

/// A rule of the credit with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Shipped in all of a line against the most the credit's quantity takes.
    Quantity {
        line: i64,
        after: Qty,
        most: Qty,
        basis: Basis,
    },
    /// Drawn in all against the most of the amount (art. 30 a, or exactly the amount).
    Amount {
        drawn: Money,
        most: Money,
        about: bool,
    },
    /// Partial shipments are allowed unless the credit says no (art. 31 a).
    Partial { line: i64, after: Qty, least: Qty },
    /// Where partial shipments are barred, five per cent less than the amount may be drawn if the
    /// quantity is shipped in full (art. 30 c).
    Less { drawn: Money, least: Money },
    /// The credit's latest day of shipment.
    LatestShipment(NaiveDate),
    /// The documents can be presented in time: a day is left before the credit expires.
    Presentation { by: NaiveDate },
}

/// The credit of an order.
#[must_use]
pub fn of<'a>(world: &'a World, order: &Order) -> Option<&'a Credit> {
    world.credits.of(order.id).next_back()
}

/// The last day for presenting the documents of goods that left on `shipped` (art. 14 c): 21
/// calendar days after, or what the credit says, and never after it expires.
#[must_use]
pub fn present_by(credit: Option<&Credit>, shipped: NaiveDate) -> NaiveDate {
    let days = credit
        .and_then(|c| u64::try_from(c.presentation_days).ok())
        .filter(|days| *days > 0)
        .unwrap_or(PRESENTATION_DAYS);
    let by = shipped.checked_add_days(Days::new(days)).unwrap_or(shipped);
    credit.and_then(|c| c.expiry).map_or(by, |end| by.min(end))
}

/// What was drawn for goods that left: quantity × price of what has one.
fn drawn(world: &World, order: &Order, wish: &Wish<'_>) -> Money {
    let of_line = |line: &crate::domain::order::OrderLine| {
        let qty = delivery::line_qty(world, line).shipped + wish.of(line.id);
        line.unit_price
            .map_or(Money::ZERO, |price| qty.times(price).round_to(2))
    };
    world.order_lines.of(order.id).map(of_line).sum()
}

/// The credit's rules for a shipment, each with whether it is kept; none without a credit.
#[must_use]
pub fn rules(world: &World, order: &Order, wish: &Wish<'_>) -> Vec<(Rule, bool)> {
    let Some(credit) = of(world, order) else {
        return Vec::new();
    };
    let basis = Basis::of(credit);
    let mut out = Vec::new();
    let mut in_full = true;
    for line in world.order_lines.of(order.id) {
        let so_far = delivery::line_qty(world, line);
        let after = so_far.shipped + wish.of(line.id);
        let part = so_far.ordered.times(basis.share());
        let (least, most) = (so_far.ordered - part, so_far.ordered + part);
        in_full &= after >= so_far.ordered;
        let no = line.no;
        if wish.of(line.id).is_positive() {
            let rule = Rule::Quantity {
                line: no,
                after,
                most,
                basis,
            };
            out.push((rule, after <= most));
        }
        if credit.no_partial {
            let rule = Rule::Partial {
                line: no,
                after,
                least,
            };
            out.push((rule, after >= least));
        }
    }
    if let Some(amount) = credit.amount {
        let drawn = drawn(world, order, wish);
        let more = if credit.about { ABOUT } else { Micro::ZERO };
        let most = amount + amount.times(more);
        let rule = Rule::Amount {
            drawn,
            most,
            about: credit.about,
        };
        out.push((rule, drawn <= most));
        // Art. 30 c does not hold where the credit states a tolerance or says "about".
        if credit.no_partial && matches!(basis, Basis::Five | Basis::Exact) {
            let least = amount - amount.times(FIVE);
            // Under art. 30 b less goods mean less money; only a full quantity is held to this.
            let holds = drawn >= least || !in_full;
            out.push((Rule::Less { drawn, least }, holds));
        }
    }
    if let Some(latest) = credit.latest_shipment {
        out.push((Rule::LatestShipment(latest), wish.day <= latest));
    }
    let by = present_by(Some(credit), wish.day);
    out.push((Rule::Presentation { by }, by >= wish.day));
    out
}
