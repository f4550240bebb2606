//! Capacity blocks: time that others' orders take from a work centre, downtime, overtime.

use super::{Done, Problem, Refusal, found, write};
use crate::domain::codes::BlockKind;
use crate::domain::moment::Moment;
use crate::domain::quantity::Micro;
use crate::domain::resource::CapacityBlock;
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, blocks as said};

/// Spans that one command writes at most: a year of days.
pub const DAYS_MAX: usize = 366;

/// Blocks time of a work centre, or adds some: one row for each span.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SaveBlock {
    /// The block that the first span takes the place of; none: all are new.
    pub replaces: Option<i64>,
    /// The revision of `replaces` that was read.
    pub revision: i64,
    pub work_centre_id: i64,
    /// None: the whole work centre.
    pub line_id: Option<i64>,
    pub kind: BlockKind,
    /// Start and end of each; the end is not included.
    pub spans: Vec<(Moment, Moment)>,
    /// Minutes within each span, over all lines together where no line is named; zero: the whole
    /// span of each line.
    pub minutes: i64,
    pub note: String,
}

pub(super) fn save(store: &mut Store, world: &World, c: &SaveBlock) -> Result<Done, Refusal> {
    let centre = found(world.work_centres.get(c.work_centre_id), c.work_centre_id)?;
    let line = match c.line_id {
        None => None,
        Some(id) => Some(found(world.lines.get(id), id)?),
    };
    if line.is_some_and(|l| l.work_centre_id != centre.id) {
        return Err(Refusal::at("line", Problem::Not(said::LINE_ELSEWHERE)));
    }
    if c.spans.is_empty() {
        return Err(Refusal::at("from", Problem::Not(said::NO_DAYS)));
    }
    if c.spans.len() > DAYS_MAX {
        return Err(Refusal::at("to", Problem::Not(said::TOO_MANY_DAYS)));
    }
    let lines = match line {
        Some(_) => 1,
        None => i64::try_from(world.lines.of(centre.id).count().max(1)).unwrap_or(1),
    };
    for (starts, ends) in &c.spans {
        if ends <= starts {
            return Err(Refusal::at("until", Problem::Not(said::ENDS_BEFORE)));
        }
        let most = (ends.0 - starts.0).num_minutes().saturating_mul(lines);
        if c.minutes < 0 || c.minutes > most {
            return Err(Refusal::at("minutes", Problem::NotWhole { least: 0, most }));
        }
    }
    let replaced = match c.replaces {
        None => None,
        Some(id) => Some(found(world.capacity_blocks.get(id), id)?),
    };
    let row = |(starts, ends): (Moment, Moment)| CapacityBlock {
        work_centre_id: centre.id,
        line_id: c.line_id,
        kind: c.kind,
        starts,
        ends,
        minutes: Micro::whole(c.minutes),
        note: c.note.trim().to_owned(),
        ..CapacityBlock::default()
    };
    let name = line.map_or(&centre.name, |l| &l.code);
    let deed = Deed::new(Did::CapacityBlocked, &[name]);
    write(store, deed, None, |tx| {
        let mut spans = c.spans.iter().copied();
        if let Some(old) = replaced
            && let Some(first) = spans.next()
        {
            tx.update(&CapacityBlock {
                id: old.id,
                revision: c.revision,
                ..row(first)
            })?;
        }
        for span in spans {
            tx.insert(&row(span))?;
        }
        Ok(())
    })
}

pub(super) fn remove(store: &mut Store, world: &World, block_id: i64) -> Result<Done, Refusal> {
    let block = found(world.capacity_blocks.get(block_id), block_id)?;
    let centre = world.work_centres.get(block.work_centre_id);
    let line = world.lines.find(block.line_id).map(|l| l.code.as_str());
    let name = line.or(centre.map(|c| c.name.as_str())).unwrap_or_default();
    let deed = Deed::new(Did::CapacityFreed, &[name]);
    write(store, deed, None, |tx| {
        tx.delete::<CapacityBlock>(block_id)?;
        Ok(())
    })
}
