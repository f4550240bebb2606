//! Today: its order against brute force, a line a thing, what is held back or put off, the screen.

mod reasons;
mod silence;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use gendan::command::{self, Command};
use gendan::domain::codes::{ChaseHow, ChaseResult, Severity, Stage, Subject};
use gendan::domain::followup::{Chase, Snooze};
use gendan::domain::quantity::{Micro, Qty};
use gendan::domain::record::Record as _;
use gendan::domain::rule::attention::{self, Attention, Kind, Reason};
use gendan::domain::rule::chase::{self, Hold};
use gendan::domain::rule::today::{self, Given, Line, Risk, Today};
use gendan::domain::world::{Rows, World};
use gendan::overlay::form::FormKind;
use gendan::panel::PartKind;
use gendan::store::{Access, Store};
use gendan::text::{Label as _, Lang, today as t, width::width, words as w};
use gendan::transfer::{json, sample};
use proptest::prelude::*;

use crate::command_line::{factory, out, run, said};
use crate::support::{MONDAY, User, clock};

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn monday() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

/// A user on the sample factory with changes to its file.
pub(crate) fn on(lang: Lang, change: impl FnOnce(&mut serde_json::Value)) -> User {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Access::Write, clock(MONDAY), "li").unwrap();
    let text = sample::sample(store.clock().now());
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    change(&mut value);
    let file = json::parse(&value.to_string()).unwrap();
    json::bring(&mut store, &file, "").unwrap();
    User::on(store, folder, lang)
}

/// Does a command and reads everything again.
pub(crate) fn go(user: &mut User, command: &Command) {
    let world = user.app.world.clone();
    command::apply(&mut user.app.store, &world, command).unwrap_or_else(|e| panic!("{e:?}"));
    user.sleep_until(user.today());
}

/// Selects the line of a thing in Today.
pub(crate) fn select(user: &mut User, on: (Subject, i64)) {
    user.press("0 esc esc home");
    for _ in 0..300 {
        let row = user.app.board().unwrap().row;
        if row == on.1 * 100 + on.0 as i64 + 1 {
            return;
        }
        user.press("down");
    }
    panic!("{on:?} is not in Today:\n{}", user.screen());
}

fn open_line(today: &Today, on: (Subject, i64)) -> Option<&Line> {
    today.open.iter().find(|l| l.subject() == on)
}

const SUBJECTS: [Subject; 4] = [
    Subject::Order,
    Subject::Query,
    Subject::Exception,
    Subject::Purchase,
];
const REASONS: [Reason; 5] = [
    Reason::QueryOverdue,
    Reason::MilestoneDue,
    Reason::OrderLate,
    Reason::ExceptionOpen,
    Reason::PurchaseOverdue,
];
const STAGES: [Stage; 3] = [Stage::Intake, Stage::Materials, Stage::Exceptions];

prop_compose! {
    fn cause()(
        subject in 0..4_usize, id in 1..6_i64, order in 0..4_i64, reason in 0..5_usize,
        stage in 0..3_usize, days in -3..20_i64, weight in 0..6_000_000_i64, row in 1..4_i64,
    ) -> Attention {
        let reason = REASONS[reason];
        Attention {
            stage: STAGES[stage],
            reason,
            kind: reason.kind(days),
            order_id: (order > 0).then_some(order),
            subject: SUBJECTS[subject],
            subject_id: id,
            row,
            about: String::new(),
            days,
            weight: Micro(weight),
            loss: Micro::ZERO,
        }
    }
}

/// Rounded half up, as a person would with paper: millionths of millionths to millionths.
fn product(weight: i64, days: i64) -> i64 {
    let exact = i128::from(weight) * i128::from(days);
    i64::try_from((exact + 500_000) / 1_000_000).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_order_is_that_of_brute_force_and_no_thing_stands_twice(
        causes in proptest::collection::vec(cause(), 0..40),
        late in proptest::collection::btree_map(1..4_i64, (0..101_i64, 0..9_000_000_i64), 0..4),
        bought in proptest::collection::btree_map(1..6_i64, 0..50_000_000_i64, 0..4),
    ) {
        let risks: BTreeMap<i64, Risk> = late
            .iter()
            .map(|(id, (percent, late))| (*id, Risk { percent: *percent, due: monday(), late_days: Micro(*late) }))
            .collect();
        let chases: Vec<chase::Line> = bought.iter().map(|(id, loss)| chase_line(*id, *loss)).collect();
        let given = Given { risks: &risks, chases: &chases };
        let today = today::list(&World::default(), causes.clone(), &given, monday());
        let loss = |a: &Attention| {
            if let (Subject::Purchase, Some(loss)) = (a.subject, bought.get(&a.subject_id)) {
                return loss + 1_000_000;
            }
            let own = (a.days + 1).max(0) * 1_000_000;
            let order = a.order_id.and_then(|id| late.get(&id)).map_or(0, |l| l.1);
            product(a.weight.0, own.max(order))
        };
        let things: BTreeSet<(Subject, i64)> = causes.iter().map(|a| (a.subject, a.subject_id)).collect();
        // Try every thing for every place: the one that none beats goes first.
        let mut left: Vec<(Subject, i64)> = things.into_iter().collect();
        let lead = |on: &(Subject, i64)| {
            let mine = causes.iter().filter(|a| (a.subject, a.subject_id) == *on);
            mine.min_by_key(|a| (Reverse(loss(a)), a.kind, a.stage, a.reason, a.row)).unwrap()
        };
        let mut wanted = Vec::new();
        while !left.is_empty() {
            let beats = |a: &(Subject, i64), b: &(Subject, i64)| {
                let (x, y) = (lead(a), lead(b));
                let (lx, ly) = (loss(x), loss(y));
                lx > ly || (lx == ly && (x.stage, a) < (y.stage, b))
            };
            let first = left.iter().position(|a| left.iter().all(|b| a == b || beats(a, b))).unwrap();
            wanted.push(left.remove(first));
        }
        let got: Vec<(Subject, i64)> = today.open.iter().map(Line::subject).collect();
        prop_assert_eq!(&got, &wanted);
        prop_assert!(today.held.is_empty() && today.snoozed.is_empty());
        for line in &today.open {
            prop_assert_eq!(line.loss.0, loss(lead(&line.subject())));
            prop_assert_eq!(line.causes().count(), causes.iter().filter(|a| (a.subject, a.subject_id) == line.subject()).count());
        }
    }
}

fn chase_line(id: i64, loss: i64) -> chase::Line {
    chase::Line {
        purchase_id: id,
        supplier_id: None,
        open: Qty::ONE,
        needed: None,
        says: None,
        p50: monday(),
        p80: monday(),
        chance: Micro::ZERO,
        late_days: Micro::ZERO,
        waiting: Vec::new(),
        loss: Micro(loss),
        asked: None,
        next: None,
        hold: None,
    }
}

#[test]
fn the_severity_of_an_exception_and_the_weight_of_a_customer_count() {
    let user = on(Lang::En, |file| {
        for (at, severity) in ["critical", "major", "minor"].iter().enumerate() {
            let e = &mut file["exceptions"][at + 2];
            e["severity"] = (*severity).into();
            e["order"] = "SO-0105".into();
            e["decide_by"] = serde_json::Value::Null;
            e["act_by"] = "2026-11-20".into();
        }
    });
    let world = &user.app.world;
    let list = attention::all(world, user.today());
    let weight = |severity: Severity| {
        let e = world
            .exceptions
            .iter()
            .rfind(|e| e.severity == severity)
            .unwrap();
        let on = (Subject::Exception, e.id);
        list.iter()
            .find(|a| (a.subject, a.subject_id) == on)
            .unwrap()
            .weight
    };
    let (critical, major, minor) = (
        weight(Severity::Critical),
        weight(Severity::Major),
        weight(Severity::Minor),
    );
    assert!(critical > major && major > minor && minor.is_positive());
}

#[test]
fn a_new_day_is_noticed_without_a_key() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("0");
        let before = user.listed();
        assert!(!user.app.notice_day());
        let next = (user.today() + Days::new(7)).and_hms_opt(0, 1, 0).unwrap();
        user.app.store.set_clock(gendan::clock::Clock::Fixed(next));
        assert!(user.app.notice_day() && !user.app.notice_day());
        assert_ne!(user.listed(), before, "a week later more is late");
    }
}

#[test]
fn many_orders_are_looked_at_side_by_side_with_the_same_result() {
    let user = User::demo(Lang::En);
    let today = user.today();
    let plain = &user.app.world;
    let last = plain.orders.iter().last().unwrap();
    // The same orders with more and more empty ones after them.
    let with = |more: i64| {
        let mut orders: Vec<_> = plain.orders.iter().cloned().collect();
        for id in last.id + 1..=last.id + more {
            let mut order = last.clone();
            order.id = id;
            orders.push(order);
        }
        let mut world = plain.clone();
        world.orders = Rows::new(orders);
        attention::all(&world, today)
    };
    let (few, many) = (with(100), with(400));
    assert!(few.iter().any(|a| a.order_id == Some(last.id + 100)));
    let known = |a: &&Attention| a.order_id.is_none_or(|id| id <= last.id + 100);
    let same: Vec<_> = many.iter().filter(known).collect();
    assert_eq!(same, few.iter().collect::<Vec<_>>());
    let of = |list: &[Attention], id| list.iter().filter(|a| a.order_id == Some(id)).count();
    for id in last.id + 1..=last.id + 400 {
        assert_eq!(of(&many, id), of(&few, last.id + 1), "{id}");
    }
}

#[test]
fn every_thing_has_one_line_and_every_cause_stands_in_its_line() {
    let user = User::demo(Lang::En);
    let today = &user.app.agenda;
    let all: Vec<(Subject, i64)> = today.lines().map(Line::subject).collect();
    let unique: BTreeSet<_> = all.iter().collect();
    assert_eq!(all.len(), unique.len());
    assert!(
        today.open.len() > t_morning(),
        "a morning is more than full"
    );
    let mut causes = attention::all(&user.app.world, user.today());
    attention::escalate(&mut causes, &user.app.world, user.app.store.clock().now());
    for a in &causes {
        let line = today
            .lines()
            .find(|l| l.subject() == (a.subject, a.subject_id));
        let line = line.unwrap_or_else(|| panic!("{a:?} has no line"));
        assert!(
            line.causes()
                .any(|c| (c.reason, c.row) == (a.reason, a.row)),
            "{a:?}"
        );
    }
    for pair in today.open.windows(2) {
        let key = |l: &Line| (Reverse(l.loss), l.lead.stage, l.subject());
        assert!(key(&pair[0]) < key(&pair[1]));
    }
    // Small points of an order are one line with a count.
    let many = today.open.iter().find(|l| l.also.len() > 1).unwrap();
    assert!(t::what(many, Lang::En).contains('+') || t::what(many, Lang::En).contains('×'));
}

fn t_morning() -> usize {
    today::MORNING
}

#[test]
fn the_morning_fits_a_small_screen_in_both_languages() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.size = (80, 24);
        user.press("0 home");
        let listed = |user: &User| user.app.board().unwrap().listing.ids.clone();
        let first: Vec<i64> = listed(&user).into_iter().take(9).collect();
        let rows = user.app.page_rows.0;
        assert_eq!(rows, 9, "nine rows:\n{}", user.screen());
        let all = user.app.agenda.open.len();
        let head = t::how_many(all, false, lang);
        let screen = user.screen();
        assert!(screen.contains(&head), "{head}\n{screen}");
        user.press("f");
        assert_eq!(listed(&user).len(), 9);
        assert_eq!(listed(&user), first);
        assert!(
            user.screen().contains(&t::how_many(all, true, lang)),
            "{}",
            user.screen()
        );
        user.press("f");
        assert_eq!(listed(&user).len(), all);
    }
}

#[test]
fn an_empty_file_says_that_nothing_is_to_do() {
    for lang in BOTH {
        let mut user = User::new(lang);
        let said = w::EMPTY_TODAY.text(lang);
        let first: String = said.chars().take(8).collect();
        assert!(user.screen().contains(&first), "{}", user.screen());
        user.press("enter d e z c y f f tab enter d");
        assert!(user.app.overlays.is_empty(), "{}", user.screen());
    }
}

fn purchase(user: &User, no: &str) -> (Subject, i64) {
    let line = user
        .app
        .world
        .purchases
        .iter()
        .find(|p| p.no == no)
        .unwrap();
    (Subject::Purchase, line.id)
}

fn query(user: &User, no: &str) -> (Subject, i64) {
    let q = user.app.world.queries.iter().find(|q| q.no == no).unwrap();
    (Subject::Query, q.id)
}

#[test]
fn what_is_put_off_is_out_of_sight_comes_back_on_its_day_and_can_be_woken() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let on = query(&user, "Q-0012");
        select(&mut user, on);
        let day = user.today() + Days::new(1);
        user.press("z")
            .fill("until", &day.to_string())
            .fill("reason", "waiting for Elin")
            .save();
        assert!(open_line(&user.app.agenda, on).is_none());
        user.part(PartKind::Snoozed).row("waiting for Elin");
        let screen = user.screen();
        assert!(screen.contains(t::PART_SNOOZED.text(lang)), "{screen}");
        // Woken it is back at once; put off again it comes back by itself.
        user.press("e");
        assert!(open_line(&user.app.agenda, on).is_some(), "{}", user.note());
        user.press("u");
        assert!(open_line(&user.app.agenda, on).is_none(), "undone");
        user.sleep_until(day);
        assert!(
            open_line(&user.app.agenda, on).is_some(),
            "its day has come"
        );
        // Only what is put off can be woken.
        select(&mut user, on);
        user.press("e");
        assert_eq!(user.note(), t::NOT_SNOOZED.text(lang));
    }
}

#[test]
fn a_snooze_ends_when_the_thing_becomes_late_or_its_exception_worse() {
    let mut user = User::demo(Lang::En);
    let on = query(&user, "Q-0012");
    let until = user.today() + Days::new(20);
    go(
        &mut user,
        &Command::Snooze(command::followup::PutOff {
            subject: on.0,
            subject_id: on.1,
            until,
            reason: String::new(),
        }),
    );
    let next = user.today() + Days::new(1);
    user.sleep_until(next);
    assert!(
        open_line(&user.app.agenda, on).is_none(),
        "due, as it was known to be"
    );
    user.sleep_until(next + Days::new(1));
    assert!(
        open_line(&user.app.agenda, on).is_some(),
        "overdue is something new"
    );

    let e = user
        .app
        .world
        .exceptions
        .iter()
        .find(|e| e.closed_on.is_none())
        .unwrap()
        .clone();
    let on = (Subject::Exception, e.id);
    go(
        &mut user,
        &Command::Snooze(command::followup::PutOff {
            subject: on.0,
            subject_id: on.1,
            until,
            reason: String::new(),
        }),
    );
    assert!(open_line(&user.app.agenda, on).is_none());
    let mut world = user.app.world.clone();
    let rows = world.exceptions.iter().cloned().map(|mut row| {
        if row.id == e.id {
            row.severity = Severity::Critical;
        }
        row
    });
    world.exceptions = Rows::new(rows.collect());
    let agenda = gendan::app::todo::agenda(&world, &user.app.outlook, user.app.store.clock().now());
    assert_ne!(e.severity, Severity::Critical);
    assert!(open_line(&agenda, on).is_some(), "worse than it was");
    // A file from elsewhere that does not say what was known keeps its day.
    let rows = world.snoozes.iter().cloned().map(|s| Snooze {
        seen: String::new(),
        ..s
    });
    world.snoozes = Rows::new(rows.collect());
    let agenda = gendan::app::todo::agenda(&world, &user.app.outlook, user.app.store.clock().now());
    assert!(open_line(&agenda, on).is_none());
}

#[test]
fn what_was_asked_a_moment_ago_is_held_back_with_the_reason() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let on = query(&user, "Q-0012");
        select(&mut user, on);
        user.press("c").fill("answer", "tomorrow").press("ctrl-s");
        assert!(
            open_line(&user.app.agenda, on).is_none(),
            "{}",
            user.screen()
        );
        let held = user
            .app
            .agenda
            .held
            .iter()
            .find(|(l, _)| l.subject() == on)
            .unwrap();
        assert_eq!(held.1, Hold::Asked(user.today()));
        user.part(PartKind::HeldBack);
        assert!(
            user.screen().contains(t::HELD_BECAUSE.text(lang)),
            "{}",
            user.screen()
        );
        // Two working days later it is asked again.
        let day = user.today() + Days::new(2);
        user.sleep_until(day);
        assert!(open_line(&user.app.agenda, on).is_some());
    }
}

#[test]
fn a_supplier_who_waits_for_us_is_held_back_and_an_agreed_day_is_kept() {
    let mut user = on(Lang::En, |file| {
        file["purchases"][8]["deposit_due"] = "2026-11-20".into();
    });
    let on = purchase(&user, "PO-0210");
    let hold = |user: &User| {
        let held = user.app.agenda.held.iter();
        held.filter(|(l, _)| l.subject() == on)
            .map(|(_, h)| *h)
            .next()
    };
    assert_eq!(
        hold(&user),
        Some(Hold::Deposit("2026-11-20".parse().unwrap()))
    );
    go(
        &mut user,
        &Command::RecordDeposit(command::followup::RecordDeposit {
            purchase_id: on.1,
            due: Some("2026-11-20".parse().unwrap()),
            paid_on: Some(monday()),
        }),
    );
    assert_eq!(hold(&user), None);
    let line = open_line(&user.app.agenda, on).unwrap();
    assert!(
        line.causes().any(|a| a.reason == Reason::FollowUp),
        "we said we would ask today"
    );
    let next = monday() + Days::new(1);
    go(
        &mut user,
        &Command::Chase(command::followup::LogChase {
            subject: on.0,
            subject_id: on.1,
            order_id: None,
            how: ChaseHow::Phone,
            result: ChaseResult::NoAnswer,
            answer: String::new(),
            new_date: None,
            qty: Qty::ZERO,
            next_on: Some(next),
        }),
    );
    assert_eq!(hold(&user), Some(Hold::Next(next)));
    user.sleep_until(next);
    let line = open_line(&user.app.agenda, on).unwrap();
    let promised = line
        .causes()
        .find(|a| a.reason == Reason::FollowUp)
        .unwrap();
    assert_eq!((promised.kind, promised.days), (Kind::Promised, 0));
}

/// A form about an order may be kept as a draft while the order is taken back; nothing in the file
/// holds the two together.
#[test]
fn what_is_gone_is_neither_chased_nor_put_off() {
    let mut user = User::demo(Lang::En);
    let gone = user.app.world.orders.iter().map(|o| o.id).max().unwrap() + 1;
    for (subject, subject_id) in [(Subject::Order, gone), (Subject::Exception, gone + 100)] {
        let chase = Command::Chase(command::followup::LogChase {
            subject,
            subject_id,
            order_id: None,
            how: ChaseHow::Phone,
            result: ChaseResult::NoAnswer,
            answer: String::new(),
            new_date: None,
            qty: Qty::ZERO,
            next_on: None,
        });
        let snooze = Command::Snooze(command::followup::PutOff {
            subject,
            subject_id,
            until: user.today() + Days::new(3),
            reason: String::new(),
        });
        let before = json::export(&user.app.world, &[]);
        for command in [chase, snooze] {
            let world = user.app.world.clone();
            let refused = command::apply(&mut user.app.store, &world, &command).unwrap_err();
            let said = format!("{refused:?}");
            assert!(
                said.contains("Missing") && said.contains(&subject_id.to_string()),
                "{said}"
            );
        }
        let after = user.app.store.world().unwrap();
        assert_eq!(json::export(&after, &[]), before);
    }
}

#[test]
fn what_we_owe_is_ours_and_what_is_owed_to_us_is_waited_for() {
    let user = User::demo(Lang::En);
    let kind = |no: &str| {
        let on = query(&user, no);
        let line = user.app.agenda.lines().find(|l| l.subject() == on).unwrap();
        let own = line
            .causes()
            .find(|a| matches!(a.reason, Reason::QueryOverdue | Reason::QueryWaiting));
        own.unwrap().kind
    };
    assert_eq!(kind("Q-0011"), Kind::Promised, "sales has to answer");
    assert_eq!(
        kind("Q-0012"),
        Kind::Waiting,
        "the technical department has"
    );
    assert_eq!(Kind::ALL.len(), 4);
}

#[test]
fn what_was_done_today_is_told_thing_by_thing() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        let on = query(&user, "Q-0012");
        select(&mut user, on);
        user.press("c").fill("answer", "soon").press("ctrl-s");
        go(
            &mut user,
            &Command::AnswerQuery(command::intake::AnswerQuery {
                query_id: on.1,
                answer: "14#".to_owned(),
                by: "He".to_owned(),
                effect: String::new(),
            }),
        );
        let list = gendan::app::doings::of_day(&user.app.journal, user.today());
        let d = list.iter().find(|d| d.thing == "SO-0109").unwrap();
        assert_eq!((d.chases, d.answers), (1, 1));
        user.press("0 esc esc").part(PartKind::Done);
        let screen = user.screen();
        assert!(
            screen.contains(t::CHASES.text(lang)) && screen.contains("SO-0109"),
            "{screen}"
        );
        // What was taken back was not done.
        user.press("esc u");
        let list = gendan::app::doings::of_day(&user.app.journal, user.today());
        assert_eq!(
            list.iter().find(|d| d.thing == "SO-0109").unwrap().answers,
            0
        );
    }
}

#[test]
fn the_command_line_lists_the_day_in_eighty_cells_and_with_everything_known() {
    let (folder, db) = factory();
    for lang in ["zh-CN", "en"] {
        let list = |arguments: &[&str]| {
            let fixed = ["--db", &db, "--lang", lang, "list"];
            let done = run(folder.path(), &[&fixed, arguments].concat());
            assert!(done.status.success(), "{}", said(&done));
            out(&done)
        };
        let table = list(&["today"]);
        assert!(table.lines().count() > 10);
        for line in table.lines() {
            assert!(width(line) <= 80, "{} cells: {line}", width(line));
        }
        let text = list(&["today", "--format", "json"]);
        let rows: serde_json::Value = serde_json::from_str(&text).unwrap();
        let rows = rows.as_array().unwrap();
        for key in [
            "kind",
            "stage",
            "subject",
            "order",
            "reason",
            "days",
            "loss",
            "held",
            "snoozed_until",
        ] {
            assert!(rows.iter().all(|r| r.get(key).is_some()), "{key}");
        }
        assert!(rows.iter().any(|r| r["held"].is_string()));
        let open = rows
            .iter()
            .filter(|r| r["held"].is_null() && r["snoozed_until"].is_null());
        assert_eq!(open.count(), table.lines().count() - 1);
        let news: serde_json::Value =
            serde_json::from_str(&list(&["silence", "--format", "json"])).unwrap();
        assert!(
            news.as_array()
                .unwrap()
                .iter()
                .all(|n| n["usual"].as_i64().unwrap() > 0)
        );
        assert!(!news.as_array().unwrap().is_empty());
        let _ = list(&["done"]);
    }
    // It only reads: a file that may not be written serves a login message too.
    let readonly = run(
        folder.path(),
        &["--db", &db, "--read-only", "list", "today"],
    );
    assert!(readonly.status.success(), "{}", said(&readonly));
}

#[test]
fn the_plan_adds_nothing_where_it_knows_nothing() {
    let world = World::default();
    let (risks, chases) = (BTreeMap::new(), Vec::new());
    let given = Given {
        risks: &risks,
        chases: &chases,
    };
    assert_eq!(
        today::list(&world, Vec::new(), &given, monday()),
        Today::default()
    );
    assert_eq!(Chase::TABLE, "chase");
    assert_eq!(FormKind::Snooze.name(), "snooze");
    assert!(!Subject::Order.code().is_empty());
    let _ = Stage::Today.word();
}
