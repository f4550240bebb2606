//! Orders entered and changed by hand: the header with all its lines, or one line.

use super::intake::keep_file;
use super::orders::{
    check_line, check_po, check_shelf, customer_named, new_customer, order_no, with_item,
};
use super::{Done, Problem, Refusal, found, required, write};
use crate::domain::codes::{DocumentKind, OrderState};
use crate::domain::document::Document;
use crate::domain::order::{LineSize, Order, OrderLine, ScheduleLine};
use crate::domain::quantity::Qty;
use crate::domain::record::Record;
use crate::domain::rule::production;
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// Saves an order, new or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveOrder {
    /// As read and edited; an id of zero is a new order, an empty number takes the next one.
    pub order: Order,
    /// Code or name of the customer; a name that is not known yet becomes a new customer.
    pub customer: String,
    /// All lines of the order as they shall be; `None` leaves them alone.
    pub lines: Option<Vec<LineEntry>>,
    /// Path of the file the order came as, to be filed with it; may be empty.
    pub paper: String,
}

/// A line with what hangs on it, as it shall be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineEntry {
    /// Its row in the table it was typed into, from zero: refusals name it.
    pub row: usize,
    /// An id of zero is a new line.
    pub line: OrderLine,
    /// Colour × size quantities; where there are any they add up to the line's quantity.
    pub sizes: Vec<LineSize>,
    /// Part deliveries; where there are any they add up to the line's quantity.
    pub schedule: Vec<ScheduleLine>,
}

/// Saves one line of an order, new or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveLine {
    pub line: OrderLine,
    /// Replaces the sizes where given.
    pub sizes: Option<Vec<LineSize>>,
}

pub(super) fn save(store: &mut Store, world: &World, c: &SaveOrder) -> Result<Done, Refusal> {
    required("customer", &c.customer)?;
    let new = c.order.id == 0;
    let mut order = c.order.clone();
    order.no = order_no(world, &order)?;
    let customer = customer_named(world, &c.customer);
    check_po(world, &order, customer)?;
    check_shelf(store, &order, customer)?;
    let today = store.clock().today();
    for entry in c.lines.iter().flatten() {
        check_entry(world, entry, today).map_err(|refused| in_row(entry.row, refused))?;
    }
    if let (false, Some(lines)) = (new, &c.lines) {
        check_agreed(world, &order, lines)?;
    }
    check_removed(world, &order, c.lines.as_deref())?;
    let repeated = order
        .repeat_of
        .filter(|_| new)
        .and_then(|id| world.orders.get(id));
    let deed = match repeated {
        Some(old) => Deed::new(Did::OrderRepeated, &[&order.no, &old.no]),
        None if new => Deed::new(Did::OrderEntered, &[&order.no]),
        None => Deed::new(Did::OrderChanged, &[&order.no]),
    };
    let deed = deed.about(&order.no);
    let (file_hash, file_name) = keep_file(store, "paper", c.paper.trim())?;
    let name = c.customer.trim().to_owned();
    let (order_id, change) = store.write(&deed, |tx| {
        order.customer_id = Some(match customer {
            Some(known) => known.id,
            None => new_customer(tx, world, &name)?,
        });
        let order_id = if new {
            tx.insert(&order)?
        } else {
            tx.update(&order)?;
            order.id
        };
        if let Some(lines) = &c.lines {
            write_lines(tx, world, order_id, lines)?;
        }
        if !file_name.is_empty() {
            tx.insert(&Document {
                order_id,
                kind: paper_kind(&file_name),
                title: file_name.clone(),
                date: Some(today),
                file_hash: file_hash.clone(),
                file_name: file_name.clone(),
                ..Document::default()
            })?;
        }
        Ok::<_, Refusal>(order_id)
    })?;
    Ok(Done {
        change,
        deed,
        order_id: Some(order_id),
    })
}

/// What kind of paper a file is: words that somebody wrote are no order sheet.
fn paper_kind(name: &str) -> DocumentKind {
    let name = name.to_lowercase();
    if [".txt", ".eml"].iter().any(|ending| name.ends_with(ending)) {
        DocumentKind::Mail
    } else {
        DocumentKind::CustomerOrderSheet
    }
}

/// The same refusal, about a row of the table of lines.
pub(super) fn in_row(row: usize, refused: Refusal) -> Refusal {
    let problem = Box::new(refused.problem);
    let column = refused.field.to_owned();
    Refusal::at(
        "lines",
        Problem::InRow {
            row,
            column,
            problem,
        },
    )
}

pub(super) fn check_entry(
    world: &World,
    entry: &LineEntry,
    today: chrono::NaiveDate,
) -> Result<(), Refusal> {
    let old = world.order_lines.get(entry.line.id);
    let mut checked = entry.line.clone();
    if old.is_some_and(|old| old.requested_date == checked.requested_date) {
        // A date that was right when it was written is no mistake of today's edit.
        checked.requested_date = None;
    }
    check_line(world, &checked, today)?;
    let differs = |parts: Vec<Qty>| {
        let sum: Qty = parts.iter().copied().sum();
        (!parts.is_empty() && sum != entry.line.qty).then(|| Problem::SizesDiffer {
            stated: entry.line.qty.text(),
            sizes: sum.text(),
        })
    };
    if let Some(problem) = differs(entry.sizes.iter().map(|s| s.qty).collect()) {
        return Err(Refusal::at("qty", problem));
    }
    let parts: Vec<Qty> = entry.schedule.iter().map(|s| s.qty).collect();
    let sum: Qty = parts.iter().copied().sum();
    if !parts.is_empty() && sum != entry.line.qty {
        let (stated, total) = (entry.line.qty.text(), sum.text());
        return Err(Refusal::at(
            "requested_date",
            Problem::TotalDiffers { stated, total },
        ));
    }
    for (at, size) in entry.sizes.iter().enumerate() {
        let same = |s: &LineSize| s.colour == size.colour && s.size == size.size;
        if entry.sizes.iter().skip(at + 1).any(same) {
            return Err(Refusal::at("colour", Problem::Not(say::SIZE_TWICE)));
        }
    }
    Ok(())
}

/// What was agreed with the customer changes by amendment alone, once the order is accepted.
fn check_agreed(world: &World, order: &Order, lines: &[LineEntry]) -> Result<(), Refusal> {
    let accepted = world
        .orders
        .get(order.id)
        .is_some_and(|o| o.state == OrderState::Accepted);
    if accepted && !super::amend::differences(world, order, lines).is_empty() {
        return Err(Refusal::not(say::AMEND_INSTEAD));
    }
    Ok(())
}

/// A line on which other work stands cannot just be left out.
fn check_removed(world: &World, order: &Order, lines: Option<&[LineEntry]>) -> Result<(), Refusal> {
    let Some(lines) = lines else { return Ok(()) };
    for old in removed(world, order.id, lines) {
        let made = production::of_line(world, old).next().is_some();
        let promised = world.commitments.of(old.id).next().is_some();
        let shipped = world
            .shipment_lines
            .iter()
            .any(|s| s.order_line_id == old.id);
        if made || promised || shipped {
            return Err(Refusal::at("lines", Problem::LineInUse { no: old.no }));
        }
    }
    Ok(())
}

/// A line as it is.
fn kept(world: &World, line: &OrderLine) -> LineEntry {
    LineEntry {
        row: 0,
        line: line.clone(),
        sizes: world.line_sizes.of(line.id).cloned().collect(),
        schedule: world.schedule_lines.of(line.id).cloned().collect(),
    }
}

fn removed<'a>(
    world: &'a World,
    order_id: i64,
    lines: &'a [LineEntry],
) -> impl Iterator<Item = &'a OrderLine> {
    let kept = move |old: &&OrderLine| !lines.iter().any(|e| e.line.id == old.id);
    world.order_lines.of(order_id).filter(kept)
}

pub(super) fn write_lines(
    tx: &mut Tx<'_>,
    world: &World,
    order_id: i64,
    lines: &[LineEntry],
) -> Result<(), Refusal> {
    let gone: Vec<OrderLine> = removed(world, order_id, lines).cloned().collect();
    for old in gone {
        replace(tx, world.line_sizes.of(old.id), &[], |a, b| a == b)?;
        replace(tx, world.schedule_lines.of(old.id), &[], |a, b| a == b)?;
        tx.delete::<OrderLine>(old.id)?;
    }
    let mut last = world
        .order_lines
        .of(order_id)
        .map(|l| l.no)
        .max()
        .unwrap_or(0);
    for entry in lines {
        let mut line = with_item(world, entry.line.clone());
        line.order_id = order_id;
        if line.no == 0 {
            last += 1;
            line.no = last;
        }
        if line.id == 0 {
            line.id = tx.insert(&line)?;
        } else {
            tx.update(&line)?;
        }
        let sizes: Vec<LineSize> = entry
            .sizes
            .iter()
            .map(|s| LineSize {
                id: 0,
                order_line_id: line.id,
                ..s.clone()
            })
            .collect();
        replace(tx, world.line_sizes.of(line.id), &sizes, |a, b| {
            (&a.colour, &a.size, a.qty) == (&b.colour, &b.size, b.qty)
        })?;
        let parts: Vec<ScheduleLine> = entry
            .schedule
            .iter()
            .map(|s| ScheduleLine {
                id: 0,
                order_line_id: line.id,
                ..s.clone()
            })
            .collect();
        replace(tx, world.schedule_lines.of(line.id), &parts, |a, b| {
            (a.qty, a.requested_date) == (b.qty, b.requested_date)
        })?;
    }
    Ok(())
}

/// Puts new rows in the place of old ones; leaves both alone where they say the same.
fn replace<'a, T: Record + 'a>(
    tx: &mut Tx<'_>,
    old: impl Iterator<Item = &'a T>,
    new: &[T],
    same: impl Fn(&T, &T) -> bool,
) -> Result<(), Refusal> {
    let old: Vec<&T> = old.collect();
    if old.len() == new.len() && old.iter().zip(new).all(|(a, b)| same(a, b)) {
        return Ok(());
    }
    for row in old {
        tx.delete::<T>(row.id())?;
    }
    for row in new {
        tx.insert(row)?;
    }
    Ok(())
}

pub(super) fn save_line(store: &mut Store, world: &World, c: &SaveLine) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.line.order_id), c.line.order_id)?;
    let unchanged_date = world
        .order_lines
        .get(c.line.id)
        .is_some_and(|old| old.requested_date == c.line.requested_date);
    let today = store.clock().today();
    let mut checked = c.line.clone();
    if unchanged_date {
        // A date that was right when it was written is no mistake of today's edit.
        checked.requested_date = None;
    }
    check_line(world, &checked, today)?;
    let others = world.order_lines.of(order.id).filter(|l| l.id != c.line.id);
    let mut all: Vec<LineEntry> = others.map(|l| kept(world, l)).collect();
    let sizes = c.sizes.clone();
    all.push(LineEntry {
        line: c.line.clone(),
        sizes: sizes.unwrap_or_else(|| kept(world, &c.line).sizes),
        ..kept(world, &c.line)
    });
    check_agreed(world, order, &all)?;
    let mut line = with_item(world, c.line.clone());
    if line.no == 0 {
        line.no = world
            .order_lines
            .of(order.id)
            .map(|l| l.no)
            .max()
            .unwrap_or(0)
            + 1;
    }
    let deed = Deed::new(Did::OrderChanged, &[&order.no]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        let id = if line.id == 0 {
            tx.insert(&line)?
        } else {
            tx.update(&line)?;
            line.id
        };
        if let Some(sizes) = &c.sizes {
            let sizes: Vec<LineSize> = sizes
                .iter()
                .map(|s| LineSize {
                    id: 0,
                    order_line_id: id,
                    ..s.clone()
                })
                .collect();
            replace(tx, world.line_sizes.of(line.id), &sizes, |_, _| false)?;
        }
        Ok(())
    })
}
