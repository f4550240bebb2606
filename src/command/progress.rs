//! Progress: daily figures.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, not_ahead, positive, write};
use crate::domain::codes::ProductionState;
use crate::domain::item::Item;
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::progress;
use crate::domain::quantity::Qty;
use crate::domain::rule::production;
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// One operation's figures of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub operation_id: i64,
    pub good: Qty,
    pub defect: Qty,
    pub rework: Qty,
    pub scrap: Qty,
    /// Needed where the figures cannot be: more than is left, more than came from before.
    pub note: String,
    /// The earlier figure this one replaces.
    pub corrects: Option<i64>,
}

/// Reports a day's figures, of one operation or many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportProgress {
    pub date: NaiveDate,
    pub figures: Vec<Figures>,
}

pub(super) fn report(
    store: &mut Store,
    world: &World,
    c: &ReportProgress,
) -> Result<Done, Refusal> {
    not_ahead("date", c.date, store.clock().today())?;
    let mut names = Vec::new();
    let mut order_id = None;
    for figures in &c.figures {
        let (operation, made) = check(world, figures)?;
        let name = format!("{} {}", made.no, operation.name);
        if !names.contains(&name) {
            names.push(name);
        }
        order_id = order_id.or_else(|| production::owner(world, made).map(|(o, _)| o.id));
    }
    let Some(first) = names.first() else {
        return Err(Refusal::at("good", Problem::Required));
    };
    let name = if names.len() > 1 {
        format!("{first} … ({})", names.len())
    } else {
        first.clone()
    };
    let corrected = c.figures.iter().any(|f| f.corrects.is_some());
    let did = if corrected {
        Did::ProgressCorrected
    } else {
        Did::ProgressReported
    };
    let order_no = world.orders.find(order_id).map_or("", |o| o.no.as_str());
    let deed = Deed::new(did, &[&name]).about(order_no);
    write(store, deed, order_id, |tx| {
        for f in &c.figures {
            tx.insert(&progress::Progress {
                operation_id: f.operation_id,
                date: c.date,
                good: f.good,
                defect: f.defect,
                rework: f.rework,
                scrap: f.scrap,
                note: f.note.clone(),
                corrects: f.corrects,
                ..progress::Progress::default()
            })?;
            move_stock(tx, world, f)?;
        }
        Ok(())
    })
}

fn check<'a>(
    world: &'a World,
    f: &Figures,
) -> Result<(&'a Operation, &'a ProductionOrder), Refusal> {
    let operation = found(world.operations.get(f.operation_id), f.operation_id)?;
    let made = found(
        world.production_orders.get(operation.production_order_id),
        operation.production_order_id,
    )?;
    if made.state != ProductionState::Released || made.on_hold {
        return Err(Refusal::at("good", Problem::Not(say::RELEASE_FIRST)));
    }
    for (field, qty) in [
        ("good", f.good),
        ("defect", f.defect),
        ("rework", f.rework),
        ("scrap", f.scrap),
    ] {
        if qty.is_negative() {
            return Err(Refusal::at(field, Problem::NotPositive));
        }
    }
    positive("good", f.good + f.defect + f.rework + f.scrap)?;
    if !f.note.trim().is_empty() {
        return Ok((operation, made));
    }
    let unit = world
        .items
        .find(made.item_id)
        .map_or_else(String::new, |i| i.unit.clone());
    let replaced = f
        .corrects
        .and_then(|id| world.progress.get(id))
        .map_or(Qty::ZERO, |p| p.good);
    let left = production::left(world, made, operation) + replaced;
    if f.good > left {
        return Err(Refusal::at("good", Problem::MoreThanLeft { left, unit }));
    }
    let before = world
        .operations
        .of(made.id)
        .filter(|o| o.seq < operation.seq)
        .max_by_key(|o| o.seq);
    if let Some(before) = before {
        let passed =
            production::done(world, before) - production::done(world, operation) + replaced;
        if f.good > passed {
            return Err(Refusal::at(
                "good",
                Problem::MoreThanBefore {
                    before: passed.floor_zero(),
                    unit,
                },
            ));
        }
    }
    Ok((operation, made))
}

/// Takes what was consumed from stock, and puts finished pieces there.
///
/// A material is consumed at the operation its BOM line names, or at the first; scrap consumes as
/// good pieces do. A correction moves only the difference.
fn move_stock(tx: &mut Tx<'_>, world: &World, f: &Figures) -> Result<(), Refusal> {
    let Some(operation) = world.operations.get(f.operation_id) else {
        return Ok(());
    };
    let Some(made) = world.production_orders.get(operation.production_order_id) else {
        return Ok(());
    };
    let Some(item_id) = made.item_id else {
        return Ok(());
    };
    let old = f.corrects.and_then(|id| world.progress.get(id));
    let used = f.good + f.scrap - old.map_or(Qty::ZERO, |p| p.good + p.scrap);
    let good = f.good - old.map_or(Qty::ZERO, |p| p.good);
    let first = world.operations.of(made.id).map(|o| o.seq).min();
    let last = world.operations.of(made.id).map(|o| o.seq).max();
    for part in world.bom_lines.of(item_id) {
        let here = part.operation.or(first) == Some(operation.seq);
        if here && !used.is_zero() {
            let item: Item = tx.get(part.component_id)?;
            let on_hand = item.on_hand - used.times(part.qty);
            tx.update(&Item { on_hand, ..item })?;
        }
    }
    if last == Some(operation.seq) && !good.is_zero() {
        let item: Item = tx.get(item_id)?;
        let on_hand = item.on_hand + good;
        tx.update(&Item { on_hand, ..item })?;
    }
    Ok(())
}
