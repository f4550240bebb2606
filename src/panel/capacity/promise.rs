//! The earliest date of an open order and what binds it.

use super::*;

const CHAIN: &[Column] = &[
    column(w::STEP, Width::Fill(2), 0),
    column(w::FROM, Width::Fixed(12), 1),
    column(w::TO, Width::Fixed(12), 0),
    column(w::WHY, Width::Fill(2), 0),
];

pub(super) fn chain(cx: &Cx<'_>, order: &Order) -> Part {
    let links = cx
        .outlook
        .promises
        .get(&order.id)
        .map(|p| p.chain.as_slice())
        .unwrap_or_default();
    let rows = links.iter().zip(1..).map(|(link, id)| Row {
        id,
        cells: vec![
            text(link.what.clone()),
            text(show::moment(link.from, cx.today())),
            text(show::moment(link.to, cx.today())),
            Cell::new(bound::because(link.bound, &link.by, cx.lang), Role::Dim),
        ],
    });
    let list = Listing {
        columns: CHAIN,
        rows: rows.collect(),
        empty: Some(w::EMPTY_CHAIN),
    };
    Part {
        kind: PartKind::Promise,
        title: w::PART_PROMISE,
        count: None,
        content: Content::List(list),
    }
}
