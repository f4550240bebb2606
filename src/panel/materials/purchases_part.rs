//! Purchase lines in the Materials panel: what is on order, and its history.

use super::*;

pub(super) fn purchases(cx: &Cx<'_>, mine: impl Fn(&Purchase) -> bool) -> Part {
    let mut lines: Vec<&Purchase> = cx.world.purchases.iter().filter(|p| mine(p)).collect();
    let open = |p: &Purchase| purchase::arrival(cx.world, p).open.is_positive();
    lines.sort_by_key(|p| (!open(p), purchase::expected(cx.world, p, cx.today()), p.id));
    let count = lines.iter().filter(|p| open(p)).count();
    let rows = lines.into_iter().map(|p| purchase_row(cx, p)).collect();
    let list = Listing {
        columns: PURCHASES,
        rows,
        empty: Some(w::EMPTY_PURCHASES),
    };
    Part {
        kind: PartKind::Purchases,
        title: w::PART_PURCHASES,
        count: Some(count),
        content: Content::List(list),
    }
}

fn purchase_row(cx: &Cx<'_>, line: &Purchase) -> Row {
    let arrival = purchase::arrival(cx.world, line);
    let (first, latest) = purchase::promises(cx.world, line);
    let supplier = cx
        .world
        .suppliers
        .find(line.supplier_id)
        .map(|s| s.name.clone())
        .unwrap_or_default();
    let overdue = purchase::overdue_days(cx.world, line, cx.today());
    let days = overdue
        .or_else(|| purchase::too_late_days(cx.world, line))
        .unwrap_or(0);
    let chases = cx
        .world
        .chases
        .of(line.id)
        .filter(|c| c.subject == Subject::Purchase)
        .count();
    let open = arrival.open.is_positive();
    let mut short = qty_or_blank(arrival.open);
    short.role = Role::Warn;
    let latest = latest.map(|p| p.date);
    let mut cells = vec![
        text(format!("{}/{}", line.no, line.line)),
        text(item_name(cx, line.item_id)),
        text(supplier),
        qty(line.qty),
        qty_or_blank(arrival.accepted),
        short,
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
    if !open {
        cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
    }
    Row { id: line.id, cells }
}

/// Promises, receipts and chases of the purchase lines, newest first.
pub(super) fn history(cx: &Cx<'_>, mine: impl Fn(&Purchase) -> bool) -> Part {
    let mut rows: Vec<(chrono::NaiveDate, i64, Row)> = Vec::new();
    for line in cx.world.purchases.iter().filter(|p| mine(p)) {
        let name = format!("{}/{} {}", line.no, line.line, item_name(cx, line.item_id));
        for p in cx.world.promises.of(line.id) {
            let amount = if p.qty.is_zero() {
                String::new()
            } else {
                format::qty(p.qty)
            };
            let said = format!("→ {} {amount}", show::day(p.date, cx.today(), cx.lang));
            let cells = vec![
                day(Some(p.said_on), cx),
                word(w::PROMISE_ROW, Role::Base, cx.lang),
                text(said),
                dim(format!("{name} {}", p.note)),
            ];
            rows.push((
                p.said_on,
                p.id,
                Row {
                    id: p.id * 3,
                    cells,
                },
            ));
        }
        for r in cx.world.receipts.of(line.id) {
            let mut amount = format!("+{}", format::qty(r.accepted));
            if r.rejected.is_positive() {
                amount = format!(
                    "{amount} {}{}",
                    w::REJECTED_SHORT.text(cx.lang),
                    format::qty(r.rejected)
                );
            }
            if r.held.is_positive() {
                amount = format!(
                    "{amount} {}{}",
                    w::HELD_SHORT.text(cx.lang),
                    format::qty(r.held)
                );
            }
            let cells = vec![
                day(Some(r.date), cx),
                word(w::RECEIPT_ROW, Role::Ok, cx.lang),
                text(amount),
                dim(format!("{name} {} {}", r.document, r.note)),
            ];
            rows.push((
                r.date,
                r.id,
                Row {
                    id: r.id * 3 + 1,
                    cells,
                },
            ));
        }
        for c in cx
            .world
            .chases
            .of(line.id)
            .filter(|c| c.subject == Subject::Purchase)
        {
            let cells = vec![
                day(Some(c.at.date()), cx),
                word(w::CHASE_ROW, Role::Base, cx.lang),
                code(c.result, cx.lang),
                dim(format!("{name} {}", c.answer)),
            ];
            rows.push((
                c.at.date(),
                c.id,
                Row {
                    id: c.id * 3 + 2,
                    cells,
                },
            ));
        }
    }
    rows.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)));
    let rows = rows.into_iter().map(|(_, _, row)| row).collect();
    let list = Listing {
        columns: HISTORY,
        rows,
        empty: Some(w::EMPTY_HISTORY),
    };
    Part {
        kind: PartKind::History,
        title: w::PART_HISTORY,
        count: None,
        content: Content::List(list),
    }
}
