use super::*;
use std::collections::BTreeSet;

fn day(n: i64) -> NaiveDate {
    let start = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    start + chrono::TimeDelta::days(n)
}

/// A small generator, so that each run sees the same histories.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % sides).unwrap()
    }
}

const WHYS: [Why; 6] = [
    Why::Exception,
    Why::VerdictLate,
    Why::AnswerLate,
    Why::DeliveryLate,
    Why::StartedLate,
    Why::TookLonger,
];

fn history(dice: &mut Dice) -> Vec<Cause> {
    let whose = [
        Whose::Customer,
        Whose::Supplier(Some(1)),
        Whose::Department(Department::Qc),
        Whose::Ourselves,
        Whose::External,
    ];
    let count = dice.roll(9);
    (0..count)
        .map(|id| {
            let from = dice.roll(40);
            Cause {
                from: day(from),
                // Some last no day at all, some are turned round by bad data.
                to: day(from + dice.roll(14) - 1),
                whose: whose[usize::try_from(dice.roll(5)).unwrap()],
                why: WHYS[usize::try_from(dice.roll(6)).unwrap()],
                evidence: Evidence::Purchase(id),
            }
        })
        .collect()
}

/// Day by day from the end backward: whoever claims the day and lasted longest has it.
fn by_hand(
    late: i64,
    ends: NaiveDate,
    since: Option<NaiveDate>,
    causes: &[Cause],
) -> BTreeMap<NaiveDate, (Whose, Evidence)> {
    let mut out = BTreeMap::new();
    let claims = |day: NaiveDate| {
        let mut found: Vec<&Cause> = causes
            .iter()
            .filter(|c| c.from <= day && day < c.to && since.is_none_or(|s| day >= s))
            .collect();
        found.sort_by(|a, b| {
            let wait = b.why.is_wait().cmp(&a.why.is_wait());
            wait.then(b.to.cmp(&a.to))
                .then(a.from.cmp(&b.from))
                .then(a.why.cmp(&b.why))
                .then(a.whose.cmp(&b.whose))
                .then(a.evidence.cmp(&b.evidence))
        });
        found.first().map(|c| (c.whose, c.evidence))
    };
    let mut left = late;
    for back in 1..400 {
        let at = ends - chrono::TimeDelta::days(back);
        if let Some(claim) = claims(at).filter(|_| left > 0) {
            out.insert(at, claim);
            left -= 1;
        }
    }
    for back in 1..400 {
        let at = ends - chrono::TimeDelta::days(back);
        if left > 0 && claims(at).is_none() {
            out.insert(at, (Whose::Unexplained, Evidence::Nothing));
            left -= 1;
        }
    }
    out
}

#[test]
fn the_days_of_a_generated_history_add_up_and_are_those_counted_by_hand() {
    let mut dice = Dice(7);
    for round in 0..4_000 {
        let causes = history(&mut dice);
        let ends = day(20 + dice.roll(40));
        let late = dice.roll(30);
        let since = (dice.roll(3) == 0).then(|| day(dice.roll(30)));
        let (charges, absorbed) = charge(late, ends, since, &causes);
        let sum: i64 = charges.iter().map(Charge::days).sum();
        assert_eq!(sum, late, "round {round}: {charges:#?}");
        let mut days: BTreeMap<NaiveDate, (Whose, Evidence)> = BTreeMap::new();
        for c in &charges {
            assert!(c.from < c.to && c.to <= ends, "round {round}: {c:?}");
            for at in c.from.iter_days().take_while(|d| *d < c.to) {
                let twice = days.insert(at, (c.whose, c.evidence));
                assert_eq!(twice, None, "round {round}: {at} is charged twice");
            }
        }
        assert_eq!(days, by_hand(late, ends, since, &causes), "round {round}");
        let lost: BTreeSet<NaiveDate> = causes
            .iter()
            .flat_map(|c| c.from.iter_days().take_while(|d| *d < c.to))
            .filter(|d| *d < ends && since.is_none_or(|s| *d >= s))
            .collect();
        let explained = charges.iter().filter(|c| c.whose != Whose::Unexplained);
        let explained: i64 = explained.map(Charge::days).sum();
        assert_eq!(explained + absorbed, lost.len() as i64, "round {round}");
    }
}

#[test]
fn the_order_in_which_causes_are_found_changes_nothing() {
    let mut dice = Dice(99);
    for _ in 0..500 {
        let causes = history(&mut dice);
        let mut turned = causes.clone();
        turned.reverse();
        assert_eq!(
            charge(12, day(45), None, &causes),
            charge(12, day(45), None, &turned)
        );
    }
}

/// Days charged to anybody but nobody.
fn explained(late: i64, causes: &[Cause]) -> i64 {
    let (charges, _) = charge(late, day(60), None, causes);
    let known = charges.iter().filter(|c| c.whose != Whose::Unexplained);
    known.map(Charge::days).sum()
}

#[test]
fn one_more_fact_never_explains_less_and_one_more_late_day_never_frees_anybody() {
    let mut dice = Dice(3);
    for _ in 0..1_000 {
        let causes = history(&mut dice);
        let late = dice.roll(25);
        for known in 0..causes.len() {
            assert!(explained(late, &causes[..known]) <= explained(late, &causes[..=known]));
        }
        let of = |late: i64| {
            let (charges, _) = charge(late, day(60), None, &causes);
            let mut sums: BTreeMap<Evidence, i64> = BTreeMap::new();
            for c in charges {
                *sums.entry(c.evidence).or_default() += c.days();
            }
            sums
        };
        let more = of(late + 1);
        for (evidence, days) in of(late) {
            assert!(more[&evidence] >= days);
        }
    }
}

fn cause(from: i64, to: i64, whose: Whose, why: Why, id: i64) -> Cause {
    Cause {
        from: day(from),
        to: day(to),
        whose,
        why,
        evidence: Evidence::Purchase(id),
    }
}

fn said(charges: &[Charge]) -> Vec<(Whose, i64)> {
    charges.iter().map(|c| (c.whose, c.days())).collect()
}

#[test]
fn room_goes_to_the_first_who_needs_it_and_a_wait_comes_before_the_work_that_waited() {
    let supplier = Whose::Supplier(Some(1));
    let sewing = Whose::Department(Department::Production);
    let list = [
        cause(0, 5, Whose::Customer, Why::VerdictLate, 1),
        cause(10, 18, supplier, Why::DeliveryLate, 2),
        cause(12, 20, sewing, Why::StartedLate, 3),
    ];
    // Ten lost days after the customer's five: of twelve late days two are the customer's.
    let (charges, absorbed) = charge(12, day(40), None, &list);
    let want = [(Whose::Customer, 2), (supplier, 8), (sewing, 2)];
    assert_eq!((said(&charges), absorbed), (want.to_vec(), 3));
    let (charges, absorbed) = charge(3, day(40), None, &list);
    assert_eq!(
        (said(&charges), absorbed),
        (vec![(supplier, 1), (sewing, 2)], 12)
    );
    // The promise was made on the sixth day: what was lost before it is in the promise.
    let (charges, _) = charge(12, day(40), Some(day(6)), &list);
    let want = [(supplier, 8), (sewing, 2), (Whose::Unexplained, 2)];
    assert_eq!(said(&charges), want);
    assert_eq!(
        charges[2].to,
        day(40),
        "the last days nothing is known about"
    );
}

#[test]
fn of_two_waits_the_one_that_ended_last_has_the_days_of_both() {
    let supplier = Whose::Supplier(Some(1));
    let list = [
        cause(0, 6, Whose::Customer, Why::VerdictLate, 1),
        cause(4, 9, supplier, Why::DeliveryLate, 2),
    ];
    let (charges, _) = charge(9, day(9), None, &list);
    assert_eq!(said(&charges), [(Whose::Customer, 4), (supplier, 5)]);
}
