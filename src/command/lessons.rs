//! The lessons base: heeded or let pass at an order, whether that helped; entered and changed by
//! hand, merged, retired.

use super::{Done, Refusal, found, required, write};
use crate::domain::exception::{Lesson, LessonUse};
use crate::domain::rule::lesson::{likeness::fold, tags};
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::{Did, say};

/// Says that a lesson is heeded at an order, or why it does not matter there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseLesson {
    pub lesson_id: i64,
    pub order_id: i64,
    /// Heeded; else let pass.
    pub ticked: bool,
    /// Needed to let it pass.
    pub reason: String,
}

/// Says whether heeding a lesson at an order helped; none takes it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JudgeLesson {
    pub use_id: i64,
    pub helped: Option<bool>,
}

/// Saves a lesson, new or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveLesson {
    /// As read and edited; an id of zero is a new one.
    pub lesson: Lesson,
}

/// Makes two lessons one: what the one that goes says and where it was used moves to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergeLessons {
    pub stays_id: i64,
    /// Is kept as a retired one.
    pub goes_id: i64,
}

/// Proposes a lesson no longer, for a reason; or again, where it was retired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetireLesson {
    pub lesson_id: i64,
    pub retired: bool,
    /// Needed to retire it.
    pub reason: String,
}

pub(super) fn use_lesson(store: &mut Store, world: &World, c: &UseLesson) -> Result<Done, Refusal> {
    let lesson = found(world.lessons.get(c.lesson_id), c.lesson_id)?;
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    if !c.ticked {
        required("reason", &c.reason)?;
    }
    let state = if c.ticked { "✓" } else { "—" };
    let deed = Deed::new(Did::LessonUsed, &[state, &lesson.symptom]).about(&order.no);
    let known = world.lesson_uses.of(lesson.id);
    let known = known.into_iter().find(|u| u.order_id == order.id);
    let row = LessonUse {
        lesson_id: lesson.id,
        order_id: order.id,
        ticked: c.ticked,
        reason: c.reason.trim().to_owned(),
        used_on: Some(store.clock().today()),
        ..known.cloned().unwrap_or_default()
    };
    write(store, deed, Some(order.id), |tx| {
        if row.id == 0 {
            tx.insert(&row)?;
        } else {
            tx.update(&row)?;
        }
        Ok(())
    })
}

pub(super) fn judge(store: &mut Store, world: &World, c: JudgeLesson) -> Result<Done, Refusal> {
    let used = found(world.lesson_uses.get(c.use_id), c.use_id)?;
    let lesson = found(world.lessons.get(used.lesson_id), used.lesson_id)?;
    let order = found(world.orders.get(used.order_id), used.order_id)?;
    if !used.ticked {
        return Err(Refusal::not(say::LESSON_WAS_LET_PASS));
    }
    let state = match c.helped {
        Some(true) => "✓",
        Some(false) => "✗",
        None => "?",
    };
    let deed = Deed::new(Did::LessonJudged, &[state, &lesson.symptom]).about(&order.no);
    let row = LessonUse {
        helped: c.helped,
        ..used.clone()
    };
    write(store, deed, Some(order.id), |tx| Ok(tx.update(&row)?))
}

pub(super) fn save(store: &mut Store, world: &World, c: &SaveLesson) -> Result<Done, Refusal> {
    let mut row = c.lesson.clone();
    row.symptom = row.symptom.trim().to_owned();
    required("symptom", &row.symptom)?;
    required("prevention", &row.prevention)?;
    row.tags = one_each(tags(&row));
    let twice = |l: &&Lesson| {
        l.id != row.id
            && l.retired_on.is_none()
            && fold(&l.symptom) == fold(&row.symptom)
            && fold(&l.prevention) == fold(&row.prevention)
    };
    if world.lessons.iter().any(|l| twice(&l)) {
        return Err(Refusal::not(say::LESSON_IS_THERE));
    }
    let did = if row.id == 0 {
        Did::LessonEntered
    } else {
        found(world.lessons.get(row.id), row.id)?;
        Did::LessonChanged
    };
    write(store, Deed::new(did, &[&row.symptom]), None, |tx| {
        if row.id == 0 {
            tx.insert(&row)?;
        } else {
            tx.update(&row)?;
        }
        Ok(())
    })
}

pub(super) fn merge(store: &mut Store, world: &World, c: MergeLessons) -> Result<Done, Refusal> {
    let stays = found(world.lessons.get(c.stays_id), c.stays_id)?;
    let goes = found(world.lessons.get(c.goes_id), c.goes_id)?;
    if stays.id == goes.id {
        return Err(Refusal::not(say::LESSON_IS_THE_SAME));
    }
    if stays.retired_on.is_some() || goes.retired_on.is_some() {
        return Err(Refusal::not(say::LESSON_IS_RETIRED));
    }
    let both = Lesson {
        solution: joined(&stays.solution, &goes.solution),
        prevention: joined(&stays.prevention, &goes.prevention),
        tags: one_each(tags(stays).chain(tags(goes))),
        exception_id: stays.exception_id.or(goes.exception_id),
        ..stays.clone()
    };
    let gone = Lesson {
        retired_on: Some(store.clock().today()),
        retired_reason: format!("→ {}", stays.symptom),
        ..goes.clone()
    };
    let deed = Deed::new(Did::LessonsMerged, &[&goes.symptom, &stays.symptom]);
    write(store, deed, None, |tx| {
        tx.update(&both)?;
        tx.update(&gone)?;
        for used in world.lesson_uses.of(goes.id) {
            let mut own = world.lesson_uses.of(stays.id);
            match own.find(|u| u.order_id == used.order_id) {
                // Of two words about one order both stay: heeded in either way, helped if either did.
                Some(own) => {
                    tx.update(&LessonUse {
                        ticked: own.ticked || used.ticked,
                        reason: joined(&own.reason, &used.reason),
                        helped: own.helped.max(used.helped),
                        used_on: own.used_on.max(used.used_on),
                        ..own.clone()
                    })?;
                    tx.delete::<LessonUse>(used.id)?;
                }
                None => tx.update(&LessonUse {
                    lesson_id: stays.id,
                    ..used.clone()
                })?,
            }
        }
        Ok(())
    })
}

pub(super) fn retire(store: &mut Store, world: &World, c: &RetireLesson) -> Result<Done, Refusal> {
    let old = found(world.lessons.get(c.lesson_id), c.lesson_id)?;
    if c.retired {
        required("reason", &c.reason)?;
    }
    let did = if c.retired {
        Did::LessonRetired
    } else {
        Did::LessonReturned
    };
    let row = Lesson {
        retired_on: c.retired.then(|| store.clock().today()),
        retired_reason: if c.retired {
            c.reason.trim().to_owned()
        } else {
            String::new()
        },
        ..old.clone()
    };
    write(store, Deed::new(did, &[&old.symptom]), None, |tx| {
        Ok(tx.update(&row)?)
    })
}

/// The words parted by blanks, each once.
fn one_each<'a>(tags: impl Iterator<Item = &'a str>) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for tag in tags {
        if !seen.iter().any(|old| fold(old) == fold(tag)) {
            seen.push(tag);
        }
    }
    seen.join(" ")
}

/// Two texts under each other, the second where the first does not say it.
fn joined(first: &str, second: &str) -> String {
    let (first, second) = (first.trim(), second.trim());
    if second.is_empty() || fold(first).contains(&fold(second)) {
        first.to_owned()
    } else if first.is_empty() {
        second.to_owned()
    } else {
        format!("{first}\n{second}")
    }
}
