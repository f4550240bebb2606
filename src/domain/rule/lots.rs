//! Lots: how a production order is parted.

use crate::domain::production::ProductionOrder;
use crate::domain::quantity::{Micro, Qty};
use crate::domain::rule::production;
use crate::domain::world::World;

/// The most lots that one split makes.
pub const LOTS_MAX: usize = 50;

/// A part of a production order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lot {
    pub qty: Qty,
    /// What it is: a colour, a size; may be empty.
    pub note: String,
}

impl Lot {
    /// A lot of which nothing more is known.
    #[must_use]
    pub const fn plain(qty: Qty) -> Self {
        Self {
            qty,
            note: String::new(),
        }
    }
}

/// `n` lots as equal as whole pieces allow, the larger ones first.
///
/// Of a quantity that is no whole number the first lot takes the odd part. Empty for less than one
/// lot, or where there are fewer pieces than lots.
#[must_use]
pub fn equal(qty: Qty, n: usize) -> Vec<Lot> {
    let Ok(count) = i64::try_from(n) else {
        return Vec::new();
    };
    let whole = qty.0 / Micro::ONE.0;
    if count < 1 || whole < count {
        return Vec::new();
    }
    let odd = qty - Micro::whole(whole);
    let (each, more) = (whole / count, whole % count);
    (0..count)
        .map(|at| Micro::whole(each + i64::from(at < more)))
        .enumerate()
        .map(|(at, qty)| Lot::plain(if at == 0 { qty + odd } else { qty }))
        .collect()
}

/// The quantities as typed; what they leave of the whole is one more lot.
#[must_use]
pub fn typed(whole: Qty, quantities: &[Qty]) -> Vec<Lot> {
    let mut lots: Vec<Lot> = quantities.iter().copied().map(Lot::plain).collect();
    let rest = whole - quantities.iter().copied().sum();
    if rest.is_positive() {
        lots.push(Lot::plain(rest));
    }
    lots
}

/// By what the rows of an order line are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// A lot for each colour.
    Colours,
    /// A lot for each colour and size.
    Sizes,
}

/// A lot for each colour, or each colour and size, of the order lines it is made for; empty where
/// there are no such rows.
#[must_use]
pub fn by_rows(world: &World, made: &ProductionOrder, rows: Rows) -> Vec<Lot> {
    let mut lots: Vec<Lot> = Vec::new();
    for (line, _) in production::shares(world, made) {
        for row in world.line_sizes.of(line.unwrap_or_default()) {
            let note = match rows {
                Rows::Colours => row.colour.clone(),
                Rows::Sizes => format!("{} {}", row.colour, row.size).trim().to_owned(),
            };
            match lots.iter_mut().find(|lot| lot.note == note) {
                Some(lot) => lot.qty += row.qty,
                None => lots.push(Lot { qty: row.qty, note }),
            }
        }
    }
    lots.retain(|lot| lot.qty.is_positive());
    lots
}

/// A lot for each order line that a merged production order is made for.
#[must_use]
pub fn by_lines(world: &World, made: &ProductionOrder) -> Vec<Lot> {
    let shares = production::shares(world, made);
    shares.iter().map(|(_, qty)| Lot::plain(*qty)).collect()
}

/// Shares the lots of a split out among those it is made for: the first lot serves the first.
///
/// The lots have to add up to the shares; each line keeps exactly its quantity.
#[must_use]
pub fn share_out(shares: &[(Option<i64>, Qty)], lots: &[Qty]) -> Vec<Vec<(Option<i64>, Qty)>> {
    let mut rest = shares.iter().copied();
    let mut now = rest.next();
    let mut out = Vec::new();
    for lot in lots {
        let (mut wanted, mut mine) = (*lot, Vec::new());
        while let Some((line, left)) = now.filter(|_| wanted.is_positive()) {
            let qty = left.min(wanted);
            mine.push((line, qty));
            wanted -= qty;
            now = if left > qty {
                Some((line, left - qty))
            } else {
                rest.next()
            };
        }
        out.push(mine);
    }
    out
}
