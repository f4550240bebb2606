//! The joint review: the published case, rounds, carried answers, decisions, the review form.

use std::path::Path;
use std::process::Command as Process;

use chrono::{Days, NaiveDate};
use gendan::app::belief;
use gendan::command::capacity::{Ask, Decide, RecordAnswer};
use gendan::command::{self, Command, Problem};
use gendan::domain::codes::{DecisionKind, Department, OrderState};
use gendan::domain::order::Order;
use gendan::domain::review::Answer;
use gendan::domain::rule::review::{self as rule, Snapshot};
use gendan::domain::world::World;
use gendan::overlay::editor::basis_key;
use gendan::panel::PartKind;
use gendan::report::write::{Format, bytes};
use gendan::report::{self, Name, Paper, Scope};
use gendan::store::{Access, Store};
use gendan::text::{Label, Lang};
use gendan::transfer::json;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{MONDAY, User, clock, write_file};

mod form;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn case(name: &str) -> Option<Value> {
    let Ok(root) = std::env::var("GENDAN_CASES") else {
        println!("skipped: GENDAN_CASES is not set, so {name} cannot be read");
        return None;
    };
    let path = Path::new(&root).join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{name}: {e}"));
    Some(serde_json::from_str(&text).unwrap())
}

fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().map(|text| text.parse().unwrap())
}

/// A file in which an interchange text was brought in.
struct File {
    store: Store,
    _folder: tempfile::TempDir,
}

impl File {
    fn with(text: &str, at: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut store = Store::open(&path, Access::Write, clock(at), "li").unwrap();
        json::bring(&mut store, &json::parse(text).unwrap(), "").unwrap();
        Self {
            store,
            _folder: folder,
        }
    }

    fn world(&self) -> World {
        self.store.world().unwrap()
    }

    fn run(&mut self, command: &Command) -> Result<(), Problem> {
        let world = self.world();
        let done = command::apply(&mut self.store, &world, command);
        done.map(|_| ()).map_err(|refused| refused.problem)
    }

    fn answer(&mut self, of: Department, date: Option<NaiveDate>, days: Option<i64>) {
        let world = self.world();
        let round = rule::round(&world, first(&world)).unwrap();
        let answer_id = rule::answer_in(&world, round, of).unwrap().id;
        let given = RecordAnswer {
            answer_id,
            date,
            days,
            satisfied: Some(true),
            risk: String::new(),
            countermeasure: String::new(),
        };
        self.run(&Command::RecordAnswer(Box::new(given))).unwrap();
    }
}

fn first(world: &World) -> &Order {
    world.orders.iter().next().unwrap()
}

fn order_named<'a>(user: &'a User, no: &str) -> &'a Order {
    let mut orders = user.app.world.orders.iter();
    orders.find(|o| o.no == no).unwrap()
}

fn answer_of<'a>(user: &'a User, no: &str, of: Department) -> Option<&'a Answer> {
    let world = &user.app.world;
    let round = rule::round(world, order_named(user, no))?;
    rule::answer_in(world, round, of)
}

#[test]
fn the_published_case_comes_out_by_the_rule_and_through_the_commands() {
    let Some(file) = case("cases/review.json") else {
        return;
    };
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 2);
    for case in cases {
        let days: Vec<i64> = case["operation_days"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_i64().unwrap())
            .collect();
        let last = day(&case["last_assessment"]).unwrap();
        let (material, requested) = (
            day(&case["material_date"]),
            day(&case["requested"]).unwrap(),
        );
        let by_rule = rule::plain_days(days.iter().sum(), last, material, requested).unwrap();

        let order = format!(
            r#"{{"format":"gendan/1","orders":[{{"no":"A1","lines":[
            {{"no":1,"name":"shaft","qty":"5","requested_date":"{requested}"}}]}}]}}"#
        );
        // The departments are asked two days before the last of them answers.
        let asked = last - Days::new(2);
        let mut file = File::with(&order, &format!("{asked}T08:00"));
        let id = first(&file.world()).id;
        let mut ask = Ask::first(id, Snapshot::default());
        ask.departments.push(Department::Qc);
        file.run(&Command::AskDepartments(Box::new(ask))).unwrap();
        file.answer(Department::Technical, None, Some(days[0]));
        file.answer(Department::Purchasing, material, None);
        file.answer(Department::Warehouse, None, None);
        file.store.set_clock(clock(&format!("{last}T16:00")));
        file.answer(Department::Production, None, Some(days[1]));
        assert_eq!(
            rule::verdict(&file.world(), first(&file.world())),
            None,
            "QC is silent"
        );
        file.answer(Department::Qc, None, Some(days[2]));

        let world = file.world();
        let found = rule::verdict(&world, first(&world)).unwrap();
        assert_eq!(found.days, Some(by_rule));
        assert_eq!(Some(by_rule.start), day(&case["start"]));
        assert_eq!(Some(by_rule.reviewed), day(&case["reviewed"]));
        assert_eq!(found.reviewed, Some(by_rule.reviewed));
        assert_eq!(found.late_days, case["late_days"].as_i64().unwrap());
        let passes = case["verdict"] == "passes";
        assert_eq!((found.passes(), by_rule.passes()), (passes, passes));

        // Promising the wish against a review that comes out later wants somebody's word.
        let decide = Decide {
            order_id: id,
            kind: DecisionKind::Accept,
            date: Some(requested),
            reason: String::new(),
            authority: String::new(),
            planner: None,
        };
        file.run(&Command::Decide(Box::new(decide))).unwrap();
        let world = file.world();
        let waits: Vec<bool> = world
            .commitments
            .iter()
            .map(|c| c.needs_authority)
            .collect();
        assert_eq!(waits, [!passes]);
        assert_eq!(world.decisions.iter().next().unwrap().round, 1);
    }
}

proptest! {
    #[test]
    fn a_snapshot_reads_back_what_it_was(
        qty in 0i64..=1_000_000_000_000,
        days in prop::option::of(0i64..400),
        offsets in prop::array::uniform4(prop::option::of(0u64..900)),
        by in "[ -~一-鿿]{0,12}",
    ) {
        let at = |n: Option<u64>| n.map(|n| NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n));
        let [requested, planner, unlimited, material] = offsets.map(at);
        let was = Snapshot {
            qty: gendan::domain::quantity::Micro(qty),
            requested,
            planner,
            unlimited,
            material,
            material_by: by.replace([';', '\n'], " ").trim().to_owned(),
            operation_days: days,
        };
        prop_assert_eq!(Snapshot::read(&was.text()), was);
    }
}

#[test]
fn a_snapshot_in_other_words_still_tells_quantity_and_wish() {
    let read = Snapshot::read("3600 pcs");
    assert_eq!((read.qty.text(), read.requested), ("3600".into(), None));
    let read = Snapshot::read("2800 / 2026-12-30");
    assert_eq!(read.requested, day(&Value::from("2026-12-30")));
    assert_eq!(Snapshot::read("what? = no; qty=x"), Snapshot::default());
}

/// An open order of the sample factory for which the planner knows a date.
const OPEN: &str = "SO-0110";

/// Answers all that are silent with what their forms propose.
fn answer_all(user: &mut User, lang: Lang) {
    let order = order_named(user, OPEN);
    let silent = rule::silent(&user.app.world, order).map(|a| a.department);
    for of in silent.collect::<Vec<_>>() {
        user.row(of.word().text(lang)).press("e").save();
        let given = answer_of(user, OPEN, of).unwrap();
        assert!(given.answered_on.is_some());
    }
}

#[test]
fn departments_are_asked_by_one_key_further_ones_by_a_form_and_silence_shows() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("2").row(OPEN).press("a");
        let order = order_named(&user, OPEN);
        let round = rule::round(&user.app.world, order).unwrap().clone();
        let asked: Vec<Department> = rule::answers(&user.app.world, &round)
            .iter()
            .map(|a| a.department)
            .collect();
        assert_eq!(asked, rule::ASKED, "one key asks the four");
        // The round remembers the order and what the planner made of it.
        let stood = Snapshot::read(&round.snapshot);
        assert_eq!(
            stood,
            belief::snapshot(&user.app.world, &user.app.outlook, order)
        );
        assert!(stood.planner.is_some() && stood.operation_days.is_some());

        // A further one in the round that is open; nobody chosen is refused and the form stays.
        user.press("a ctrl-s");
        assert!(user.has_form(), "{}", user.screen());
        user.fill("qc", "").save();
        assert!(
            answer_of(&user, OPEN, Department::Qc).is_some(),
            "{}",
            user.screen()
        );
        assert_eq!(
            user.app
                .world
                .review_rounds
                .of(order_named(&user, OPEN).id)
                .count(),
            1
        );
        user.part(PartKind::Answers);
        user.sleep_until(user.today() + Days::new(3));
        let silent = gendan::text::words::SILENT_DAYS.fill(lang, &["3"]);
        assert_eq!(
            user.screen().matches(silent.as_str()).count(),
            5,
            "{}",
            user.screen()
        );
        // A new round is refused while they are silent and nothing has changed.
        user.press("a").fill("round", "").press("tab ctrl-s");
        assert!(user.has_form(), "{}", user.screen());
        user.press("esc d u");
        assert!(answer_of(&user, OPEN, Department::Qc).is_none());
        user.press("u");
        assert!(rule::round(&user.app.world, order_named(&user, OPEN)).is_none());
    }
}

#[test]
fn an_answer_starts_as_what_the_program_knows_and_bad_input_is_refused() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("2").row(OPEN).press("a").part(PartKind::Answers);
        let promise = {
            let id = order_named(&user, OPEN).id;
            user.app.outlook.promises.get(&id).unwrap().clone()
        };
        let open = |user: &mut User, of: Department| {
            user.row(of.word().text(lang)).press("e");
            assert!(user.has_form());
        };
        let value = |user: &mut User, field: &str| {
            let editor = user.app.editor().unwrap();
            editor.form.value(field).to_owned()
        };
        let rests = |user: &mut User, field: &str| {
            let editor = user.app.editor().unwrap();
            editor.form.hidden.get(&basis_key(field)).cloned()
        };
        open(&mut user, Department::Purchasing);
        let ready = promise.material_ready.unwrap().to_string();
        assert_eq!(value(&mut user, "date"), ready);
        let basis = rests(&mut user, "date").unwrap();
        assert!(basis.contains(&promise.material_by), "{basis}");
        user.press("tab");
        assert!(
            user.screen().contains(&promise.material_by),
            "{}",
            user.screen()
        );
        // What is typed over is the person's own and no longer the program's word.
        user.fill("date", "31/31").press("ctrl-s");
        assert!(user.has_form() && value(&mut user, "date") == "31/31");
        assert_eq!(rests(&mut user, "date"), None);
        user.fill("date", "+9").save();
        let given = answer_of(&user, OPEN, Department::Purchasing).unwrap();
        assert_eq!(given.date, Some(user.today() + Days::new(9)));

        open(&mut user, Department::Production);
        assert_eq!(value(&mut user, "date"), promise.date.unwrap().to_string());
        assert!(rests(&mut user, "date").is_some());
        user.press("esc");
        open(&mut user, Department::Technical);
        let days: i64 = value(&mut user, "days").parse().unwrap();
        assert!(
            days >= promise.operation_days,
            "calendar days hold the working days"
        );
        user.press("esc");

        // The warehouse's line names what is short, and only that.
        open(&mut user, Department::Warehouse);
        let (world, outlook) = (&user.app.world, &user.app.outlook);
        let cover = belief::cover(world, outlook, order_named(&user, OPEN));
        assert!(!cover.is_empty());
        let risk = value(&mut user, "risk");
        for c in cover {
            let name = user.app.world.items.get(c.item_id).unwrap().name.clone();
            assert_eq!(
                risk.contains(&name),
                c.missing().is_positive(),
                "{name}: {risk}"
            );
        }
        // Nothing said at all is no answer.
        user.fill("satisfied", "")
            .fill("date", "")
            .fill("days", "")
            .press("ctrl-s");
        assert!(user.has_form(), "{}", user.screen());
        user.press("esc d");
        assert!(
            answer_of(&user, OPEN, Department::Warehouse)
                .unwrap()
                .answered_on
                .is_none()
        );
    }
}

#[test]
fn a_new_round_opens_on_the_last_one_and_both_stand_side_by_side() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("2").row(OPEN).press("a").part(PartKind::Answers);
        answer_all(&mut user, lang);
        user.row(Department::Technical.word().text(lang))
            .press("e")
            .fill("risk", "new stitch")
            .fill("date", "")
            .save();
        user.row(Department::Warehouse.word().text(lang)).press("e");
        user.press("home right").fill("days", "2").save();
        let said = answer_of(&user, OPEN, Department::Warehouse)
            .unwrap()
            .clone();
        assert_eq!(said.satisfied, Some(false), "{}", user.screen());

        user.next_day();
        user.press("a").fill("round", "").press("tab");
        let proposed = |user: &mut User, of: Department| {
            let editor = user.app.editor().unwrap();
            editor.form.value(of.code()).to_owned()
        };
        assert_eq!(proposed(&mut user, Department::Technical), "carry");
        assert_eq!(
            proposed(&mut user, Department::Warehouse),
            "ask",
            "it said no"
        );
        assert_eq!(proposed(&mut user, Department::Finance), "no");
        user.save();
        let world = &user.app.world;
        let now = rule::round(world, order_named(&user, OPEN)).unwrap();
        let before = rule::before(world, now).unwrap();
        assert_eq!((before.no, now.no), (1, 2));
        let carried = answer_of(&user, OPEN, Department::Technical).unwrap();
        assert!(carried.carried && carried.answered_on == Some(user.today() - Days::new(1)));
        assert_eq!(carried.risk, "new stitch");
        assert!(
            user.screen()
                .contains(gendan::text::review::CARRIED.text(lang))
        );
        assert!(
            answer_of(&user, OPEN, Department::Warehouse)
                .unwrap()
                .answered_on
                .is_none()
        );

        // The one that is asked again starts from what it said.
        user.row(Department::Warehouse.word().text(lang)).press("e");
        let editor = user.app.editor().unwrap();
        assert_eq!(
            (editor.form.value("days"), editor.form.value("satisfied")),
            ("2", "no")
        );
        assert!(editor.form.hidden.contains_key(&basis_key("days")));
        user.press("home").fill("days", "0").save();
        user.part(PartKind::Rounds);
        user.size = (160, 45);
        let screen = user.screen();
        let other = screen
            .lines()
            .filter(|l| l.contains('≠'))
            .collect::<Vec<_>>();
        let of = |d: Department| other.iter().any(|l| l.contains(d.word().text(lang)));
        assert!(of(Department::Warehouse), "{screen}");
        assert!(screen.contains("new stitch"), "{screen}");

        // An answer of a round that is over stays as it was.
        let old = rule::before(
            &user.app.world,
            rule::round(&user.app.world, order_named(&user, OPEN)).unwrap(),
        );
        let old = rule::answer_in(&user.app.world, old.unwrap(), Department::Warehouse)
            .unwrap()
            .id;
        let late = RecordAnswer {
            answer_id: old,
            date: None,
            days: Some(1),
            satisfied: None,
            risk: String::new(),
            countermeasure: String::new(),
        };
        let world = user.app.world.clone();
        let refused = command::apply(
            &mut user.app.store,
            &world,
            &Command::RecordAnswer(Box::new(late)),
        );
        assert!(refused.is_err());
        loses_nothing(&user);
        user.press("u u");
        assert_eq!(
            rule::round(&user.app.world, order_named(&user, OPEN))
                .unwrap()
                .no,
            1
        );
    }
}

/// An export brought into an empty file gives the same export.
fn loses_nothing(user: &User) {
    let export = |store: &Store| json::export(&store.world().unwrap(), &store.past().unwrap());
    let text = export(&user.app.store);
    let file = File::with(&text, MONDAY);
    assert_eq!(export(&file.store), text);
}

#[test]
fn another_date_is_offered_replaced_and_taken_and_what_is_late_wants_a_word() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("2").row(OPEN).press("a").part(PartKind::Answers);
        answer_all(&mut user, lang);
        let wish =
            gendan::domain::rule::delivery::requested(&user.app.world, order_named(&user, OPEN))
                .unwrap();
        let offer = |user: &mut User, date: NaiveDate| {
            user.press("d right").fill("date", &date.to_string()).save();
        };
        offer(&mut user, wish + Days::new(7));
        let order = order_named(&user, OPEN);
        assert_eq!(order.state, OrderState::Open);
        let waits = |user: &User| {
            let id = order_named(user, OPEN).id;
            let of = |a: &&gendan::domain::rule::attention::Attention| {
                a.order_id == Some(id) && format!("{:?}", a.reason) == "CounterWaiting"
            };
            user.app.agenda.causes().iter().filter(of).count()
        };
        assert_eq!(waits(&user), 1);
        let second = wish + Days::new(10);
        offer(&mut user, second);
        assert!(
            user.screen().contains(&second.to_string()),
            "{}",
            user.screen()
        );
        assert_eq!(waits(&user), 1);
        let all = user
            .app
            .world
            .decisions
            .of(order_named(&user, OPEN).id)
            .count();
        assert_eq!(all, 2, "the first offer stays in the history");
        user.next_day();

        // A refusal without a reason is none.
        user.press("d left").press("ctrl-s");
        assert!(user.has_form(), "{}", user.screen());
        user.press("esc d");
        // The customer says yes: the offered date stands there already.
        user.press("d");
        assert_eq!(
            user.app.editor().unwrap().form.value("date"),
            second.to_string()
        );
        user.save();
        let order = order_named(&user, OPEN);
        assert_eq!(order.state, OrderState::Accepted);
        let waiting = gendan::domain::rule::commitment::unauthorised(&user.app.world, order);
        assert!(
            !waiting.is_empty(),
            "later than asked, and nobody has allowed it"
        );
        loses_nothing(&user);
        user.press("u d").fill("authority", "Director Wang").save();
        let order = order_named(&user, OPEN);
        assert!(gendan::domain::rule::commitment::unauthorised(&user.app.world, order).is_empty());
        user.press("a");
        assert!(!user.has_form(), "it is decided");
        user.press("u u");
        assert_eq!(waits(&user), 1);
    }
}

#[test]
fn the_question_says_what_is_asked_and_what_the_program_believes() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("2").row(OPEN).press("y");
        user.press("a y").part(PartKind::Answers);
        user.row(Department::Purchasing.word().text(lang))
            .press("y");
        let order = order_named(&user, OPEN);
        let promise = user.app.outlook.promises.get(&order.id).unwrap();
        let wish = gendan::domain::rule::delivery::requested(&user.app.world, order).unwrap();
        let [all, again, one] = user.copied() else {
            panic!("{:?}", user.copied())
        };
        for text in [all, again, one] {
            assert!(
                text.contains(OPEN) && text.contains(&wish.to_string()),
                "{text}"
            );
            assert!(text.contains("2,800"), "{text}");
            assert!(
                text.contains(&promise.material_ready.unwrap().to_string()),
                "{text}"
            );
            assert!(text.contains(&promise.material_by), "{text}");
        }
        let production = Department::Production.word().text(lang);
        assert!(all.contains(production) && !one.contains(production));
        assert!(
            again.contains(&promise.date.unwrap().to_string()),
            "{again}"
        );
    }
}
