//! The packing list: cartons filled from colours and sizes, sums, what differs from the shipment.

use std::collections::BTreeMap;

use super::{is_pending, of_line};
use crate::domain::order::{LineSize, OrderLine};
use crate::domain::progress::{Carton, Shipment};
use crate::domain::quantity::{MICRO, Micro, Qty};
use crate::domain::world::World;

/// The most cartons of one shipment.
pub const CARTONS_MAX: i64 = 100_000;
/// The most rows that one filling makes.
pub const ROWS_MAX: usize = 500;

/// Sums of a packing list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Cartons, those with several contents once.
    pub cartons: i64,
    pub pieces: Qty,
    /// Cubic metres.
    pub volume: Micro,
    pub gross_kg: Micro,
    pub net_kg: Micro,
}

/// The last carton number of a row.
#[must_use]
pub const fn last_no(c: &Carton) -> i64 {
    c.first_no + c.cartons - 1
}

/// The sums of rows: what shares its carton numbers with an earlier row counts as content alone.
#[must_use]
pub fn totals<'a>(rows: impl Iterator<Item = &'a Carton>) -> Totals {
    let mut seen: Vec<(i64, i64)> = Vec::new();
    let mut sum = Totals::default();
    let mut cubic_mm: i128 = 0;
    for c in rows {
        let n = Micro::whole(c.cartons);
        sum.pieces += c.per_carton.times(n);
        sum.net_kg += c.net_kg.times(n);
        // Rows without numbers are cartons of their own.
        let numbered = c.first_no > 0;
        let new = if numbered {
            fresh(&seen, c.first_no, last_no(c))
        } else {
            c.cartons
        };
        if numbered {
            seen.push((c.first_no, last_no(c)));
        }
        sum.cartons += new;
        sum.gross_kg += c.gross_kg.times(Micro::whole(new));
        let one = i128::from(c.length_mm) * i128::from(c.width_mm) * i128::from(c.height_mm);
        cubic_mm += one * i128::from(new);
    }
    // A cubic metre is 10^9 cubic millimetres, so a millionth of one is 1,000 of them.
    let micro = (cubic_mm + 500) / 1_000;
    sum.volume = Micro(i64::try_from(micro).unwrap_or(i64::MAX));
    sum
}

/// How many of the numbers `first..=last` lie in none of the ranges.
fn fresh(seen: &[(i64, i64)], first: i64, last: i64) -> i64 {
    let mut within: Vec<(i64, i64)> = seen
        .iter()
        .map(|(a, b)| ((*a).max(first), (*b).min(last)))
        .filter(|(a, b)| a <= b)
        .collect();
    within.sort_unstable();
    let (mut at, mut new) = (first, 0);
    for (a, b) in within {
        new += (a - at).max(0);
        at = at.max(b + 1);
    }
    new + (last + 1 - at).max(0)
}

/// Packed pieces of each line that the shipment holds or the packing list names, where there is a
/// packing list at all.
#[must_use]
pub fn by_line(world: &World, s: &Shipment) -> BTreeMap<i64, Qty> {
    let mut out = BTreeMap::new();
    if world.cartons.of(s.id).next().is_none() {
        return out;
    }
    for line in world.shipment_lines.of(s.id) {
        out.insert(line.order_line_id, Qty::ZERO);
    }
    let only = match out.len() {
        1 => out.keys().next().copied(),
        _ => None,
    };
    for c in world.cartons.of(s.id) {
        if let Some(line) = c.order_line_id.or(only) {
            *out.entry(line).or_default() += c.per_carton.times(Micro::whole(c.cartons));
        }
    }
    out
}

/// Pieces of one colour and size of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeRow {
    pub line_id: i64,
    pub colour: String,
    pub size: String,
    /// Ordered of it.
    pub ordered: Qty,
    /// In cartons of other shipments, shipped or planned.
    pub elsewhere: Qty,
    /// In cartons of this one.
    pub packed: Qty,
    /// What this one should hold of it.
    pub wanted: Qty,
}

/// Colours and sizes of a shipment: what it should hold of each, and what its cartons hold.
#[must_use]
pub fn sizes(world: &World, s: &Shipment) -> Vec<SizeRow> {
    let mut out = Vec::new();
    for own in world.shipment_lines.of(s.id) {
        let Some(line) = world.order_lines.get(own.order_line_id) else {
            continue;
        };
        let sizes: Vec<&LineSize> = world.line_sizes.of(line.id).collect();
        let mut rows: Vec<SizeRow> = sizes.iter().map(|z| row(world, s, line, z)).collect();
        if rows.is_empty() {
            let whole = LineSize {
                order_line_id: line.id,
                qty: line.qty,
                ..LineSize::default()
            };
            rows.push(row(world, s, line, &whole));
        }
        let left: Vec<Qty> = rows
            .iter()
            .map(|r| (r.ordered - r.elsewhere).floor_zero())
            .collect();
        let weights = if left.iter().all(|q| q.is_zero()) {
            rows.iter().map(|r| r.ordered).collect()
        } else {
            left
        };
        let shares = share_out(of_line(world, s, line.id), &weights);
        for (row, wanted) in rows.iter_mut().zip(shares) {
            row.wanted = wanted;
        }
        out.extend(rows);
    }
    out
}

fn row(world: &World, s: &Shipment, line: &OrderLine, z: &LineSize) -> SizeRow {
    let packed = |shipment: &Shipment| -> Qty {
        let of = |c: &&Carton| {
            let mine = c.order_line_id.is_none_or(|id| id == line.id);
            mine && c.colour == z.colour && c.size == z.size
        };
        let rows = world.cartons.of(shipment.id).filter(of);
        rows.map(|c| c.per_carton.times(Micro::whole(c.cartons)))
            .sum()
    };
    let others = world
        .shipments
        .of(s.order_id)
        .filter(|o| o.id != s.id && (o.shipped_on.is_some() || is_pending(o)));
    SizeRow {
        line_id: line.id,
        colour: z.colour.clone(),
        size: z.size.clone(),
        ordered: z.qty,
        elsewhere: others.map(packed).sum(),
        packed: packed(s),
        wanted: Qty::ZERO,
    }
}

/// Shares a quantity out in proportion to weights, in whole pieces where it is whole: each gets
/// its part rounded down, and what is left goes to the largest remainders, earlier ones first.
#[must_use]
pub fn share_out(qty: Qty, weights: &[Qty]) -> Vec<Qty> {
    let sum: i128 = weights.iter().map(|w| i128::from(w.0.max(0))).sum();
    if weights.is_empty() || sum == 0 {
        return weights.iter().map(|_| Qty::ZERO).collect();
    }
    let whole = qty.0 % MICRO == 0;
    let unit = if whole { i128::from(MICRO) } else { 1 };
    let units = i128::from(qty.0) / unit;
    let mut parts: Vec<(i128, i128, usize)> = Vec::new();
    for (at, weight) in weights.iter().enumerate() {
        let product = units * i128::from(weight.0.max(0));
        parts.push((product / sum, product % sum, at));
    }
    let given: i128 = parts.iter().map(|p| p.0).sum();
    let left = usize::try_from(units - given).unwrap_or(0);
    parts.sort_by_key(|p| (std::cmp::Reverse(p.1), p.2));
    for part in parts.iter_mut().take(left) {
        part.0 += 1;
    }
    parts.sort_by_key(|p| p.2);
    let back = |n: i128| Micro(i64::try_from(n * unit).unwrap_or(i64::MAX));
    parts.into_iter().map(|p| back(p.0)).collect()
}

/// What cartons are filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// Pieces in a full carton.
    pub per_carton: Qty,
    /// What is left of each colour and size goes into common cartons.
    pub mixed: bool,
    /// Length, width and height of a carton in millimetres.
    pub size_mm: [i64; 3],
    /// Net weight of a piece.
    pub piece_kg: Micro,
    /// Weight of an empty carton.
    pub tare_kg: Micro,
}

/// Cartons for what is not packed yet, with numbers that go on from those that are there.
///
/// Each colour and size fills full cartons; the rest gets a carton of its own, or shares one.
#[must_use]
pub fn fill(world: &World, s: &Shipment, how: &Fill) -> Vec<Carton> {
    let mut next = world
        .cartons
        .of(s.id)
        .map(|c| last_no(c) + 1)
        .max()
        .unwrap_or(1)
        .max(1);
    let mut out = Vec::new();
    let mut rests: Vec<(SizeRow, Qty)> = Vec::new();
    if !how.per_carton.is_positive() {
        return out;
    }
    for row in sizes(world, s) {
        let left = (row.wanted - row.packed).floor_zero();
        let full = left.0 / how.per_carton.0;
        if full > 0 {
            out.push(carton(s, &row, how, how.per_carton, (full, next)));
            next += full;
        }
        let rest = Micro(left.0 % how.per_carton.0);
        if rest.is_positive() && how.mixed {
            rests.push((row, rest));
        } else if rest.is_positive() {
            out.push(carton(s, &row, how, rest, (1, next)));
            next += 1;
        }
    }
    let mut room = Qty::ZERO;
    for (row, mut rest) in rests {
        while rest.is_positive() {
            let opens = !room.is_positive();
            if opens {
                room = how.per_carton;
                next += 1;
            }
            let take = rest.min(room);
            let mut carton = carton(s, &row, how, take, (1, next - 1));
            if !opens {
                // The carton itself stands in its first row, which weighs this content too.
                let first = out.iter_mut().rev().find(|c: &&mut Carton| {
                    c.first_no == next - 1 && c.length_mm + c.gross_kg.0 > 0
                });
                if let Some(first) = first {
                    first.gross_kg += carton.net_kg;
                }
                carton.gross_kg = Micro::ZERO;
                (carton.length_mm, carton.width_mm, carton.height_mm) = (0, 0, 0);
            }
            out.push(carton);
            room -= take;
            rest -= take;
        }
    }
    out
}

fn carton(s: &Shipment, row: &SizeRow, how: &Fill, per: Qty, (n, no): (i64, i64)) -> Carton {
    let net_kg = per.times(how.piece_kg);
    let [length_mm, width_mm, height_mm] = how.size_mm;
    Carton {
        shipment_id: s.id,
        order_line_id: Some(row.line_id),
        colour: row.colour.clone(),
        size: row.size.clone(),
        per_carton: per,
        cartons: n,
        first_no: no,
        length_mm,
        width_mm,
        height_mm,
        gross_kg: net_kg + how.tare_kg,
        net_kg,
        ..Carton::default()
    }
}
