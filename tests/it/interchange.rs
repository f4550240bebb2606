//! The interchange file: what goes out comes in again byte for byte; what is wrong is refused
//! with its place, in both languages, and leaves no trace.

mod factory;
mod random;
mod refusals;

use gendan::clock::Clock;
use gendan::domain::moment::Moment;
use gendan::store::{Deed, Store, StoreError};
use gendan::text::{Did, Lang};
use gendan::transfer::json::{self, Count, ImportError, JsonError};

fn store() -> Store {
    let at = Moment::parse("2026-11-23T08:00").unwrap();
    Store::memory(Clock::Fixed(at.0), "Li").unwrap()
}

fn export(store: &Store) -> String {
    json::export(&store.world().unwrap(), &store.past().unwrap())
}

/// Brings a file in that must be right.
fn bring(store: &mut Store, text: &str) -> Count {
    let file = json::parse(text).unwrap_or_else(|errors| panic!("{}", said(&errors)));
    match json::bring(store, &file, "a.json") {
        Ok((summary, _)) => summary.total(),
        Err(ImportError::Refused(errors)) => panic!("{}", said(&errors)),
        Err(error) => panic!("{error}"),
    }
}

/// An edit by hand, so that the journal has something to tell.
fn change_something(store: &mut Store) {
    let world = store.world().unwrap();
    let mut order = world.orders.iter().next().unwrap().clone();
    order.remarks.push_str(" \"改\"");
    let deed = Deed::new(Did::OrderChanged, &[&order.no]).about(&order.no);
    store
        .write::<_, StoreError>(&deed, |tx| tx.update(&order))
        .unwrap();
}

fn said(errors: &[JsonError]) -> String {
    let lines: Vec<String> = errors.iter().map(|e| e.say(Lang::En)).collect();
    lines.join("\n")
}

/// What goes out, brought into an empty file, goes out the same; returns the text and that file.
fn round(store: &Store) -> (String, Store) {
    let first = export(store);
    let mut other = self::store();
    bring(&mut other, &first);
    let second = export(&other);
    if first != second {
        let differs = first.lines().zip(second.lines()).find(|(a, b)| a != b);
        panic!("export differs after import: {differs:?}");
    }
    (first, other)
}

/// The example of the format's description, every key of it.
const DOCUMENTED: &str = r#"{ "format": "gendan/1", "now": "2026-11-23T08:00",
  "calendars": [{ "code": "DAY", "week": { "mon": ["08:00-12:00","13:30-17:30"], "tue": [], "wed": ["00:00-24:00"] },
                  "days": [{ "date": "2026-10-01", "shifts": [], "name": "国庆节" }] }],
  "customers": [{ "code": "C1", "name": "Nordic Outfit", "class": "A", "weight": 4 }],
  "suppliers": [{ "code": "S1", "name": "宏达纺织", "lead_days": 7, "calendar": "DAY" }],
  "work_centres": [{ "code": "SEW", "name": "车缝", "department": "production", "calendar": "DAY",
                     "lines": [{ "code": "L1", "operators": 30, "efficiency": "0.55" }],
                     "infinite": false }],
  "items": [{ "code": "FP1", "name": "衬衫", "spec": "...", "unit": "pcs", "family": "shirt",
              "make": true, "phantom": false,
              "on_hand": "10", "on_hold": "0", "safety_stock": "0",
              "lead_days": 2, "moq": "0", "multiple": "0", "max_lot": "0", "group_days": 0, "supplier": "S1",
              "bom": [{ "item": "PP1", "qty": "2", "fixed": "0", "wastage": "0.03", "wastage_rule": "multiply", "operation": 10 }],
              "assembly_wastage": "0",
              "routing": [{ "seq": 10, "name": "车缝", "work_centre": "SEW", "setup_minutes": "30", "minutes_per_unit": "12.5",
                            "wait_minutes": "0", "transfer_qty": "0", "outsource_days": null },
                          { "seq": 20, "name": "整烫", "work_centre": "SEW", "minutes_per_unit": 2 }] },
            { "code": "PP1", "name": "纽扣" }],
  "orders": [{ "no": "SO-1", "customer": "C1", "customer_po": "4500123", "channel": "email", "received_at": "2026-11-20T09:00",
               "currency": "USD", "price_terms": "FOB Ningbo", "payment_terms": "T/T 30% deposit", "delivery_method": "sea", "packaging": "...",
               "priority": null, "policy": "split",
               "max_late_days": null, "min_shipment": "0",
               "lines": [{ "no": 1, "item": "FP1", "name": "...", "spec": "...", "qty": "100", "unit": "pcs", "unit_price": "3.2500", "amount": "325.00",
                           "over_pct": "0.02", "under_pct": "0.02", "requested_date": "2026-12-20", "promised_date": null,
                           "sizes": [{ "colour": "navy", "size": "M", "qty": "60" }] }] }],
  "production_orders": [{ "no": "MO-1", "order": "SO-1", "line": 1, "item": "FP1", "qty": "100", "state": "released",
                          "operations": [{ "seq": 10, "line": "L1", "start": "2026-12-01T08:00", "pinned": true, "done_qty": "0" }] }],
  "purchases": [{ "no": "PO-1", "line": 1, "item": "PP1", "supplier": "S1", "qty": "500", "unit": "pcs", "order": "SO-1", "ordered_on": "2026-11-20",
                  "promises": [{ "date": "2026-12-01", "said_on": "2026-11-20" }],
                  "receipts": [{ "date": "2026-12-02", "accepted": "300", "rejected": "5" }] }],
  "progress": [{ "date": "2026-12-03", "production_order": "MO-1", "seq": 10, "good": "40", "defect": "1", "rework": "0", "scrap": "0" }],
  "shipments": [], "documents": [], "facts": [], "queries": [], "answers": [], "samples": [], "milestones": [], "exceptions": [], "chases": [], "journal": [] }"#;

#[test]
fn the_documented_example_comes_in_and_goes_out_the_same() {
    let mut store = store();
    bring(&mut store, DOCUMENTED);
    let world = store.world().unwrap();
    assert_eq!(world.calendar_days.len(), 1, "the file's own calendar wins");
    assert_eq!(world.calendars.iter().next().unwrap().wed, "00:00-24:00");
    let line = world.order_lines.iter().next().unwrap();
    assert_eq!(line.unit_price.unwrap().text(), "3.25");
    let operations: Vec<_> = world.operations.iter().collect();
    assert_eq!(
        operations.len(),
        2,
        "the second operation follows from the routing"
    );
    assert_eq!(operations[0].minutes_per_unit.text(), "12.5");
    assert!(operations[0].pinned && operations[0].line_id.is_some());
    assert_eq!(
        (operations[1].seq, operations[1].name.as_str()),
        (20, "整烫")
    );
    let (text, _) = round(&store);
    assert!(text.contains("{ \"code\": \"L1\", \"operators\": 30, \"efficiency\": \"0.55\" }"));
    assert!(text.ends_with("\n}\n") && !text.contains('\r'));
}

#[test]
fn master_data_keep_what_a_file_leaves_out_and_replace_the_lists_it_gives() {
    let mut store = store();
    bring(&mut store, DOCUMENTED);
    let count = bring(
        &mut store,
        r#"{"format": "gendan/1",
            "calendars": [{"code": "DAY", "week": {"sat": ["08:00-12:00"]}}],
            "customers": [{"code": "C1", "class": "b"}, {"code": "C2"}],
            "items": [{"code": "FP1", "on_hand": 7.5, "routing": [{"seq": 20, "name": "烫", "work_centre": "SEW"}]}]}"#,
    );
    assert_eq!((count.new, count.changed), (1, 4));
    let world = store.world().unwrap();
    let day = world.calendars.iter().next().unwrap();
    assert_eq!((day.mon.as_str(), day.sat.as_str()), ("", "08:00-12:00"));
    assert!(
        world.calendar_days.is_empty(),
        "a calendar is given as a whole"
    );
    let customer = world.customers.iter().next().unwrap();
    assert_eq!(customer.class.code(), "b");
    assert_eq!(
        (customer.name.as_str(), customer.weight.unwrap().text()),
        ("Nordic Outfit", "4".into())
    );
    let item = world.items.iter().next().unwrap();
    assert_eq!(
        (item.name.as_str(), item.on_hand.text()),
        ("衬衫", "7.5".into())
    );
    assert_eq!(
        world.bom_lines.of(item.id).count(),
        1,
        "no BOM given, the old one stays"
    );
    let steps: Vec<_> = world.routing_steps.of(item.id).collect();
    assert_eq!(steps.len(), 1, "the routing given is the routing");
    assert_eq!(
        (steps[0].name.as_str(), steps[0].minutes_per_unit.text()),
        ("烫", "0".into())
    );
    round(&store);
    store.undo().unwrap();
    assert_eq!(
        store.world().unwrap().routing_steps.len(),
        2,
        "an import can be taken back"
    );
}

#[test]
fn states_that_follow_from_progress_are_read_as_what_leads_to_them() {
    let mut store = store();
    bring(&mut store, DOCUMENTED);
    let made = |no: &str, state: &str| {
        format!(
            "{{\"no\": \"{no}\", \"order\": \"SO-1\", \"line\": 1, \"qty\": 5, \"state\": \"{state}\"}}"
        )
    };
    let list = [
        made("A", "in_progress"),
        made("B", "finished"),
        made("C", "on_hold"),
    ]
    .join(", ");
    bring(
        &mut store,
        &format!("{{\"format\": \"gendan/1\", \"production_orders\": [{list}]}}"),
    );
    let world = store.world().unwrap();
    let state = |no: &str| {
        let made = world.production_orders.iter().find(|p| p.no == no).unwrap();
        assert_eq!(
            world.items.find(made.item_id).unwrap().code,
            "FP1",
            "the line's item"
        );
        let done: Vec<String> = world
            .operations
            .of(made.id)
            .map(|o| o.opening_qty.text())
            .collect();
        (made.state.code(), made.on_hold, done.join(" "))
    };
    assert_eq!(state("A"), ("released", false, "0 0".into()));
    assert_eq!(state("B"), ("released", false, "5 5".into()));
    assert_eq!(state("C"), ("released", true, "0 0".into()));
    let (text, _) = round(&store);
    assert!(!text.contains("own_routing"));
}
