//! Purchase lines in the Materials panel: what is on order, and its history.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::Long;
use super::subject::Subject;
use super::*;
use crate::domain::codes::Subject as About;

const PURCHASES: &[Column] = &[
    column(w::PURCHASE_NO, Width::Fixed(10), 0),
    column(w::NAME, Width::Fill(2), 0),
    column(w::SUPPLIER, Width::Fill(1), 2),
    number(w::QTY, 10, 1),
    number(w::RECEIVED, 10, 1),
    number(w::HELD, 8, 5),
    number(m::TO_RETURN, 8, 5),
    number(w::SHORT, 10, 0),
    number(m::PRICE, 9, 6),
    column(m::TOLERANCE, Width::Fixed(8), 6),
    column(w::REQUIRED_DATE, Width::Fixed(11), 2),
    column(w::FIRST_PROMISE, Width::Fixed(11), 4),
    column(w::LATEST_PROMISE, Width::Fixed(11), 0),
    number(w::LATE, 8, 0),
    number(w::CHASES, 4, 3),
];

const HISTORY: &[Column] = &[
    column(w::DATE, Width::Fixed(11), 0),
    column(w::WHAT, Width::Fixed(14), 0),
    column(w::QTY, Width::Fixed(20), 0),
    column(w::NOTE, Width::Fill(1), 1),
];

/// Lines that are for the subject: bought for its order, or of an item it needs.
pub(super) fn lines<'a>(cx: &Cx<'a>, subject: Subject<'a>) -> Vec<&'a Purchase> {
    let items = items(cx, subject);
    let order = subject.order(cx).map(|o| o.id);
    let all = matches!(subject, Subject::All);
    let mine = |p: &&Purchase| {
        all || items.contains(&p.item_id) || (order.is_some() && p.order_id == order)
    };
    cx.world.purchases.iter().filter(mine).collect()
}

/// The items a subject needs.
pub(super) fn items(cx: &Cx<'_>, subject: Subject<'_>) -> BTreeSet<i64> {
    match subject {
        Subject::All => BTreeSet::new(),
        Subject::Made(made) => {
            let kit = cx.outlook.kits.get(&made.id);
            kit.map(|k| k.parts.iter().map(|p| p.item_id).collect())
                .unwrap_or_default()
        }
        Subject::Order(_) => {
            let needs = subject.needs(cx);
            let mine = |to| matches!(to, crate::app::outlook::For::Need(id) if needs.contains(&id));
            let rows = cx.outlook.explosion.rows.iter();
            let rows = rows.filter(|r| r.pegs.iter().any(|p| mine(p.to)));
            rows.map(|r| r.item).collect()
        }
    }
}

pub(super) fn purchases(cx: &Cx<'_>, lines: &[&Purchase]) -> Part {
    let open = |p: &Purchase| purchase::arrival(cx.world, p).open.is_positive();
    let mut sorted: Vec<(bool, Option<NaiveDate>, i64)> = lines
        .iter()
        .map(|p| (!open(p), purchase::expected(cx.world, p, cx.today()), p.id))
        .collect();
    sorted.sort_unstable();
    let count = sorted.iter().filter(|(done, _, _)| !done).count();
    Part {
        kind: PartKind::Purchases,
        title: w::PART_PURCHASES,
        count: Some(count),
        content: Content::Long(Long {
            columns: PURCHASES,
            ids: sorted.into_iter().map(|(_, _, id)| id).collect(),
            empty: Some(w::EMPTY_PURCHASES),
        }),
    }
}

pub(super) fn cells(cx: &Cx<'_>, id: i64) -> Vec<Cell> {
    let Some(line) = cx.world.purchases.get(id) else {
        return Vec::new();
    };
    let arrival = purchase::arrival(cx.world, line);
    let (first, latest) = purchase::promises(cx.world, line);
    let supplier = cx.world.suppliers.find(line.supplier_id);
    let overdue = purchase::overdue_days(cx.world, line, cx.today());
    let days = overdue
        .or_else(|| purchase::too_late_days(cx.world, line))
        .unwrap_or(0);
    let chases = cx.world.chases.of(line.id);
    let chases = chases.filter(|c| c.subject == About::Purchase).count();
    let open = arrival.open.is_positive();
    let mut short = qty_or_blank(arrival.open);
    short.role = Role::Warn;
    let mut back = qty_or_blank(arrival.to_return());
    back.role = Role::Warn;
    let latest = latest.map(|p| p.date);
    let (over, under) = (line.over_pct, line.under_pct);
    let tolerance = match (over.is_zero(), under.is_zero()) {
        (true, true) => String::new(),
        _ => format!("+{} −{}", format::percent(over), format::percent(under)),
    };
    let price = line.unit_price.map(|p| format::money(p, 2));
    let mut cells = vec![
        text(format!("{}/{}", line.no, line.line)),
        text(item_name(cx, line.item_id)),
        text(supplier.map(|s| s.name.clone()).unwrap_or_default()),
        qty(line.qty),
        qty_or_blank(arrival.accepted),
        qty_or_blank(arrival.held),
        back,
        short,
        text(price.unwrap_or_default()),
        dim(tolerance),
        day(line.required_date, cx),
        day(first.map(|p| p.date), cx),
        if open {
            due(latest, cx)
        } else {
            day(latest, cx)
        },
        late(days, cx.lang),
        text(if chases == 0 {
            String::new()
        } else {
            chases.to_string()
        }),
    ];
    if !open && arrival.held.is_zero() && arrival.to_return().is_zero() {
        cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
    }
    cells
}

/// Kinds of rows in the history, kept in their ids.
const KINDS: i64 = 3;

/// Promises, receipts and chases of purchase lines, newest first.
pub(super) fn history(cx: &Cx<'_>, lines: &[&Purchase]) -> Part {
    let mut ids: Vec<(NaiveDate, i64)> = Vec::new();
    for line in lines {
        let world = cx.world;
        ids.extend(
            world
                .promises
                .of(line.id)
                .map(|p| (p.said_on, p.id * KINDS)),
        );
        ids.extend(
            world
                .receipts
                .of(line.id)
                .map(|r| (r.date, r.id * KINDS + 1)),
        );
        let chases = world
            .chases
            .of(line.id)
            .filter(|c| c.subject == About::Purchase);
        ids.extend(chases.map(|c| (c.at.date(), c.id * KINDS + 2)));
    }
    ids.sort_unstable_by(|a, b| b.cmp(a));
    Part {
        kind: PartKind::History,
        title: w::PART_HISTORY,
        count: None,
        content: Content::Long(Long {
            columns: HISTORY,
            ids: ids.into_iter().map(|(_, id)| id).collect(),
            empty: Some(w::EMPTY_HISTORY),
        }),
    }
}

pub(super) fn history_cells(cx: &Cx<'_>, row: i64) -> Vec<Cell> {
    let id = row.div_euclid(KINDS);
    let found = match row.rem_euclid(KINDS) {
        0 => promise_cells(cx, id),
        1 => receipt_cells(cx, id),
        _ => chase_cells(cx, id),
    };
    found.unwrap_or_default()
}

fn named(cx: &Cx<'_>, purchase: i64) -> String {
    let line = cx.world.purchases.get(purchase);
    line.map(|l| format!("{}/{} {}", l.no, l.line, item_name(cx, l.item_id)))
        .unwrap_or_default()
}

fn promise_cells(cx: &Cx<'_>, id: i64) -> Option<Vec<Cell>> {
    let p = cx.world.promises.get(id)?;
    let amount = if p.qty.is_zero() {
        String::new()
    } else {
        format::qty(p.qty)
    };
    let said = format!("→ {} {amount}", show::day(p.date, cx.today(), cx.lang));
    Some(vec![
        day(Some(p.said_on), cx),
        word(w::PROMISE_ROW, Role::Base, cx.lang),
        text(said),
        dim(format!(
            "{} {} {}",
            named(cx, p.purchase_id),
            p.said_by,
            p.note
        )),
    ])
}

fn receipt_cells(cx: &Cx<'_>, id: i64) -> Option<Vec<Cell>> {
    use crate::domain::codes::ReceiptKind;
    let r = cx.world.receipts.get(id)?;
    let mut amount = match r.kind {
        ReceiptKind::Return => format!("−{}", format::qty(r.accepted + r.rejected)),
        _ => format!("+{}", format::qty(r.accepted)),
    };
    let mut more = |name: crate::text::Word, qty: Qty| {
        if qty.is_positive() {
            amount = format!("{amount} {}{}", name.text(cx.lang), format::qty(qty));
        }
    };
    if r.kind != ReceiptKind::Return {
        more(w::REJECTED_SHORT, r.rejected);
        more(w::HELD_SHORT, r.held);
    }
    more(m::CREDITED, r.credited);
    let mut kind = code(r.kind, cx.lang);
    kind.role = if r.kind == ReceiptKind::Return {
        Role::Warn
    } else {
        Role::Ok
    };
    Some(vec![
        day(Some(r.date), cx),
        kind,
        text(amount),
        dim(format!(
            "{} {} {}",
            named(cx, r.purchase_id),
            r.document,
            r.note
        )),
    ])
}

fn chase_cells(cx: &Cx<'_>, id: i64) -> Option<Vec<Cell>> {
    let c = cx.world.chases.get(id)?;
    Some(vec![
        day(Some(c.at.date()), cx),
        word(w::CHASE_ROW, Role::Base, cx.lang),
        code(c.result, cx.lang),
        dim(format!("{} {}", named(cx, c.subject_id), c.answer)),
    ])
}
