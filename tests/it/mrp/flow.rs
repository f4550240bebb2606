//! Single rules of the explosion, each on the smallest factory that shows it.

use gendan::domain::quantity::Qty;
use gendan::plan::explode::{
    Allocation, BomLine, Explosion, Finding, For, Holder, Input, Issued, Item, LotRule, Message,
    Need, OperationStart, Production, Purchase, Reservation, Row, Source, Stage, Substitute,
    Supply, explode,
};

use super::{day, q};

/// A factory on day 10 with items A (made), B, C, D (bought) as ids 1 to 4.
pub(super) fn factory(bom: &[(i64, i64, &str)]) -> Input {
    let mut input = Input::new(day(10));
    for (id, code) in (1..).zip(["A", "B", "C", "D"]) {
        let source = if id == 1 { Source::Make } else { Source::Buy };
        input.items.push(Item::new(id, code, source));
    }
    for (parent, component, per) in bom {
        input.bom.push(BomLine::new(*parent, *component, q(per)));
    }
    input
}

pub(super) fn need(input: &mut Input, item: i64, qty: i64, due: u64, weight: i64) {
    let id = i64::try_from(input.needs.len()).unwrap() + 1;
    input.needs.push(Need {
        id,
        item,
        qty: Qty::whole(qty),
        date: day(due),
        weight,
        order_date: day(0),
        order: format!("SO-{id}"),
        line: 1,
    });
}

pub(super) fn buy(input: &mut Input, item: i64, qty: i64, due: u64) {
    let id = i64::try_from(input.purchases.len()).unwrap() + 1;
    input.purchases.push(Purchase {
        id,
        label: format!("PO-{id}"),
        item,
        qty_open: Qty::whole(qty),
        expected: Some(day(due)),
        need: None,
    });
}

pub(super) fn production(input: &mut Input, item: i64, qty: i64, start: u64, due: u64) {
    let id = i64::try_from(input.productions.len()).unwrap() + 1;
    input.productions.push(Production {
        id,
        label: format!("MO-{id}"),
        item,
        qty_open: Qty::whole(qty),
        start: day(start),
        due: day(due),
        need: None,
        also: Vec::new(),
        stage: Stage::Waiting,
        issued: Vec::new(),
        operation_starts: Vec::new(),
    });
}

fn row(plan: &Explosion, item: i64, due: u64) -> &Row {
    let mut rows = plan.rows.iter();
    rows.find(|r| r.item == item && r.need_date == day(due))
        .unwrap_or_else(|| panic!("no row for {item} on {due}: {:?}", plan.rows))
}

fn covers(plan: &Explosion, item: i64) -> Vec<(Supply, i64, i64)> {
    let rows = plan.rows.iter().filter(|r| r.item == item);
    rows.flat_map(|r| &r.covers)
        .map(|c| match c.to {
            For::Need(id) => (c.from, id, c.qty.0 / 1_000_000),
            For::SafetyStock | For::Surplus => (c.from, 0, c.qty.0 / 1_000_000),
        })
        .collect()
}

#[test]
fn stock_goes_by_date_then_weight_then_order_date_and_skips_nobody() {
    let mut input = factory(&[]);
    input.items[1].on_hand = Qty::whole(12);
    need(&mut input, 2, 5, 20, 1);
    need(&mut input, 2, 8, 15, 1);
    need(&mut input, 2, 3, 15, 9);
    need(&mut input, 2, 4, 15, 1);
    input.needs[3].order_date = "2025-12-01".parse().unwrap();
    let plan = explode(&input);
    let stock = |plan: &Explosion| -> Vec<(i64, i64)> {
        let covers = covers(plan, 2).into_iter();
        covers
            .filter(|(from, _, _)| *from == Supply::Stock)
            .map(|(_, need, qty)| (need, qty))
            .collect()
    };
    assert_eq!(stock(&plan), [(3, 3), (4, 4), (2, 5)]);
    input.needs[0].weight = 10;
    input.settings.allocation = Allocation::ByPriority;
    assert_eq!(stock(&explode(&input)), [(3, 3), (4, 4), (1, 5)]);
}

#[test]
fn held_stock_does_not_count_and_safety_stock_is_added_once() {
    let mut input = factory(&[]);
    let b = &mut input.items[1];
    (b.on_hand, b.on_hold, b.safety_stock) = (Qty::whole(10), Qty::whole(7), Qty::whole(5));
    need(&mut input, 2, 4, 20, 1);
    need(&mut input, 2, 6, 25, 1);
    let plan = explode(&input);
    let first = row(&plan, 2, 20);
    assert_eq!((first.gross, first.net), (Qty::whole(6), Qty::whole(6)));
    assert_eq!(row(&plan, 2, 25).net, Qty::whole(6));
    let below = Message::BelowSafety {
        item: 2,
        qty: Qty::whole(2),
    };
    assert!(plan.messages.contains(&below), "{:?}", plan.messages);
}

#[test]
fn a_release_that_should_have_been_is_now_and_its_components_are_needed_now() {
    let mut input = factory(&[(1, 2, "2")]);
    input.items[0].lead_days = 5;
    input.items[1].lead_days = 3;
    need(&mut input, 1, 10, 12, 1);
    let plan = explode(&input);
    let made = row(&plan, 1, 12);
    assert_eq!((made.release_date, made.late_days), (Some(day(10)), 3));
    let bought = row(&plan, 2, 10);
    assert_eq!((bought.qty_planned, bought.late_days), (Qty::whole(20), 3));
    assert_eq!(plan.lots[0].arrives, day(15));
    let late = plan
        .messages
        .iter()
        .filter(|m| matches!(m, Message::PastDueRelease { .. }));
    assert_eq!(late.count(), 2);
}

#[test]
fn a_window_of_days_counts_from_its_first_need() {
    let mut input = factory(&[]);
    input.items[1].group_days = 7;
    input.items[1].moq = Qty::whole(25);
    for due in [20, 22, 26, 27, 40] {
        need(&mut input, 2, 10, due, 1);
    }
    let plan = explode(&input);
    let lots: Vec<_> = plan.lots.iter().map(|l| (l.due, l.qty)).collect();
    // Days 20 to 26 are one window of 30; day 27 opens the next, whose surplus serves day 40.
    assert_eq!(lots, [(day(20), Qty::whole(30)), (day(27), Qty::whole(25))]);
    assert_eq!(row(&plan, 2, 20).rules, [LotRule::Grouped]);
    assert_eq!(row(&plan, 2, 22).rules, [LotRule::Grouped]);
    assert_eq!(row(&plan, 2, 27).rules, [LotRule::Moq]);
    let last = row(&plan, 2, 40);
    assert_eq!((last.from_surplus, last.surplus), (q("10"), q("5")));
}

#[test]
fn a_phantom_uses_its_stock_and_passes_the_rest_on_with_its_wastage() {
    let mut input = factory(&[(1, 2, "1"), (2, 3, "2")]);
    input.items[1].source = Source::Phantom;
    input.items[1].on_hand = Qty::whole(4);
    input.items[1].assembly_wastage = q("0.1");
    input.items[0].lead_days = 2;
    need(&mut input, 1, 14, 20, 1);
    let plan = explode(&input);
    assert_eq!(row(&plan, 2, 18).qty_planned, Qty::ZERO);
    assert_eq!(row(&plan, 2, 18).rules, [LotRule::Phantom]);
    // (14 - 4) x 1.1 x 2, needed when the parent starts.
    assert_eq!(row(&plan, 3, 18).gross, q("22"));
}

#[test]
fn what_the_customer_sends_is_never_bought_but_its_shortage_shows() {
    let mut input = factory(&[(1, 2, "3")]);
    input.items[1].source = Source::Customer;
    input.items[1].on_hand = Qty::whole(5);
    need(&mut input, 1, 4, 20, 1);
    buy(&mut input, 2, 4, 15);
    let plan = explode(&input);
    let label = row(&plan, 2, 20);
    assert_eq!((label.net, label.shortage), (q("3"), q("3")));
    assert_eq!(label.qty_planned, Qty::ZERO);
    assert_eq!(label.rules, [LotRule::CustomerSupplied]);
    let short = Message::CustomerShort {
        item: 2,
        date: day(20),
        qty: q("3"),
    };
    assert_eq!(plan.messages, [short]);
}

#[test]
fn a_substitute_gives_only_what_its_own_needs_leave() {
    let mut input = factory(&[(1, 2, "1"), (1, 3, "1")]);
    input.items[1].substitutes = vec![Substitute {
        item: 3,
        ratio: q("1.5"),
    }];
    input.items[2].on_hand = Qty::whole(16);
    need(&mut input, 1, 10, 20, 1);
    let plan = explode(&input);
    let b = row(&plan, 2, 20);
    // Ten of C go to A; the six left replace four of B.
    assert_eq!((b.from_substitute, b.net), (q("4"), q("6")));
    assert_eq!(row(&plan, 3, 20).from_stock, q("10"));
    assert_eq!(covers(&plan, 2)[0], (Supply::Substitute(3), 1, 4));
}

#[test]
fn open_orders_are_hastened_put_off_or_cancelled() {
    let mut input = factory(&[]);
    need(&mut input, 2, 30, 20, 1);
    need(&mut input, 2, 10, 60, 1);
    buy(&mut input, 2, 20, 8);
    buy(&mut input, 2, 15, 24);
    buy(&mut input, 2, 40, 30);
    let plan = explode(&input);
    let said: Vec<String> = plan
        .messages
        .iter()
        .map(|message| match message {
            Message::Overdue { label, days, .. } => format!("{label} overdue {days}"),
            Message::Expedite { label, to, qty, .. } => format!("{label} by {to} {qty}"),
            Message::Defer { label, to, .. } => format!("{label} defer {to}"),
            Message::Cancel { label, qty, .. } => format!("{label} cancel {qty}"),
            other => panic!("{other:?}"),
        })
        .collect();
    let wanted = [
        "PO-1 overdue 2".to_owned(),
        "PO-1 defer 2026-01-25".to_owned(),
        "PO-2 by 2026-01-25 10".to_owned(),
        "PO-3 defer 2026-03-06".to_owned(),
        "PO-3 cancel 35".to_owned(),
    ];
    assert_eq!(said, wanted);
    assert_eq!(plan.lots, []);
}

#[test]
fn what_the_smallest_lot_brought_too_much_is_not_cancelled() {
    let mut input = factory(&[]);
    input.items[1].moq = Qty::whole(50);
    need(&mut input, 2, 30, 20, 1);
    buy(&mut input, 2, 50, 20);
    assert_eq!(explode(&input).messages, []);
    buy(&mut input, 2, 10, 20);
    assert_eq!(explode(&input).messages.len(), 1);
}

#[test]
fn an_order_too_late_to_wait_for_is_left_aside_where_a_limit_is_set() {
    let mut input = factory(&[]);
    need(&mut input, 2, 10, 20, 1);
    buy(&mut input, 2, 10, 31);
    assert_eq!(explode(&input).lots, []);
    input.settings.late_days_max = Some(10);
    let plan = explode(&input);
    assert_eq!(plan.lots.len(), 1);
    assert_eq!(row(&plan, 2, 20).net, q("10"));
    assert!(matches!(plan.messages.as_slice(), [Message::Cancel { .. }]));
}

#[test]
fn bad_data_is_named_and_the_rest_is_planned() {
    let mut input = factory(&[(1, 2, "1"), (2, 1, "1"), (1, 3, "2"), (1, 9, "1")]);
    input.items[1].source = Source::Make;
    input.items[3].source = Source::Make;
    need(&mut input, 1, 5, 20, 1);
    need(&mut input, 8, 5, 20, 1);
    need(&mut input, 4, 7, 20, 1);
    buy(&mut input, 7, 5, 20);
    let plan = explode(&input);
    let codes = vec!["A".to_owned(), "B".to_owned()];
    let expected = [
        Finding::Loop { codes },
        Finding::NeedWithoutItem {
            order: "SO-2".to_owned(),
            line: 1,
            item: 8,
        },
        Finding::MissingComponent {
            parent: "A".to_owned(),
            component: 9,
        },
        Finding::SupplyWithoutItem {
            label: "PO-1".to_owned(),
            item: 7,
        },
    ];
    for finding in expected {
        assert!(plan.findings.contains(&finding), "{:?}", plan.findings);
    }
    let no_bom = |code: &str| Finding::NoBom {
        code: code.to_owned(),
    };
    assert!(plan.findings.contains(&no_bom("D")));
    assert_eq!(row(&plan, 2, 20).qty_planned, q("5"));
    assert_eq!(row(&plan, 3, 20).qty_planned, q("10"));
    assert_eq!(row(&plan, 4, 20).qty_planned, q("7"));
}

#[test]
fn a_reservation_and_a_dedicated_order_serve_their_holder_first() {
    let mut input = factory(&[]);
    input.items[1].on_hand = Qty::whole(6);
    need(&mut input, 2, 5, 15, 9);
    need(&mut input, 2, 8, 30, 1);
    input.reservations.push(Reservation {
        id: 1,
        item: 2,
        qty: Qty::whole(4),
        purchase: None,
        holder: Holder::Need(2),
    });
    buy(&mut input, 2, 3, 12);
    input.purchases[0].need = Some(2);
    let plan = explode(&input);
    let wanted = [
        (Supply::Stock, 1, 2),
        (Supply::Lot(0), 1, 3),
        (Supply::Reserved(1), 2, 4),
        (Supply::Purchase(1), 2, 3),
        (Supply::Lot(1), 2, 1),
    ];
    assert_eq!(covers(&plan, 2), wanted);
}

#[test]
fn an_open_production_takes_what_it_has_not_been_given_at_its_operation() {
    let mut input = factory(&[(1, 2, "2"), (1, 3, "1")]);
    input.bom[1].operation = Some(20);
    input.bom[0].fixed = Qty::whole(3);
    production(&mut input, 1, 10, 14, 25);
    input.productions[0].issued = vec![Issued {
        item: 2,
        qty: Qty::whole(8),
    }];
    input.productions[0].operation_starts = vec![OperationStart {
        seq: 20,
        date: day(18),
    }];
    need(&mut input, 1, 10, 25, 1);
    let plan = explode(&input);
    assert_eq!(row(&plan, 1, 25).from_on_order, q("10"));
    assert_eq!(row(&plan, 2, 14).gross, q("15"));
    assert_eq!(row(&plan, 3, 18).gross, q("10"));
    assert_eq!(row(&plan, 3, 18).pegs[0].to, For::Need(1));
    input.productions[0].stage = Stage::Running;
    assert_eq!(row(&explode(&input), 2, 14).gross, q("12"));
}
