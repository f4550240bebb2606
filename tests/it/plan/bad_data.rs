//! Wrong data gives a finding on the right object and a plan for all the rest.

use gendan::domain::calendar::Calendar;
use gendan::domain::quantity::Micro;
use gendan::plan::finding::{DATE_REACH, Fault, Finding, Place};
use gendan::plan::input::{Job, Line, Operation, OperationState, Pin, PlanInput, Way, WorkCentre};
use gendan::plan::outcome::{By, PlanOutcome, WhyKind};
use gendan::plan::sequence::Planner;

use super::checker::check;
use super::made::{NOW, day_shift};

fn line(code: &str) -> Line {
    Line {
        code: code.into(),
        operators: 1,
        efficiency: Micro::ONE,
        ..Line::default()
    }
}

fn centre(code: &str, lines: Vec<Line>) -> WorkCentre {
    WorkCentre {
        code: code.into(),
        calendar: "DAY".into(),
        lines,
        ..WorkCentre::default()
    }
}

fn step(seq: i64, centre: &str, minutes: i64) -> Operation {
    Operation {
        seq,
        ways: vec![Way::Centre {
            centre: centre.into(),
            setup_minutes: Micro::ZERO,
            minutes_per_unit: Micro::whole(minutes),
            minutes_per_lot: Micro::ZERO,
        }],
        qty: Micro::whole(1),
        ..Operation::default()
    }
}

fn job(id: &str, operations: Vec<Operation>) -> Job {
    Job {
        id: id.into(),
        order: format!("SO-{id}"),
        weight: Micro::ONE,
        release: NOW,
        due: NOW + 480,
        operations,
        ..Job::default()
    }
}

fn shop(jobs: Vec<Job>) -> PlanInput {
    PlanInput {
        now: NOW,
        calendars: vec![day_shift(), Calendar::always("A")],
        centres: vec![
            centre("SEW", vec![line("L1")]),
            centre("PACK", vec![line("P1")]),
        ],
        jobs,
        ..PlanInput::default()
    }
}

fn plan(input: &PlanInput) -> PlanOutcome {
    let outcome = Planner::new(input).outcome();
    check(input, &outcome);
    outcome
}

fn operation(job: &str, seq: i64, fault: Fault) -> Finding {
    Finding {
        on: Place::Operation {
            job: job.into(),
            seq,
        },
        fault,
    }
}

/// The good order B is planned at once, whatever is wrong with A.
fn check_rest(input: &PlanInput, finding: &Finding) {
    let outcome = plan(input);
    assert!(outcome.findings.contains(finding), "{:?}", outcome.findings);
    assert!(outcome.order("A").is_none());
    assert_eq!(outcome.order("B").unwrap().start, NOW);
    assert_eq!(outcome.totals.unplanned, 1);
}

#[test]
fn an_order_that_can_be_done_nowhere_is_named_and_the_others_are_planned() {
    let good = || job("B", vec![step(10, "SEW", 60)]);
    let at = |o: Operation| shop(vec![job("A", vec![o]), good()]);
    let nowhere = at(step(10, "DYE", 60));
    check_rest(
        &nowhere,
        &operation("A", 10, Fault::NoSuchCentre("DYE".into())),
    );
    check_rest(&nowhere, &operation("A", 10, Fault::NoWay));
    let long = at(step(10, "SEW", 900_000_000));
    check_rest(&long, &operation("A", 10, Fault::WorkTooLong));
    let none = shop(vec![job("A", vec![]), good()]);
    let on = Place::Job("A".into());
    let fault = Fault::NoOperations;
    check_rest(&none, &Finding { on, fault });
    let mut far = shop(vec![job("A", vec![step(10, "SEW", 60)]), good()]);
    far.jobs[0].due = i64::MAX;
    let on = Place::Job("A".into());
    let fault = Fault::DateOutOfRange(i64::MAX);
    check_rest(&far, &Finding { on, fault });
    far.jobs[0].due = NOW;
    far.jobs[0].release = NOW - DATE_REACH - 1;
    let on = Place::Job("A".into());
    let fault = Fault::DateOutOfRange(NOW - DATE_REACH - 1);
    check_rest(&far, &Finding { on, fault });
}

#[test]
fn a_centre_without_speed_lines_or_hours_is_named() {
    let mut input = shop(vec![
        job("A", vec![step(10, "PACK", 60)]),
        job("B", vec![step(10, "SEW", 60)]),
    ]);
    let no_line = Finding {
        on: Place::Centre("PACK".into()),
        fault: Fault::NoUsableLine,
    };
    let on_line = |fault| Finding {
        on: Place::Line {
            centre: "PACK".into(),
            line: "P1".into(),
        },
        fault,
    };
    input.centres[1].lines[0].efficiency = Micro::ZERO;
    check_rest(&input, &on_line(Fault::NoSpeed));
    check_rest(&input, &no_line);
    input.centres[1].lines[0].efficiency = Micro::ONE;
    input.centres[1].calendar = "NEVER".into();
    input.calendars.push(Calendar {
        code: "NEVER".into(),
        week: std::array::from_fn(|_| vec![]),
        days: std::collections::BTreeMap::new(),
    });
    check_rest(&input, &on_line(Fault::NeverOpen));
    input.centres[1].lines.clear();
    check_rest(&input, &no_line);
}

#[test]
fn codes_used_twice_and_unknown_calendars_do_not_stop_the_plan() {
    let mut input = shop(vec![job("B", vec![step(10, "SEW", 60)])]);
    input.jobs.push(input.jobs[0].clone());
    input.centres.push(input.centres[0].clone());
    input.calendars.push(input.calendars[0].clone());
    input.centres[1].calendar = "GONE".into();
    let outcome = Planner::new(&input).outcome();
    let places: Vec<&Place> = outcome.findings.iter().map(|f| &f.on).collect();
    for on in [
        Place::Calendar("DAY".into()),
        Place::Centre("SEW".into()),
        Place::Job("B".into()),
        Place::Line {
            centre: "PACK".into(),
            line: "P1".into(),
        },
    ] {
        assert!(places.contains(&&on), "{on:?} in {:?}", outcome.findings);
    }
    assert_eq!(outcome.orders.len(), 1);
}

#[test]
fn pins_that_contradict_stay_and_are_named() {
    let pinned = |id: &str, seq, start| {
        let mut o = step(seq, "SEW", 120);
        o.pin = Some(Pin {
            line: Some("L1".into()),
            start: Some(start),
        });
        (id.to_owned(), o)
    };
    let (a, first) = pinned("A", 10, NOW);
    let (b, second) = pinned("B", 20, NOW + 60);
    let input = shop(vec![
        job(&a, vec![first]),
        job(&b, vec![step(10, "PACK", 100), second]),
    ]);
    let outcome = plan(&input);
    let overlap = Fault::PinsOverlap {
        with: "A/10".into(),
    };
    let early = Fault::PinBeforePredecessor { ready: NOW + 100 };
    assert_eq!(
        outcome.findings,
        [operation("B", 20, overlap), operation("B", 20, early)]
    );
}

#[test]
fn reasons_point_to_what_binds() {
    let mut input = shop(vec![
        job("A", vec![step(10, "SEW", 120), step(20, "PACK", 60)]),
        job("B", vec![step(10, "SEW", 60)]),
    ]);
    input.jobs[0].weight = Micro::whole(9);
    input.jobs[0].due = NOW;
    let outcome = plan(&input);
    let why = |id: &str, at: usize| {
        let o = &outcome.order(id).unwrap().operations[at];
        (o.why.kind, o.why.by.code(), o.margin_minutes)
    };
    assert_eq!(why("A", 0), (WhyKind::Release, String::new(), 0));
    assert_eq!(why("A", 1), (WhyKind::Predecessor, "A/10".into(), 120));
    assert_eq!(why("B", 0), (WhyKind::Capacity, "A/10".into(), 120));
    let chain = outcome.chain("B");
    let ids: Vec<&str> = chain.iter().map(|l| l.job.as_str()).collect();
    assert_eq!(ids, ["A", "B"]);
    assert_eq!(outcome.blocked_by("A"), [("B".to_owned(), 10)]);
    assert_eq!(chain[0].why.by, By::Now);
}

#[test]
fn what_is_done_or_reported_is_not_planned_again() {
    let mut first = step(10, "SEW", 60);
    first.state = OperationState::Done { finished: NOW - 30 };
    first.wait_after_minutes = 90;
    let mut second = step(20, "PACK", 10);
    second.qty = Micro::whole(10);
    second.done = Micro::whole(4);
    let mut all = step(30, "SEW", 10);
    all.done = all.qty;
    let outcome = plan(&shop(vec![job("A", vec![first, second, all])]));
    let order = outcome.order("A").unwrap();
    assert_eq!(order.operations.len(), 1);
    assert_eq!(order.operations[0].start, NOW + 60);
    assert_eq!(order.operations[0].work_minutes, 60);
}
