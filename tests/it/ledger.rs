//! The late-days ledger: its days add up, its facts are charged to the right side, its page leads
//! to the evidence.

mod screens;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use gendan::domain::codes::*;
use gendan::domain::document::{Query, Sample};
use gendan::domain::exception::Exception;
use gendan::domain::followup::Chase;
use gendan::domain::moment::Moment;
use gendan::domain::order::{Acknowledgement, Amendment, Commitment, Order, OrderLine};
use gendan::domain::partner::Supplier;
use gendan::domain::past::Hold;
use gendan::domain::production::{Operation, Plan, PlanRow, ProductionOrder};
use gendan::domain::progress::{Progress, Shipment, ShipmentLine};
use gendan::domain::purchase::{Promise, Purchase, Receipt};
use gendan::domain::quantity::Micro;
use gendan::domain::review::Decision;
use gendan::domain::rule::ledger::pareto::{self, By, Period};
use gendan::domain::rule::ledger::{self, Charge, Evidence, Facts, Given, Whose, Why, causes};
use gendan::domain::world::{Rows, World};

fn day(n: i64) -> NaiveDate {
    let start = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    start + chrono::TimeDelta::days(n)
}

fn at(n: i64) -> Moment {
    Moment::start_of(day(n))
}

/// A small generator, so that each run sees the same histories.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 % sides).unwrap()
    }
}

/// One order for 100 pieces, promised on day 0 for day `promised`, shipped on day `shipped`.
fn order(promised: i64, shipped: Option<i64>) -> World {
    let due = Some(day(promised));
    World {
        orders: Rows::new(vec![Order {
            id: 1,
            no: "A".to_owned(),
            customer_id: Some(1),
            state: OrderState::Accepted,
            received_at: Some(at(-10)),
            ..Order::default()
        }]),
        order_lines: Rows::new(vec![OrderLine {
            id: 1,
            order_id: 1,
            no: 1,
            qty: Micro::whole(100),
            requested_date: due,
            promised_date: due,
            ..OrderLine::default()
        }]),
        commitments: Rows::new(vec![Commitment {
            id: 1,
            order_line_id: 1,
            date: day(promised),
            made_on: day(0),
            ..Commitment::default()
        }]),
        decisions: Rows::new(vec![Decision {
            id: 1,
            order_id: 1,
            kind: DecisionKind::Accept,
            decided_on: day(0),
            ..Decision::default()
        }]),
        shipments: Rows::new(vec![Shipment {
            id: 1,
            order_id: 1,
            planned: None,
            shipped_on: shipped.map(day),
            ..Shipment::default()
        }]),
        shipment_lines: Rows::new(vec![ShipmentLine {
            id: 1,
            shipment_id: 1,
            order_line_id: 1,
            qty: Micro::whole(100),
            ..ShipmentLine::default()
        }]),
        ..World::default()
    }
}

fn purchase(id: i64, need: i64, came: Option<i64>, world: &mut World) {
    let mut bought: Vec<Purchase> = world.purchases.iter().cloned().collect();
    bought.push(Purchase {
        id,
        no: format!("PO-{id}"),
        supplier_id: Some(1),
        order_id: Some(1),
        qty: Micro::whole(10),
        required_date: Some(day(need)),
        ..Purchase::default()
    });
    world.purchases = Rows::new(bought);
    let mut receipts: Vec<Receipt> = world.receipts.iter().cloned().collect();
    receipts.extend(came.map(|n| Receipt {
        id,
        purchase_id: id,
        date: day(n),
        accepted: Micro::whole(10),
        ..Receipt::default()
    }));
    world.receipts = Rows::new(receipts);
}

/// Class, reason and days of every charge, in order of day.
fn charged(world: &World, today: i64) -> Vec<(Whose, Why, i64)> {
    let given = Given::on(day(today));
    let facts = Facts::new(world, &given);
    let found = ledger::of_order(&facts, world.orders.get(1).unwrap());
    let Some(found) = found else {
        return Vec::new();
    };
    let sum: i64 = found.charges.iter().map(Charge::days).sum();
    assert_eq!(sum, found.late.days());
    found
        .charges
        .iter()
        .map(|c| (c.whose, c.why, c.days()))
        .collect()
}

const SUPPLIER: Whose = Whose::Supplier(Some(1));

#[test]
fn an_order_in_time_has_no_ledger_and_a_late_one_without_facts_is_not_explained() {
    assert!(charged(&order(30, Some(30)), 90).is_empty());
    let late = [(Whose::Unexplained, Why::Unexplained, 4)];
    assert_eq!(charged(&order(30, Some(34)), 90), late);
    // Not shipped: late by today.
    assert_eq!(charged(&order(30, None), 34), late);
    let mut declined = order(30, None);
    let mut row = declined.orders.get(1).unwrap().clone();
    row.state = OrderState::Declined;
    declined.orders = Rows::new(vec![row]);
    assert!(charged(&declined, 90).is_empty());
}

#[test]
fn a_late_delivery_is_the_suppliers_the_buyers_and_ours_in_its_parts() {
    let mut world = order(30, Some(50));
    purchase(1, 10, Some(28), &mut world);
    assert_eq!(
        charged(&world, 90),
        [
            (SUPPLIER, Why::DeliveryLate, 18),
            (Whose::Unexplained, Why::Unexplained, 2)
        ]
    );
    // Ordered on day 7 with a week of lead time on a calendar of six days: no earlier than 15.
    world.suppliers = Rows::new(vec![Supplier {
        id: 1,
        lead_days: 7,
        ..Supplier::default()
    }]);
    let mut bought = world.purchases.get(1).unwrap().clone();
    bought.ordered_on = Some(day(7));
    world.purchases = Rows::new(vec![bought]);
    // Asked on day 16, to be asked again on 18, asked on 21.
    let chase = |id, n, next| Chase {
        id,
        subject: Subject::Purchase,
        subject_id: 1,
        at: at(n),
        next_on: next,
        ..Chase::default()
    };
    world.chases = Rows::new(vec![chase(1, 16, Some(day(18))), chase(2, 21, None)]);
    let buyers = Whose::Department(Department::Purchasing);
    assert_eq!(
        charged(&world, 90)[..4],
        [
            (buyers, Why::BoughtLate, 5),
            (SUPPLIER, Why::DeliveryLate, 3),
            (Whose::Ourselves, Why::ChasedLate, 3),
            (SUPPLIER, Why::DeliveryLate, 7),
        ]
    );
    // An exception about the line that found another cause moves the supplier's days there.
    world.exceptions = Rows::new(vec![Exception {
        id: 1,
        no: "EX".to_owned(),
        purchase_id: Some(1),
        cause: Some(CauseClass::External),
        ..Exception::default()
    }]);
    assert_eq!(
        charged(&world, 90)[1],
        (Whose::External, Why::DeliveryLate, 3)
    );
}

#[test]
fn approvals_answers_changes_and_holds_have_their_own_days() {
    let mut world = order(30, Some(60));
    world.samples = Rows::new(vec![
        Sample {
            id: 1,
            order_id: 1,
            due: Some(day(2)),
            sent_on: Some(day(4)),
            verdict: Verdict::Rejected,
            verdict_on: Some(day(12)),
            ..Sample::default()
        },
        Sample {
            id: 2,
            order_id: 1,
            round: 2,
            sent_on: Some(day(15)),
            verdict: Verdict::Approved,
            verdict_on: Some(day(18)),
            ..Sample::default()
        },
    ]);
    world.queries = Rows::new(vec![Query {
        id: 1,
        order_id: 1,
        department: Department::Qc,
        raised_on: day(20),
        due: Some(day(22)),
        answered_on: Some(day(25)),
        ..Query::default()
    }]);
    world.amendments = Rows::new(vec![Amendment {
        id: 1,
        order_id: 1,
        no: 1,
        made_on: day(30),
        ..Amendment::default()
    }]);
    world.acknowledgements = Rows::new(vec![Acknowledgement {
        id: 1,
        amendment_id: 1,
        asked_on: day(30),
        seen_on: Some(day(32)),
        ..Acknowledgement::default()
    }]);
    world.holds = vec![Hold {
        no: "A".to_owned(),
        made: false,
        from: at(40),
        to: Some(at(45)),
    }];
    let technical = Whose::Department(Department::Technical);
    let want = [
        (technical, Why::SampleLate, 2),
        (Whose::Customer, Why::VerdictLate, 3),
        (technical, Why::SampleAgain, 3),
        (Whose::Ourselves, Why::AskedLate, 2),
        (Whose::Department(Department::Qc), Why::AnswerLate, 3),
        (Whose::Customer, Why::Changed, 2),
        (Whose::Customer, Why::OrderHeld, 5),
        (Whose::Unexplained, Why::Unexplained, 10),
    ];
    assert_eq!(charged(&world, 90), want);
    // A promise that moves with the change costs what it moved, whoever has seen it.
    let first = world.commitments.get(1).unwrap().clone();
    world.commitments = Rows::new(vec![
        first.clone(),
        Commitment {
            id: 2,
            date: day(37),
            made_on: day(31),
            ..first
        },
    ]);
    assert!(charged(&world, 90).contains(&(Whose::Customer, Why::Changed, 7)));
}

#[test]
fn an_operation_answers_for_the_days_it_added_alone() {
    let mut world = order(30, Some(45));
    world.production_orders = Rows::new(vec![ProductionOrder {
        id: 1,
        no: "M".to_owned(),
        order_line_id: Some(1),
        qty: Micro::whole(100),
        state: ProductionState::Released,
        released_on: Some(day(12)),
        ..ProductionOrder::default()
    }]);
    let operation = |id| Operation {
        id,
        production_order_id: 1,
        seq: id * 10,
        ..Operation::default()
    };
    world.operations = Rows::new(vec![operation(1), operation(2)]);
    world.plans = Rows::new(vec![Plan {
        id: 1,
        ..Plan::default()
    }]);
    let place = |id, operation_id, from, to| PlanRow {
        id,
        plan_id: 1,
        operation_id,
        starts: at(from),
        ends: at(to),
        ..PlanRow::default()
    };
    world.plan_rows = Rows::new(vec![place(1, 1, 10, 14), place(2, 2, 14, 20)]);
    let figure = |id, operation_id, n| Progress {
        id,
        operation_id,
        date: day(n),
        good: Micro::whole(50),
        ..Progress::default()
    };
    // Released 2 late, began 3 late, ended 5 late; the next began 5 late and ended 9 late.
    world.progress = Rows::new(vec![
        figure(1, 1, 13),
        figure(2, 1, 19),
        figure(3, 2, 19),
        figure(4, 2, 29),
    ]);
    let sewing = Whose::Department(Department::Production);
    assert_eq!(
        charged(&world, 90),
        [
            (Whose::Ourselves, Why::ReleasedLate, 2),
            (sewing, Why::StartedLate, 1),
            (sewing, Why::TookLonger, 2),
            (sewing, Why::TookLonger, 4),
            (Whose::Unexplained, Why::Unexplained, 6),
        ]
    );
    // A delivery that was waited for takes the days of the work it held up.
    purchase(1, 12, Some(29), &mut world);
    assert_eq!(charged(&world, 90), [(SUPPLIER, Why::DeliveryLate, 15)]);
}

/// A history with overlapping causes of every kind.
fn history(dice: &mut Dice) -> World {
    let promised = 20 + dice.roll(20);
    let shipped = (dice.roll(4) > 0).then(|| 10 + dice.roll(70));
    let mut world = order(promised, shipped);
    for id in 1..=dice.roll(5) {
        let need = dice.roll(40);
        let came = (dice.roll(5) > 0).then(|| need + dice.roll(25) - 8);
        purchase(id, need, came, &mut world);
    }
    let promises = world.purchases.iter().map(|p| Promise {
        id: p.id,
        purchase_id: p.id,
        date: day(dice.roll(50)),
        said_on: day(dice.roll(10)),
        ..Promise::default()
    });
    world.promises = Rows::new(promises.collect());
    let samples = (1..=dice.roll(4)).map(|id| {
        let sent = dice.roll(30);
        Sample {
            id,
            order_id: 1,
            round: id,
            due: Some(day(sent - dice.roll(6))),
            sent_on: (dice.roll(4) > 0).then(|| day(sent)),
            verdict: Verdict::ALL[usize::try_from(dice.roll(4)).unwrap()],
            verdict_on: (dice.roll(3) > 0).then(|| day(sent + dice.roll(20))),
            ..Sample::default()
        }
    });
    world.samples = Rows::new(samples.collect());
    let queries = (1..=dice.roll(4)).map(|id| Query {
        id,
        order_id: 1,
        department: Department::ALL[usize::try_from(dice.roll(8)).unwrap()],
        raised_on: day(dice.roll(30)),
        due: (dice.roll(3) > 0).then(|| day(dice.roll(40))),
        answered_on: (dice.roll(3) > 0).then(|| day(dice.roll(60))),
        ..Query::default()
    });
    world.queries = Rows::new(queries.collect());
    let exceptions = (1..=dice.roll(4)).map(|id| Exception {
        id,
        order_id: Some(1),
        purchase_id: (dice.roll(2) == 0).then_some(1),
        reported_at: at(dice.roll(40)),
        cause: (dice.roll(3) > 0).then(|| CauseClass::ALL[usize::try_from(dice.roll(5)).unwrap()]),
        acted_on: (dice.roll(2) == 0).then(|| day(dice.roll(60))),
        closed_on: (dice.roll(2) == 0).then(|| day(dice.roll(70))),
        ..Exception::default()
    });
    world.exceptions = Rows::new(exceptions.collect());
    world.holds = (0..dice.roll(2))
        .map(|_| Hold {
            no: "A".to_owned(),
            made: false,
            from: at(dice.roll(40)),
            to: (dice.roll(2) == 0).then(|| at(40 + dice.roll(20))),
        })
        .collect();
    world
}

#[test]
fn ledgers_of_generated_histories_add_up_day_by_day() {
    let mut dice = Dice(2_026);
    let (mut late, mut overlapping) = (0, 0);
    for round in 0..1_500 {
        let world = history(&mut dice);
        let given = Given::on(day(60));
        let facts = Facts::new(&world, &given);
        let order = world.orders.get(1).unwrap();
        let lateness = facts.lateness(order).unwrap();
        let want = (lateness.ends - lateness.agreed).num_days().max(0);
        let Some(found) = ledger::of_order(&facts, order) else {
            assert_eq!(want, 0, "round {round}");
            continue;
        };
        late += 1;
        let claims = causes::of_order(&facts, order);
        let mut days: BTreeMap<NaiveDate, (Whose, Evidence)> = BTreeMap::new();
        for charge in &found.charges {
            let mut at = charge.from;
            while at < charge.to {
                let twice = days.insert(at, (charge.whose, charge.evidence));
                assert_eq!(twice, None, "round {round}: {at}");
                at = at + Days::new(1);
            }
        }
        assert_eq!(days.len() as i64, want, "round {round}: {found:#?}");
        for (at, (whose, evidence)) in days {
            let all = claims.iter().filter(|c| c.from <= at && at < c.to);
            let all: Vec<_> = all.filter(|_| at >= day(0)).collect();
            overlapping += i64::from(all.len() > 1);
            if whose == Whose::Unexplained {
                assert!(all.is_empty(), "round {round}: {at} has a cause");
                continue;
            }
            // The one that has the day claims it, and no wait that claims it ended later.
            let has = |c: &&&ledger::Cause| c.whose == whose && c.evidence == evidence;
            let own = all.iter().filter(has).map(|c| c.to).max();
            let own = own.unwrap_or_else(|| panic!("round {round}: {at} is nobody's"));
            assert!(all.iter().all(|c| c.to <= own || !c.why.is_wait()));
        }
    }
    assert!(late > 700 && overlapping > 3_000, "{late} {overlapping}");
}

#[test]
fn the_pareto_and_the_trend_hold_the_same_days_as_the_ledgers() {
    let mut dice = Dice(11);
    for _ in 0..200 {
        let world = history(&mut dice);
        let given = Given::on(day(60));
        let all = ledger::all(&Facts::new(&world, &given));
        let first = NaiveDate::from_ymd_opt(2026, 4, 1);
        for period in [
            Period::default(),
            Period {
                from: first,
                to: None,
            },
        ] {
            let days: i64 = pareto::charges(&all, &period).map(|(_, c)| c.days()).sum();
            let bars = pareto::bars(&world, &all, By::Cause, period);
            assert_eq!(bars.iter().map(|b| b.days).sum::<i64>(), days);
            assert!(bars.windows(2).all(|w| w[0].days >= w[1].days));
            if days > 0 {
                assert_eq!(bars.last().unwrap().cumulative, Micro::ONE);
            }
            let months = pareto::trend(&all, period);
            assert_eq!(months.iter().map(|m| m.days).sum::<i64>(), days);
            let part: i64 = [By::Supplier, By::Department]
                .iter()
                .flat_map(|by| pareto::bars(&world, &all, *by, period))
                .map(|b| b.days)
                .sum();
            let named = bars
                .iter()
                .filter(|b| matches!(b.whose, Whose::Supplier(_) | Whose::Department(_)));
            assert_eq!(named.map(|b| b.days).sum::<i64>(), part);
            let counted: usize = bars.iter().map(|b| b.exceptions).sum();
            let mut told = world.exceptions.iter();
            let told = told.by_ref().filter(|e| period.holds(e.reported_at.date()));
            assert_eq!(counted, told.count());
        }
    }
}
