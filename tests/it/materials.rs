//! The Materials panel by keys: needs explained, lists placed, goods inspected and sent back,
//! material given away with who becomes short shown first; in both languages, with undo.

use gendan::domain::quantity::Qty;
use gendan::domain::rule::purchase;
use gendan::overlay::Overlay;
use gendan::panel::PartKind;
use gendan::report::{self, Name, Scope};
use gendan::text::Lang;
use gendan::transfer::json;

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn q(text: &str) -> Qty {
    text.parse().unwrap()
}

/// Two shirts in production and one order without; 100 m of cloth in stock, 60 m on order.
fn factory(lang: Lang) -> User {
    let file = serde_json::json!({ "format": "gendan/1",
        "customers": [{ "code": "C1", "name": "Nordvik", "class": "A" }],
        "suppliers": [{ "code": "S1", "name": "华纺" }, { "code": "S2", "name": "永昌辅料" }],
        "work_centres": [{ "code": "SEW", "name": "缝制", "lines": [{ "code": "L1", "operators": 10 }] }],
        "items": [
            { "code": "FAB", "name": "面料", "unit": "m", "on_hand": "100", "moq": "200", "multiple": "50",
              "lead_days": 3, "supplier": "S1", "units": [{ "unit": "roll", "factor": "50" }] },
            { "code": "FAB2", "name": "备用面料", "unit": "m", "on_hand": "500", "supplier": "S1" },
            { "code": "BTN", "name": "纽扣", "unit": "pcs", "on_hand": "300", "supplier": "S2", "lead_days": 5 },
            { "code": "LBL", "name": "客供唛头", "unit": "pcs", "on_hand": "150", "customer_supplied": true },
            { "code": "SHIRT", "name": "衬衫", "unit": "pcs", "make": true,
              "bom": [{ "item": "FAB", "qty": "2", "wastage": "0.05" }, { "item": "BTN", "qty": "5" }, { "item": "LBL", "qty": "1" }],
              "routing": [{ "seq": 10, "name": "车缝", "work_centre": "SEW", "minutes_per_unit": "10" }] }],
        "orders": [order("SO-1", 100, "2026-12-20", "2026-11-01"), order("SO-2", 100, "2026-12-28", "2026-11-02"),
            order("SO-3", 10, "2027-01-15", "2026-11-03")],
        "production_orders": [
            { "no": "MO-1", "order": "SO-1", "line": 1, "qty": "100", "state": "released" },
            { "no": "MO-2", "order": "SO-2", "line": 1, "qty": "100", "state": "released" }],
        "purchases": [{ "no": "PO-1", "line": 1, "item": "FAB", "supplier": "S1", "qty": "60", "unit": "m", "unit_price": "20",
            "over_pct": "0.05", "under_pct": "0.05",
            "ordered_on": "2026-11-10", "required_date": "2026-12-05", "promises": [{ "date": "2026-12-05", "said_on": "2026-11-11" }] }] });
    let mut user = User::new(lang);
    json::bring(
        &mut user.app.store,
        &json::parse(&file.to_string()).unwrap(),
        "",
    )
    .unwrap();
    user.app.reload().unwrap();
    user.press("4");
    user
}

fn order(no: &str, qty: i64, due: &str, came: &str) -> serde_json::Value {
    serde_json::json!({ "no": no, "customer": "C1", "customer_po": no, "state": "accepted", "received_at": format!("{came}T09:00"),
        "lines": [{ "no": 1, "item": "SHIRT", "qty": qty.to_string(), "unit": "pcs", "requested_date": due }] })
}

fn item(user: &User, code: &str) -> gendan::domain::item::Item {
    user.app
        .world
        .items
        .iter()
        .find(|i| i.code == code)
        .unwrap()
        .clone()
}

/// What a production order has of an item from stock.
fn covered(user: &User, made: &str, code: &str) -> Qty {
    let world = &user.app.world;
    let made = world
        .production_orders
        .iter()
        .find(|p| p.no == made)
        .unwrap();
    let item = item(user, code).id;
    let parts = &user.app.outlook.kits[&made.id].parts;
    parts
        .iter()
        .find(|p| p.item_id == item)
        .map_or(Qty::ZERO, |p| p.covered)
}

/// The row of everything.
const fn all(lang: Lang) -> &'static str {
    gendan::text::words::ALL_PURCHASES.text(lang)
}

fn page(user: &mut User) -> String {
    assert!(
        matches!(
            user.app.overlays.last(),
            Some(Overlay::Review(_) | Overlay::Page(_))
        ),
        "{}",
        user.screen()
    );
    user.size = (120, 40);
    user.screen()
}

fn refused(user: &mut User, said: &str) {
    user.press("ctrl-s");
    assert!(user.has_form(), "refused");
    let screen = user.screen();
    assert!(screen.contains(said), "{said}:\n{screen}");
}

#[test]
fn every_number_of_a_need_opens_to_what_is_behind_it() {
    for lang in BOTH {
        let mut user = factory(lang);
        user.row("MO-1")
            .part(PartKind::Parts)
            .row("FAB")
            .press("enter");
        let screen = page(&mut user);
        for part in [
            "100 × 2 × (1 + 5%) = 210",
            "PO-1/1",
            "SO-1/1",
            "1 roll = 50 m",
        ] {
            assert!(screen.contains(part), "{part}:\n{screen}");
        }
        user.press("esc esc")
            .row("MO-1")
            .part(PartKind::Requirements)
            .row("FAB")
            .press("enter");
        let screen = page(&mut user);
        // 210 + 210 − 100 − 60 = 260 of the two in production: 300 by the multiple, 40 over.
        let rules = match lang {
            Lang::Zh => "倍数",
            Lang::En => "multiple",
        };
        assert!(
            screen.contains(rules) && screen.contains("300 m") && screen.contains("40"),
            "{screen}"
        );
        user.press("esc esc");
        // The customer's labels are never bought: 50 are short here, and it says whose turn it is.
        user.row("MO-2")
            .part(PartKind::Parts)
            .row("LBL")
            .press("enter");
        let screen = page(&mut user);
        let word = match lang {
            Lang::Zh => "客户还须送来 50",
            Lang::En => "the customer still has to send 50",
        };
        assert!(screen.contains(word), "{screen}");
    }
}

#[test]
fn an_order_shows_everything_on_one_screen_and_follows_from_other_panels() {
    for lang in BOTH {
        let mut user = factory(lang);
        user.press("1").row("SO-3").press("4");
        let order = user
            .app
            .order
            .and_then(|id| user.app.world.orders.get(id))
            .unwrap();
        assert_eq!(order.no, "SO-3");
        user.part(PartKind::Parts).row("FAB");
        let screen = user.screen();
        assert!(screen.contains("SO-3") && screen.contains("21"), "{screen}");
        let detail = &user.app.board().unwrap().detail;
        let parts = detail
            .parts
            .iter()
            .find(|p| p.kind == PartKind::Parts)
            .unwrap();
        let gendan::panel::Content::List(list) = &parts.content else {
            panic!()
        };
        assert_eq!(list.rows.len(), 3, "all three materials");
    }
}

#[test]
fn material_is_given_from_one_to_another_after_showing_both_kits() {
    for lang in BOTH {
        let mut user = factory(lang);
        let before = json::export(&user.app.world, &[]);
        assert_eq!(covered(&user, "MO-1", "FAB"), q("100"));
        user.row("MO-2").part(PartKind::Parts).row("FAB").press("m");
        user.fill("qty", "500").fill("from", "MO-1");
        refused(&mut user, "210");
        user.fill("qty", "120");
        refused(&mut user, "100");
        user.fill("qty", "40").fill("to", "MO-9");
        refused(&mut user, "/");
        user.fill("to", "MO-2").press("ctrl-s");
        let screen = page(&mut user);
        for part in ["MO-1", "MO-2", "100 → 60", "0 → 40", "47 → 28"] {
            assert!(screen.contains(part), "{part}:\n{screen}");
        }
        // Leaving the page leaves everything as it is.
        user.press("esc");
        assert!(user.app.world.reservations.is_empty() && user.has_form());
        user.press("ctrl-s enter");
        assert!(user.app.overlays.is_empty(), "{}", user.screen());
        assert_eq!(
            (covered(&user, "MO-1", "FAB"), covered(&user, "MO-2", "FAB")),
            (q("60"), q("40"))
        );
        // Released again from the list of reservations.
        user.press("esc")
            .row(all(lang))
            .part(PartKind::Reserved)
            .row("MO-2");
        user.press("d enter");
        assert_eq!(covered(&user, "MO-2", "FAB"), q("0"));
        user.press("u u");
        assert_eq!(json::export(&user.app.world, &[]), before);
    }
}

#[test]
fn a_part_of_an_incoming_lot_is_given_and_keeps_its_holder_when_it_comes() {
    let mut user = factory(Lang::En);
    user.row("MO-2").part(PartKind::Parts).row("FAB").press("m");
    user.fill("qty", "50").fill("of", "PO-1").press("ctrl-s");
    let screen = page(&mut user);
    assert!(
        screen.contains("Who becomes short") && screen.contains("MO-1"),
        "{screen}"
    );
    user.press("enter");
    let part = |user: &User, made: &str| {
        let made = user
            .app
            .world
            .production_orders
            .iter()
            .find(|p| p.no == made)
            .unwrap();
        let fab = item(user, "FAB").id;
        let parts = &user.app.outlook.kits[&made.id].parts;
        let part = parts.iter().find(|p| p.item_id == fab).unwrap();
        (part.covered, part.on_order())
    };
    assert_eq!(
        (part(&user, "MO-1"), part(&user, "MO-2")),
        ((q("100"), q("10")), (q("0"), q("50")))
    );
    user.press("esc")
        .row("MO-2")
        .part(PartKind::Purchases)
        .row("PO-1")
        .press("v");
    user.fill("accepted", "30").save();
    assert_eq!(
        (part(&user, "MO-1"), part(&user, "MO-2")),
        ((q("100"), q("10")), (q("30"), q("20")))
    );
}

#[test]
fn a_suppliers_whole_list_is_placed_with_one_key_and_taken_back_with_one() {
    for lang in BOTH {
        let mut user = factory(lang);
        let before = json::export(&user.app.world, &[]);
        user.row(all(lang))
            .part(PartKind::ToOrder)
            .row("华纺")
            .press("n");
        let screen = page(&mut user);
        assert!(
            screen.contains("FAB") && screen.contains("20.00") && screen.contains("300 m"),
            "{screen}"
        );
        user.press("enter");
        let world = &user.app.world;
        let placed: Vec<_> = world.purchases.iter().filter(|p| p.no != "PO-1").collect();
        assert!(!placed.is_empty());
        assert!(
            placed
                .iter()
                .all(|p| p.no == placed[0].no && p.supplier_id == placed[0].supplier_id)
        );
        assert_eq!(
            (placed[0].qty, placed[0].unit_price),
            (q("300"), Some(q("20")))
        );
        // Nothing is left to place up to that day, and it says so instead of ordering twice.
        user.press("esc n").fill("supplier", "华纺");
        user.fill("by", "+7").press("ctrl-s");
        assert!(user.has_form(), "{}", user.screen());
        user.press("esc d").press("u");
        assert_eq!(json::export(&user.app.world, &[]), before);
    }
}

#[test]
fn held_goods_pass_or_go_back_and_the_tolerance_closes_the_line() {
    for lang in BOTH {
        let mut user = factory(lang);
        let before = json::export(&user.app.world, &[]);
        user.row("MO-1")
            .part(PartKind::Purchases)
            .row("PO-1")
            .press("i");
        assert!(!user.has_form(), "nothing is held yet");
        user.press("v")
            .fill("accepted", "20")
            .fill("held", "20")
            .save();
        let stock = |user: &User| {
            let fab = item(user, "FAB");
            (fab.on_hand, fab.on_hold)
        };
        assert_eq!(stock(&user), (q("140"), q("20")));
        user.press("i").fill("accepted", "30");
        refused(&mut user, "20");
        user.fill("accepted", "14").fill("rejected", "6").save();
        assert_eq!(stock(&user), (q("134"), q("0")));
        let arrival = |user: &User| {
            let line = user.app.world.purchases.iter().next().unwrap();
            purchase::arrival(&user.app.world, line)
        };
        let a = arrival(&user);
        assert_eq!(
            (a.accepted, a.rejected, a.open, a.to_return()),
            (q("34"), q("6"), q("26"), q("6"))
        );
        // Found bad later: it leaves the stock, needs a reason, and is replaced.
        user.press("R").fill("from_stock", "4");
        refused(
            &mut user,
            match lang {
                Lang::Zh => "原因",
                Lang::En => "had been accepted",
            },
        );
        user.fill("note", "hole").save();
        let a = arrival(&user);
        assert_eq!(
            (a.accepted, a.returned, a.open),
            (q("30"), q("10"), q("30"))
        );
        assert_eq!(stock(&user).0, q("130"));
        // 27 of 30 bring it to 57 of 60: within 5 % under, so it is closed by what came in all.
        user.press("v").fill("accepted", "26").save();
        assert_eq!(arrival(&user).open, q("4"));
        user.press("v").fill("accepted", "1").save();
        assert_eq!(arrival(&user).open, q("0"));
        user.press("u u u u u");
        assert_eq!(json::export(&user.app.world, &[]), before);
    }
}

#[test]
fn a_return_that_is_credited_is_not_waited_for() {
    let mut user = factory(Lang::En);
    user.row("MO-1").part(PartKind::Purchases).row("PO-1");
    user.press("v")
        .fill("accepted", "50")
        .fill("rejected", "10")
        .save();
    user.press("R").fill("replaced", "").save();
    let line = user.app.world.purchases.iter().next().unwrap();
    let a = purchase::arrival(&user.app.world, line);
    assert_eq!(
        (a.open, a.credited, a.to_return()),
        (q("0"), q("10"), q("0"))
    );
}

#[test]
fn a_purchase_line_is_changed_but_not_below_what_came() {
    for lang in BOTH {
        let mut user = factory(lang);
        user.row("MO-1").part(PartKind::Purchases).row("PO-1");
        user.press("v").fill("accepted", "40").save();
        user.press("e").fill("qty", "30");
        refused(&mut user, "40");
        user.fill("qty", "80").fill("over_pct", "150");
        refused(&mut user, "100");
        user.fill("over_pct", "3").fill("unit_price", "19.5").save();
        let line = user.app.world.purchases.iter().next().unwrap();
        assert_eq!(
            (line.qty, line.over_pct, line.unit_price),
            (q("80"), q("0.03"), Some(q("19.5")))
        );
    }
}

#[test]
fn a_count_shows_the_difference_and_who_becomes_short() {
    for lang in BOTH {
        let mut user = factory(lang);
        user.row("MO-1").part(PartKind::Parts).row("FAB").press("o");
        user.fill("on_hand", "70").press("ctrl-s");
        let screen = page(&mut user);
        assert!(
            screen.contains("100 → 70 (-30)") || screen.contains("100 → 70（-30）"),
            "{screen}"
        );
        assert!(
            screen.contains("MO-1") && screen.contains("47 → 33"),
            "{screen}"
        );
        user.press("enter");
        assert_eq!(item(&user, "FAB").on_hand, q("70"));
        assert!(user.note().contains("100 → 70"), "{}", user.note());
        // More than was thought hurts nobody: saved at once, the difference is said.
        user.press("o").fill("on_hand", "75").save();
        assert!(user.note().contains("70 → 75 (+5)"), "{}", user.note());
    }
}

#[test]
fn a_substitute_counts_once_it_is_approved_and_a_roll_is_bought_whole() {
    for lang in BOTH {
        let mut user = factory(lang);
        let net = |user: &User| {
            let needs = user.app.outlook.of_item(item(user, "FAB").id);
            needs.iter().map(|r| r.net).sum::<Qty>()
        };
        let before = net(&user);
        user.row("MO-1").part(PartKind::Parts).row("FAB").press("l");
        user.fill("substitute", "NO-1");
        refused(&mut user, "NO-1");
        user.fill("substitute", "FAB2").fill("factor", "1").save();
        assert_eq!(net(&user), before, "nobody has approved it");
        user.press("l").fill("approved_by", "王工").save();
        assert_eq!(net(&user), q("0"));
        user.press("u u");
        user.press("b").fill("qty", "3").fill("unit", "crate");
        refused(
            &mut user,
            match lang {
                Lang::Zh => "换算",
                Lang::En => "factor",
            },
        );
        user.fill("unit", "roll").save();
        assert_eq!(before - net(&user), q("150"), "three rolls are 150 m");
    }
}

#[test]
fn reports_and_lists_hold_the_numbers_of_the_screen() {
    for lang in BOTH {
        let user = factory(lang);
        let scope = Scope {
            partner: "",
            world: &user.app.world,
            outlook: &user.app.outlook,
            now: user.app.store.clock().now(),
            today: user.today(),
            lang,
            order: None,
            from: None,
            to: None,
        };
        let needs = report::make(Name::Requirements, &scope).unwrap();
        assert_eq!(
            needs.tables[0].rows.len(),
            user.app.outlook.requirements.len()
        );
        for (row, need) in needs.tables[0]
            .rows
            .iter()
            .zip(user.app.outlook.requirements.iter())
        {
            assert_eq!(row.len(), needs.tables[0].columns.len());
            assert_eq!(
                (row[6].plain(), row[11].plain()),
                (need.gross.text(), need.qty_planned.text())
            );
        }
        let tracking = report::make(Name::Tracking, &scope).unwrap();
        let row = &tracking.tables[0].rows[0];
        assert_eq!(row.len(), tracking.tables[0].columns.len());
        assert_eq!(
            (row[0].plain(), row[11].plain(), row[16].plain()),
            ("PO-1".into(), "2026-12-05".into(), "60".into())
        );
        let kits = report::make(Name::Kits, &scope).unwrap();
        let row = kits.tables[0]
            .rows
            .iter()
            .find(|r| r[0].plain() == "MO-1")
            .unwrap();
        assert_eq!(
            (row[4].plain(), row[5].plain()),
            ("100".into(), "47".into())
        );
        assert!(
            kits.tables
                .iter()
                .all(|t| t.rows.iter().all(|r| r.len() == t.columns.len()))
        );
    }
}
