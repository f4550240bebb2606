//! The late days of the order that an exception is about: which, charged to whom, by which fact.

use super::build::{dim, text};
use super::{
    Cell, Column, Content, Cx, Listing, Part, PartKind, Reply, Row, Width, column, number, place,
};
use crate::app::ledger::given_of;
use crate::domain::rule::ledger::{self, Charge, Facts, Ledger, Whose};
use crate::text::ledger as said;
use crate::theme::Role;

/// The headings of charged days.
pub const DAYS: &[Column] = &[
    column(said::DAY_RANGE, Width::Fixed(16), 0),
    number(said::DAYS, 4, 0),
    column(said::CHARGED_TO, Width::Fixed(14), 0),
    column(said::WHY, Width::Fill(1), 0),
    column(said::EVIDENCE, Width::Fixed(14), 2),
];

/// The tab of the part.
pub const TITLE: crate::text::Word = said::PART;

/// The ledger of an order; `None` where it is not late.
#[must_use]
pub fn of_order(cx: &Cx<'_>, order: Option<i64>) -> Option<Ledger> {
    let order = cx.world.orders.find(order)?;
    let given = given_of(cx.world, cx.outlook, cx.today(), order);
    ledger::of_order(&Facts::new(cx.world, &given), order)
}

/// Charged days as rows, numbered from one.
#[must_use]
pub fn rows(cx: &Cx<'_>, ledger: &Ledger) -> Vec<Row> {
    let rows = ledger.charges.iter().zip(1..);
    rows.map(|(c, id)| row(cx, ledger.order_id, c, id))
        .collect()
}

fn row(cx: &Cx<'_>, order: i64, charge: &Charge, id: i64) -> Row {
    let who = said::who(cx.world, order, charge.whose, cx.lang);
    let role = match charge.whose {
        Whose::Unexplained => Role::Warn,
        Whose::Ourselves => Role::Accent,
        _ => Role::Base,
    };
    Row {
        id,
        cells: vec![
            text(said::days(charge, cx.today())).by(charge.from.to_string()),
            text(charge.days().to_string()),
            Cell::new(who, role),
            text(said::sentence(cx.world, charge, cx.today(), cx.lang)),
            dim(said::evidence(cx.world, charge.evidence, cx.lang)),
        ],
    }
}

/// The part of the panel.
#[must_use]
pub fn part(cx: &Cx<'_>, order: Option<i64>) -> Part {
    let rows = of_order(cx, order).map_or_else(Vec::new, |l| rows(cx, &l));
    Part {
        kind: PartKind::Ledger,
        title: TITLE,
        count: Some(rows.len()),
        content: Content::List(Listing {
            columns: DAYS,
            rows,
            empty: Some(said::EMPTY_PART),
        }),
    }
}

/// Goes to the evidence of a row of the part.
#[must_use]
pub fn open(cx: &Cx<'_>, order: Option<i64>, row: i64) -> Reply {
    let Some(ledger) = of_order(cx, order) else {
        return Reply::Refuse(said::EMPTY_PART);
    };
    let at = usize::try_from(row - 1).unwrap_or(usize::MAX);
    let charge = ledger.charges.get(at);
    match charge.and_then(|c| place::of_evidence(cx, ledger.order_id, c.evidence)) {
        Some(place) => Reply::Place(place),
        None => Reply::Refuse(said::NO_EVIDENCE),
    }
}
