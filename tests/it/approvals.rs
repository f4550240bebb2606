//! Samples, lessons at entry and promises to the customer: by keys in both languages, and the rules.

use gendan::domain::codes::{SampleKind, Verdict};
use gendan::domain::rule::lesson::{self, Why};
use gendan::domain::rule::{commitment, sample};
use gendan::domain::world::World;
use gendan::panel::PartKind;
use gendan::text::{Lang, refusal};

use crate::support::User;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

/// Things of a kind that Today asks for about an order.
fn asked(user: &User, reason: &str, order: i64) -> usize {
    let same = |a: &&gendan::domain::rule::attention::Attention| {
        a.order_id == Some(order) && format!("{:?}", a.reason).starts_with(reason)
    };
    user.app.agenda.causes().iter().filter(same).count()
}

fn problem(user: &mut User, field: &str, lang: Lang) -> String {
    let editor = user.app.editor().unwrap();
    let found = editor.problem_of(field).map(|p| refusal::problem(p, lang));
    found.unwrap_or_else(|| panic!("nothing is said at {field}"))
}

fn empty_part(world: &World, order: &str) -> i64 {
    world.orders.iter().find(|o| o.no == order).unwrap().id
}

#[test]
fn a_sample_goes_out_is_rejected_and_its_next_round_is_proposed() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0107").part(PartKind::Samples);
        let id = empty_part(&user.app.world, "SO-0107");
        assert_eq!(user.app.world.samples.of(id).count(), 0);
        // What the form proposes is saved with one date typed: planned, not sent.
        user.press("l").fill("due", "2026-11-20").save();
        assert_eq!(asked(&user, "SampleDue", id), 1, "three days late to send");
        user.press("e")
            .fill("sent_on", "2026-12-24")
            .press("ctrl-s");
        assert!(
            !problem(&mut user, "sent_on", lang).is_empty(),
            "not from the future"
        );
        user.fill("sent_on", "2026-11-16")
            .fill("courier", "SF 1001");
        user.save();
        assert_eq!(asked(&user, "SampleDue", id), 0);
        assert_eq!(
            asked(&user, "SampleWaiting", id),
            1,
            "a week without a verdict"
        );
        user.press("e")
            .fill("verdict_on", "2026-11-13")
            .press("ctrl-s");
        assert!(
            !problem(&mut user, "verdict", lang).is_empty(),
            "a day without a verdict"
        );
        for _ in 0..6 {
            if user.app.editor().unwrap().focused() == "verdict" {
                break;
            }
            user.press("backtab");
        }
        user.press("left");
        assert_eq!(user.app.editor().unwrap().draft()["verdict"], "rejected");
        user.press("ctrl-s");
        assert!(
            !problem(&mut user, "verdict_on", lang).is_empty(),
            "before it was sent"
        );
        user.fill("verdict_on", "")
            .fill("comments", "领子太紧 collar too tight")
            .save();
        let row = user.app.world.samples.of(id).next().unwrap().clone();
        assert_eq!(row.verdict, Verdict::Rejected);
        assert_eq!(
            row.verdict_on,
            Some(user.today()),
            "today where no day is typed"
        );
        assert_eq!(asked(&user, "SampleRejected", id), 1);
        assert!(user.screen().contains("collar"), "{}", user.screen());
        // The next round is proposed, and the cause is gone with it.
        user.press("l");
        assert_eq!(user.app.editor().unwrap().draft()["round"], "2");
        user.press("ctrl-s");
        assert_eq!(asked(&user, "SampleRejected", id), 0);
        assert_eq!(user.app.world.samples.of(id).count(), 2);
        // The same kind and round twice is refused.
        user.press("l").fill("round", "2");
        while user.app.editor().unwrap().focused() != "kind" {
            user.press("backtab");
        }
        while user.app.editor().unwrap().draft()["kind"] != row.kind.code() {
            user.press("left");
        }
        user.press("ctrl-s");
        assert!(!problem(&mut user, "round", lang).is_empty());
        user.press("esc d");
        for _ in 0..4 {
            user.press("u");
        }
        assert_eq!(user.app.world.samples.of(id).count(), 0);
    }
}

#[test]
fn the_next_sample_follows_the_trade_and_the_rejections() {
    let mut user = User::demo(Lang::Zh);
    let id = empty_part(&user.app.world, "SO-0107");
    user.press("1").row("SO-0107").part(PartKind::Samples);
    let mut seen = Vec::new();
    for _ in SampleKind::ALL {
        user.press("l ctrl-s");
        let last = user.app.world.samples.of(id).map(|s| s.kind).max().unwrap();
        seen.push(last);
    }
    assert_eq!(seen, SampleKind::ALL);
    let order = user.app.world.orders.get(id).unwrap();
    let next = sample::next(&user.app.world, order, user.today());
    assert_eq!(next, (SampleKind::Shipment, 2));
}

#[test]
fn lessons_are_ticked_or_let_pass_with_a_reason_and_undone() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0111").part(PartKind::Lessons);
        let id = empty_part(&user.app.world, "SO-0111");
        assert_eq!(asked(&user, "LessonsOpen", id), 1);
        let taught = "首缸送样";
        assert!(user.screen().contains("采购单注明"), "{}", user.screen());
        let order = user.app.world.orders.get(id).unwrap().clone();
        let list = lesson::at_entry(&user.app.world, &order);
        assert!(list[0].lesson.prevention.contains(taught));
        assert_eq!(list[0].why, [Why::Customer, Why::Family, Why::Supplier]);
        let base = user.app.cx().base();
        let tally = lesson::tally(&user.app.world, base, list[0].lesson);
        assert_eq!((tally.ticked, tally.held), (1, 1));
        user.press("o");
        assert_eq!(asked(&user, "LessonsOpen", id), 0);
        user.press("w").press("ctrl-s");
        assert!(!problem(&mut user, "reason", lang).is_empty());
        user.fill("reason", "同一缸布 same dye lot").save();
        let used = user
            .app
            .world
            .lesson_uses
            .iter()
            .find(|u| u.order_id == id)
            .unwrap();
        assert!(!used.ticked && used.reason.contains("same dye lot"));
        user.press("u u");
        assert!(!user.app.world.lesson_uses.iter().any(|u| u.order_id == id));
        assert_eq!(asked(&user, "LessonsOpen", id), 1);
    }
}

#[test]
fn a_ticked_lesson_held_or_the_thing_happened_again() {
    let mut user = User::demo(Lang::Zh);
    let id = empty_part(&user.app.world, "SO-0111");
    let outcome = |user: &User| {
        let world = &user.app.world;
        let used = world.lesson_uses.iter().find(|u| u.order_id == id).unwrap();
        let base = user.app.cx().base();
        lesson::outcome(
            world,
            base,
            world.lessons.get(used.lesson_id).unwrap(),
            used,
        )
    };
    user.press("1")
        .row("SO-0111")
        .part(PartKind::Lessons)
        .press("o");
    assert_eq!(outcome(&user), None, "under way");
    // Something else goes wrong: another stage, another department, other words.
    user.press("esc 1").row("SO-0111").press("x");
    user.fill("what", "唛头印错").save();
    assert_eq!(outcome(&user), None);
    // The same again, told in nearly the same words.
    user.press("x").fill("what", "牛津纺又有分缸色差").save();
    assert_eq!(outcome(&user), Some(false));
    user.press("u")
        .press("1")
        .row("SO-0111")
        .press("X")
        .fill("reason", "客户取消")
        .save();
    assert_eq!(outcome(&user), Some(true), "the order ended without it");
}

#[test]
fn a_promise_later_than_asked_stays_marked_until_somebody_allows_it() {
    for lang in BOTH {
        let mut user = User::demo(lang);
        user.press("1").row("SO-0107").part(PartKind::Commitments);
        let id = empty_part(&user.app.world, "SO-0107");
        let line = user.app.world.order_lines.of(id).next().unwrap().clone();
        let wish = line.requested_date.unwrap();
        let past = user.app.world.commitments.of(line.id).count();
        let start = asked(&user, "NotAuthorised", id);
        assert_eq!(start, 0);
        user.press("l").fill("date", "2026-11-20").press("ctrl-s");
        assert!(
            !problem(&mut user, "date", lang).is_empty(),
            "not in the past"
        );
        let later = (wish + chrono::Days::new(7)).to_string();
        user.fill("date", &later).press("ctrl-s");
        assert!(
            !problem(&mut user, "reason", lang).is_empty(),
            "another date needs a reason"
        );
        user.fill("reason", "电镀排不上")
            .fill("words", "年前一定发")
            .save();
        assert_eq!(user.app.world.commitments.of(line.id).count(), past + 1);
        assert_eq!(asked(&user, "NotAuthorised", id), 1);
        let promised = |user: &User| {
            user.app
                .world
                .order_lines
                .get(line.id)
                .unwrap()
                .promised_date
        };
        assert_eq!(promised(&user).unwrap().to_string(), later);
        assert!(user.screen().contains("年前一定"), "{}", user.screen());
        user.press("home e").press("ctrl-s");
        assert!(!problem(&mut user, "authority", lang).is_empty());
        user.fill("authority", "王总 11-23 电话").save();
        assert_eq!(asked(&user, "NotAuthorised", id), 0);
        let latest = commitment::latest(&user.app.world, line.id).unwrap();
        assert_eq!(latest.authority, "王总 11-23 电话");
        // What stands is not changed; one within the wish needs nobody.
        user.press("e");
        assert!(!user.has_form(), "{}", user.screen());
        user.press("l")
            .fill("date", &wish.to_string())
            .fill("reason", "插单完成")
            .save();
        assert_eq!(asked(&user, "NotAuthorised", id), 0);
        user.press("u u u");
        assert_eq!(user.app.world.commitments.of(line.id).count(), past);
        assert_eq!(promised(&user), line.promised_date);
    }
}
