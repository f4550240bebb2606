//! Capacity review and schedule together: promises, levers, rush orders, moves, what-ifs, rules.

use std::process::Command as Process;

use chrono::NaiveDate;
use gendan::app::outlook::Outlook;
use gendan::command::{self, Command, blocks::SaveBlock};
use gendan::domain::codes::{BlockKind, OrderState, ProductionState, Stage};
use gendan::domain::moment::Moment;
use gendan::domain::rule::planning::PlanSettings;
use gendan::domain::rule::production;
use gendan::overlay::Overlay;
use gendan::overlay::sheet::{Purpose, Sheet};
use gendan::panel::{Content, PartKind};
use gendan::plan::gather::{self, Sides};
use gendan::plan::input::instant_of;
use gendan::plan::promise::LeverKind;
use gendan::text::{Lang, promise as promise_words, show, weighed, whatif};
use gendan::transfer::json;
use serde_json::Value;

use crate::ripple::{bring, factory_file};
use crate::support::{MONDAY, User};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

fn now() -> Moment {
    Moment::parse(MONDAY).unwrap()
}

fn sheet(user: &User) -> &Sheet {
    match user.app.overlays.last() {
        Some(Overlay::Sheet(sheet)) => sheet,
        other => panic!("no page of figures: {other:?}"),
    }
}

fn order(user: &User, no: &str) -> i64 {
    let world = &user.app.world;
    world.orders.iter().find(|o| o.no == no).unwrap().id
}

/// The rows of a part as text.
fn part_rows(user: &User, kind: PartKind) -> Vec<Vec<String>> {
    let board = user.app.board().unwrap();
    let part = board.detail.parts.iter().find(|p| p.kind == kind).unwrap();
    let Content::List(list) = &part.content else {
        panic!("{kind:?} is no list")
    };
    let texts = |r: &gendan::panel::Row| r.cells.iter().map(|c| c.text.clone()).collect();
    list.rows.iter().map(texts).collect()
}

/// A rush order, reviewed with what it costs, with a lever taken, accepted, made, released, planned
/// and all of it taken back: as a person would type it.
#[test]
fn a_rush_is_reviewed_taken_made_pinned_planned_and_undone() {
    for lang in LANGS {
        let mut user = User::demo(lang);
        let before = json::export(&user.app.world, &[]);
        let id = order(&user, "SO-0111");
        user.press("2").row("SO-0111");
        // Others would move; nothing is saved by looking.
        user.press("i");
        let page = sheet(&user);
        assert!(matches!(page.purpose, Purpose::Rush(o) if o == id));
        assert!(page.listing.rows.len() >= 2, "{}", user.screen());
        let said = user.screen();
        assert!(said.contains("SO-0106"), "{said}");
        user.press("esc");
        assert_eq!(json::export(&user.app.world, &[]), before, "nothing saved");
        // The overtime lever: what it moves is seen first, then it is entered.
        let days = lever_of(&user, id);
        user.part(PartKind::Levers).row(lang_word(lang));
        user.press("enter");
        assert!(
            matches!(&sheet(&user).purpose, Purpose::Run(c) if matches!(**c, Command::SaveBlock(_)))
        );
        let line = &sheet(&user).lines;
        assert!(
            line.iter().any(|(t, _)| t.contains("SO-0111")),
            "the promise moves: {line:?}"
        );
        user.press("enter");
        assert!(user.app.overlays.is_empty(), "{}", user.screen());
        assert_eq!(
            user.app.outlook.promises[&id].date,
            Some(days),
            "as the lever said"
        );
        // The rush with it, accepted with a reason; a day before the computed one is refused.
        user.press("esc").row("SO-0111").press("i enter");
        assert!(user.has_form(), "{}", user.screen());
        let date = user.app.rush.as_ref().unwrap().date;
        let late = user.app.rush.as_ref().unwrap().made_late();
        user.fill("date", &date.pred_opt().unwrap().to_string())
            .fill("reason", "boss said so")
            .fill("authority", "Director Wang")
            .press("ctrl-s");
        assert!(user.has_form(), "refused: {}", user.screen());
        user.fill("date", &date.to_string()).save();
        let world = &user.app.world;
        let accepted = world.orders.get(id).unwrap();
        assert_eq!(
            accepted.state,
            OrderState::Accepted,
            "{} {late}",
            user.note()
        );
        let line = world.order_lines.of(id).next().unwrap();
        assert_eq!(line.promised_date, Some(date));
        assert_eq!(world.commitments.of(line.id).count(), 1);
        let made = world.production_orders.of(line.id).next().unwrap().clone();
        let ends = world
            .operations
            .of(made.id)
            .filter_map(|o| o.ends)
            .max()
            .unwrap();
        assert!(ends.date() <= date, "the plan holds what was promised");
        // Released, with the reason that the gate asks for where something is missing.
        user.press("3").row(&made.no).press("l");
        if user.has_form() {
            user.fill("override_reason", "papers come tomorrow").save();
        }
        let state = user.app.world.production_orders.get(made.id).unwrap().state;
        assert_eq!(state, ProductionState::Released, "{}", user.screen());
        // One operation pinned, the plan accepted.
        let id = made.id;
        user.part(PartKind::Operations).press("p");
        let pinned = user
            .app
            .world
            .operations
            .of(id)
            .filter(|o| o.pinned)
            .count();
        assert_eq!(pinned, 1, "{}", user.note());
        accept_plan(&mut user);
        undo_all(&mut user);
        assert_eq!(
            json::export(&user.app.world, &[]),
            before,
            "undone to the start"
        );
    }
}

/// Accepts the computed plan where it differs, with a reason where one is asked for.
fn accept_plan(user: &mut User) {
    user.press("a");
    if matches!(user.app.overlays.last(), Some(Overlay::Sheet(_))) {
        user.press("enter");
    }
    if user.has_form() {
        user.fill("note", "rush order").save();
    }
    assert!(user.app.overlays.is_empty(), "{}", user.screen());
}

fn undo_all(user: &mut User) {
    for _ in 0..40 {
        user.press("u");
        if user.note() == gendan::text::shell::NOTHING_TO_UNDO.text(user.app.lang) {
            return;
        }
    }
    panic!("there is no end of undoing");
}

/// A word that only the overtime lever has.
const fn lang_word(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "加班",
        Lang::En => "overtime",
    }
}

fn lever_of(user: &User, order: i64) -> NaiveDate {
    let levers = &user.app.outlook.promises[&order].levers;
    let overtime = |l: &&gendan::app::outlook::Lever| matches!(l.kind, LeverKind::Overtime { .. });
    levers.iter().find(overtime).expect("overtime helps").date
}

/// The same factory with every third order that is not in production still to be decided on.
fn opened(file: &str) -> String {
    let mut file: Value = serde_json::from_str(file).unwrap();
    let made = file["production_orders"].to_string();
    let orders = file["orders"].as_array_mut().unwrap();
    let waiting = |o: &&mut Value| !made.contains(&o["no"].to_string());
    for order in orders.iter_mut().filter(waiting).step_by(3) {
        order["state"] = "open".into();
    }
    // Slow enough that it is the lines that bind.
    let text = file.to_string();
    text.replace(r#""minutes_per_unit":"0.5""#, r#""minutes_per_unit":"9""#)
}

/// Entering the overtime that a lever names gives the date that it names.
#[test]
fn an_overtime_lever_brings_what_it_says() {
    let mut tried = 0;
    for seed in 0..6 {
        let (_folder, mut store) = bring(&opened(&factory_file(seed, 40)));
        let world = store.world().unwrap();
        let before = gather::outlook(&world, now(), 0, &|| false).unwrap();
        for (order, promise) in before.promises.iter() {
            let found = promise.levers.iter().find_map(|l| match &l.kind {
                LeverKind::Overtime { centre, spans, .. } => Some((l, centre, spans)),
                _ => None,
            });
            let Some((lever, centre, spans)) = found else {
                continue;
            };
            let centre = world
                .work_centres
                .iter()
                .find(|c| c.code == *centre)
                .unwrap();
            let at = |minute| Moment(instant_of(minute));
            let block = Command::SaveBlock(Box::new(SaveBlock {
                work_centre_id: centre.id,
                kind: BlockKind::Overtime,
                spans: spans.iter().map(|s| (at(s.start), at(s.end))).collect(),
                ..SaveBlock::default()
            }));
            let (done, after) = store.rehearse(&world, |s| command::apply(s, &world, &block));
            done.unwrap();
            // The others are timed again with more time; the order is put into what is left.
            let weighed = gather::weigh(&world, &after, now(), &before, Sides::Kept);
            let told = weighed.promises.iter().find(|(id, _, _)| id == order);
            let (_, was, is) = told.expect("the promise moves");
            assert_eq!(*was, promise.date, "seed {seed}");
            assert!(is.unwrap() <= lever.date, "seed {seed}: {is:?} {lever:?}");
            tried += 1;
        }
        assert_eq!(
            json::export(&store.world().unwrap(), &[]),
            json::export(&world, &[])
        );
    }
    assert!(tried >= 3, "only {tried} levers were tried");
}

/// The lines of an order do not share one gap: its date is never before any line's own.
#[test]
fn every_line_of_an_order_has_its_own_gap() {
    let (_folder, store) = bring(&factory_file(3, 60));
    let world = store.world().unwrap();
    let outlook = gather::outlook(&world, now(), 0, &|| false).unwrap();
    let mut both = 0;
    for (order, promise) in outlook.promises.iter() {
        let parts: i64 = promise.quantity_by_date.iter().map(|(_, q)| q.0).sum();
        let open: i64 = world
            .order_lines
            .of(*order)
            .map(|l| gendan::domain::rule::delivery::line_qty(&world, l).open.0)
            .sum();
        if promise.quantity_by_date.len() > 1 || world.order_lines.of(*order).count() > 1 {
            both += 1;
        }
        assert_eq!(parts, open, "every piece has a day");
        let last = promise.quantity_by_date.last().unwrap().0;
        assert!(
            promise
                .date
                .is_none_or(|d| d <= last || promise.late_days > 0)
        );
    }
    assert!(both > 0);
}

fn gendan(path: &std::path::Path, arguments: &[&str]) -> Value {
    let out = Process::new(env!("CARGO_BIN_EXE_gendan"))
        .arg("--db")
        .arg(path)
        .args(["--lang", "en", "--at", MONDAY])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    serde_json::from_slice(&out.stdout).unwrap()
}

/// What the panels show is what the command line prints, on random factories.
#[test]
fn the_panels_say_what_the_command_line_prints() {
    for seed in [11, 12, 13] {
        let (folder, store) = bring(&factory_file(seed, 30));
        let path = store.path().to_owned();
        let plan = gendan(&path, &["plan", "--format", "json"]);
        let load = gendan(&path, &["list", "load", "--format", "json"]);
        let mut user = User::on(store, folder, Lang::En);
        let outlook = gather::outlook(&user.app.world, now(), gather::MOVES, &|| false).unwrap();
        user.app.take_outlook(outlook.clone());
        same_plan(&mut user, &plan);
        same_load(&user, &load);
        same_promises(&mut user, &path, &outlook);
    }
}

fn same_plan(user: &mut User, plan: &Value) {
    user.app.go(Stage::Schedule, None);
    let today = now().date();
    let listed = user.listed();
    let rows: Vec<(i64, Vec<String>)> = listed
        .iter()
        .filter(|r| r.id > 0)
        .map(|r| (r.id, r.cells.iter().map(|c| c.text.clone()).collect()))
        .collect();
    let printed = plan["production_orders"].as_array().unwrap();
    assert!(!printed.is_empty());
    for one in printed {
        let no = one["no"].as_str().unwrap();
        let (id, cells) = rows.iter().find(|(_, c)| c[0] == no).unwrap();
        let day = |key: &str| Moment::parse(one[key].as_str().unwrap()).unwrap().date();
        assert_eq!(cells[6], show::day(day("start"), today, Lang::En), "{no}");
        assert_eq!(cells[7], show::day(day("finish"), today, Lang::En), "{no}");
        let late = one["late_days"].as_i64().unwrap();
        assert_eq!(cells[9].is_empty(), late == 0, "{no}: {cells:?}");
        assert!(
            late == 0 || cells[9].contains(&late.to_string()),
            "{no}: {cells:?}"
        );
        // The operations of the selected one, to the minute.
        let (id, no) = (*id, no.to_owned());
        user.row(&no);
        assert_eq!(user.app.board().unwrap().row, id);
        let shown = part_rows(user, PartKind::Operations);
        for operation in one["operations"].as_array().unwrap() {
            let seq = operation["seq"].as_i64().unwrap().to_string();
            let cells = shown.iter().find(|c| c[0] == seq).unwrap();
            let moment = |key: &str| {
                show::moment(
                    Moment::parse(operation[key].as_str().unwrap()).unwrap(),
                    today,
                )
            };
            assert_eq!(cells[2], operation["line"].as_str().unwrap(), "{no}/{seq}");
            assert_eq!(cells[3], moment("start"), "{no}/{seq}");
            assert_eq!(cells[4], moment("end"), "{no}/{seq}");
        }
    }
}

fn same_load(user: &User, load: &Value) {
    let world = &user.app.world;
    for printed in load.as_array().unwrap() {
        let centre = printed["work_centre"].as_str().unwrap();
        let centre = world
            .work_centres
            .iter()
            .find(|c| c.code == centre)
            .unwrap();
        let week: NaiveDate = printed["week"].as_str().unwrap().parse().unwrap();
        let shown = user
            .app
            .outlook
            .loads
            .iter()
            .find(|l| l.work_centre_id == centre.id && l.from == week)
            .unwrap();
        assert_eq!(Some(shown.percent()), printed["percent"].as_i64());
        assert_eq!(Some(shown.used_minutes), printed["used_minutes"].as_i64());
    }
}

fn same_promises(user: &mut User, path: &std::path::Path, outlook: &Outlook) {
    user.app.go(Stage::Capacity, None);
    let today = now().date();
    let mut seen = 0;
    let open = |id: &i64, user: &User| {
        let order = user.app.world.orders.get(*id).unwrap();
        (order.state == OrderState::Open).then(|| order.no.clone())
    };
    for (id, promise) in outlook.promises.iter() {
        let Some(no) = open(id, user).filter(|_| seen < 3) else {
            continue;
        };
        let printed = gendan(path, &["promise", &no, "--rush", "--format", "json"]);
        let date: NaiveDate = printed["date"].as_str().unwrap().parse().unwrap();
        assert_eq!(promise.date, Some(date));
        user.row(&no);
        let row = user.app.board().unwrap().row;
        assert_eq!(row, *id);
        let listed = user.listed();
        let cells = &listed.iter().find(|r| r.id == row).unwrap().cells;
        let text = show::day(date, today, Lang::En);
        assert_eq!(cells[5].text.trim_end_matches('!'), text, "{no}");
        let levers = part_rows(user, PartKind::Levers);
        let printed_levers = printed["levers"].as_array().unwrap();
        assert_eq!(levers.len(), printed_levers.len());
        for (shown, printed) in levers.iter().zip(printed_levers) {
            assert_eq!(shown[0], printed["what"].as_str().unwrap());
            assert_eq!(
                shown[2],
                printed["days_gained"].as_i64().unwrap().to_string()
            );
        }
        let chain = part_rows(user, PartKind::Promise);
        let next = printed["next_chains"].as_array().unwrap();
        let heads = chain.iter().filter(|c| {
            c[0] == promise_words::BINDS.text(Lang::En)
                || c[0] == promise_words::THEN_BINDS.text(Lang::En)
        });
        assert_eq!(heads.count(), next.len() + 1);
        user.press("i");
        let rushed = &printed["rush"];
        let rows = sheet(user).listing.rows.len();
        assert_eq!(rows, rushed["victims"].as_array().unwrap().len(), "{no}");
        let said = sheet(user).lines[0].0.clone();
        assert!(said.contains(rushed["date"].as_str().unwrap()), "{said}");
        user.press("esc");
        seen += 1;
    }
    assert!(seen > 0);
}

/// Arrows move an operation, the page says what follows, Enter keeps it there.
#[test]
fn an_operation_is_moved_by_keys_and_stays_where_it_was_put() {
    for lang in LANGS {
        let mut user = User::demo(lang);
        user.press("3")
            .row("MO-0106")
            .part(PartKind::Operations)
            .press("down m");
        let Purpose::Move(first) = sheet(&user).purpose.clone() else {
            panic!("{}", user.screen())
        };
        user.press("right right down");
        let Purpose::Move(then) = sheet(&user).purpose.clone() else {
            panic!("{}", user.screen())
        };
        let hours = (then.starts.0 - first.starts.0).num_hours();
        assert_eq!(hours, 48);
        let said = sheet(&user).lines[0].0.clone();
        assert!(said.contains("MO-0106"), "{said}");
        let told = sheet(&user).lines.len();
        assert!(told >= 2, "{:?}", sheet(&user).lines);
        // Left alone, nothing has changed.
        user.press("esc");
        assert!(
            !user
                .app
                .world
                .operations
                .get(first.operation_id)
                .unwrap()
                .pinned
        );
        user.press("m right right enter");
        let placed = user.app.world.operations.get(first.operation_id).unwrap();
        assert!(placed.pinned && placed.starts.is_some(), "{}", user.note());
        let place = &user.app.outlook.places[&first.operation_id];
        assert_eq!(Some(place.starts), placed.starts, "the plan keeps it there");
        user.press("u");
        assert!(
            !user
                .app
                .world
                .operations
                .get(first.operation_id)
                .unwrap()
                .pinned
        );
    }
}

/// A what-if changes nothing until it is taken over, and is refused once the file has moved on.
#[test]
fn a_what_if_is_tried_compared_taken_over_or_thrown_away() {
    for lang in LANGS {
        let mut user = User::demo(lang);
        let before = json::export(&user.app.world, &[]);
        user.press("3 W");
        assert!(
            user.screen().contains(&whatif::COPY.fill(lang, &["A"])),
            "{}",
            user.screen()
        );
        user.row("MO-0106").press("h");
        user.row("MO-0105").press("h");
        user.press("u");
        assert_ne!(json::export(&user.app.world, &[]), before);
        // Undo goes back to where the copy began and no further.
        user.press("u u");
        assert_eq!(user.note(), gendan::text::shell::NOTHING_TO_UNDO.text(lang));
        user.press("U");
        // Compare, then back to the real data: nothing has changed there.
        user.press("W")
            .write(whatif::COMPARE.text(lang))
            .press("enter");
        assert!(!sheet(&user).lines.is_empty());
        user.press("esc W enter");
        assert_eq!(
            json::export(&user.app.world, &[]),
            before,
            "the file is as it was"
        );
        assert!(user.app.whatif.open().is_none());
        // Open it again and take it over.
        user.press("W")
            .write(&whatif::OPEN.fill(lang, &["A", "1"]))
            .press("enter");
        user.press("W")
            .write(&whatif::TAKE_OVER.fill(lang, &["A", "1"]))
            .press("enter");
        assert!(user.app.whatif.open().is_none(), "{}", user.note());
        let held = |user: &User| {
            user.app
                .world
                .production_orders
                .iter()
                .filter(|p| p.on_hold)
                .count()
        };
        assert_eq!(held(&user), 1, "{}", user.note());
        user.press("u");
        assert_eq!(json::export(&user.app.world, &[]), before);
        // One that the file has overtaken is refused; thrown away, it leaves nothing.
        user.press("W").row("MO-0106").press("h W enter");
        user.row("MO-0105").press("h");
        user.press("W")
            .write(&whatif::OPEN.fill(lang, &["A", "1"]))
            .press("enter");
        user.press("W")
            .write(&whatif::TAKE_OVER.fill(lang, &["A", "1"]))
            .press("enter");
        assert_eq!(user.note(), whatif::FILE_MOVED_ON.text(lang));
        assert_eq!(held(&user), 1);
        user.press("W")
            .write(&whatif::DROP.fill(lang, &["A", "1"]))
            .press("enter");
        assert_eq!(user.note(), whatif::DROPPED.fill(lang, &["A"]));
    }
}

/// Changed rules are weighed first; nonsense is refused; the effects of all six are shown.
#[test]
fn rules_are_changed_with_their_effect_in_sight() {
    for lang in LANGS {
        let mut user = User::demo(lang);
        user.press("3 i");
        assert_eq!(sheet(&user).listing.rows.len(), 10, "{}", user.screen());
        user.press("esc f").fill("weight_a", "lots").press("ctrl-s");
        assert!(user.has_form(), "{}", user.screen());
        user.fill("weight_a", "9")
            .fill("frozen_days", "4000")
            .press("ctrl-s");
        assert!(user.has_form(), "{}", user.screen());
        user.fill("frozen_days", "2")
            .fill("overtime_hour", "30")
            .press("ctrl-s");
        assert!(
            matches!(&sheet(&user).purpose, Purpose::Run(_)),
            "{}",
            user.screen()
        );
        let told = sheet(&user).lines.iter().any(|(t, _)| t.contains('→'));
        assert!(told, "{}", user.screen());
        user.press("enter");
        assert!(user.app.overlays.is_empty(), "{}", user.screen());
        let own = PlanSettings::of(&user.app.world);
        assert_eq!((own.weights[0].text().as_str(), own.frozen_days), ("9", 2));
        // An hour of overtime has a price now: the lever says what it costs.
        let levers = user.app.outlook.promises.values().flat_map(|p| &p.levers);
        let overtime =
            |l: &&gendan::app::outlook::Lever| matches!(l.kind, LeverKind::Overtime { .. });
        assert!(
            levers
                .filter(overtime)
                .all(|l| l.cost.is_some_and(|c| c.is_positive()))
        );
        user.press("u");
        assert_eq!(PlanSettings::of(&user.app.world), PlanSettings::default());
    }
}

/// What a change moves, told before, is what it moves: both sides keep their sequences.
#[test]
fn what_is_told_before_a_change_is_what_it_does() {
    let mut user = User::demo(Lang::En);
    let shown = user.app.outlook.clone();
    user.press("3")
        .row("MO-0106")
        .part(PartKind::Operations)
        .press("down m right right right");
    let Purpose::Move(c) = sheet(&user).purpose.clone() else {
        panic!()
    };
    let told: Vec<Vec<String>> = sheet(&user)
        .listing
        .rows
        .iter()
        .map(|r| r.cells.iter().map(|c| c.text.clone()).collect())
        .collect();
    let before = user.app.world.clone();
    user.press("enter");
    let weighed = gather::weigh(&before, &user.app.world, now(), &shown, Sides::Kept);
    assert_eq!(told.len(), weighed.orders.len());
    for (row, moved) in told.iter().zip(&weighed.orders) {
        assert_eq!(row[0], moved.no);
        let after = moved.finish_after.unwrap().date();
        assert_eq!(row[4], show::day(after, now().date(), Lang::En));
    }
    assert!(weighed.orders.iter().any(|m| m.no == "MO-0106"), "{:?}", c);
    let made = user
        .app
        .world
        .production_orders
        .iter()
        .find(|p| p.no == "MO-0106")
        .unwrap();
    assert!(production::owner(&user.app.world, made).is_some());
    assert!(!weighed::totals(&weighed, Lang::Zh).is_empty());
}

/// What a change moves is said once its improved plan is there; a plan by rules says nothing.
#[test]
fn a_plan_that_moves_orders_says_how_many() {
    let mut user = User::demo(Lang::En);
    let mut plan = user.app.outlook.clone();
    plan.improved = true;
    plan.stands_on = Some(1);
    user.app.take_outlook(plan.clone());
    assert_eq!(
        user.note(),
        "",
        "the first plan has nothing to compare with"
    );
    plan.stands_on = Some(2);
    let (id, finish) = std::sync::Arc::make_mut(&mut plan.finishes)
        .iter_mut()
        .next()
        .unwrap();
    finish.ends = Moment(finish.ends.0 + chrono::TimeDelta::days(3));
    let id = *id;
    plan.improved = false;
    user.app.take_outlook(plan.clone());
    assert_eq!(user.note(), "", "by rules alone");
    plan.improved = true;
    user.app.take_outlook(plan.clone());
    let said = gendan::text::shell::PLAN_MOVED.fill(Lang::En, &["1", "0"]);
    assert_eq!(user.note(), said, "{id}");
}
