//! The operations of a production order: where, when, why there, and moved from where.

use super::*;

const OPERATIONS: &[Column] = &[
    number(w::SEQ, 4, 1),
    column(w::OPERATION, Width::Fill(1), 0),
    column(w::LINE, Width::Fixed(8), 0),
    column(w::STARTS, Width::Fixed(12), 0),
    column(w::ENDS, Width::Fixed(12), 0),
    column(w::MOVED, Width::Fixed(8), 1),
    column(w::WHY, Width::Fill(2), 2),
];

pub(super) fn operations(cx: &Cx<'_>, made: &ProductionOrder) -> Part {
    let rows = cx.world.operations.of(made.id).map(|operation| {
        let place = cx.outlook.places.get(&operation.id);
        let line_id = place.map_or(operation.line_id, |p| p.line_id);
        let line = cx
            .world
            .lines
            .find(line_id)
            .map(|l| l.code.clone())
            .unwrap_or_default();
        let moment = |at| show::moment(at, cx.today());
        let starts = place.map(|p| p.starts).or(operation.starts);
        let ends = place.map(|p| p.ends).or(operation.ends);
        let why = place
            .map(|p| bound::because(p.bound, &p.by, cx.lang))
            .unwrap_or_default();
        Row {
            id: operation.id,
            cells: vec![
                text(operation.seq.to_string()),
                text(if operation.pinned {
                    format!("* {}", operation.name)
                } else {
                    operation.name.clone()
                }),
                text(line),
                text(starts.map(moment).unwrap_or_else(|| "—".to_owned())),
                text(ends.map(moment).unwrap_or_else(|| "—".to_owned())),
                moved(cx, operation),
                dim(why),
            ],
        }
    });
    let list = Listing {
        columns: OPERATIONS,
        rows: rows.collect(),
        empty: Some(w::EMPTY_OPERATIONS),
    };
    Part {
        kind: PartKind::Operations,
        title: w::PART_OPERATIONS,
        count: None,
        content: Content::List(list),
    }
}

/// How the computed place differs from the accepted one.
fn moved(cx: &Cx<'_>, operation: &Operation) -> Cell {
    let Some(place) = cx.outlook.places.get(&operation.id) else {
        return dim("");
    };
    match operation.ends {
        None => word(w::NEW_PLACE, Role::Warn, cx.lang),
        Some(_) if !cx.outlook.moves(operation) => dim("="),
        Some(ends) => {
            let days = (place.ends.date() - ends.date()).num_days();
            let role = if days > 0 { Role::Bad } else { Role::Ok };
            if days == 0 {
                dim("~")
            } else {
                Cell::new(w::DAYS_MOVED.fill(cx.lang, &[&format!("{days:+}")]), role)
            }
        }
    }
}
