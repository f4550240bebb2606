//! The order's lines in the headings of the shop's own form.

use super::*;

const LINE_COLUMNS: &[(Word, u16)] = &[
    (w::LINE_MARK, 4),
    (c::PROJECT_NO, 14),
    (w::CUSTOMER, 16),
    (c::MODEL, 24),
    (c::MATERIAL_NO, 16),
    (c::LENGTH, 9),
    (w::QTY, 9),
    (c::SURFACE, 10),
    (c::ORDER_DATE, 11),
    (w::REQUESTED_DATE, 11),
    (c::PLANNED_START, 11),
    (c::PLANNED_FINISH, 11),
    (c::REVIEW_RESULT, 11),
    (c::PROCESS_FLOW, 28),
    (c::PROCESS_NOTES, 24),
    (c::TOOLING, 10),
    (c::DAY_CAPACITY, 9),
    (c::BOTTLENECK, 12),
    (c::MATERIAL_STATE, 9),
    (c::SIZE_CLASS, 10),
    (c::URGENCY, 12),
    (w::REMARKS, 24),
];

pub(super) fn lines(s: &Scope<'_>, order: &Order) -> Table {
    let customer = s.world.customers.find(order.customer_id);
    let material = belief::material_state(s.world, s.outlook, order, s.today);
    let tooling = class::said(s.world, order, class::TOOLING);
    let tooling = tooling.map(|t| class::tooling(&t).map_or(t, |known| s.say(known.word())));
    let notes = class::said(s.world, order, class::PROCESS);
    let row = |line: &OrderLine| {
        let steps = steps(s, line);
        let slow = class::bottlenecks(&steps);
        let slow: Vec<&str> = slow.iter().map(|s| s.mark.as_str()).collect();
        let (start, finish) = planned(s, order, line);
        let due = line.requested_date;
        let reviewed = reviewed(s, order, line);
        let late = reviewed.zip(due).is_some_and(|(r, d)| r > d);
        let tone = if late { Tone::Bad } else { Tone::Plain };
        vec![
            Cell::of(Value::Whole(line.no)),
            Cell::text(project(order, line)),
            Cell::text(customer.map_or("", |c| c.name.as_str())),
            Cell::text(format!("{} {}", line.name, line.spec).trim().to_owned()),
            Cell::text(line.item_code.clone()),
            text(class::length(s.world, order, line)),
            Cell::of(Value::Qty((line.qty - line.cancelled_qty).floor_zero())),
            text(class::surface(s.world, order, line)),
            Cell::date(class::ordered_on(order)),
            Cell::date(due),
            Cell::date(start),
            Cell::date(finish),
            Cell::date(reviewed).tone(tone),
            Cell::text(class::flow(&steps)),
            text(notes.clone()),
            text(tooling.clone()),
            class::capacity(&steps).map_or_else(|| Cell::text(""), |n| Cell::of(Value::Qty(n))),
            Cell::text(slow.join("、")),
            text(material.map(|m| s.say(m.word()))),
            Cell::text(s.say(class::size(s.world, line).word())),
            Cell::text(urgency(s, order, due)),
            Cell::text(remarks(order, line)),
        ]
    };
    Table {
        title: s.say(w::PART_LINES),
        columns: columns(s, LINE_COLUMNS),
        rows: s.world.order_lines.of(order.id).map(row).collect(),
    }
}

pub(in crate::report) fn steps(s: &Scope<'_>, line: &OrderLine) -> Vec<Step> {
    let item = s.world.items.find(line.item_id);
    item.map(|item| class::steps(s.world, item))
        .unwrap_or_default()
}

/// The customer's job number, else the order's number with that of the line.
pub(in crate::report) fn project(order: &Order, line: &OrderLine) -> String {
    if line.job_no.is_empty() {
        format!("{}-{:02}", order.no, line.no)
    } else {
        line.job_no.clone()
    }
}

pub(in crate::report) fn remarks(order: &Order, line: &OrderLine) -> String {
    let both = [line.note.trim(), order.remarks.trim()];
    let both: Vec<&str> = both.into_iter().filter(|t| !t.is_empty()).collect();
    both.join(" / ")
}

/// First and last day by the plan of the line's production orders, else by the trial of the order.
fn planned(
    s: &Scope<'_>,
    order: &Order,
    line: &OrderLine,
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let made = s.world.production_orders.of(line.id);
    let made: Vec<_> = made.filter_map(|p| s.outlook.finishes.get(&p.id)).collect();
    if !made.is_empty() {
        let start = made.iter().map(|f| f.starts.date()).min();
        return (start, made.iter().map(|f| f.ends.date()).max());
    }
    let Some(promise) = s.outlook.promises.get(&order.id) else {
        return (None, None);
    };
    let start = promise.chain.iter().map(|l| l.from.date()).min();
    (start, promise.date)
}

/// The date a line is reviewed for: what was promised, else the later of review and planner.
fn reviewed(s: &Scope<'_>, order: &Order, line: &OrderLine) -> Option<NaiveDate> {
    let found = rule::verdict(s.world, order).and_then(|f| f.reviewed);
    let planner = s.outlook.promises.get(&order.id).and_then(|p| p.date);
    line.promised_date.or(found.max(planner))
}
