//! Amendments (订单更改): what changes in an accepted order, and what is done with what is made.
//!
//! Pure: the changed order goes in as it shall be, the differences and the world after them come out.

use std::collections::BTreeMap;

use super::{delivery, production};
use crate::domain::codes::ProductionState;
use crate::domain::order::{LineSize, Order, OrderLine, ScheduleLine};
use crate::domain::production::{ProductionOrder, ProductionOrderLine};
use crate::domain::quantity::Qty;
use crate::domain::record::Record;
use crate::domain::world::{Rows, World};

/// A line as it shall be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RevisedLine {
    pub line: OrderLine,
    pub sizes: Vec<LineSize>,
    pub schedule: Vec<ScheduleLine>,
}

/// One difference: the line's number, or zero for the order as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    pub line: i64,
    /// The column's name.
    pub field: String,
    pub old: String,
    pub new: String,
}

/// A production order whose quantity follows a cut: to zero is cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    pub production_order_id: i64,
    pub from: Qty,
    pub to: Qty,
    /// Order lines with what is cut of their shares.
    pub off: Vec<(i64, Qty)>,
}

/// The differences between an order and what it shall be, header first, then by line.
#[must_use]
pub fn differences(world: &World, order: &Order, lines: &[RevisedLine]) -> Vec<Difference> {
    let mut out = Vec::new();
    let mut put = |line: i64, field: &str, old: String, new: String| {
        if old != new {
            out.push(Difference {
                line,
                field: field.to_owned(),
                old,
                new,
            });
        }
    };
    if let Some(old) = world.orders.get(order.id) {
        let texts = |o: &Order| {
            [
                ("customer_po", o.customer_po.clone()),
                ("currency", o.currency.clone()),
                ("price_terms", o.price_terms.clone()),
                ("payment_terms", o.payment_terms.clone()),
                ("delivery_method", o.delivery_method.clone()),
                ("packaging", o.packaging.clone()),
                ("ship_to", o.ship_to.clone()),
            ]
        };
        for ((field, was), (_, is)) in texts(old).into_iter().zip(texts(order)) {
            put(0, field, was, is);
        }
    }
    for revised in lines {
        let no = revised.line.no;
        let old = world.order_lines.get(revised.line.id);
        let was = old.map(|l| texts(world, l)).unwrap_or_default();
        let is = line_texts(&revised.line, &revised.sizes, &revised.schedule);
        for (field, new) in is {
            // Of a new line what it says counts, not what it leaves as usual.
            if old.is_none() && new == Qty::ZERO.text() {
                continue;
            }
            let old = was.get(field).cloned().unwrap_or_default();
            put(no, field, old, new);
        }
    }
    for gone in removed(world, order.id, lines) {
        put(gone.no, "qty", gone.qty.text(), Qty::ZERO.text());
    }
    out
}

fn texts(world: &World, line: &OrderLine) -> BTreeMap<&'static str, String> {
    let sizes: Vec<LineSize> = world.line_sizes.of(line.id).cloned().collect();
    let parts: Vec<ScheduleLine> = world.schedule_lines.of(line.id).cloned().collect();
    line_texts(line, &sizes, &parts)
}

/// What of a line the customer and the factory agreed on, as text by column.
fn line_texts(
    line: &OrderLine,
    sizes: &[LineSize],
    schedule: &[ScheduleLine],
) -> BTreeMap<&'static str, String> {
    let mut sizes: Vec<String> = sizes
        .iter()
        .map(|s| {
            format!("{} {} {}", s.colour, s.size, s.qty.text())
                .trim()
                .to_owned()
        })
        .collect();
    sizes.sort();
    let parts: Vec<String> = schedule
        .iter()
        .filter_map(|s| Some(format!("{}@{}", s.qty.text(), s.requested_date?)))
        .collect();
    let amount = |m: Option<Qty>| m.map(Qty::text).unwrap_or_default();
    let day = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    BTreeMap::from([
        ("item_code", line.item_code.clone()),
        ("name", line.name.clone()),
        ("spec", line.spec.clone()),
        ("qty", line.qty.text()),
        ("cancelled_qty", line.cancelled_qty.text()),
        ("unit", line.unit.clone()),
        ("unit_price", amount(line.unit_price)),
        ("over_pct", line.over_pct.text()),
        ("under_pct", line.under_pct.text()),
        ("requested_date", day(line.requested_date)),
        ("promised_date", day(line.promised_date)),
        ("sizes", sizes.join(", ")),
        ("schedule", parts.join(", ")),
    ])
}

/// Lines of the order that the revision leaves out.
pub fn removed<'a>(
    world: &'a World,
    order_id: i64,
    lines: &'a [RevisedLine],
) -> impl Iterator<Item = &'a OrderLine> {
    let kept = move |old: &&OrderLine| !lines.iter().any(|e| e.line.id == old.id);
    world.order_lines.of(order_id).filter(kept)
}

/// Production orders that follow a cut: those on which nothing was done yet, the newest first,
/// until what is made is what is ordered. What is under way stays: it is made too much.
#[must_use]
pub fn cuts(world: &World, order: &Order, lines: &[RevisedLine]) -> Vec<Cut> {
    let mut out: Vec<Cut> = Vec::new();
    for old in world.order_lines.of(order.id) {
        let new = lines.iter().find(|l| l.line.id == old.id);
        let wanted = new.map_or(Qty::ZERO, |l| {
            (l.line.qty - l.line.cancelled_qty).floor_zero()
        });
        let mut beyond = (production::in_production(world, old) - wanted).floor_zero();
        let before =
            (production::in_production(world, old) - (old.qty - old.cancelled_qty)).floor_zero();
        // What was made beyond the order on purpose is not this amendment's to cut.
        beyond = (beyond - before).floor_zero();
        let made: Vec<_> = production::of_line(world, old).collect();
        for (p, share) in made.into_iter().rev() {
            if !beyond.is_positive()
                || p.state == ProductionState::Cancelled
                || production::is_begun(world, p)
            {
                continue;
            }
            let off = share.min(beyond);
            beyond -= off;
            match out.iter_mut().find(|c| c.production_order_id == p.id) {
                Some(cut) => {
                    cut.to -= off;
                    cut.off.push((old.id, off));
                }
                None => out.push(Cut {
                    production_order_id: p.id,
                    from: p.qty,
                    to: p.qty - off,
                    off: vec![(old.id, off)],
                }),
            }
        }
    }
    out
}

/// A production order after a cut.
#[must_use]
pub fn after_cut(p: &ProductionOrder, cut: &Cut) -> ProductionOrder {
    let mut p = p.clone();
    p.qty = cut.to;
    if cut.to.is_zero() {
        p.qty = cut.from;
        p.state = ProductionState::Cancelled;
    }
    p
}

/// Names what an amendment changes of a production order: its number, then what.
pub const OF_PRODUCTION: &str = "production ";

/// A difference of a production order; `what` is `qty`, `start` or `finish`.
#[must_use]
pub fn of_production(no: &str, what: &str, old: &str, new: &str) -> Difference {
    Difference {
        line: 0,
        field: format!("{OF_PRODUCTION}{no} {what}"),
        old: old.to_owned(),
        new: new.to_owned(),
    }
}

/// The number of the production order and what of it a difference is about.
#[must_use]
pub fn production_of(difference: &Difference) -> Option<(&str, &str)> {
    difference
        .field
        .strip_prefix(OF_PRODUCTION)?
        .rsplit_once(' ')
}

/// The cuts as differences.
#[must_use]
pub fn touched(world: &World, cuts: &[Cut]) -> Vec<Difference> {
    let one = |cut: &Cut| {
        let made = world.production_orders.get(cut.production_order_id)?;
        let (old, new) = (cut.from.text(), cut.to.text());
        Some(of_production(&made.no, "qty", &old, &new))
    };
    cuts.iter().filter_map(one).collect()
}

/// The further order lines of a merged production order after a cut; one of zero is to go.
///
/// A production order that is cancelled as a whole keeps them for the record.
#[must_use]
pub fn shares_after(world: &World, cut: &Cut) -> Vec<ProductionOrderLine> {
    if cut.to.is_zero() {
        return Vec::new();
    }
    let off = |line: i64| -> Qty {
        let mine = cut.off.iter().filter(|(id, _)| *id == line);
        mine.map(|(_, qty)| *qty).sum()
    };
    world
        .production_order_lines
        .of(cut.production_order_id)
        .filter(|row| off(row.order_line_id).is_positive())
        .map(|row| ProductionOrderLine {
            qty: row.qty - off(row.order_line_id),
            ..row.clone()
        })
        .collect()
}

/// The world as it would be; new lines get ids beyond all others.
#[must_use]
pub fn after(world: &World, order: &Order, lines: &[RevisedLine], cuts: &[Cut]) -> World {
    let mut after = world.clone();
    after.orders = replaced(&world.orders, |o| (o.id == order.id).then(|| order.clone()));
    let mut next = world.order_lines.iter().map(|l| l.id).max().unwrap_or(0);
    let mut rows: Vec<OrderLine> = Vec::new();
    for old in world.order_lines.iter() {
        if old.order_id != order.id {
            rows.push(old.clone());
        }
    }
    let ours = |id: i64| world.order_lines.get(id).map(|l| l.order_id) == Some(order.id);
    let (mut sizes, mut parts): (Vec<LineSize>, Vec<ScheduleLine>) = (Vec::new(), Vec::new());
    for revised in lines {
        let mut line = revised.line.clone();
        line.order_id = order.id;
        if line.id == 0 {
            next += 1;
            line.id = next;
        }
        let order_line_id = line.id;
        sizes.extend(revised.sizes.iter().map(|s| LineSize {
            order_line_id,
            ..s.clone()
        }));
        parts.extend(revised.schedule.iter().map(|s| ScheduleLine {
            order_line_id,
            ..s.clone()
        }));
        rows.push(line);
    }
    after.order_lines = Rows::new(rows);
    let kept = world.line_sizes.iter().filter(|s| !ours(s.order_line_id));
    after.line_sizes = numbered(kept.cloned().chain(sizes), |s, id| s.id = id);
    let kept = world.schedule_lines.iter();
    let kept = kept.filter(|s| !ours(s.order_line_id));
    after.schedule_lines = numbered(kept.cloned().chain(parts), |s, id| s.id = id);
    after.production_orders = replaced(&world.production_orders, |p| {
        let cut = cuts.iter().find(|c| c.production_order_id == p.id)?;
        Some(after_cut(p, cut))
    });
    let changed: Vec<_> = cuts
        .iter()
        .flat_map(|cut| shares_after(world, cut))
        .collect();
    after.production_order_lines = replaced(&world.production_order_lines, |row| {
        changed.iter().find(|new| new.id == row.id).cloned()
    });
    after
}

/// Rows in the order given, new ones (id zero) with ids beyond all others.
fn numbered<T: Record>(rows: impl Iterator<Item = T>, set: impl Fn(&mut T, i64)) -> Rows<T> {
    let mut rows: Vec<T> = rows.collect();
    let mut next = rows.iter().map(Record::id).max().unwrap_or(0);
    for row in rows.iter_mut().filter(|row| row.id() == 0) {
        next += 1;
        set(row, next);
    }
    Rows::new(rows)
}

fn replaced<T: Record + Clone>(rows: &Rows<T>, new: impl Fn(&T) -> Option<T>) -> Rows<T> {
    Rows::new(
        rows.iter()
            .map(|row| new(row).unwrap_or_else(|| row.clone()))
            .collect(),
    )
}

/// The lines of an order as they are.
#[must_use]
pub fn lines_of(world: &World, order: &Order) -> Vec<RevisedLine> {
    let line = |l: &OrderLine| RevisedLine {
        line: l.clone(),
        sizes: world.line_sizes.of(l.id).cloned().collect(),
        schedule: world.schedule_lines.of(l.id).cloned().collect(),
    };
    world.order_lines.of(order.id).map(line).collect()
}

/// The first line that would be cut below what has shipped, with that quantity.
#[must_use]
pub fn below_shipped(world: &World, order: &Order, lines: &[RevisedLine]) -> Option<(i64, Qty)> {
    world.order_lines.of(order.id).find_map(|old| {
        let shipped = delivery::line_qty(world, old).shipped;
        let new = lines.iter().find(|l| l.line.id == old.id);
        let wanted = new.map_or(Qty::ZERO, |l| l.line.qty - l.line.cancelled_qty);
        (shipped > wanted).then_some((old.no, shipped))
    })
}

/// The differences as kept in the file: a line each, `line field old new`, parted by tabs.
#[must_use]
pub fn text(list: &[Difference]) -> String {
    let clean = |t: &str| t.replace(['\t', '\n', '\r'], " ");
    let one = |d: &Difference| {
        format!(
            "{}\t{}\t{}\t{}",
            d.line,
            d.field,
            clean(&d.old),
            clean(&d.new)
        )
    };
    list.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The differences of a kept text; what is no such line is left out.
#[must_use]
pub fn read(text: &str) -> Vec<Difference> {
    let one = |line: &str| {
        let mut parts = line.split('\t');
        Some(Difference {
            line: parts.next()?.parse().ok()?,
            field: parts.next()?.to_owned(),
            old: parts.next()?.to_owned(),
            new: parts.next()?.to_owned(),
        })
    };
    text.lines().filter_map(one).collect()
}
