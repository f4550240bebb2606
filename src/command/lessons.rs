//! Lessons at an order: heeded, or let pass with a reason.

use super::{Done, Refusal, found, required, write};
use crate::domain::exception::LessonUse;
use crate::domain::world::World;
use crate::store::{Deed, Store};
use crate::text::Did;

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
