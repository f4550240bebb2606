//! The lessons base: found by words, pinyin and likeness, kept by hand, merged and retired; what
//! happened before is said, and nodes that were late again and again get days of their own.

use gendan::domain::exception::Lesson;
use gendan::domain::rule::lesson::{self, Why, base};
use gendan::domain::rule::milestone::buffer;
use gendan::overlay::Overlay;
use gendan::overlay::lessons::Lessons;
use gendan::panel::PartKind;
use gendan::store::{Access, Store};
use gendan::text::{Lang, intake, lessons as said, refusal, say};
use gendan::transfer::json;

use crate::command_line;
use crate::support::{MONDAY, User, clock};

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn page(user: &User) -> &Lessons {
    match user.app.overlays.last() {
        Some(Overlay::Lessons(page)) => page,
        other => panic!("not the lessons base: {other:?}"),
    }
}

/// The symptoms that are listed, best first, each with whether it holds what is typed.
fn found(user: &User) -> Vec<(String, bool)> {
    let world = &user.app.world;
    let hit = |h: &gendan::app::learned::Hit| {
        let symptom = &world.lessons.get(h.lesson_id).unwrap().symptom;
        (symptom.clone(), h.says_it)
    };
    page(user).hits.iter().map(hit).collect()
}

/// Saves the form on top of the page.
fn save(user: &mut User) {
    user.press("ctrl-s");
    assert!(!user.has_form(), "not saved:\n{}", user.screen());
}

fn problem(user: &mut User, field: &str, lang: Lang) -> String {
    let editor = user.app.editor().unwrap();
    let found = editor.problem_of(field).map(|p| refusal::problem(p, lang));
    found.unwrap_or_else(|| panic!("nothing is said at {field}"))
}

fn lesson_of<'a>(user: &'a User, symptom: &str) -> &'a Lesson {
    let mut all = user.app.world.lessons.iter();
    all.find(|l| l.symptom == symptom).unwrap()
}

fn order_id(user: &User, no: &str) -> i64 {
    user.app
        .world
        .orders
        .iter()
        .find(|o| o.no == no)
        .unwrap()
        .id
}

const SHADE: &str = "牛津纺分缸色差";
const RUST: &str = "镀锌件盐雾 48 h 白锈";

#[test]
fn a_lesson_is_found_by_one_character_pinyin_initials_and_likeness() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("B");
        let screen = user.screen();
        assert!(screen.contains(said::TITLE.text(lang)), "{screen}");
        assert_eq!(found(&user).len(), 2);
        // A Chinese character typed outside the field starts the search; traditional ones too.
        for (typed, symptom) in [
            ("锈", RUST),
            ("鏽", RUST),
            ("色差", SHADE),
            ("yw", RUST),
            ("yanwu", RUST),
            ("nijf", ""),
            ("njf", SHADE),
            ("secha", SHADE),
            ("fabric", SHADE),
            ("ＰＬＡＴＩＮＧ", RUST),
        ] {
            if typed.is_ascii() || typed.starts_with('Ｐ') {
                user.press("/");
            }
            user.write(typed);
            let wanted: Vec<(String, bool)> = match symptom {
                "" => Vec::new(),
                _ => vec![(symptom.to_owned(), true)],
            };
            assert_eq!(found(&user), wanted, "{typed}");
            user.press("esc");
            assert_eq!(found(&user).len(), 2, "cleared after {typed}");
        }
        // Told in other words nothing holds it, but one is like it and says how much.
        user.write("面料又有分缸的色差");
        let list = found(&user);
        assert_eq!(list, [(SHADE.to_owned(), false)]);
        let likeness = page(&user).hits[0].likeness;
        assert!((200..900).contains(&likeness), "{likeness}");
        let screen = user.screen();
        assert!(screen.contains(&said::percent(likeness)), "{screen}");
        user.press("esc").write("饕餮");
        let screen = user.screen();
        assert!(
            screen.contains(said::NOTHING_LIKE_IT.text(lang)),
            "{screen}"
        );
        // Enter ends typing, then goes to the exception behind the lesson.
        user.press("esc").write("白锈").press("enter enter");
        assert!(user.app.overlays.is_empty());
        let spot = user.app.board().unwrap().spot();
        assert_eq!(
            user.app.world.exceptions.get(spot.row).unwrap().no,
            "EX-0102"
        );
    }
}

#[test]
fn the_selected_exception_or_order_ranks_the_lessons() {
    let mut user = User::demo(Lang::En);
    user.press("6").row("EX-0101").press("B");
    let screen = user.screen();
    let title = said::TITLE_EXCEPTION.fill(Lang::En, &["EX-0101"]);
    assert!(screen.contains(&title), "{screen}");
    assert_eq!(found(&user)[0].0, SHADE);
    user.press("esc 6").row("EX-0102").press("B");
    assert_eq!(found(&user)[0].0, RUST);
    assert!(page(&user).hits[0].likeness > page(&user).hits[1].likeness);
    user.press("esc 1").row("SO-0111").press("B");
    assert_eq!(found(&user)[0].0, SHADE);
    // Every way of sorting keeps every lesson.
    for _ in 0..3 {
        user.press("s");
        assert_eq!(found(&user).len(), 2);
    }
}

#[test]
fn a_lesson_is_written_changed_merged_retired_and_all_of_it_undone() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("B n").press("ctrl-s");
        assert!(!problem(&mut user, "symptom", lang).is_empty());
        user.fill("symptom", "牛津纺缸差超标")
            .fill("prevention", "首缸送样，缸差 4 级")
            .fill("tags", "面料 se");
        user.press("right");
        assert_eq!(user.app.editor().unwrap().draft()["tags"], "面料 色差");
        user.fill("customer", "nobody").press("ctrl-s");
        assert!(problem(&mut user, "customer", lang).contains("nobody"));
        user.fill("customer", "");
        save(&mut user);
        let new = lesson_of(&user, "牛津纺缸差超标").clone();
        assert_eq!(new.tags, "面料 色差");
        assert_eq!(new.exception_id, None);
        // The same once more is refused.
        user.press("n")
            .fill("symptom", "牛津紡缸差超標")
            .fill("prevention", "首缸送样，缸差 4 级")
            .press("ctrl-s");
        assert!(user.has_form());
        user.press("esc d");
        user.write("缸差超标")
            .press("enter e")
            .fill("solution", "退缸重染");
        save(&mut user);
        assert_eq!(lesson_of(&user, &new.symptom).solution, "退缸重染");
        user.press("u");
        assert_eq!(lesson_of(&user, &new.symptom).solution, "");
        user.press("U");
        // It has no exception to go to, and no use to judge.
        user.press("enter");
        assert_eq!(user.note(), said::NO_EXCEPTION.text(lang));
        user.press("h");
        assert_eq!(user.note(), said::NO_USE.text(lang));
        // Marked first, then merged into the one that stays.
        user.press("esc").press("home");
        while page(&user).selected != lesson_of(&user, SHADE).id {
            user.press("down");
        }
        let used = user.app.world.lesson_uses.of(page(&user).selected).count();
        assert_eq!(used, 1);
        let goes = page(&user).selected;
        user.press("m");
        assert_eq!(user.note(), said::MARKED.text(lang));
        user.press("home");
        while page(&user).selected != new.id {
            user.press("down");
        }
        user.press("m enter");
        let world = &user.app.world;
        assert_eq!(world.lesson_uses.of(goes).count(), 0);
        assert_eq!(world.lesson_uses.of(new.id).count(), 1);
        let gone = world.lessons.get(goes).unwrap();
        assert_eq!(gone.retired_on, Some(user.today()));
        assert!(gone.retired_reason.contains(&new.symptom));
        let stays = world.lessons.get(new.id).unwrap();
        assert!(stays.solution.contains("退缸重染") && stays.solution.contains("按缸号分床"));
        assert_eq!(stays.tags, "面料 色差 fabric shade");
        assert_eq!(stays.exception_id, gone.exception_id);
        user.press("u");
        let world = &user.app.world;
        assert_eq!(world.lesson_uses.of(goes).count(), 1);
        assert_eq!(world.lessons.get(goes).unwrap().retired_on, None);
        assert_eq!(world.lessons.get(new.id).unwrap().tags, "面料 色差");
        // Retired with a reason it is no longer proposed at the next order.
        user.press("home");
        while page(&user).selected != goes {
            user.press("down");
        }
        user.press("X").press("ctrl-s");
        assert!(!problem(&mut user, "reason", lang).is_empty());
        user.fill("reason", "不再用牛津纺");
        save(&mut user);
        let id = order_id(&user, "SO-0111");
        let order = user.app.world.orders.get(id).unwrap().clone();
        let proposed = |user: &User| {
            let list = lesson::at_entry(&user.app.world, &order);
            list.iter().any(|k| k.lesson.id == goes)
        };
        assert!(!proposed(&user));
        user.press("end");
        assert_eq!(page(&user).selected, goes, "retired ones come last");
        assert!(user.screen().contains("不再用牛津纺"), "{}", user.screen());
        user.press("X");
        assert!(proposed(&user));
        user.press("u u");
        assert!(proposed(&user));
    }
}

#[test]
fn two_words_about_one_order_become_one_when_lessons_are_merged() {
    let mut user = User::demo(Lang::Zh);
    user.press("1").row("SO-0111").part(PartKind::Lessons);
    user.press("o B n")
        .fill("symptom", "分缸色差又一条")
        .fill("prevention", "先验缸样");
    let customer = user
        .app
        .world
        .customers
        .iter()
        .find(|c| c.code == "C02")
        .unwrap()
        .name
        .clone();
    user.fill("customer", &customer);
    save(&mut user);
    let new = lesson_of(&user, "分缸色差又一条").id;
    let old = lesson_of(&user, SHADE).id;
    user.press("esc").row("先验缸样").press("w");
    user.fill("reason", "样品已验").save();
    let merge = gendan::command::lessons::MergeLessons {
        stays_id: old,
        goes_id: new,
    };
    let world = user.app.world.clone();
    let command = gendan::command::Command::MergeLessons(merge);
    gendan::command::apply(&mut user.app.store, &world, &command).unwrap();
    user.app.reload().unwrap();
    let id = order_id(&user, "SO-0111");
    let uses: Vec<_> = user
        .app
        .world
        .lesson_uses
        .iter()
        .filter(|u| u.order_id == id)
        .collect();
    assert_eq!(uses.len(), 1);
    assert!(uses[0].ticked && uses[0].lesson_id == old);
    assert_eq!(uses[0].reason, "样品已验");
    // One that is retired already, or the same twice, is not merged.
    let again = gendan::command::apply(&mut user.app.store, &user.app.world.clone(), &command);
    let wrong = again.unwrap_err();
    assert!(
        refusal::sentence(&wrong, Lang::En).contains(say::LESSON_IS_RETIRED.text(Lang::En)),
        "{wrong:?}"
    );
}

#[test]
fn a_person_says_whether_it_helped_and_a_share_needs_three_cases() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0111").part(PartKind::Lessons);
        user.press("H");
        assert_eq!(user.note(), said::NOT_USED_HERE.text(lang));
        user.press("o");
        let id = order_id(&user, "SO-0111");
        let helped = |user: &User| {
            let mut uses = user.app.world.lesson_uses.iter();
            uses.find(|u| u.order_id == id).unwrap().helped
        };
        assert_eq!(helped(&user), None);
        for (word, text) in [
            (Some(true), said::HELPED),
            (Some(false), said::NOT_HELPED),
            (None, intake::LESSON_TICKED),
        ] {
            user.press("H");
            assert_eq!(helped(&user), word);
            let screen = user.screen();
            assert!(screen.contains(text.text(lang)), "{screen}");
        }
        // The same from the base: Tab goes to where it was used.
        user.press("B tab h");
        assert_eq!(helped(&user), Some(true));
        user.press("u");
        assert_eq!(helped(&user), None);
    }
    let tally = |held, repeated| lesson::Tally {
        ticked: held + repeated,
        held,
        repeated,
    };
    assert_eq!(tally(2, 0).rate(), None);
    assert_eq!(tally(2, 1).rate(), Some(66));
    assert!(said::success(&tally(2, 0), Lang::En).contains("2 of 2"));
}

#[test]
fn what_happened_before_is_said_at_once_and_counted() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        // Heeded at this order, and it happens all the same.
        user.press("1").row("SO-0111").part(PartKind::Lessons);
        user.press("o").press("x");
        user.fill("what", "唛头印错").save();
        assert!(
            !user.note().contains(said::BEFORE.text(lang)),
            "{}",
            user.note()
        );
        let screen = user
            .press("x")
            .fill("what", "牛津紡又有分缸色差")
            .save()
            .note();
        assert!(screen.contains(said::BEFORE.text(lang)), "{screen}");
        assert!(screen.contains("首缸送样"), "{screen}");
        let newest = user
            .app
            .world
            .exceptions
            .iter()
            .next_back()
            .unwrap()
            .clone();
        let cases = base::before(&user.app.world, user.app.cx().base(), &newest);
        assert!(cases[0].used.unwrap().ticked);
        assert!(cases[0].likeness >= base::ALIKE);
        user.press("6").row(&newest.no);
        let story = user.press("tab").screen();
        assert!(story.contains(said::BEFORE.text(lang)), "{story}");
        let shade = lesson_of(&user, SHADE).id;
        let all = base::repetitions(&user.app.world, user.app.cx().base());
        assert!(all[&shade].contains(&newest.id), "{all:?}");
        assert!(!all[&shade].contains(&lesson_of(&user, SHADE).exception_id.unwrap()));
        user.press("B");
        assert!(user.screen().contains(&newest.no), "{}", user.screen());
        // Taken back, it is no repetition any more.
        user.press("u");
        let all = base::repetitions(&user.app.world, user.app.cx().base());
        assert!(!all.get(&shade).is_some_and(|ids| ids.contains(&newest.id)));
    }
}

#[test]
fn the_order_that_sounds_like_it_and_has_more_in_common_comes_first() {
    let mut user = User::demo(Lang::Zh);
    // A general lesson is found by its tag in the order's words; one tied elsewhere is not.
    for (symptom, tags, family) in [
        ("领子不对称", "衬衫", ""),
        ("油污", "衬衫", "bracket"),
        ("不相干", "冰箱", ""),
    ] {
        user.press("B n")
            .fill("symptom", symptom)
            .fill("prevention", "做样确认")
            .fill("tags", tags)
            .fill("family", family);
        save(&mut user);
        user.press("esc");
    }
    let world = &user.app.world;
    let order = world.orders.get(order_id(&user, "SO-0111")).unwrap();
    let list = lesson::ranked(world, user.app.cx().base(), order);
    let symptoms: Vec<&str> = list.iter().map(|k| k.lesson.symptom.as_str()).collect();
    assert_eq!(symptoms, [SHADE, "领子不对称"]);
    assert_eq!(list[1].why, [Why::Words]);
}

/// Three orders of a customer whose materials came late after an exception, and a fourth.
fn late_again_and_again(lang: Lang, late: &[u32]) -> User {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut store = Store::open(&path, Access::Write, clock(MONDAY), "li").unwrap();
    let mut orders = Vec::new();
    let mut milestones = Vec::new();
    let mut exceptions = Vec::new();
    let node = |order: &str, planned: &str, actual: &str| {
        format!(
            r#"{{"order":"{order}","seq":1,"code":"materials","name":"料到","owner":"purchasing","days":5,
            "calendar":"all","planned":"{planned}"{actual}}}"#
        )
    };
    for (n, days) in late.iter().enumerate() {
        let no = format!("SO-{n}");
        orders.push(format!(
            r#"{{"no":"{no}","customer":"C1","state":"accepted","lines":[{{"no":1,"item":"FP","qty":"5","requested_date":"2026-11-30"}}]}}"#
        ));
        let actual = format!(r#","actual":"2026-11-{:02}""#, 2 + days);
        milestones.push(node(&no, "2026-11-02", &actual));
        exceptions.push(format!(
            r#"{{"no":"EX-{n}","order":"{no}","stage":"materials","department":"purchasing","reported_at":"2026-11-01T09:00","what":"料迟"}}"#
        ));
    }
    orders.push(r#"{"no":"SO-9","customer":"C1","state":"accepted","lines":[{"no":1,"item":"FP","qty":"5","requested_date":"2026-12-30"}]}"#.to_owned());
    milestones.push(node("SO-9", "2026-12-25", ""));
    milestones.push(
        r#"{"order":"SO-9","seq":2,"code":"bought","name":"下单","owner":"purchasing","before":"materials","days":3,"calendar":"all","planned":"2026-12-22"}"#.to_owned(),
    );
    let text = format!(
        r#"{{"format":"gendan/1","customers":[{{"code":"C1","name":"甲"}}],
        "items":[{{"code":"FP","name":"衬衫","unit":"pcs","family":"","make":true}}],
        "orders":[{}],"milestones":[{}],"exceptions":[{}]}}"#,
        orders.join(","),
        milestones.join(","),
        exceptions.join(",")
    );
    let file = json::parse(&text).unwrap_or_else(|errors| panic!("{}", errors[0].say(Lang::En)));
    json::bring(&mut store, &file, "").unwrap_or_else(|_| panic!("refused"));
    User::on(store, folder, lang)
}

#[test]
fn a_node_that_was_late_three_times_is_offered_days_and_takes_them_by_one_key() {
    for lang in BOTH {
        let mut user = late_again_and_again(lang, &[4, 7, 5]);
        let id = order_id(&user, "SO-9");
        user.press("1").row("SO-9").part(PartKind::Milestones);
        user.row("料到");
        let screen = user.screen();
        assert!(screen.contains("+5?"), "{screen}");
        user.press("M");
        let screen = user.screen();
        assert!(
            screen.contains("SO-0") && screen.contains("SO-2"),
            "{screen}"
        );
        let node = |user: &User, code: &str| {
            let mut all = user.app.world.milestones.of(id);
            all.find(|m| m.code == code).unwrap().clone()
        };
        user.press("esc");
        assert_eq!(node(&user, "materials").buffer, 0, "never silently");
        user.press("M enter");
        let materials = node(&user, "materials");
        assert_eq!((materials.days, materials.buffer), (10, 5));
        assert_eq!(materials.revised.unwrap().to_string(), "2026-12-20");
        assert!(materials.revised_reason.contains("SO-1"));
        let bought = node(&user, "bought");
        assert_eq!(bought.revised.unwrap().to_string(), "2026-12-17");
        assert_eq!(bought.days, 3);
        // What was taken is not offered again, and the family's template keeps it.
        user.press("M");
        assert_eq!(user.note(), said::NO_BUFFER.text(lang));
        user.press("T enter");
        let kept = user.app.world.settings.iter();
        let kept = kept.last().unwrap().value.clone();
        assert!(kept.contains("buffer = 5"), "{kept}");
        user.press("u u");
        assert_eq!(node(&user, "materials").days, 5);
        assert_eq!(node(&user, "bought").revised, None);
    }
}

#[test]
fn two_late_orders_or_one_without_an_exception_ask_for_nothing() {
    let proposed = |late: &[u32]| {
        let user = late_again_and_again(Lang::En, late);
        let world = &user.app.world;
        let order = world.orders.get(order_id(&user, "SO-9")).unwrap();
        let found = buffer::proposals(world, order, user.today());
        found.into_values().map(|p| p.extra).collect::<Vec<_>>()
    };
    assert!(proposed(&[4, 7]).is_empty());
    assert!(proposed(&[4, 0, 7]).is_empty(), "one was in time");
    assert_eq!(proposed(&[4, 0, 7, 6]), vec![6_i64]);
    assert_eq!(proposed(&[20, 20, 20]), vec![buffer::BUFFER_MAX]);
}

#[test]
fn an_empty_base_says_what_to_do_and_takes_any_key() {
    for lang in BOTH {
        let mut user = User::new(lang);
        user.press("B");
        let screen = user.screen();
        let start: String = said::EMPTY.text(lang).chars().take(8).collect();
        assert!(screen.contains(&start), "{screen}");
        user.press("enter e m X h tab down end s / a esc ( esc");
        assert!(user.app.overlays.is_empty());
        for size in [(40, 10), (80, 24), (160, 45)] {
            let mut user = User::demo(lang);
            user.size = size;
            user.press("B down tab h esc");
            assert!(!user.screen().is_empty());
            user.press("esc");
            assert!(user.app.overlays.is_empty());
        }
    }
}

#[test]
fn the_command_line_lists_lessons_with_counts_and_ranks_them() {
    let (folder, db) = command_line::factory();
    let list = |more: &[&str]| {
        let mut arguments = vec!["--db", &db, "list", "lessons"];
        arguments.extend(more);
        let output = command_line::run(folder.path(), &arguments);
        assert!(output.status.success(), "{}", command_line::said(&output));
        command_line::out(&output)
    };
    let all: serde_json::Value = serde_json::from_str(&list(&["--format", "json"])).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 2);
    let text = list(&["--format", "json", "--filter", "面料又有分缸的色差"]);
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["symptom"], SHADE);
    assert_eq!(found[0]["exception"], "EX-0101");
    assert_eq!(found[0]["order"], "SO-0101");
    assert_eq!(
        (&found[0]["heeded"], &found[0]["held"]),
        (&1.into(), &1.into())
    );
    assert!(found[0]["success_pct"].is_null(), "one case is too few");
    assert!(found[0]["alike_pct"].as_u64().unwrap() >= 20);
    assert!(list(&["--format", "csv", "--filter", "yw"]).contains("48 h"));
    assert!(list(&["--filter", "饕餮"]).lines().count() == 1);
    // At one order it is what Intake shows.
    let at = list(&["--order", "SO-0111"]);
    assert!(at.contains("首缸送样"), "{at}");
}
