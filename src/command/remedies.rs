//! What hangs on an exception: its effects on the plan, ways out, actions, evidence.

use chrono::NaiveDate;

use super::exceptions::{deed, deed_with, open};
use super::intake::keep_file;
use super::{Done, Problem, Refusal, found, not_ahead, positive, required, write};
use crate::domain::exception::{
    ExceptionAction, ExceptionEffect, ExceptionEvidence, ExceptionOption,
};
use crate::domain::exception_codes::{EffectKind, OptionKind};
use crate::domain::moment::Moment;
use crate::domain::quantity::Micro;
use crate::domain::record::Record;
use crate::domain::rule::{effect, production, purchase};
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, failure as said};

/// A row to be kept: new where its id is zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    Option(ExceptionOption),
    Effect(ExceptionEffect),
    Action(ExceptionAction),
    /// With the path of the file to keep; empty: none.
    Evidence(ExceptionEvidence, String),
}

/// A row to be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Option(i64),
    Effect(i64),
    Action(i64),
    Evidence(i64),
}

pub(super) fn save(store: &mut Store, world: &World, c: &Remedy) -> Result<Done, Refusal> {
    match c {
        Remedy::Option(row) => save_option(store, world, row),
        Remedy::Effect(row) => save_effect(store, world, row),
        Remedy::Action(row) => save_action(store, world, row),
        Remedy::Evidence(row, path) => file_evidence(store, world, row, path),
    }
}

fn put<R: Record>(
    store: &mut Store,
    deed: Deed,
    order: Option<i64>,
    row: &R,
) -> Result<Done, Refusal> {
    write(store, deed, order, |tx| {
        if row.id() == 0 {
            tx.insert(row)?;
        } else {
            tx.update(row)?;
        }
        Ok(())
    })
}

fn save_option(store: &mut Store, world: &World, row: &ExceptionOption) -> Result<Done, Refusal> {
    let e = open(world, row.exception_id)?;
    required("text", &row.text)?;
    let needed = |field, there: bool| {
        if there {
            Ok(())
        } else {
            Err(Refusal::at(field, Problem::Required))
        }
    };
    match row.kind {
        OptionKind::Words => {}
        OptionKind::Overtime => {
            needed("where", row.work_centre_id.is_some())?;
            span(row.starts, row.ends)?;
        }
        OptionKind::OtherLine => {
            needed("operation", row.production_order_id.is_some())?;
            needed("line", row.line_id.is_some())?;
            let made = row.production_order_id.unwrap_or_default();
            let mut operations = world.operations.of(made);
            let operation = operations.find(|o| o.seq == row.seq);
            let centre = operation.and_then(|o| o.work_centre_id);
            let line = world.lines.find(row.line_id);
            if line.map(|l| l.work_centre_id) != centre {
                return Err(Refusal::at("line", Problem::Not(said::LINE_ELSEWHERE)));
            }
        }
        OptionKind::Parts => {
            needed("made", row.production_order_id.is_some())?;
            positive("qty", row.qty)?;
        }
        OptionKind::Expedite => {
            needed("purchase", row.purchase_id.is_some())?;
            needed("arrives", row.arrives.is_some())?;
        }
    }
    let deed = deed_with(world, Did::ExceptionOptionSaved, e, &[&row.text]);
    let others = world.exception_options.of(e.id);
    let others = others.filter(|o| row.chosen && o.chosen && o.id != row.id);
    write(store, deed, e.order_id, |tx| {
        for other in others {
            tx.update(&ExceptionOption {
                chosen: false,
                ..other.clone()
            })?;
        }
        if row.id == 0 {
            tx.insert(row)?;
        } else {
            tx.update(row)?;
        }
        Ok(())
    })
}

fn span(starts: Option<Moment>, ends: Option<Moment>) -> Result<(), Refusal> {
    let missing = |field| Refusal::at(field, Problem::Required);
    let starts = starts.ok_or_else(|| missing("from"))?;
    let ends = ends.ok_or_else(|| missing("to"))?;
    if ends <= starts {
        return Err(Refusal::at("to", Problem::Not(said::ENDS_BEFORE)));
    }
    let days = usize::try_from((ends.0 - starts.0).num_days()).unwrap_or(usize::MAX);
    if days >= effect::DAYS_MAX {
        return Err(Refusal::at("to", Problem::Not(said::TOO_LONG)));
    }
    Ok(())
}

fn save_effect(store: &mut Store, world: &World, row: &ExceptionEffect) -> Result<Done, Refusal> {
    let e = open(world, row.exception_id)?;
    let today = store.clock().today();
    check_effect(world, row, today)?;
    let row = ExceptionEffect {
        // What it says, it says from now on.
        entered_on: today,
        ..row.clone()
    };
    put(
        store,
        deed(world, Did::ExceptionEffectSaved, e),
        e.order_id,
        &row,
    )
}

/// Whether an effect says what its kind needs.
pub(super) fn check_effect(
    world: &World,
    row: &ExceptionEffect,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let missing = |field| Refusal::at(field, Problem::Required);
    let ahead = |field: &'static str| {
        let date = row.date.ok_or_else(|| missing(field))?;
        if date <= today {
            return Err(Refusal::at(field, Problem::DatePast { date, today }));
        }
        Ok(())
    };
    match row.kind {
        EffectKind::Outage | EffectKind::Absence => {
            row.work_centre_id.ok_or_else(|| missing("where"))?;
            span(row.starts, row.ends)?;
            let share = row.share;
            if row.kind == EffectKind::Absence && !(share.is_positive() && share <= Micro::ONE) {
                let (least, most) = (1, 100);
                return Err(Refusal::at("percent", Problem::NotWhole { least, most }));
            }
        }
        EffectKind::Delay => {
            row.purchase_id.ok_or_else(|| missing("purchase"))?;
            ahead("until")?;
        }
        EffectKind::Shortage => {
            let id = row.purchase_id.ok_or_else(|| missing("purchase"))?;
            positive("lost", row.qty)?;
            let line = found(world.purchases.get(id), id)?;
            let own = world.exception_effects.get(row.id).map(|old| old.qty);
            let open = purchase::arrival(world, line).open + own.unwrap_or_default();
            if row.qty > open {
                return Err(Refusal::at("lost", Problem::Not(said::MORE_THAN_OPEN)));
            }
        }
        EffectKind::Loss | EffectKind::Rework => {
            let id = row
                .production_order_id
                .ok_or_else(|| missing("operation"))?;
            positive("lost", row.qty)?;
            let mut operations = world.operations.of(id);
            let operation = operations
                .find(|o| o.seq == row.seq)
                .ok_or_else(|| missing("operation"))?;
            let own = world.exception_effects.get(row.id).map(|old| old.qty);
            let done = production::done(world, operation) + own.unwrap_or_default();
            if row.qty > done {
                return Err(Refusal::at("lost", Problem::Not(said::MORE_THAN_DONE)));
            }
        }
        EffectKind::Hold => {
            if row.order_id.is_none() && row.production_order_id.is_none() {
                return Err(missing("held"));
            }
            ahead("until")?;
        }
    }
    Ok(())
}

fn save_action(store: &mut Store, world: &World, row: &ExceptionAction) -> Result<Done, Refusal> {
    // Prevention goes on after the exception is closed.
    let e = found(world.exceptions.get(row.exception_id), row.exception_id)?;
    required("text", &row.text)?;
    let today = store.clock().today();
    for (field, date) in [("done_on", row.done_on), ("verified_on", row.verified_on)] {
        if let Some(date) = date {
            not_ahead(field, date, today)?;
        }
    }
    if row.verified_on.is_some() && row.done_on.is_none() {
        return Err(Refusal::at("done_on", Problem::Required));
    }
    let deed = deed_with(world, Did::ExceptionActionSaved, e, &[&row.text]);
    put(store, deed, e.order_id, row)
}

fn file_evidence(
    store: &mut Store,
    world: &World,
    row: &ExceptionEvidence,
    path: &str,
) -> Result<Done, Refusal> {
    let e = found(world.exceptions.get(row.exception_id), row.exception_id)?;
    let path = path.trim();
    if let Some(date) = row.date {
        not_ahead("date", date, store.clock().today())?;
    }
    if row.id == 0 && row.title.trim().is_empty() && row.note.trim().is_empty() {
        required("title", path)?;
    }
    let mut row = row.clone();
    if !path.is_empty() {
        (row.file_hash, row.file_name) = keep_file(store, "path", path)?;
    }
    if row.title.trim().is_empty() {
        row.title = if row.file_name.is_empty() {
            row.note.lines().next().unwrap_or_default().to_owned()
        } else {
            row.file_name.clone()
        };
    }
    let deed = deed_with(world, Did::ExceptionEvidenceFiled, e, &[&row.title]);
    put(store, deed, e.order_id, &row)
}

pub(super) fn drop_piece(store: &mut Store, world: &World, c: Piece) -> Result<Done, Refusal> {
    let parent = match c {
        Piece::Option(id) => found(world.exception_options.get(id), id)?.exception_id,
        Piece::Effect(id) => found(world.exception_effects.get(id), id)?.exception_id,
        Piece::Action(id) => found(world.exception_actions.get(id), id)?.exception_id,
        Piece::Evidence(id) => found(world.exception_evidence.get(id), id)?.exception_id,
    };
    let e = open(world, parent)?;
    let deed = deed(world, Did::ExceptionPartDropped, e);
    write(store, deed, e.order_id, |tx| {
        match c {
            Piece::Option(id) => tx.delete::<ExceptionOption>(id)?,
            Piece::Effect(id) => tx.delete::<ExceptionEffect>(id)?,
            Piece::Action(id) => tx.delete::<ExceptionAction>(id)?,
            Piece::Evidence(id) => tx.delete::<ExceptionEvidence>(id)?,
        }
        Ok(())
    })
}
