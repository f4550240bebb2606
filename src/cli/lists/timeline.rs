//! `list timeline`: the story of an order.

use super::*;
use crate::text::timeline as said;

pub(super) fn timeline(setting: &Setting, l: &Loaded, order: Option<i64>) -> Result<Rows, Failure> {
    let Some(order) = l.world.orders.find(order) else {
        return Err(Failure(NEEDS_ORDER.text(setting.lang).to_owned()));
    };
    let deeds = l.store.deeds(&order.no);
    let deeds = deeds.map_err(|e| Failure::of(&e, setting.lang))?;
    let row = |told: said::Told| {
        vec![
            Value::from(told.at()),
            Value::from(told.stage.code()),
            Value::from(told.who),
            Value::from(told.text),
            Value::from(told.evidence),
            Value::from(told.file),
        ]
    };
    let story = said::story(&l.world, &deeds, order, setting.lang);
    Ok(named(
        &["at", "stage", "who", "what", "evidence", "file"],
        story.into_iter().map(row).collect(),
    ))
}
