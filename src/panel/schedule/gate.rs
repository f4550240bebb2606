//! The release gate of a production order, and its quantities beside those ordered.

use super::*;
use crate::app::gate as rule;
use crate::domain::order::OrderLine;
use crate::text::production as words;

const GATE: &[Column] = &[
    column(words::MISSING, Width::Fill(3), 0),
    column(words::TO_DO, Width::Fill(2), 0),
];

/// What is missing before it can be released, each with what to do; green where nothing is.
pub(super) fn gate(cx: &Cx<'_>, made: &ProductionOrder) -> Part {
    let missing = rule::gate(cx.world, cx.outlook, made, cx.today());
    let released = made.state != ProductionState::Proposed;
    let role = if released { Role::Dim } else { Role::Warn };
    let mut rows: Vec<Row> = missing
        .iter()
        .zip(1..)
        .map(|(item, id)| {
            let (what, todo) = words::missing(cx.world, item, cx.today(), cx.lang);
            Row {
                id,
                cells: vec![Cell::new(what, role), dim(todo)],
            }
        })
        .collect();
    let count = (!released && !rows.is_empty()).then_some(rows.len());
    if released {
        let on = made.released_on.map(|d| show::day(d, cx.today(), cx.lang));
        let said = format!(
            "✓ {} {}",
            cx.say(words::GATE_PASSED),
            on.unwrap_or_default()
        );
        let reason = Cell::new(made.override_reason.clone(), Role::Warn);
        let cells = vec![Cell::new(said.trim_end(), Role::Ok), reason];
        rows.insert(0, Row { id: 0, cells });
    } else if rows.is_empty() {
        let cells = vec![word(words::GATE_CLEAR, Role::Ok, cx.lang), dim("")];
        rows.push(Row { id: 0, cells });
    }
    let list = Listing {
        columns: GATE,
        rows,
        empty: None,
    };
    Part {
        kind: PartKind::Gate,
        title: words::PART_GATE,
        count,
        content: Content::List(list),
    }
}

/// Goes where the selected thing is dealt with.
pub(super) fn open(cx: &Cx<'_>, made: &ProductionOrder, row: i64) -> Reply {
    let missing = rule::gate(cx.world, cx.outlook, made, cx.today());
    let at = usize::try_from(row - 1).ok();
    match at.and_then(|at| missing.get(at)) {
        Some(item) => {
            let own = production::owner(cx.world, made).map(|(order, _)| order.id);
            Reply::Go(words::place(&item.missing), item.order_id.or(own))
        }
        None => acts::release(cx, made),
    }
}

/// What is ordered of its line, what of that is in production and what is open, and for whom else
/// it is made.
pub(super) fn quantities(
    cx: &Cx<'_>,
    made: &ProductionOrder,
    line: &OrderLine,
) -> Vec<(String, Cell)> {
    let both = production::both(cx.world, line);
    let marked = words::marked(&both, cx.lang);
    let mut made_of = qty(both.in_production);
    if !marked.is_empty() {
        made_of = Cell::new(format!("{} {marked}", made_of.text), Role::Warn);
    }
    let mut out = vec![
        fact(w::ORDERED, qty(both.ordered), cx.lang),
        fact(words::IN_PRODUCTION, made_of, cx.lang),
        fact(words::OPEN, qty(both.open), cx.lang),
    ];
    let owners = production::owners(cx.world, made);
    if owners.len() > 1 {
        let list: Vec<String> = owners
            .iter()
            .map(|(o, l, q)| format!("{}/{} {}", o.no, l.no, crate::text::format::qty(*q)))
            .collect();
        out.push(fact(words::ALSO_FOR, text(list.join(" + ")), cx.lang));
    }
    out
}

/// The order it is for, with how many more.
pub(super) fn orders(cx: &Cx<'_>, made: &ProductionOrder) -> String {
    let mut orders: Vec<&str> = production::owners(cx.world, made)
        .into_iter()
        .map(|(order, ..)| order.no.as_str())
        .collect();
    orders.dedup();
    match orders.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, more @ ..] => format!("{first} +{}", more.len()),
    }
}
