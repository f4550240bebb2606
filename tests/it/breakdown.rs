//! A breakdown from the machine to the lesson, with the keyboard alone, in both languages.

use gendan::domain::codes::{BlockKind, Severity};
use gendan::domain::exception::Exception;
use gendan::domain::exception_codes::EffectKind;
use gendan::domain::moment::Moment;
use gendan::domain::rule::failure::{self, Standing};
use gendan::domain::rule::lesson;
use gendan::panel::PartKind;
use gendan::store::{Access, Store};
use gendan::text::{Lang, failure as said, refusal};
use gendan::transfer::json;
use serde_json::json;

use crate::ripple::bring;
use crate::support::{MONDAY, User, clock, write_file};

/// Three shirts for three orders on one sewing line, each in time with nothing to spare.
fn factory(lang: Lang) -> User {
    let shifts = ["08:00-12:00", "13:30-17:30"];
    let week = json!({ "mon": shifts, "tue": shifts, "wed": shifts, "thu": shifts, "fri": shifts });
    let order = |n: i64| {
        let due = format!("2026-11-{}", 23 + n);
        json!({ "no": format!("SO-{n}"), "customer": "C1", "currency": "USD", "state": "accepted",
            "lines": [{ "no": 1, "item": "SHIRT", "item_code": "SHIRT", "name": "Shirt", "qty": "480", "unit": "pcs", "unit_price": "2.5",
                "requested_date": due, "promised_date": due }] })
    };
    let made = |n: i64| json!({ "no": format!("MO-{n}"), "order": format!("SO-{n}"), "line": 1, "qty": "480", "state": "released" });
    let file = json!({ "format": "gendan/1", "calendars": [{ "code": "DAY", "week": week }],
        "customers": [{ "code": "C1", "name": "Nordvik", "class": "A" }],
        "work_centres": [{ "code": "SEW", "name": "Sewing", "calendar": "DAY", "lines": [{ "code": "L1" }] }],
        "items": [{ "code": "SHIRT", "name": "Shirt", "unit": "pcs", "make": true, "family": "shirt",
            "routing": [{ "seq": 10, "name": "sew", "work_centre": "SEW", "minutes_per_unit": "1" }] }],
        "orders": [order(1), order(2), order(3)], "production_orders": [made(1), made(2), made(3)] });
    let (folder, store) = bring(&file.to_string());
    User::on(store, folder, lang)
}

/// Goes to a choice of the open form and turns it to a code.
fn choose(user: &mut User, field: &str, code: &str) {
    user.fill(field, "");
    for _ in 0..60 {
        if user.app.editor().unwrap().form.value(field) == code {
            return;
        }
        user.press("right");
    }
    panic!("{field} has no {code}");
}

fn exception(user: &User) -> Exception {
    user.app
        .world
        .exceptions
        .iter()
        .next_back()
        .unwrap()
        .clone()
}

fn standing(user: &User) -> Standing {
    failure::standing(&user.app.world, &exception(user))
}

#[test]
fn a_breakdown_ends_in_a_decision_and_a_lesson_in_chinese() {
    the_whole_way(Lang::Zh);
}

#[test]
fn a_breakdown_ends_in_a_decision_and_a_lesson_in_english() {
    the_whole_way(Lang::En);
}

fn the_whole_way(lang: Lang) {
    let mut user = factory(lang);
    let before = json::export(&user.app.world, &[]);
    raise(&mut user);
    weigh(&mut user);
    escalate(&mut user);
    decide(&mut user);
    tell(&mut user);
    close(&mut user);
    learn(&mut user);
    travels_without_loss(&mut user);
    user.press("6 esc");
    for _ in 0..60 {
        let journal = user.app.store.journal(None, 1_000).unwrap();
        if !journal.iter().any(|l| l.kind == "edit" && !l.undone) {
            break;
        }
        user.press("u");
    }
    assert_eq!(json::export(&user.app.world, &[]), before, "all taken back");
}

/// `x` on the sewing operation knows order, production order, operation and line.
fn raise(user: &mut User) {
    user.press("3")
        .row("MO-1")
        .part(PartKind::Operations)
        .row("sew")
        .press("x");
    let form = &user.app.editor().unwrap().form;
    assert!(
        form.value("operation") == "MO-1/10" && form.value("place").contains("L1"),
        "{form:?}"
    );
    user.fill("what", "Needle bar of L1 broken");
    choose(user, "severity", "critical");
    choose(user, "effect", "outage");
    let form = &user.app.editor().unwrap().form;
    assert!(
        form.value("where").contains('/') && form.value("from").ends_with("08:00"),
        "{form:?}"
    );
    user.fill("to", "nonsense").press("ctrl-s");
    let lang = user.app.lang;
    let wrong = user.app.editor().unwrap().problem_of("to");
    let wrong = refusal::problem(wrong.unwrap(), lang);
    assert_eq!(wrong, said::NOT_A_MOMENT.text(user.app.lang));
    user.fill("to", "+1")
        .fill("containment", "moved the cut parts aside")
        .fill("how", "the operator heard a crack")
        .save();
    let e = exception(user);
    assert_eq!(
        (e.severity, e.how.as_str()),
        (Severity::Critical, "the operator heard a crack")
    );
    assert_eq!(
        e.order_id,
        user.app.world.orders.iter().next().map(|o| o.id)
    );
    let effect = user.app.world.exception_effects.of(e.id).next().unwrap();
    assert_eq!(effect.kind, EffectKind::Outage);
    assert_eq!(effect.ends, Moment::parse("2026-11-25T00:00"));
}

/// All three orders are two days late; their amounts are at risk.
fn weigh(user: &mut User) {
    let e = exception(user);
    user.press("6")
        .part(PartKind::List)
        .row(&e.no)
        .part(PartKind::Impact);
    let screen = user.screen();
    for no in ["SO-1", "SO-2", "SO-3"] {
        assert!(screen.contains(no), "{screen}");
    }
    let found = &user.app.outlook.impacts[&e.id];
    assert_eq!(found.made_late(), 3);
    assert!(found.orders.iter().all(|o| o.days >= 2), "{found:?}");
    assert_eq!(found.money["USD"].text(), "3600");
    assert!(screen.contains("3,600.00"), "{screen}");
    // What may be spent and who stands at each level is a setting of the factory.
    user.press("f")
        .fill("level_3", "Director Chen")
        .fill("cost_limit", "100")
        .save();
    user.press("o")
        .fill("text", "Overtime on Wednesday and Thursday");
    choose(user, "kind", "overtime");
    choose(user, "where", "1/1");
    user.fill("from", "11-25 17:30")
        .fill("to", "11-26 01:30")
        .fill("cost", "300")
        .save();
    user.press("o")
        .fill("text", "Ship three days later")
        .fill("date", "+5")
        .fill("risk", "claim")
        .save();
    let found = &user.app.outlook.impacts[&e.id];
    let options: Vec<_> = user.app.world.exception_options.of(e.id).collect();
    let overtime = found.options[&options[0].id];
    assert!(overtime.late_days < overtime.late_days_now, "{overtime:?}");
    assert!(
        !found.options.contains_key(&options[1].id),
        "words have no plan"
    );
    user.part(PartKind::Options);
    let screen = user.screen();
    assert!(
        screen.contains("300.00") || screen.contains("300"),
        "{screen}"
    );
}

/// After an hour of working time it has to be with the director.
fn escalate(user: &mut User) {
    let e = exception(user);
    user.part(PartKind::List).press("e");
    user.fill("decision_needed", "Overtime or a later date?")
        .fill("decide_by_who", "Director Chen")
        .fill("decide_by", "+1")
        .fill("default_action", "ship late")
        .fill("owner", "Li")
        .save();
    assert_eq!(standing(user), Standing::Waiting);
    user.press("v");
    assert_eq!(
        user.note(),
        said::STILL_WAITS.text(user.app.lang),
        "not closed while it waits"
    );
    user.app.store.set_clock(clock("2026-11-23T09:00"));
    user.app.refresh();
    assert!(
        !user.screen().contains("L3!"),
        "sixty minutes are not beyond sixty"
    );
    user.app.store.set_clock(clock("2026-11-23T09:01"));
    user.app.refresh();
    let screen = user.screen();
    assert!(
        screen.contains("L3!") && screen.contains("Director Chen"),
        "{screen}"
    );
    user.press("y");
    let message = user.copied().last().unwrap();
    assert!(
        message.contains("Director Chen") && message.contains("USD 3,600.00"),
        "{message}"
    );
    user.press("l").save();
    let e = user.app.world.exceptions.get(e.id).unwrap();
    assert_eq!(
        (e.escalated_level, e.escalated_to.as_str()),
        (3, "Director Chen")
    );
    assert!(!user.screen().contains("L3!"));
}

/// What costs more than one may spend is not one's own to decide; overtime is entered with it.
fn decide(user: &mut User) {
    let e = exception(user);
    let overtime = user.app.world.exception_options.of(e.id).next().unwrap().id;
    user.press("d");
    choose(user, "option", &overtime.to_string());
    user.fill("by", "li").press("ctrl-s");
    let lang = user.app.lang;
    let problem = user.app.editor().unwrap().problem_of("by");
    let problem = refusal::problem(problem.unwrap(), lang);
    assert_eq!(problem, said::NEEDS_SUPERIOR.text(lang));
    user.fill("by", "Chen")
        .fill("authority", "Director, by phone")
        .save();
    let e = exception(user);
    assert_eq!(e.decision, "Overtime on Wednesday and Thursday");
    let mut blocks = user.app.world.capacity_blocks.iter();
    assert!(blocks.any(|b| b.kind == BlockKind::Overtime && b.note == e.no));
    assert_eq!(standing(user), Standing::Acting);
    let late = |user: &User| -> i64 {
        user.app
            .outlook
            .finishes
            .values()
            .map(|f| f.late_days)
            .sum()
    };
    let as_is = late(user);
    user.press("3 a enter");
    if user.has_form() {
        user.fill("note", "machine down").save();
    }
    assert!(
        user.app.world.operations.iter().all(|o| o.starts.is_some()),
        "{}",
        user.note()
    );
    assert_eq!(late(user), as_is);
}

fn tell(user: &mut User) {
    let e = exception(user);
    user.press("6")
        .part(PartKind::List)
        .row(&e.no)
        .part(PartKind::Impact)
        .row("SO-2")
        .press("p");
    let form = &user.app.editor().unwrap().form;
    assert_eq!(form.value("authority"), "Chen", "{form:?}");
    let date = form.value("date").to_owned();
    user.save();
    let order = user
        .app
        .world
        .orders
        .iter()
        .find(|o| o.no == "SO-2")
        .unwrap();
    let line = user.app.world.order_lines.of(order.id).next().unwrap();
    assert_eq!(line.promised_date.unwrap().to_string(), date);
    user.press("6").part(PartKind::List).row(&e.no).press("h");
    assert!(
        user.app
            .editor()
            .unwrap()
            .form
            .value("words")
            .contains("SO-1")
    );
    user.save();
    assert_eq!(exception(user).told_on, Some(user.today()));
}

fn close(user: &mut User) {
    let folder = tempfile::tempdir().unwrap();
    let photo = write_file(
        folder.path(),
        "crack.txt",
        b"the needle bar, seen from above",
    );
    let e = exception(user);
    user.press("n")
        .fill("path", &photo.display().to_string())
        .save();
    user.part(PartKind::Evidence)
        .row("crack.txt")
        .press("enter");
    assert!(user.screen().contains("seen from above"));
    user.press("esc").part(PartKind::List).press("a");
    user.fill("text", "Spare needle bar in the store")
        .fill("owner", "Wang")
        .fill("due", "+3")
        .save();
    user.press("v");
    assert_eq!(user.note(), said::ACTIONS_OPEN.text(user.app.lang));
    user.part(PartKind::Actions)
        .row("Spare needle bar")
        .press("enter");
    user.fill("done_on", "今天")
        .fill("verified_on", "今天")
        .fill("result", "one lies there")
        .save();
    assert_eq!(standing(user), Standing::Verifying);
    user.part(PartKind::List).row(&e.no).press("v");
    choose(user, "cause", "ourselves");
    choose(user, "factor", "machine");
    user.fill("analysis", "worn out, never changed")
        .fill("difficulty", "no spare part in the house")
        .fill("solution", "borrowed a bar, overtime")
        .fill("lesson", "change needle bars every 2000 hours")
        .fill("tags", "needle sewing")
        .save();
    assert_eq!(standing(user), Standing::Closed);
    user.size = (160, 60);
    let screen = user.part(PartKind::Story).press("enter").screen();
    user.press("esc").size = (80, 24);
    for word in [said::OURS, said::FACTOR, said::DIFFICULTY, said::TOLD] {
        assert!(screen.contains(word.text(user.app.lang)), "{screen}");
    }
    assert_eq!(exception(user).verification, "one lies there");
}

/// The next order of that family shows what was learned.
fn learn(user: &mut User) {
    user.press("1")
        .part(PartKind::List)
        .row("SO-3")
        .press("R")
        .save();
    let order = user.app.world.orders.iter().next_back().unwrap().clone();
    let known = lesson::at_entry(&user.app.world, &order);
    assert!(known.iter().any(|k| k.lesson.prevention.contains("2000 hours") && k.lesson.tags == "needle sewing"));
    let screen = user.row(&order.no).part(PartKind::Lessons).screen();
    assert!(screen.contains("change nee"), "{screen}");
}

fn travels_without_loss(user: &mut User) {
    let text = json::export(&user.app.world, &user.app.store.past().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.db");
    let mut other = Store::open(&path, Access::Write, clock(MONDAY), "").unwrap();
    let file = json::parse(&text).unwrap_or_else(|errors| panic!("{}", errors[0].say(Lang::En)));
    if let Err(json::ImportError::Refused(errors)) = json::bring(&mut other, &file, "") {
        panic!("{}", errors[0].say(Lang::En));
    }
    let again = json::export(&other.world().unwrap(), &other.past().unwrap());
    assert!(again == text, "the second export differs");
}

/// Two reports of one thing become one; taken back, they are two again.
#[test]
fn a_duplicate_joins_the_other_and_keeps_its_number() {
    let mut user = factory(Lang::En);
    for (order, what) in [("SO-1", "L1 stands still"), ("SO-2", "no needle bar on L1")] {
        user.press("5").row(order).press("x").fill("what", what);
        choose(&mut user, "effect", "outage");
        choose(&mut user, "where", "1/1");
        user.fill("to", "+1").save();
        user.press("6")
            .row(what)
            .press("n")
            .fill("title", what)
            .save();
    }
    let late = |user: &User| -> i64 {
        user.app
            .outlook
            .finishes
            .values()
            .map(|f| f.late_days)
            .sum()
    };
    let twice = late(&user);
    user.press("6").row("no needle bar").press("m").save();
    let (first, second) = {
        let mut all = user.app.world.exceptions.iter();
        (all.next().unwrap().clone(), all.next().unwrap().clone())
    };
    assert_eq!(
        (second.merged_into, standing(&user)),
        (Some(first.id), Standing::Merged)
    );
    let orders = failure::orders(&user.app.world, &first);
    assert_eq!(
        orders.iter().map(|o| o.no.as_str()).collect::<Vec<_>>(),
        ["SO-1", "SO-2"]
    );
    assert_eq!(user.app.world.exception_evidence.of(first.id).count(), 2);
    assert_eq!(
        late(&user),
        twice,
        "the same outage counts once and did before"
    );
    user.press("u");
    assert_eq!(user.app.world.exception_evidence.of(first.id).count(), 1);
    assert_eq!(standing(&user), Standing::Reported);
}
