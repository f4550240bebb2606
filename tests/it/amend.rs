//! Amendments by keys: the form, what it touches, saving, acknowledging, taking back.

use gendan::overlay::Overlay;
use gendan::panel::PartKind;
use gendan::text::Lang;
use gendan::transfer::json;

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn export(user: &User) -> String {
    let world = user.app.store.world().unwrap();
    json::export(&world, &user.app.store.past().unwrap())
}

#[test]
fn an_accepted_order_is_amended_with_a_reason_after_what_it_touches_was_seen() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let asked = |user: &User| {
            let reasons = user.app.agenda.causes();
            reasons
                .iter()
                .filter(|a| format!("{:?}", a.reason) == "NotAcknowledged")
                .count()
        };
        let before = asked(&user);
        user.press("1").row("SO-0107").press("e");
        let id = user.app.order.unwrap();
        let qty = |user: &User| user.app.world.order_lines.of(id).next().unwrap().qty.text();
        let was = qty(&user);
        assert_eq!(user.app.editor().unwrap().form.kind.name(), "amend");
        user.fill_cell(0, "qty", "20000")
            .fill_cell(0, "amount", "")
            .press("ctrl-s");
        assert!(user.has_form(), "no reason, no amendment");
        assert_eq!(user.app.editor().unwrap().focused(), "reason");
        user.write("customer's mail of today").press("ctrl-s");
        assert!(
            matches!(user.app.overlays.last(), Some(Overlay::Review(_))),
            "{}",
            user.screen()
        );
        let screen = user.screen();
        assert!(
            screen.contains(&was) && screen.contains("20000"),
            "{screen}"
        );
        assert_eq!(qty(&user), was, "nothing is written yet");
        // Leaving the page goes back to the form with what was typed.
        user.press("esc");
        assert_eq!(
            user.app.editor().unwrap().draft()["reason"],
            "customer's mail of today"
        );
        user.press("ctrl-s enter");
        assert!(user.app.overlays.is_empty(), "{}", user.screen());
        assert_eq!(qty(&user), "20000");
        assert!(user.app.store.drafts().unwrap().is_empty());
        let amendment = user.app.world.amendments.of(id).next().unwrap().clone();
        assert_eq!(
            (amendment.no, amendment.reason.as_str()),
            (1, "customer's mail of today")
        );
        let waiting = user.app.world.acknowledgements.of(amendment.id).count();
        assert!(waiting >= 2, "purchasing and production have to know");

        // Until a department has seen it, it stands in Today.
        assert_eq!(asked(&user), before + waiting);
        user.part(PartKind::Amendments)
            .press("enter")
            .fill("by", "Chen")
            .save();
        assert_eq!(asked(&user), before + waiting - 1, "{}", user.screen());
        assert!(user.screen().contains("Chen"), "{}", user.screen());

        // The file makes the round with it, and everything can be taken back.
        let text = export(&user);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.db");
        let clock = crate::support::clock(crate::support::MONDAY);
        let mut other =
            gendan::store::Store::open(&path, gendan::store::Access::Write, clock, "li").unwrap();
        json::bring(&mut other, &json::parse(&text).unwrap(), "").unwrap();
        let world = other.world().unwrap();
        assert_eq!(json::export(&world, &other.past().unwrap()), text);
        user.press("u u");
        assert_eq!(
            (qty(&user), user.app.world.amendments.of(id).count()),
            (was, 0)
        );
    }
}

#[test]
fn a_cut_takes_back_what_is_not_begun_and_never_what_has_shipped() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let world = &user.app.world;
        let no = world
            .orders
            .iter()
            .filter(|o| o.state == gendan::domain::codes::OrderState::Accepted)
            .find(|o| {
                let shipped = gendan::domain::rule::delivery::order_qty(world, o).shipped;
                let mut made = gendan::domain::rule::production::of_order(world, o);
                made.next().is_some() && shipped.is_zero()
            })
            .map(|o| o.no.clone())
            .unwrap();
        user.press("1").row(&no).press("e");
        let id = user.app.order.unwrap();
        let line = user.app.world.order_lines.of(id).next().unwrap().clone();
        let made = gendan::domain::rule::production::in_production(&user.app.world, &line);
        assert!(made.is_positive());
        user.fill_cell(0, "cancelled_qty", &line.qty.text())
            .fill("reason", "cancelled")
            .press("ctrl-s");
        assert!(
            matches!(user.app.overlays.last(), Some(Overlay::Review(_))),
            "{}",
            user.screen()
        );
        user.press("enter");
        assert!(user.app.overlays.is_empty(), "{}", user.note());
        let now = user.app.world.order_lines.get(line.id).unwrap();
        let left = gendan::domain::rule::production::in_production(&user.app.world, now);
        let begun = user
            .app
            .world
            .production_orders
            .of(line.id)
            .any(|p| gendan::domain::rule::production::is_begun(&user.app.world, p));
        assert!(begun || left.is_zero(), "{}", left.text());

        // Terms alone need a reason too; a remark does not.
        user.row("SO-0107")
            .press("e")
            .fill("remarks", "call first")
            .save();
        user.press("e")
            .fill("price_terms", "CIF Oslo")
            .press("ctrl-s");
        assert!(user.has_form());
        user.press("esc d");

        // What has shipped stays shipped, and a line is not just left out.
        let shipped = user.app.world.order_lines.iter().find(|l| {
            let q = gendan::domain::rule::delivery::line_qty(&user.app.world, l);
            let order = user.app.world.orders.get(l.order_id).unwrap();
            q.shipped.is_positive() && order.state == gendan::domain::codes::OrderState::Accepted
        });
        if let Some(line) = shipped {
            let no = user.app.world.orders.get(line.order_id).unwrap().no.clone();
            user.row(&no)
                .press("e")
                .fill_cell(0, "qty", "1")
                .fill("reason", "x")
                .press("ctrl-s");
            assert!(user.has_form(), "{}", user.screen());
            user.press("esc d");
        }
        user.row("SO-0107")
            .press("e")
            .fill_cell(0, "item", "x")
            .press("ctrl-d");
        user.fill("reason", "gone").press("ctrl-s");
        assert!(user.has_form(), "{}", user.screen());
    }
}
