//! From inspection to the last part shipment by keys; rules of letters of credit, packing, papers.

mod rules;

use gendan::domain::codes::InspectionResult;
use gendan::domain::order::Order;
use gendan::domain::rule::shipment::{Step, packing, papers, step};
use gendan::domain::rule::{attention, delivery, inspection};
use gendan::panel::PartKind;
use gendan::report::write::Format;
use gendan::report::{self, Name, Scope};
use gendan::text::Lang;
use gendan::transfer::json;

use crate::command_line::{factory, out, run, said};
use crate::support::User;

const ORDER: &str = "SO-0105";

/// What the form on top says, with room for long sentences.
fn refused(user: &mut User) -> String {
    assert!(user.has_form(), "{}", user.screen());
    user.size = (160, 45);
    let screen = user.screen();
    user.size = (80, 24);
    screen
}

fn order(user: &User) -> Order {
    let mut all = user.app.world.orders.iter();
    all.find(|o| o.no == ORDER).unwrap().clone()
}

#[test]
fn inspected_twice_shipped_in_two_parts_and_all_of_it_undone() {
    for lang in [Lang::Zh, Lang::En] {
        let mut user = User::demo(lang);
        let before = json::export(&user.app.world, &[]);
        inspect(&mut user);
        plan_and_book(&mut user);
        pack(&mut user);
        papers_and_ship(&mut user);
        the_rest(&mut user);
        travels(&user);
        let mut steps = 0;
        while user
            .app
            .store
            .journal(None, 500)
            .unwrap()
            .iter()
            .any(|l| l.kind == "edit" && !l.undone)
        {
            user.press("u");
            steps += 1;
            assert!(steps < 100, "{}", user.note());
        }
        assert!(steps > 12, "{steps} steps");
        assert!(
            json::export(&user.app.world, &[]) == before,
            "not all undone"
        );
    }
}

/// A final inspection fails by its counts, blocks shipping, and passes in its second round.
fn inspect(user: &mut User) {
    user.press("5").row(ORDER).press("p").save();
    user.part(PartKind::Inspections).row("1,200").press("v");
    let form = user.screen();
    assert!(form.contains("80 5/6"), "{form}");
    user.fill("major", "6").save();
    let of = |user: &User| -> Vec<_> {
        let id = order(user).id;
        user.app.world.inspections.of(id).cloned().collect()
    };
    assert_eq!(of(user)[0].result, InspectionResult::Failed);
    let today = user.today();
    let waits = |user: &User| {
        let list = attention::all(&user.app.world, today);
        list.iter()
            .any(|a| a.reason == attention::Reason::InspectionFailed)
    };
    assert!(waits(user));
    // Shipping now needs a word.
    user.press("esc h ctrl-s");
    assert!(user.has_form(), "{}", user.screen());
    let said = refused(user);
    let word = if user.app.lang == Lang::Zh {
        "验货不合格"
    } else {
        "inspection failed"
    };
    assert!(said.contains(word), "{said}");
    user.press("esc");
    // An override without a reason is refused; the next round is proposed instead.
    user.part(PartKind::Inspections).press("home e");
    while user.app.editor().unwrap().focused() != "result" {
        user.press("tab");
    }
    user.press("right ctrl-s");
    assert!(user.has_form(), "an override needs a reason");
    user.press("esc d");
    user.part(PartKind::Inspections).press("home v").save();
    let all = of(user);
    assert_eq!(all[1].re_of, Some(all[0].id));
    assert_eq!(inspection::round(&user.app.world, &all[1]), 2);
    assert!(!waits(user));
    user.press("end v")
        .fill("major", "1")
        .fill("minor", "3")
        .save();
    assert_eq!(of(user)[1].result, InspectionResult::Passed);
    assert!(inspection::blocks(&user.app.world, &order(user), None).is_empty());
}

fn plan_and_book(user: &mut User) {
    user.press("esc h right")
        .fill("qty", "600")
        .fill("date", "12-7")
        .save();
    let id = order(user).id;
    let of = |user: &User| user.app.world.shipments.of(id).next().unwrap().clone();
    assert_eq!(step(&user.app.world, &of(user)), Step::Planned);
    user.part(PartKind::Shipments).press("b ctrl-s");
    assert!(user.has_form(), "nothing is booked yet");
    user.fill("booking_no", "COSU-1").fill("cut_off", "12-9");
    user.press("ctrl-s");
    assert!(user.has_form(), "the cut-off lies after the planned day");
    user.fill("cut_off", "12-4")
        .fill("time", "25:00")
        .press("ctrl-s");
    assert!(user.has_form(), "that is no time");
    user.fill("time", "16:00")
        .fill("vessel", "EVER ACE 0123")
        .save();
    let s = of(user);
    assert_eq!(s.cut_off.unwrap().text(), "2026-12-04T16:00");
    assert_eq!(step(&user.app.world, &s), Step::Booked);
}

fn pack(user: &mut User) {
    user.press("l")
        .fill("per_carton", "20")
        .fill("box", "600x400")
        .press("ctrl-s");
    assert!(user.has_form(), "a carton has three lengths");
    user.fill("box", "600*400*350")
        .fill("piece_kg", "0.4")
        .fill("tare_kg", "1.2")
        .save();
    let world = &user.app.world;
    let s = world.shipments.of(order(user).id).next().unwrap();
    let t = packing::totals(world.cartons.of(s.id));
    assert_eq!(t.pieces.text(), "600");
    // 90, 180, 180, 102 and 48: 28 full cartons, and rests of 10, 2 and 8.
    assert_eq!(t.cartons, 4 + 9 + 9 + 5 + 2 + 3);
    assert_eq!(t.net_kg.text(), "240");
    assert_eq!(t.gross_kg.text(), "278.4");
    assert_eq!(t.volume.text(), "2.688");
    user.press("l ctrl-s");
    assert!(user.has_form(), "all is packed");
    user.press("esc").part(PartKind::Cartons);
    // A carton less is marked as a difference.
    user.row("1-4").press("X");
    let screen = user.screen();
    let word = if user.app.lang == Lang::Zh {
        "应装"
    } else {
        "should be"
    };
    assert!(screen.contains(word), "{screen}");
    user.press("u");
}

fn papers_and_ship(user: &mut User) {
    user.press("d").part(PartKind::Papers);
    let id = order(user).id;
    let s = user.app.world.shipments.of(id).next().unwrap().clone();
    let kinds: Vec<&str> = user
        .app
        .world
        .export_papers
        .of(s.id)
        .map(|p| p.kind.code())
        .collect();
    let wants = [
        "packing_list",
        "commercial_invoice",
        "certificate_of_origin",
        "customs_declaration",
        "bill_of_lading",
    ];
    assert_eq!(kinds, wants, "FOB by sea against transfer");
    user.press("esc")
        .part(PartKind::Shipments)
        .press("h ctrl-s");
    assert!(user.has_form(), "papers are missing");
    user.press("esc").part(PartKind::Papers).press("home");
    for n in 0..4 {
        user.press("enter").fill("number", &format!("N-{n}")).save();
        user.press("down");
    }
    let s = user.app.world.shipments.get(s.id).unwrap().clone();
    assert!(papers::open_before(&user.app.world, &s).is_empty());
    assert_eq!(step(&user.app.world, &s), Step::Papers);
    user.part(PartKind::Shipments).press("enter").save();
    let s = user.app.world.shipments.get(s.id).unwrap().clone();
    assert_eq!(step(&user.app.world, &s), Step::Shipped);
    assert_eq!(
        delivery::order_qty(&user.app.world, &order(user))
            .open
            .text(),
        "600"
    );
}

fn the_rest(user: &mut User) {
    // More than the tolerance takes is asked about.
    user.press("esc h").fill("qty", "637").press("ctrl-s");
    assert!(user.has_form(), "1,237 of 1,236");
    user.fill("qty", "565").save();
    assert!(
        delivery::is_shipped(&user.app.world, &order(user)),
        "1,165 of at least 1,164"
    );
    // The bill of lading comes after.
    user.part(PartKind::Shipments)
        .press("home e")
        .fill("bl_no", "NGB123")
        .save();
    let s = user.app.world.shipments.of(order(user).id).next().unwrap();
    assert_eq!(s.bl_no, "NGB123");
    user.press("X");
    assert!(
        user.app.overlays.is_empty(),
        "what has left is not cancelled"
    );
    assert!(!user.note().is_empty());
}

/// Out and in again, byte for byte, and onto paper.
fn travels(user: &User) {
    let text = json::export(&user.app.world, &user.app.store.past().unwrap());
    let mut other =
        gendan::store::Store::memory(crate::support::clock(crate::support::MONDAY), "").unwrap();
    let file = json::parse(&text).unwrap_or_else(|e| panic!("{}", e[0].say(Lang::En)));
    if let Err(json::ImportError::Refused(errors)) = json::bring(&mut other, &file, "") {
        panic!("{}", errors[0].say(Lang::En));
    }
    let again = json::export(&other.world().unwrap(), &other.past().unwrap());
    assert!(again == text, "the second export differs");
    let own = order(user);
    for name in [Name::InspectionPlan, Name::ShippingPlan, Name::PackingList] {
        let scope = Scope {
            partner: "",
            world: &user.app.world,
            outlook: &user.app.outlook,
            now: user.app.store.clock().now(),
            today: user.today(),
            lang: user.app.lang,
            order: Some(&own),
            from: None,
            to: None,
        };
        let paper = report::make(name, &scope).unwrap_or_else(|_| panic!("{}", name.code()));
        let text = report::write::bytes(&paper, Format::of("a.md").unwrap(), user.app.lang);
        let text = String::from_utf8(text.unwrap()).unwrap();
        let shows = match name {
            Name::InspectionPlan => "80 0/1 · 5/6",
            Name::ShippingPlan => "COSU-1",
            _ => "278.4",
        };
        assert!(text.contains(shows), "{text}");
    }
}

#[test]
fn a_planned_shipment_is_changed_cancelled_and_brought_back() {
    let mut user = User::demo(Lang::En);
    user.press("5")
        .row(ORDER)
        .press("h right")
        .fill("qty", "700")
        .save();
    let id = order(&user).id;
    let lines = |user: &User| {
        let s = user.app.world.shipments.of(id).next().unwrap();
        user.app
            .world
            .shipment_lines
            .of(s.id)
            .map(|l| l.qty.text())
            .collect::<Vec<_>>()
    };
    user.part(PartKind::Shipments)
        .press("e")
        .fill("qty", "500")
        .save();
    assert_eq!(lines(&user), ["500"]);
    // What is planned is not proposed again.
    user.press("esc h");
    let form = user.app.editor().unwrap().form.clone();
    assert!(
        form.value("lines").ends_with("\t700\t700"),
        "{}",
        form.value("lines")
    );
    user.press("esc")
        .part(PartKind::Shipments)
        .press("X ctrl-s");
    assert!(user.has_form(), "cancelling needs a reason");
    user.fill("reason", "vessel full").save();
    let s = user.app.world.shipments.of(id).next().unwrap().clone();
    assert_eq!(step(&user.app.world, &s), Step::Cancelled);
    user.press("X");
    assert!(user.app.overlays.is_empty());
    user.press("u");
    let s = user.app.world.shipments.of(id).next().unwrap().clone();
    assert_eq!(step(&user.app.world, &s), Step::Planned);
    // A part shipment of an order that wants all at once is asked about.
    user.press("esc")
        .row("SO-0104")
        .press("h right")
        .fill("qty", "100")
        .press("ctrl-s");
    let said = refused(&mut user);
    assert!(said.contains("one shipment"), "{said}");
    // Nonsense in the table stays where it is.
    user.fill("qty", "many").press("ctrl-s");
    assert!(user.has_form());
    user.fill("qty", "0").press("ctrl-s");
    assert!(user.has_form(), "nothing to ship");
}

#[test]
fn a_letter_of_credit_holds_back_what_it_does_not_allow() {
    let mut user = User::demo(Lang::En);
    user.press("5").row("SO-0107").press("L");
    user.fill("amount", "9840")
        .fill("latest", "12-1")
        .fill("expiry", "11-20")
        .press("ctrl-s");
    assert!(user.has_form(), "it expires before the latest shipment");
    user.fill("expiry", "12-18").fill("days", "").save();
    user.press("h right")
        .fill("qty", "12100")
        .fill("date", "12-3")
        .press("ctrl-s");
    let said = refused(&mut user);
    for part in ["credit, quantity", "9,922.00", "2026-12-01"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    user.fill("note", "amendment 2 allows it").save();
    // The days of the papers are the factory's own.
    user.part(PartKind::Shipments)
        .press("d T")
        .fill("packing_list", "500")
        .press("ctrl-s");
    assert!(user.has_form());
    user.fill("packing_list", "6").save();
    let world = &user.app.world;
    let s = world.shipments.iter().last().unwrap();
    let due = |kind: &str| {
        let p = world.export_papers.of(s.id).find(|p| p.kind.code() == kind);
        papers::due(world, s, p.unwrap()).unwrap().to_string()
    };
    assert_eq!(due("packing_list"), "2026-11-26");
    // 21 days after 3 December would be the 24th; the credit expires before.
    assert_eq!(due("letter_of_credit"), "2026-12-15");
}

#[test]
fn lists_and_reports_on_the_command_line() {
    let (folder, db) = factory();
    let list = |what: &str| {
        let done = run(
            folder.path(),
            &["--db", &db, "list", what, "--format", "json"],
        );
        assert!(done.status.success(), "{}", said(&done));
        serde_json::from_str::<serde_json::Value>(&out(&done)).unwrap()
    };
    let inspections = list("inspections");
    let planned = inspections
        .as_array()
        .unwrap()
        .iter()
        .find(|i| i["result"] == "pending");
    let planned = planned.expect("one is planned");
    assert_eq!(
        (&planned["major_ac"], &planned["minor_re"]),
        (&7.into(), &11.into())
    );
    for row in inspections.as_array().unwrap() {
        assert_eq!(row["result"], row["by_counts"], "{row}");
    }
    assert!(!list("cartons").as_array().unwrap().is_empty());
    list("papers");
    let shipments = list("shipments");
    assert_eq!(
        shipments[0]["提单号"]
            .as_str()
            .or(shipments[0]["B/L no."].as_str()),
        Some("")
    );
    for (name, about) in [
        ("inspection-plan", &[][..]),
        ("shipping-plan", &[]),
        ("packing-list", &["--order", "SO-0101"]),
    ] {
        for format in ["xlsx", "csv", "md", "html"] {
            let target = folder
                .path()
                .join(format!("a.{format}"))
                .display()
                .to_string();
            let mut arguments = vec!["--db", &db, "report", name, "-o", &target];
            arguments.extend(about);
            let done = run(folder.path(), &arguments);
            assert!(done.status.success(), "{name}: {}", said(&done));
        }
    }
    let target = folder.path().join("b.md").display().to_string();
    let refused = run(
        folder.path(),
        &["--db", &db, "report", "packing-list", "-o", &target],
    );
    assert_eq!(refused.status.code(), Some(1));
}
