//! The earliest date of an open order: what binds it in words, what binds it next, what can go when.

use super::*;

use crate::app::outlook::{Link, Promise, Stretch, promise_of_planned};
use crate::text::{format, promise as said};

const CHAIN: &[Column] = &[
    column(w::STEP, Width::Fill(2), 0),
    column(w::FROM, Width::Fixed(12), 1),
    column(w::TO, Width::Fixed(12), 0),
    column(said::LASTS, Width::Fixed(11), 2),
    column(w::WHY, Width::Fill(2), 0),
];

/// The binding chain stretch by stretch, the next two, and the quantities by date.
pub(super) fn chain(cx: &Cx<'_>, order: &Order) -> Part {
    let mut rows = Vec::new();
    let planned = promise_of_planned(cx.world, cx.outlook, order);
    if let Some(found) = cx.outlook.promises.get(&order.id).or(planned.as_ref()) {
        rows.extend(material_row(cx, found));
        if found.chains.is_empty() {
            rows.extend(found.chain.iter().map(|l| planned_row(cx, l)));
        }
        for (at, chain) in found.chains.iter().enumerate() {
            rows.push(heading(cx, at, chain));
            if at == 0 {
                rows.extend(chain.links.iter().map(|l| stretch(cx, l)));
            }
        }
        rows.extend(quantities(cx, found));
    }
    for (row, id) in rows.iter_mut().zip(1..) {
        row.id = id;
    }
    let list = Listing {
        columns: CHAIN,
        rows,
        empty: Some(w::EMPTY_CHAIN),
    };
    Part {
        kind: PartKind::Promise,
        title: w::PART_PROMISE,
        count: None,
        content: Content::List(list),
    }
}

fn cells(cells: [Cell; 5]) -> Row {
    Row {
        id: 0,
        cells: cells.into(),
    }
}

/// When the material is there, where some of it has to be waited for.
fn material_row(cx: &Cx<'_>, found: &Promise) -> Option<Row> {
    let text_of = match found.material_ready {
        None if found.chains.is_empty() => return None,
        None => said::MATERIAL_UNKNOWN.text(cx.lang).to_owned(),
        Some(_) if found.material_by.is_empty() => return None,
        Some(date) => {
            let date = show::day(date, cx.today(), cx.lang);
            said::MATERIAL_READY.fill(cx.lang, &[&date, &found.material_by])
        }
    };
    Some(cells([
        Cell::new(text_of, Role::Warn),
        dim(""),
        dim(""),
        dim(""),
        dim(""),
    ]))
}

/// The date a chain leads to, and the wait that costs most.
fn heading(cx: &Cx<'_>, at: usize, chain: &crate::app::outlook::Chain) -> Row {
    let date = show::day(chain.date, cx.today(), cx.lang);
    let sentence = if at == 0 {
        said::BINDS
    } else {
        said::THEN_BINDS
    };
    let why = chain.binding.as_ref().map_or_else(
        || said::ONLY_WORK.text(cx.lang).to_owned(),
        |(kind, by)| bound::because(*kind, by, cx.lang),
    );
    cells([
        Cell::new(sentence.text(cx.lang), Role::Title),
        dim(""),
        Cell::new(date, Role::Title),
        dim(""),
        Cell::new(why, Role::Title),
    ])
}

/// An operation of an order that is in production already.
fn planned_row(cx: &Cx<'_>, l: &Link) -> Row {
    let minutes = (l.to.0 - l.from.0).num_minutes();
    cells([
        text(l.what.clone()),
        dim(show::moment(l.from, cx.today())),
        text(show::moment(l.to, cx.today())),
        dim(said::lasts(minutes, cx.lang)),
        dim(bound::because(l.bound, &l.by, cx.lang)),
    ])
}

fn stretch(cx: &Cx<'_>, l: &Stretch) -> Row {
    let moment = |at| show::moment(at, cx.today());
    let minutes = (l.to.0 - l.from.0).num_minutes();
    let (why, role) = match &l.waits {
        None => (said::WORKS.text(cx.lang).to_owned(), Role::Ok),
        Some((kind, by)) => (bound::because(*kind, by, cx.lang), Role::Warn),
    };
    cells([
        text(format!("  {} {} {}", l.seq, l.operation, l.work_centre)),
        dim(moment(l.from)),
        text(moment(l.to)),
        dim(said::lasts(minutes, cx.lang)),
        Cell::new(why, role),
    ])
}

/// What can be delivered when, within the order's policy, where it is more than one part.
fn quantities(cx: &Cx<'_>, found: &Promise) -> Vec<Row> {
    let parts = &found.quantity_by_date;
    if parts.len() < 2 {
        return Vec::new();
    }
    let row = |(date, qty): &(chrono::NaiveDate, crate::domain::quantity::Qty)| {
        let late = found.due.is_some_and(|due| *date > due);
        cells([
            text(said::PART_GOES.fill(cx.lang, &[&format::qty(*qty)])),
            dim(""),
            Cell::new(
                show::day(*date, cx.today(), cx.lang),
                if late { Role::Bad } else { Role::Ok },
            ),
            dim(""),
            dim(""),
        ])
    };
    parts.iter().map(row).collect()
}
