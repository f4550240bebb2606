//! The kit of a production order: sets now, per operation, as things arrive, and if one item came.

use super::*;
use crate::app::outlook::Kit;

const COLUMNS: &[Column] = &[
    column(w::WHAT, Width::Fixed(14), 0),
    column(w::DATE, Width::Fixed(11), 0),
    number(m::SETS, 11, 0),
    number(m::MORE_SETS, 11, 0),
    column(m::WHAT_COMES, Width::Fill(1), 0),
];

pub(super) fn part(cx: &Cx<'_>, made: &ProductionOrder) -> Part {
    let kit = cx.outlook.kits.get(&made.id);
    let rows = kit.map(|k| rows(cx, k)).unwrap_or_default();
    Part {
        kind: PartKind::Kit,
        title: m::PART_KIT,
        count: kit.map(|k| k.blocking.len()),
        content: Content::List(Listing {
            columns: COLUMNS,
            rows,
            empty: Some(m::EMPTY_KIT),
        }),
    }
}

fn rows(cx: &Cx<'_>, kit: &Kit) -> Vec<Row> {
    let names = |items: &[i64]| {
        let names: Vec<String> = items.iter().map(|id| item_name(cx, *id)).collect();
        names.join(", ")
    };
    let mut rows: Vec<Vec<Cell>> = vec![vec![
        word(m::KIT_NOW, Role::Title, cx.lang),
        day(Some(cx.today()), cx),
        qty(kit.buildable_sets),
        text(""),
        Cell::new(names(&kit.blocking), Role::Warn),
    ]];
    // One operation alone says nothing that the whole does not say.
    if kit.operations.len() > 1 {
        for operation in &kit.operations {
            let name = match operation.seq {
                Some(seq) => m::KIT_OPERATION.fill(cx.lang, &[&seq.to_string()]),
                None => cx.say(m::FIRST_OPERATION).to_owned(),
            };
            rows.push(vec![
                text(name),
                day(operation.ready, cx),
                qty(operation.buildable_sets),
                text(""),
                Cell::new(names(&operation.blocking), Role::Warn),
            ]);
        }
    }
    let mut before = kit.buildable_sets;
    for step in &kit.steps {
        rows.push(vec![
            word(m::KIT_STEP, Role::Ok, cx.lang),
            day(Some(step.date), cx),
            qty(step.buildable_sets),
            text(format!("+{}", format::qty(step.buildable_sets - before))),
            text(names(&step.items)),
        ]);
        before = step.buildable_sets;
    }
    for gain in &kit.gains {
        let by = match gain.by {
            Some(date) => day(Some(date), cx),
            None => word(m::NO_DATE, Role::Bad, cx.lang),
        };
        rows.push(vec![
            word(m::KIT_GAIN, Role::Base, cx.lang),
            by,
            qty(kit.buildable_sets + gain.more_sets),
            text(format!("+{}", format::qty(gain.more_sets))),
            text(item_name(cx, gain.item)),
        ]);
    }
    (1..)
        .zip(rows)
        .map(|(id, cells)| Row { id, cells })
        .collect()
}

/// The item a row of the kit is about, where it is about one.
pub(super) fn item_at(cx: &Cx<'_>, made: i64, row: i64) -> Option<i64> {
    let kit = cx.outlook.kits.get(&made)?;
    let operations = if kit.operations.len() > 1 {
        kit.operations.len()
    } else {
        0
    };
    let mut at = usize::try_from(row).ok()?.checked_sub(1)?;
    if at == 0 {
        return kit.blocking.first().copied();
    }
    at -= 1;
    if let Some(operation) = kit.operations.get(at).filter(|_| at < operations) {
        return operation.blocking.first().copied();
    }
    at = at.checked_sub(operations)?;
    if let Some(step) = kit.steps.get(at) {
        return step.items.first().copied();
    }
    kit.gains.get(at - kit.steps.len()).map(|g| g.item)
}
