//! The silence detector: what is usual is learnt, days off are no silence, what is over is not missed.

use chrono::{Days, NaiveDate};
use gendan::command::{self, Command};
use gendan::domain::codes::{ChaseHow, ChaseResult, Subject};
use gendan::domain::quantity::Qty;
use gendan::domain::rule::attention::{Kind, Reason};
use gendan::domain::rule::news::{self, Learnt, News, Partner};
use gendan::panel::PartKind;
use gendan::text::{Lang, today as t};
use serde_json::json;

use super::{go, on};
use crate::support::User;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of(user: &User, subject: Subject, id: i64) -> Option<News> {
    let list = news::list(&user.app.world, user.today());
    list.into_iter()
        .find(|n| (n.subject, n.subject_id) == (subject, id))
}

/// The sample factory with many answered queries of the technical department, each after `days`.
fn answers_after(days: &'static [i64]) -> User {
    on(Lang::En, move |file| {
        let rows = file["queries"].as_array_mut().unwrap();
        for (n, wait) in days.iter().enumerate() {
            let raised = day("2026-10-12") + Days::new(n as u64 % 2);
            let answered = raised + Days::new(*wait as u64);
            rows.push(json!({
                "no": format!("Q-02{n:02}"), "order": "SO-0104", "department": "technical", "topic": "label",
                "question": "?", "raised_on": raised.to_string(), "due": answered.to_string(),
                "answered_on": answered.to_string(), "answered_by": "He", "answer": "yes"
            }));
        }
    })
}

#[test]
fn what_is_usual_is_learnt_from_the_partner_and_else_said_to_be_a_number() {
    let user = User::demo(Lang::En);
    let q = user
        .app
        .world
        .queries
        .iter()
        .find(|q| q.no == "Q-0012")
        .unwrap()
        .id;
    let told = of(&user, Subject::Query, q).unwrap();
    assert_eq!(
        (told.learnt, told.silence.usual),
        (Learnt::Nothing, news::DEPARTMENT_DAYS)
    );

    let user = answers_after(&[1, 1, 1, 1, 1, 1]);
    let told = of(&user, Subject::Query, q).unwrap();
    assert_eq!((told.learnt, told.silence.usual), (Learnt::Partner, 1));
    let line = user
        .app
        .agenda
        .lines()
        .find(|l| l.subject() == (Subject::Query, q))
        .unwrap();
    assert_eq!(
        line.silence(),
        told.silence.is_long().then_some(told.silence)
    );

    let user = answers_after(&[3, 3, 3, 3, 3]);
    let told = of(&user, Subject::Query, q).unwrap();
    assert_eq!((told.learnt, told.silence.usual), (Learnt::Partner, 3));
    assert!(!told.silence.is_long(), "as slow as ever");
}

#[test]
fn silence_is_said_on_the_line_and_ends_with_an_answer_not_with_a_question() {
    let mut user = answers_after(&[1, 1, 1, 1, 1, 1]);
    let q = user
        .app
        .world
        .queries
        .iter()
        .find(|q| q.no == "Q-0012")
        .unwrap()
        .id;
    user.sleep_until(day("2026-11-30"));
    let line = user
        .app
        .agenda
        .lines()
        .find(|l| l.subject() == (Subject::Query, q))
        .unwrap();
    let silence = line.silence().unwrap();
    assert!(silence.days > 2 * silence.usual);
    let cause = line
        .causes()
        .find(|a| matches!(a.reason, Reason::NoNews(_)))
        .unwrap();
    assert_eq!(cause.kind, Kind::Broken, "more than twice as long as usual");
    let said = format!("no news for {} days, usual 1", silence.days);
    let shown = format!(
        "{} {}",
        t::what(line, Lang::En),
        t::why(&user.app.world, line, user.today(), Lang::En)
    );
    assert!(shown.contains(&said), "{shown}");
    let chase = |result| {
        Command::Chase(command::followup::LogChase {
            subject: Subject::Query,
            subject_id: q,
            order_id: None,
            how: ChaseHow::Phone,
            result,
            answer: String::new(),
            new_date: None,
            qty: Qty::ZERO,
            next_on: None,
        })
    };
    go(&mut user, &chase(ChaseResult::NoAnswer));
    assert!(of(&user, Subject::Query, q).unwrap().silence.is_long());
    go(&mut user, &chase(ChaseResult::Accepted));
    let told = of(&user, Subject::Query, q).unwrap();
    assert_eq!((told.last, told.silence.days), (day("2026-11-30"), 0));
    go(
        &mut user,
        &Command::AnswerQuery(command::intake::AnswerQuery {
            query_id: q,
            answer: "14#".to_owned(),
            by: "He".to_owned(),
            effect: String::new(),
        }),
    );
    assert_eq!(of(&user, Subject::Query, q), None, "over");
}

#[test]
fn every_kind_of_partner_is_listened_to_and_nothing_that_is_over_or_on_hold() {
    let user = User::demo(Lang::En);
    let world = &user.app.world;
    let list = news::list(world, user.today());
    let any = |of: fn(&News) -> bool| list.iter().any(of);
    assert!(any(
        |n| matches!(n.partner, Partner::Department(_)) && n.subject == Subject::ProductionOrder
    ));
    assert!(any(
        |n| matches!(n.partner, Partner::Department(_)) && n.subject == Subject::Query
    ));
    assert!(any(
        |n| matches!(n.partner, Partner::Department(_)) && n.subject == Subject::Answer
    ));
    assert!(any(
        |n| matches!(n.partner, Partner::Supplier(_)) && n.subject == Subject::Purchase
    ));
    assert!(any(
        |n| matches!(n.partner, Partner::Customer(_)) && n.subject == Subject::Sample
    ));
    for n in &list {
        let order = world.orders.find(n.order_id);
        assert!(order.is_none_or(|o| !o.on_hold), "{n:?}");
        if n.subject == Subject::Purchase {
            let line = world.purchases.get(n.subject_id).unwrap();
            assert!(
                gendan::domain::rule::purchase::arrival(world, line)
                    .open
                    .is_positive()
            );
        }
    }
    let held = on(Lang::En, |file| {
        for order in file["orders"].as_array_mut().unwrap() {
            order["on_hold"] = true.into();
        }
    });
    let left = news::list(&held.app.world, held.today());
    assert!(left.iter().all(|n| n.order_id.is_none()), "{left:?}");
}

#[test]
fn today_shows_who_is_silent_and_leads_there() {
    for lang in [Lang::Zh, Lang::En] {
        let mut user = User::demo(lang);
        user.press("0").part(PartKind::Silence);
        let screen = user.screen();
        assert!(screen.contains(t::LAST_NEWS.text(lang)), "{screen}");
        let id = user.app.board().unwrap().spot().part_row;
        assert!(id > 0);
        user.press("enter");
        assert_ne!(user.app.stage, gendan::domain::codes::Stage::Today);
        user.press("0").part(PartKind::Silence).press("c");
        assert!(user.has_form());
        user.press("esc");
    }
}
