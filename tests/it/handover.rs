//! Reports that are handed over: what changed since the last time is marked, files are whole or not
//! at all, the panel proposes its own report.

use gendan::domain::codes::Stage;
use gendan::domain::followup::Handover;
use gendan::panel::PartKind;
use gendan::report::deliver::{self, Against, Errand, Undelivered};
use gendan::report::paper::{Cell, Column, Mark, Paper, Table, Value};
use gendan::report::write::Format;
use gendan::report::{Name, Scope, since};
use gendan::text::{Lang, refusal};

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn scope(user: &User, lang: Lang) -> Scope<'_> {
    Scope {
        partner: "",
        world: &user.app.world,
        outlook: &user.app.outlook,
        now: user.app.store.clock().now(),
        today: user.today(),
        lang,
        order: None,
        from: None,
        to: None,
    }
}

fn said(user: &mut User, field: &str) -> String {
    let lang = user.app.lang;
    let editor = user.app.editor().unwrap();
    let problem = editor.problem_of(field).map(|p| refusal::problem(p, lang));
    problem.unwrap_or_else(|| panic!("nothing is said at {field}:\n{}", user.screen()))
}

fn choose(user: &mut User, name: Name) {
    for _ in 0..Name::ALL.len() {
        if user.app.editor().unwrap().form.value("report") == name.code() {
            return;
        }
        user.press("right");
    }
    panic!("the form does not offer {name:?}");
}

#[test]
fn the_second_hand_over_marks_what_changed_and_undo_forgets_it() {
    let folder = tempfile::tempdir().unwrap();
    for lang in BOTH {
        let mut user = User::demo(lang);
        let path = |n: usize| folder.path().join(format!("{lang:?}-{n}.md"));
        let hand = |user: &mut User, n: usize| {
            user.press("4").press("r");
            choose(user, Name::Tracking);
            user.press("tab")
                .fill("order", "")
                .fill("handed_to", "采购部")
                .fill("file", &path(n).display().to_string())
                .save();
            std::fs::read_to_string(path(n)).unwrap()
        };
        let first = hand(&mut user, 1);
        let row = user.app.world.handovers.iter().last().unwrap();
        assert_eq!((row.report.as_str(), row.order_id), ("tracking", None));
        assert_eq!(row.handed_to, "采购部");
        let kept = user.app.world.handovers.len();
        assert!(!first.contains("→") && !first.contains("**"), "{first}");
        // One line gets another date, one is closed by a receipt in full, one is new.
        let today = user.today();
        let open: Vec<_> = user.app.world.purchases.iter().cloned().collect();
        let line = |p: &gendan::domain::purchase::Purchase| format!("{} | {} |", p.no, p.line);
        let moved = open.iter().find(|p| first.contains(&line(p))).unwrap();
        let promise = gendan::command::materials::RecordPromise {
            purchase_id: moved.id,
            date: today + chrono::Days::new(40),
            qty: gendan::domain::quantity::Qty::ZERO,
            said_by: String::new(),
            firmness: gendan::domain::codes::Firmness::Written,
            note: "改期".into(),
        };
        let command = gendan::command::Command::RecordPromise(promise);
        let world = user.app.world.clone();
        gendan::command::apply(&mut user.app.store, &world, &command).unwrap();
        user.app.reload().unwrap();
        user.next_day();
        // The form says when it was handed over last.
        user.press("r");
        choose(&mut user, Name::Tracking);
        user.press("tab").fill("order", "").press("tab");
        assert!(user.screen().contains("2026-11-23"), "{}", user.screen());
        user.press("esc");
        if !user.app.overlays.is_empty() {
            user.press("d");
        }
        let second = hand(&mut user, 2);
        let row = second.lines().find(|l| l.contains(&line(moved))).unwrap();
        assert!(row.contains("→ 2027-01-02"), "{row}");
        assert!(row.contains("**2027-01-02**"), "{row}");
        let heading = second.lines().find(|l| l.starts_with("| ")).unwrap();
        assert!(heading.contains("2026-11-23"), "{heading}");
        let marked = second.lines().filter(|l| l.contains(" → ")).count();
        assert_eq!(marked, 1, "only that line has changed:\n{second}");
        assert!(user.note().contains('1'), "{}", user.note());
        assert_eq!(user.app.world.handovers.len(), kept + 1);
        user.press("u");
        assert_eq!(user.app.world.handovers.len(), kept);
        // To another receiver it is the first time: nothing is marked.
        user.press("r");
        choose(&mut user, Name::Tracking);
        user.press("tab")
            .fill("order", "")
            .fill("handed_to", "老板 the boss")
            .fill("file", &path(3).display().to_string())
            .save();
        let third = std::fs::read_to_string(path(3)).unwrap();
        assert!(!third.contains(" → "), "{third}");
    }
}

#[test]
fn a_file_is_whole_or_not_there_and_an_old_one_is_written_over_when_asked_twice() {
    let folder = tempfile::tempdir().unwrap();
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("4").press("r");
        choose(&mut user, Name::Tracking);
        let nowhere = folder.path().join("no/such/a.csv").display().to_string();
        user.press("tab").fill("order", "").fill("file", &nowhere);
        user.press("ctrl-s");
        assert!(said(&mut user, "file").contains("no/such"));
        assert!(!std::path::Path::new(&nowhere).exists());
        let there = folder.path().join("there.csv");
        std::fs::create_dir(&there).ok();
        user.fill("file", &there.display().to_string())
            .press("ctrl-s");
        assert!(said(&mut user, "file").contains("there.csv"));
        let old = folder.path().join(format!("{lang:?}.csv"));
        std::fs::write(&old, "old").unwrap();
        user.fill("file", &old.display().to_string())
            .press("ctrl-s");
        assert!(!said(&mut user, "file").is_empty());
        assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
        // Another name typed in between has to be agreed to again.
        user.press("ctrl-s");
        assert!(user.app.overlays.is_empty(), "{}", user.screen());
        assert!(
            std::fs::read_to_string(&old)
                .unwrap()
                .starts_with('\u{feff}')
        );
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|n| n.starts_with(".gendan"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
        // The folder is proposed the next time.
        user.press("r");
        let file = user.app.editor().unwrap().form.value("file").to_owned();
        let own = folder.path().canonicalize().unwrap();
        assert!(file.starts_with(&own.display().to_string()), "{file}");
        user.press("esc");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_said_and_the_form_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o500)).unwrap();
    // Who may write everywhere cannot be refused; such a user sees the name that is too long.
    let name = if std::fs::write(closed.join("x"), "").is_ok() {
        format!("{}.md", "长".repeat(150))
    } else {
        "a.md".to_owned()
    };
    let mut user = User::demo(Lang::Zh);
    user.press("4").press("r");
    choose(&mut user, Name::Tracking);
    let path = closed.join(name).display().to_string();
    user.press("tab").fill("order", "").fill("file", &path);
    user.press("ctrl-s");
    assert!(user.has_form());
    assert!(!said(&mut user, "file").is_empty());
    assert!(!std::path::Path::new(&path).exists());
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_writing_that_is_stopped_leaves_no_file() {
    use gendan::app::scribe::{Job, Matter, WriteEvent};
    let user = User::demo(Lang::En);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    let errand = Errand {
        name: Name::Requirements,
        format: Format::Xlsx,
        handed_to: String::new(),
        exception: None,
    };
    let matter = Matter {
        partner: String::new(),
        world: user.app.world.clone(),
        outlook: user.app.outlook.clone(),
        now: user.app.store.clock().now(),
        lang: Lang::En,
        order: None,
        from: None,
        to: None,
        shelf: None,
    };
    let job = Job::new(errand, path.clone(), matter);
    let stop = job.stop();
    let heard = std::cell::Cell::new(0);
    let ready = job.run(&|event| {
        if matches!(event, WriteEvent::Progress { .. }) {
            heard.set(heard.get() + 1);
            stop.set();
        }
    });
    let WriteEvent::Ready { written, .. } = ready else {
        panic!("it ends with its outcome");
    };
    assert!(matches!(*written, Err(Undelivered::Stopped)));
    assert!(heard.get() > 0 && !path.exists());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn every_panel_and_part_proposes_its_own_report() {
    let expected = [
        ("0", None, Name::OrderStatus),
        ("1", Some(PartKind::Milestones), Name::Milestones),
        ("1", Some(PartKind::Queries), Name::QuerySheet),
        ("2", None, Name::OrderReview),
        ("3", None, Name::Schedule),
        ("4", None, Name::Kits),
        ("4", Some(PartKind::Chases), Name::ChaseList),
        ("5", None, Name::OrderStatus),
        ("5", Some(PartKind::Operations), Name::DailyProgress),
        ("6", None, Name::Exception),
    ];
    for lang in BOTH {
        let mut user = User::demo(lang);
        for (key, part, name) in expected {
            user.press(key);
            if let Some(part) = part {
                user.part(part);
            }
            user.press("r");
            let form = &user.app.editor().unwrap().form;
            assert_eq!(form.value("report"), name.code(), "{key} {part:?}");
            let order = form.value("order").to_owned();
            let known = user.app.world.orders.iter().any(|o| o.no == order)
                || user.app.world.exceptions.iter().any(|e| e.no == order)
                || order.is_empty();
            assert!(known, "{order}");
            assert!(user.app.stage == Stage::Exceptions || name != Name::Exception);
            user.press("esc");
            if !user.app.overlays.is_empty() {
                user.press("d");
            }
            // Back to the list of the panel.
            user.press("esc");
        }
    }
}

fn table(rows: &[(&str, i64, &str)]) -> Paper {
    let row = |(key, n, text): &(&str, i64, &str)| {
        vec![
            Cell::text(*key),
            Cell::of(Value::Whole(*n)),
            Cell::text(*text),
        ]
    };
    Paper {
        title: "表".into(),
        head: vec![("交期".into(), rows.len().to_string())],
        tables: vec![Table {
            title: String::new(),
            columns: vec![
                Column::new("料号", 8).key(),
                Column::new("欠数", 8),
                Column::new("备注", 8),
            ],
            rows: rows.iter().map(row).collect(),
        }],
        ..Paper::default()
    }
}

fn kept(paper: &Paper, lang: Lang) -> Handover {
    Handover {
        content: since::content(paper, lang).unwrap(),
        ..Handover::default()
    }
}

#[test]
fn rows_are_found_again_by_key_and_what_cannot_be_compared_is_not_marked() {
    let old = kept(
        &table(&[("A", 1, "x"), ("B", 2, "y"), ("B", 3, "z"), ("C", 4, "")]),
        Lang::Zh,
    );
    // Another order of rows is no change; of two rows with one key each has its own.
    let mut same = table(&[("C", 4, ""), ("A", 1, "x"), ("B", 2, "y"), ("B", 3, "z")]);
    let changes = since::mark(&mut same, &old, Lang::Zh).unwrap();
    assert!(changes.is_none(), "{changes:?}");
    let mut now = table(&[("A", 1, "x"), ("B", 5, "y"), ("D", 9, "n")]);
    let changes = since::mark(&mut now, &old, Lang::Zh).unwrap();
    assert_eq!((changes.new, changes.changed, changes.gone), (1, 1, 2));
    let rows = &now.tables[0].rows;
    assert_eq!(rows[1][1].mark, Mark::Was("2".into()));
    assert_eq!(rows[2][0].mark, Mark::New);
    assert!(rows[0].iter().all(|c| c.mark == Mark::None));
    assert_eq!(rows[1][3].plain(), "欠数：2 → 5");
    assert_eq!(now.tables[1].rows.len(), 2);
    assert!(now.head[0].1.contains("原 4"), "{:?}", now.head);
    // In another language, or without what it held, nothing can be said.
    let mut other = table(&[("A", 2, "x")]);
    assert_eq!(since::mark(&mut other, &old, Lang::En), None);
    assert_eq!(
        since::mark(&mut other, &Handover::default(), Lang::Zh),
        None
    );
    assert!(other.tables[0].rows[0].iter().all(|c| c.mark == Mark::None));
    // More than the limit is not kept.
    let long = "长".repeat(since::CONTENT_MAX / 3);
    assert_eq!(since::content(&table(&[("A", 1, &long)]), Lang::Zh), None);
}

#[test]
fn what_is_kept_of_every_report_finds_nothing_changed_in_the_same_report() {
    for lang in BOTH {
        let user = User::demo(lang);
        let mut compared = 0;
        for name in Name::ALL {
            let mut s = scope(&user, lang);
            s.order = user.app.world.orders.iter().find(|o| o.no == "SO-0104");
            let Ok(mut paper) = gendan::report::make(*name, &s) else {
                continue;
            };
            let old = kept(&paper, lang);
            let changes = since::mark(&mut paper, &old, lang).unwrap();
            assert!(changes.is_none(), "{name:?} {changes:?}");
            compared += 1;
        }
        assert!(compared > 8, "{compared}");
    }
}

#[test]
fn hand_overs_are_told_apart_by_report_order_and_receiver() {
    let user = User::demo(Lang::Zh);
    let mut world = user.app.world.clone();
    let s = scope(&user, Lang::Zh);
    let errand = Errand {
        name: Name::Kits,
        format: Format::Csv,
        handed_to: " 货仓 ".into(),
        exception: None,
    };
    let made = deliver::make(&errand, &s, &|_, _| true).unwrap();
    assert_eq!(made.against, Against::First);
    assert_eq!(made.handover.handed_to, "货仓");
    let row = Handover {
        id: 1,
        ..made.handover
    };
    world.handovers = gendan::domain::world::Rows::new(vec![row]);
    let again = |errand: &Errand, order: Option<&str>| {
        let order = order.map(|no| world.orders.iter().find(|o| o.no == no).unwrap());
        let s = Scope {
            world: &world,
            order,
            ..s
        };
        deliver::make(errand, &s, &|_, _| true).unwrap().against
    };
    assert!(matches!(again(&errand, None), Against::Compared(_, c) if c.is_none()));
    assert_eq!(again(&errand, Some("SO-0104")), Against::First);
    let other = Errand {
        handed_to: "生产部".into(),
        ..errand.clone()
    };
    assert_eq!(again(&other, None), Against::First);
    let nobody = Errand {
        handed_to: String::new(),
        ..errand
    };
    assert_eq!(again(&nobody, None), Against::Nobody);
}
