//! Every reason not to chase now, each alone, and that it goes when its cause goes.

use gendan::domain::codes::{SampleKind, Subject, Verdict};
use gendan::domain::document::{Query, Sample};
use gendan::domain::followup::{Chase, Setting, Snooze};
use gendan::domain::moment::Moment;
use gendan::domain::purchase::Purchase;
use gendan::domain::rule::chase::{self, Hold};
use gendan::domain::rule::odds::Odds;
use gendan::domain::rule::supplier::{Slips, deliveries};
use gendan::domain::world::{Rows, World};

use super::{Line, TODAY, came, day, world};

/// Two open lines for order 1: material 1 and material 2.
fn two() -> World {
    let open = |item| Line {
        order: Some(1),
        needed: Some(TODAY + 3),
        receipts: vec![],
        ..came(1, item, TODAY + 1, 0)
    };
    world(&[open(1), open(2)])
}

/// What holds the two lines back.
fn holds(world: &World) -> (Option<Hold>, Option<Hold>) {
    let told = deliveries(world, day(TODAY));
    let slips = Slips::fit(told.iter(), day(TODAY));
    let list = chase::list(world, &slips, &[], day(TODAY));
    let of = |id| list.iter().find(|l| l.purchase_id == id).unwrap().hold;
    (of(1), of(2))
}

fn change(world: &mut World, id: i64, f: impl Fn(&mut Purchase)) {
    let mut all: Vec<Purchase> = world.purchases.iter().cloned().collect();
    all.iter_mut().filter(|p| p.id == id).for_each(f);
    world.purchases = Rows::new(all);
}

fn query(question: &str) -> Query {
    Query {
        id: 7,
        order_id: 1,
        question: question.to_owned(),
        ..Query::default()
    }
}

fn chased(days_ago: i64, next: Option<i64>) -> Chase {
    Chase {
        id: 1,
        subject: Subject::Purchase,
        subject_id: 1,
        at: Moment(day(TODAY - days_ago).and_hms_opt(9, 0, 0).unwrap()),
        next_on: next.map(|n| day(TODAY + n)),
        ..Chase::default()
    }
}

#[test]
fn nothing_holds_back_what_nobody_waits_for() {
    assert_eq!(holds(&two()), (None, None));
}

#[test]
fn an_open_query_holds_back_the_material_it_names_or_the_whole_order() {
    let hold = Some(Hold::Query(7));
    let mut world = two();
    world.queries = Rows::new(vec![query("which shade of M-1?")]);
    assert_eq!(holds(&world), (hold, None), "it names material 1 alone");
    world.queries = Rows::new(vec![query("which shade?")]);
    assert_eq!(holds(&world), (hold, hold), "it is about the order");
    let answered = Query {
        answered_on: Some(day(TODAY)),
        ..query("which shade?")
    };
    world.queries = Rows::new(vec![answered]);
    assert_eq!(holds(&world), (None, None));
    let other = Query {
        order_id: 2,
        ..query("which shade?")
    };
    world.queries = Rows::new(vec![other]);
    assert_eq!(holds(&world), (None, None), "another order's query");
}

#[test]
fn an_unpaid_deposit_holds_its_line_back() {
    let mut world = two();
    change(&mut world, 1, |p| p.deposit_due = Some(day(TODAY - 2)));
    assert_eq!(holds(&world), (Some(Hold::Deposit(day(TODAY - 2))), None));
    change(&mut world, 1, |p| p.deposit_paid_on = Some(day(TODAY)));
    assert_eq!(holds(&world), (None, None));
}

#[test]
fn an_unsent_sample_holds_the_order_back_unless_it_is_made_of_the_goods() {
    let sample = |kind, sent, verdict| {
        let mut world = two();
        world.samples = Rows::new(vec![Sample {
            id: 5,
            order_id: 1,
            kind,
            round: 1,
            sent_on: sent,
            verdict,
            ..Sample::default()
        }]);
        holds(&world)
    };
    let hold = (Some(Hold::Sample(5)), Some(Hold::Sample(5)));
    assert_eq!(sample(SampleKind::LabDip, None, Verdict::Waiting), hold);
    let sent = Some(day(TODAY - 4));
    assert_eq!(
        sample(SampleKind::LabDip, sent, Verdict::Waiting),
        (None, None)
    );
    assert_eq!(
        sample(SampleKind::LabDip, sent, Verdict::Rejected),
        hold,
        "the next round is ours"
    );
    assert_eq!(
        sample(SampleKind::Shipment, None, Verdict::Waiting),
        (None, None)
    );
}

#[test]
fn a_re_ask_waits_for_the_day_agreed_or_for_some_working_days() {
    let asked = |chase: Chase| {
        let mut world = two();
        world.chases = Rows::new(vec![chase]);
        holds(&world).0
    };
    assert_eq!(asked(chased(9, Some(2))), Some(Hold::Next(day(TODAY + 2))));
    assert_eq!(asked(chased(1, Some(0))), None, "the day has come");
    assert_eq!(asked(chased(0, None)), Some(Hold::Asked(day(TODAY))));
    assert_eq!(asked(chased(9, None)), None);
    // Today is a Friday: Wednesday is two working days ago.
    assert_eq!(asked(chased(1, None)), Some(Hold::Asked(day(TODAY - 1))));
    assert_eq!(asked(chased(2, None)), None);
    let mut world = two();
    world.chases = Rows::new(vec![chased(2, None)]);
    world.settings = Rows::new(vec![Setting {
        id: 1,
        key: chase::DAYS_SETTING.to_owned(),
        value: "3".to_owned(),
        ..Setting::default()
    }]);
    assert_eq!(holds(&world).0, Some(Hold::Asked(day(TODAY - 2))), "as set");
}

#[test]
fn what_is_put_off_waits_and_what_waits_comes_last() {
    let mut world = two();
    world.snoozes = Rows::new(vec![Snooze {
        id: 1,
        subject: Subject::Purchase,
        subject_id: 1,
        until: day(TODAY + 1),
        ..Snooze::default()
    }]);
    // Line 1 would come first: it is needed earlier.
    change(&mut world, 1, |p| p.required_date = Some(day(TODAY - 30)));
    assert_eq!(holds(&world), (Some(Hold::PutOff(day(TODAY + 1))), None));
    let slips = Slips::fit([].iter(), day(TODAY));
    let list = chase::list(&world, &slips, &[], day(TODAY));
    let order: Vec<i64> = list.iter().map(|l| l.purchase_id).collect();
    assert_eq!(order, [2, 1]);
    assert!(list[1].loss > list[0].loss);
}

#[test]
fn later_than_ever_seen_is_counted_from_today() {
    let odds = Odds::of([(0, 3), (4, 1)]).unwrap();
    let arrival = chase::arrival(&odds, day(TODAY - 9), day(TODAY));
    assert_eq!(
        (arrival.quantile(1), arrival.quantile(99)),
        (13, 13),
        "four days from today"
    );
    let never = chase::arrival(&Odds::sure(0), day(TODAY - 9), day(TODAY));
    assert_eq!(never.quantile(50), 10, "tomorrow at the earliest");
    let early = chase::arrival(
        &Odds::of([(-5, 1), (0, 1)]).unwrap(),
        day(TODAY + 2),
        day(TODAY),
    );
    assert_eq!(early.quantile(1), 0, "it did not come in the past");
}
