//! Inspections: planned, done, done again.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, not_ahead, positive, write};
use crate::domain::codes::{InspectionKind, InspectionResult};
use crate::domain::progress::Inspection;
use crate::domain::quantity::Qty;
use crate::domain::rule::aql::Level;
use crate::domain::rule::inspection::{self as rule, Aqls};
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, shipping as words};

/// Plans an inspection or records its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveInspection {
    /// The one that is changed; none: a new one.
    pub inspection_id: Option<i64>,
    pub order_id: i64,
    pub production_order_id: Option<i64>,
    pub shipment_id: Option<i64>,
    /// The failed one that it repeats.
    pub re_of: Option<i64>,
    pub kind: InspectionKind,
    pub planned: Option<NaiveDate>,
    /// None: it is only planned.
    pub done_on: Option<NaiveDate>,
    pub lot: Qty,
    pub level: String,
    pub aql: String,
    pub sample: i64,
    pub critical: i64,
    pub major: i64,
    pub minor: i64,
    /// None: what the counts give.
    pub result: Option<InspectionResult>,
    pub override_reason: String,
    pub defects: String,
    pub note: String,
}

pub(super) fn save(store: &mut Store, world: &World, c: &SaveInspection) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    let old = match c.inspection_id {
        None => None,
        Some(id) => Some(found(world.inspections.get(id), id)?),
    };
    if old.is_some_and(|i| rule::next(world, i).is_some()) {
        return Err(Refusal::not(words::DONE_BEFORE));
    }
    if let (None, Some(id)) = (old, c.re_of) {
        let earlier = found(world.inspections.get(id), id)?;
        if earlier.result != InspectionResult::Failed {
            return Err(Refusal::not(words::NOT_FAILED));
        }
        if rule::next(world, earlier).is_some() {
            return Err(Refusal::not(words::DONE_BEFORE));
        }
    }
    let row = row(c, old, store.clock().today())?;
    let did = if row.done_on.is_some() {
        Did::Inspected
    } else {
        Did::InspectionPlanned
    };
    let deed = Deed::new(did, &[c.kind.code()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        match old {
            Some(_) => tx.update(&row)?,
            None => {
                tx.insert(&row)?;
            }
        }
        Ok(())
    })
}

/// The row that the command means, checked.
fn row(
    c: &SaveInspection,
    old: Option<&Inspection>,
    today: NaiveDate,
) -> Result<Inspection, Refusal> {
    positive("lot", c.lot)?;
    let level = Level::of(&c.level).ok_or(Refusal::at("level", Problem::Not(words::BAD_LEVEL)))?;
    let aqls = Aqls::read(&c.aql).ok_or(Refusal::at("major_aql", Problem::Not(words::BAD_AQL)))?;
    let most = rule::pieces(c.lot);
    if c.sample > most {
        return Err(Refusal::at(
            "sample",
            Problem::Not(words::SAMPLE_BEYOND_LOT),
        ));
    }
    for (field, n, least) in [
        ("sample", c.sample, i64::from(c.done_on.is_some())),
        ("critical", c.critical, 0),
        ("major", c.major, 0),
        ("minor", c.minor, 0),
    ] {
        if n < least {
            return Err(Refusal::at(field, Problem::NotWhole { least, most }));
        }
    }
    match (c.done_on, c.planned) {
        (Some(day), _) => not_ahead("date", day, today)?,
        (None, Some(_)) => {}
        (None, None) => return Err(Refusal::at("planned", Problem::Required)),
    }
    let mut row = Inspection {
        order_id: c.order_id,
        production_order_id: c.production_order_id,
        shipment_id: c.shipment_id,
        re_of: c.re_of,
        kind: c.kind,
        planned: c.planned,
        done_on: c.done_on,
        lot: c.lot,
        level: level.code().to_owned(),
        aql: aqls.text(),
        sample: c.sample,
        critical: c.critical,
        major: c.major,
        minor: c.minor,
        override_reason: c.override_reason.trim().to_owned(),
        defects: c.defects.clone(),
        note: c.note.clone(),
        ..Inspection::default()
    };
    if let Some(old) = old {
        (row.id, row.revision, row.re_of) = (old.id, old.revision, old.re_of);
        // Numbers that were agreed for these very terms stay.
        let same = old.lot == row.lot && old.level == row.level && old.aql == row.aql;
        if same {
            (row.accept, row.reject) = (old.accept, old.reject);
        }
    }
    let computed = rule::verdict(&row);
    row.result = match c.result.filter(|_| c.done_on.is_some()) {
        Some(other) if other != computed => {
            if c.override_reason.trim().is_empty() {
                return Err(Refusal::at("override_reason", Problem::Not(words::SAY_WHY)));
            }
            other
        }
        _ => {
            row.override_reason.clear();
            computed
        }
    };
    Ok(row)
}

/// Takes a planned inspection off the list.
pub(super) fn drop(store: &mut Store, world: &World, id: i64) -> Result<Done, Refusal> {
    let i = found(world.inspections.get(id), id)?;
    let order = found(world.orders.get(i.order_id), i.order_id)?;
    if i.done_on.is_some() {
        return Err(Refusal::not(words::DONE_STAYS));
    }
    let deed = Deed::new(Did::InspectionDropped, &[i.kind.code()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        tx.delete::<Inspection>(i.id)?;
        Ok(())
    })
}
