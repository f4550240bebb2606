//! The rules themselves, against brute force and by cases.

use chrono::{Days, NaiveDate};
use gendan::domain::codes::{InspectionResult, Policy};
use gendan::domain::moment::Moment;
use gendan::domain::order::{LineSize, Order, OrderLine};
use gendan::domain::progress::{Carton, Credit, ExportPaper, Inspection, Shipment, ShipmentLine};
use gendan::domain::quantity::{Micro, Qty};
use gendan::domain::rule::inspection::{self, Aqls, Class};
use gendan::domain::rule::shipment::packing::{self, Fill};
use gendan::domain::rule::shipment::papers::{self, Anchor, Terms};
use gendan::domain::rule::shipment::{Check, Wish, broken, check, credit};
use gendan::domain::world::{Rows, World};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn q(n: i64) -> Qty {
    Qty::whole(n)
}

fn share(text: &str) -> Micro {
    text.parse().unwrap()
}

/// An order of one line of 1,000 at 2.00, a tenth more or less, with a planned shipment.
fn world(sizes: &[i64], shipped: i64) -> World {
    let line = OrderLine {
        id: 1,
        order_id: 1,
        no: 1,
        qty: q(1_000),
        unit_price: Some(q(2)),
        over_pct: share("0.1"),
        under_pct: share("0.1"),
        requested_date: Some(day("2026-12-01")),
        ..OrderLine::default()
    };
    let size = |(at, qty): (usize, &i64)| LineSize {
        id: at as i64 + 1,
        order_line_id: 1,
        colour: "red".to_owned(),
        size: at.to_string(),
        qty: q(*qty),
        ..LineSize::default()
    };
    World {
        orders: Rows::new(vec![Order {
            id: 1,
            no: "A".to_owned(),
            ..Order::default()
        }]),
        order_lines: Rows::new(vec![line]),
        line_sizes: Rows::new(sizes.iter().enumerate().map(size).collect()),
        shipments: Rows::new(vec![Shipment {
            id: 1,
            order_id: 1,
            planned: Some(day("2026-12-01")),
            ..Shipment::default()
        }]),
        shipment_lines: Rows::new(vec![ShipmentLine {
            id: 1,
            shipment_id: 1,
            order_line_id: 1,
            qty: q(shipped),
            ..ShipmentLine::default()
        }]),
        ..World::default()
    }
}

fn breaks(world: &World, qty: i64, on: &str) -> Vec<String> {
    let order = world.orders.get(1).unwrap();
    let lines = [(1, q(qty))];
    let wish = Wish {
        shipment: None,
        lines: &lines,
        day: day(on),
    };
    let name = |c: &Check| match c {
        Check::Credit(rule) => format!("{rule:?}")
            .split([' ', '('])
            .next()
            .unwrap()
            .to_owned(),
        other => format!("{other:?}")
            .split([' ', '('])
            .next()
            .unwrap()
            .to_owned(),
    };
    broken(check(world, order, &wish))
        .iter()
        .map(name)
        .collect()
}

#[test]
fn tolerance_policy_and_smallest_shipment() {
    let mut w = world(&[], 0);
    assert!(breaks(&w, 1_100, "2026-12-05").is_empty());
    assert_eq!(breaks(&w, 1_101, "2026-12-05"), ["Most"]);
    let order = |policy, min: i64| {
        Rows::new(vec![Order {
            id: 1,
            policy,
            min_shipment: q(min),
            ..Order::default()
        }])
    };
    w.orders = order(Policy::All, 0);
    assert_eq!(breaks(&w, 899, "2026-12-01"), ["AllAtOnce"]);
    assert!(
        breaks(&w, 900, "2026-12-01").is_empty(),
        "the tolerance closes it"
    );
    w.orders = order(Policy::NoneLate, 0);
    assert!(breaks(&w, 10, "2026-12-01").is_empty());
    assert_eq!(breaks(&w, 10, "2026-12-02"), ["NoneLate"]);
    w.orders = order(Policy::Split, 400);
    assert_eq!(breaks(&w, 399, "2026-12-01"), ["Smallest"]);
    assert!(breaks(&w, 400, "2026-12-01").is_empty());
    // The rest may be smaller.
    w.shipments = Rows::new(vec![Shipment {
        id: 1,
        order_id: 1,
        shipped_on: Some(day("2026-11-20")),
        ..Shipment::default()
    }]);
    w.shipment_lines = Rows::new(vec![ShipmentLine {
        id: 1,
        shipment_id: 1,
        order_line_id: 1,
        qty: q(800),
        ..ShipmentLine::default()
    }]);
    assert!(breaks(&w, 100, "2026-12-01").is_empty());
    assert_eq!(breaks(&w, 99, "2026-12-01"), ["Smallest"]);
    assert_eq!(breaks(&w, 301, "2026-12-01"), ["Most"]);
}

#[test]
fn articles_30_and_31_by_cases() {
    let with = |c: Credit| {
        let mut w = world(&[], 0);
        w.credits = Rows::new(vec![Credit {
            id: 1,
            order_id: 1,
            ..c
        }]);
        w
    };
    let plain = Credit {
        amount: Some(q(2_000)),
        ..Credit::default()
    };
    let on = "2026-12-01";
    // 30 b: five per cent, but not beyond the amount.
    let w = with(Credit {
        amount: Some(q(5_000)),
        ..plain.clone()
    });
    assert!(breaks(&w, 1_050, on).is_empty());
    assert_eq!(breaks(&w, 1_051, on), ["Quantity"]);
    assert_eq!(breaks(&with(plain.clone()), 1_001, on), ["Amount"]);
    assert!(breaks(&with(plain.clone()), 1_000, on).is_empty());
    // Single items: not one more.
    let units = Credit {
        in_units: true,
        amount: None,
        ..plain.clone()
    };
    assert_eq!(breaks(&with(units.clone()), 1_001, on), ["Quantity"]);
    // 30 a: ten per cent on quantity and amount.
    let about = Credit {
        about: true,
        in_units: true,
        ..plain.clone()
    };
    assert!(breaks(&with(about.clone()), 1_100, on).is_empty());
    assert_eq!(
        breaks(&with(about), 1_101, on),
        ["Most", "Quantity", "Amount"]
    );
    // A tolerance in so many words goes before both.
    let stated = Credit {
        tolerance: share("0.03"),
        amount: None,
        ..plain.clone()
    };
    assert!(breaks(&with(stated.clone()), 1_030, on).is_empty());
    assert_eq!(breaks(&with(stated), 1_031, on), ["Quantity"]);
    // 31: parts go unless the credit bars them; within the tolerance it is no part.
    assert!(breaks(&with(plain.clone()), 400, on).is_empty());
    let barred = Credit {
        no_partial: true,
        ..plain.clone()
    };
    assert_eq!(breaks(&with(barred.clone()), 949, on), ["Partial"]);
    assert!(breaks(&with(barred.clone()), 950, on).is_empty());
    // 30 c: in full, five per cent less of the amount may be drawn, not more.
    let less = |amount: i64| Credit {
        amount: Some(q(amount)),
        ..barred.clone()
    };
    assert!(breaks(&with(less(2_105)), 1_000, on).is_empty());
    assert_eq!(breaks(&with(less(2_106)), 1_000, on), ["Less"]);
    let dated = Credit {
        latest_shipment: Some(day("2026-11-30")),
        expiry: Some(day("2026-11-30")),
        ..plain
    };
    assert_eq!(
        breaks(&with(dated), 1_000, on),
        ["LatestShipment", "Presentation"]
    );
}

#[test]
fn documents_are_presented_within_21_days_and_before_expiry() {
    let left = day("2026-12-01");
    assert_eq!(credit::present_by(None, left), day("2026-12-22"));
    let mut c = Credit {
        expiry: Some(day("2026-12-15")),
        ..Credit::default()
    };
    assert_eq!(credit::present_by(Some(&c), left), day("2026-12-15"));
    (c.expiry, c.presentation_days) = (None, 10);
    assert_eq!(credit::present_by(Some(&c), left), day("2026-12-11"));
}

#[test]
fn papers_follow_from_trade_term_payment_and_transport() {
    let of = |price: &str, pay: &str, how: &str| {
        let order = Order {
            price_terms: price.to_owned(),
            payment_terms: pay.to_owned(),
            delivery_method: how.to_owned(),
            ..Order::default()
        };
        let codes = papers::needed(Terms::of(&order));
        codes.iter().map(|k| k.code()).collect::<Vec<_>>().join(" ")
    };
    let base = "packing_list commercial_invoice";
    let export = format!("{base} certificate_of_origin customs_declaration");
    assert_eq!(
        of("送货价（含税）", "月结 30 天", "汽运"),
        format!("{base} waybill")
    );
    assert_eq!(
        of("FOB Ningbo", "T/T", "sea"),
        format!("{export} bill_of_lading")
    );
    assert_eq!(
        of("CIF Hamburg", "L/C at sight", "sea"),
        format!("{export} insurance_policy bill_of_lading letter_of_credit")
    );
    assert_eq!(
        of("cip Wien", "D/P", "by air"),
        format!("{export} insurance_policy air_waybill collection")
    );
    assert_eq!(
        of("EXW", "T/T", "express"),
        format!("{base} certificate_of_origin waybill")
    );
    assert_eq!(
        of("C&F Osaka", "信用证", "海运"),
        of("CFR Osaka", "LC", "vessel")
    );
}

fn walk(world: &World, from: NaiveDate, days: i64, back: bool) -> NaiveDate {
    let calendar = world.factory_calendar();
    let mut at = from;
    let mut left = days;
    while left > 0 {
        at = if back {
            at - Days::new(1)
        } else {
            at + Days::new(1)
        };
        left -= i64::from(calendar.is_working(at));
    }
    at
}

proptest! {
    #[test]
    fn due_days_equal_a_walk_day_by_day(offset in 0_u64..400, own in 0_i64..15) {
        let mut w = world(&[], 0);
        let cut_off = day("2026-01-01") + Days::new(offset);
        let s = Shipment {
            planned: Some(cut_off + Days::new(3)),
            cut_off: Some(Moment::start_of(cut_off)),
            ..w.shipments.get(1).unwrap().clone()
        };
        w.settings = Rows::new(vec![gendan::domain::followup::Setting {
            id: 1,
            key: papers::KEY.to_owned(),
            value: format!("packing_list {own}\nnonsense\ncustoms_declaration x"),
            ..gendan::domain::followup::Setting::default()
        }]);
        for rule in papers::RULES {
            let rule = papers::rule_of(&w, rule.kind).unwrap();
            let paper = ExportPaper { shipment_id: 1, kind: rule.kind, ..ExportPaper::default() };
            let wants = match rule.anchor {
                Anchor::CutOff => walk(&w, cut_off, rule.days, true),
                Anchor::Shipped => walk(&w, s.planned.unwrap(), rule.days, false),
                Anchor::Presentation => {
                    walk(&w, s.planned.unwrap() + Days::new(21), rule.days, true).max(s.planned.unwrap())
                }
            };
            prop_assert_eq!(papers::due(&w, &s, &paper), Some(wants));
        }
        prop_assert_eq!(papers::rule_of(&w, papers::RULES[0].kind).unwrap().days, own);
    }

    #[test]
    fn cartons_fill_exactly(
        sizes in prop::collection::vec(0_i64..400, 1..8),
        shipped in 1_i64..2_000,
        per in 1_i64..60,
        mixed in any::<bool>(),
    ) {
        let mut w = world(&sizes, shipped);
        let s = w.shipments.get(1).unwrap().clone();
        let how = Fill {
            per_carton: q(per),
            mixed,
            size_mm: [600, 400, 350],
            piece_kg: share("0.25"),
            tare_kg: q(1),
        };
        let mut rows = packing::fill(&w, &s, &how);
        for (at, row) in rows.iter_mut().enumerate() {
            row.id = at as i64 + 1;
        }
        let t = packing::totals(rows.iter());
        let wanted: Qty = packing::sizes(&w, &s).iter().map(|r| r.wanted).sum();
        // Sizes of nothing at all take nothing.
        let any = sizes.iter().any(|n| *n > 0);
        prop_assert_eq!(wanted, if any { q(shipped) } else { Qty::ZERO });
        prop_assert_eq!(t.pieces, wanted);
        // Every number from one on is in use, and no carton holds more than it takes.
        let last = rows.iter().map(packing::last_no).max().unwrap_or(0);
        prop_assert_eq!(t.cartons, last);
        for no in 1..=last {
            let inside = |c: &&Carton| c.first_no <= no && no <= packing::last_no(c);
            let held: Qty = rows.iter().filter(inside).map(|c| c.per_carton).sum();
            prop_assert!(held.is_positive() && held <= q(per), "carton {} holds {}", no, held);
        }
        prop_assert_eq!(t.net_kg, wanted.times(share("0.25")));
        prop_assert_eq!(t.gross_kg, t.net_kg + Micro::whole(last));
        prop_assert_eq!(t.volume, share("0.084").times(Micro::whole(last)));
        // With one more carton than needed at most per size, or in all where rests are mixed.
        let full = shipped.unsigned_abs().div_ceil(per.unsigned_abs());
        let spare = if mixed { 0 } else { sizes.len() as u64 };
        prop_assert!(u64::try_from(last).unwrap() <= full + spare);
        // What was packed is not packed again.
        w.cartons = Rows::new(rows);
        prop_assert!(packing::fill(&w, &s, &how).is_empty());
        for row in packing::sizes(&w, &s) {
            prop_assert_eq!(row.packed, row.wanted);
        }
    }

    #[test]
    fn shares_add_up_and_stay_within_one_piece(
        qty in 0_i64..100_000,
        weights in prop::collection::vec(0_i64..10_000, 1..12),
    ) {
        let given: Vec<Qty> = weights.iter().map(|w| q(*w)).collect();
        let parts = packing::share_out(q(qty), &given);
        let sum: i64 = weights.iter().sum();
        let total: Qty = parts.iter().copied().sum();
        prop_assert_eq!(total, if sum > 0 { q(qty) } else { Qty::ZERO });
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = qty as f64 * *weight as f64 / (sum.max(1)) as f64;
            prop_assert!((part.approx() - exact).abs() < 1.0 + 1e-9);
        }
    }
}

#[test]
fn a_verdict_is_what_the_counts_give_in_each_class() {
    let i = Inspection {
        lot: q(1_200),
        level: "II".to_owned(),
        aql: "2.5/4.0".to_owned(),
        done_on: Some(day("2026-11-20")),
        ..Inspection::default()
    };
    let verdict = |critical, major, minor| {
        inspection::verdict(&Inspection {
            critical,
            major,
            minor,
            ..i.clone()
        })
    };
    assert_eq!(verdict(0, 5, 7), InspectionResult::Passed);
    assert_eq!(verdict(0, 6, 0), InspectionResult::Failed);
    assert_eq!(verdict(0, 0, 8), InspectionResult::Failed);
    assert_eq!(verdict(1, 0, 0), InspectionResult::Failed);
    let limits = inspection::limits_of(&i);
    assert_eq!(limits.iter().map(|l| l.n).collect::<Vec<_>>(), [80, 80, 80]);
    // Arrows give each class a sample of its own: letter G at 0.65 goes up, at 1.0 down.
    let own = inspection::limits(q(200), Default::default(), Aqls::read("0.65/1.0").unwrap());
    let own: Vec<(Class, i64, i64)> = own.iter().map(|l| (l.class, l.n, l.ac)).collect();
    assert_eq!(
        own,
        [
            (Class::Critical, 50, 0),
            (Class::Major, 20, 0),
            (Class::Minor, 50, 1)
        ]
    );
    for (text, again) in [
        ("2.5", "2.5"),
        ("0/2.5/4", "2.5/4.0"),
        ("0.65/2.5/0", "0.65/2.5/0"),
    ] {
        assert_eq!(Aqls::read(text).map(Aqls::text).as_deref(), Some(again));
    }
    for wrong in ["", "3", "2.5/", "1/2/3/4", "0/0/4"] {
        assert_eq!(Aqls::read(wrong), None, "{wrong}");
    }
}

#[test]
fn cartons_hold_goods_of_the_order_that_is_shipped() {
    use gendan::command::{self, Command};
    let mut user = crate::support::User::demo(gendan::text::Lang::En);
    let world = user.app.world.clone();
    let carton = world
        .cartons
        .iter()
        .find(|c| c.order_line_id.is_some())
        .unwrap();
    let own = world.shipments.get(carton.shipment_id).unwrap().order_id;
    let other = world
        .order_lines
        .iter()
        .find(|l| l.order_id != own)
        .unwrap();
    let wrong = gendan::domain::progress::Carton {
        order_line_id: Some(other.id),
        ..carton.clone()
    };
    let change = Command::ChangeCartons(Box::new(wrong.clone()));
    assert!(command::apply(&mut user.app.store, &world, &change).is_err());
    let pack = Command::PackCartons(command::packing::PackCartons {
        shipment_id: carton.shipment_id,
        rows: vec![gendan::domain::progress::Carton { id: 0, ..wrong }],
    });
    assert!(command::apply(&mut user.app.store, &world, &pack).is_err());
}

#[test]
fn a_shipment_keeps_its_order() {
    use gendan::command::{self, Command, shipment::SaveShipment};
    let mut user = crate::support::User::demo(gendan::text::Lang::En);
    let world = user.app.world.clone();
    let shipment = world
        .shipments
        .iter()
        .find(|s| s.shipped_on.is_none() && s.cancelled_on.is_none())
        .unwrap();
    let line = world
        .order_lines
        .iter()
        .find(|l| {
            let order = world.orders.get(l.order_id).unwrap();
            order.id != shipment.order_id
                && order.state == gendan::domain::codes::OrderState::Accepted
        })
        .unwrap();
    let moved = Command::SaveShipment(Box::new(SaveShipment {
        shipment_id: Some(shipment.id),
        order_id: line.order_id,
        lines: vec![(line.id, line.qty)],
        planned: shipment.planned.unwrap(),
        method: String::new(),
        vessel: String::new(),
        bl_no: String::new(),
        note: "because".to_owned(),
    }));
    assert!(command::apply(&mut user.app.store, &world, &moved).is_err());
}
