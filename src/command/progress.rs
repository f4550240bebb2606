//! Progress: daily figures.

use chrono::NaiveDate;

use super::arrivals::{self, Take};
use super::{Done, Problem, Refusal, found, not_ahead, positive, write};
use crate::domain::codes::ProductionState;
use crate::domain::item::Item;
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::progress;
use crate::domain::quantity::Qty;
use crate::domain::rule::{figures as rule, production};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// One operation's figures of a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    pub operation_id: i64,
    pub good: Qty,
    pub defect: Qty,
    pub rework: Qty,
    pub scrap: Qty,
    pub shift: String,
    /// Needed where the figures can hardly be right, see [`rule::doubts`].
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

/// A row of a department's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeFigures {
    pub date: NaiveDate,
    pub figures: Figures,
    /// The file and its row.
    pub from: String,
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
    doubtful(world, &c.figures)?;
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
            put(tx, world, c.date, f, f.note.clone())?;
        }
        Ok(())
    })
}

/// Takes what a department's report says, each row with its own day.
pub(super) fn take(
    store: &mut Store,
    world: &World,
    c: &Take<TakeFigures>,
) -> Result<Done, Refusal> {
    let today = store.clock().today();
    for row in &c.rows {
        not_ahead("date", row.date, today)?;
        check(world, &row.figures)?;
    }
    let all: Vec<Figures> = c.rows.iter().map(|row| row.figures.clone()).collect();
    doubtful(world, &all)?;
    arrivals::take(store, world, Did::FiguresTaken, c, |tx| {
        for row in &c.rows {
            let note = format!("{} {}", row.from, row.figures.note);
            put(tx, world, row.date, &row.figures, note.trim().to_owned())?;
        }
        Ok(())
    })
}

/// Writes one figure, and moves what it consumed and made.
fn put(
    tx: &mut Tx<'_>,
    world: &World,
    date: NaiveDate,
    f: &Figures,
    note: String,
) -> Result<(), Refusal> {
    tx.insert(&progress::Progress {
        operation_id: f.operation_id,
        date,
        good: f.good,
        defect: f.defect,
        rework: f.rework,
        scrap: f.scrap,
        shift: f.shift.clone(),
        note,
        corrects: f.corrects,
        ..progress::Progress::default()
    })?;
    move_stock(tx, world, f)
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
    if made.state == ProductionState::Proposed {
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
    // A figure that was entered by mistake is corrected to nothing.
    if f.corrects.is_none() {
        positive("good", f.good + f.defect + f.rework + f.scrap)?;
    }
    Ok((operation, made))
}

/// Refuses the first figure that can hardly be right and has no note.
fn doubtful(world: &World, figures: &[Figures]) -> Result<(), Refusal> {
    let replaced = |f: &Figures| {
        world
            .progress
            .find(f.corrects)
            .map_or(Qty::ZERO, |p| p.good)
    };
    let entries: Vec<rule::Entry> = figures
        .iter()
        .map(|f| rule::Entry {
            operation_id: f.operation_id,
            good: f.good,
            replaced: replaced(f),
        })
        .collect();
    for (f, doubt) in figures.iter().zip(rule::doubts(world, &entries)) {
        if let (Some(doubt), true) = (doubt, f.note.trim().is_empty()) {
            let unit = unit(world, f.operation_id);
            return Err(Refusal::at("good", Problem::Doubtful { doubt, unit }));
        }
    }
    Ok(())
}

/// The unit in which an operation counts; empty where its item is not known.
#[must_use]
pub fn unit(world: &World, operation_id: i64) -> String {
    let operation = world.operations.get(operation_id);
    let made = operation.and_then(|o| world.production_orders.get(o.production_order_id));
    let item = made.and_then(|m| world.items.find(m.item_id));
    item.map_or_else(String::new, |i| i.unit.clone())
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
