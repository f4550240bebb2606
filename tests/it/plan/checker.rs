//! Checks a plan against the rules of the shop floor; knows nothing of how plans are found.

use std::collections::BTreeMap;

use gendan::domain::calendar::Calendar;
use gendan::domain::quantity::MICRO;
use gendan::plan::input::{
    DAY, Job, Line, Minute, Operation, OperationState, PlanInput, Way, WorkCentre, day_of,
};
use gendan::plan::outcome::{Hold, PlanOutcome, PlannedOperation, PlannedOrder, WhyKind};

/// Open minutes of a line or of a supplier's days, minute by minute.
pub(crate) struct Hours<'a> {
    calendar: Option<&'a Calendar>,
    extra: Vec<(Minute, Minute)>,
    closed: Vec<(Minute, Minute)>,
    whole_days: bool,
}

impl<'a> Hours<'a> {
    fn of_line(input: &'a PlanInput, centre: &'a WorkCentre, line: &'a Line) -> Self {
        let code = line.calendar.as_ref().unwrap_or(&centre.calendar);
        let extra = input
            .options
            .overtime
            .iter()
            .filter(|o| o.centre == centre.code && o.line.as_ref().is_none_or(|l| *l == line.code))
            .flat_map(|o| o.spans.iter().map(|s| (s.start, s.end)))
            .collect();
        Self {
            calendar: input.calendars.iter().find(|c| c.code == *code),
            extra,
            closed: line.closed.iter().map(|s| (s.start, s.end)).collect(),
            whole_days: false,
        }
    }

    pub(crate) fn open(&self, t: Minute) -> bool {
        let inside = |spans: &[(Minute, Minute)]| spans.iter().any(|(a, b)| *a <= t && t < *b);
        let by_calendar = self.calendar.is_none_or(|c| {
            let shifts = c.shifts_on(day_of(t));
            let at = t.rem_euclid(DAY);
            let shift = |s: &gendan::domain::calendar::Shift| {
                i64::from(s.start) <= at && at < i64::from(s.end)
            };
            if self.whole_days {
                !shifts.is_empty()
            } else {
                shifts.iter().any(shift)
            }
        });
        (by_calendar || inside(&self.extra)) && !inside(&self.closed)
    }

    pub(crate) fn between(&self, from: Minute, to: Minute) -> i64 {
        (from..to).filter(|t| self.open(*t)).count() as i64
    }

    fn advance(&self, mut t: Minute, mut work: i64) -> Minute {
        while work > 0 {
            work -= i64::from(self.open(t));
            t += 1;
        }
        t
    }

    fn retreat(&self, mut t: Minute, mut work: i64) -> Minute {
        while work > 0 {
            t -= 1;
            work -= i64::from(self.open(t));
        }
        t
    }

    fn next_open(&self, mut t: Minute) -> Minute {
        while !self.open(t) {
            t += 1;
        }
        t
    }
}

/// Where and how long an operation is, as the rules see it.
pub(crate) struct Seen<'a> {
    pub(crate) job: &'a Job,
    pub(crate) source: &'a Operation,
    pub(crate) planned: &'a PlannedOperation,
    pub(crate) hours: Hours<'a>,
    /// Open minutes without changeover, until the first part, and for the last part it gets.
    work: i64,
    first: i64,
    last: i64,
    pub(crate) infinite: bool,
    changeover: i64,
    /// Family made on the line before everything.
    line_family: Option<String>,
}

/// Panics with the rule that is broken.
pub(crate) fn check(input: &PlanInput, outcome: &PlanOutcome) {
    let mut lines: BTreeMap<(String, String), Vec<Seen<'_>>> = BTreeMap::new();
    for order in &outcome.orders {
        let job = input.job(&order.id).unwrap();
        let seen = see_order(input, job, order);
        check_routing(input, &seen);
        check_order(input, order, &seen);
        for s in seen {
            if !s.infinite {
                let key = (s.planned.work_centre.clone(), s.planned.line.clone());
                lines.entry(key).or_default().push(s);
            }
        }
    }
    for (key, mut list) in lines {
        list.sort_by_key(|s| (s.planned.start, s.planned.end));
        check_line(input, &key, &list);
    }
    let late: i64 = outcome
        .orders
        .iter()
        .map(|o| o.weight.0 * ((o.finish - o.due).max(0) + DAY - 1).div_euclid(DAY))
        .sum();
    assert_eq!(late, outcome.totals.weighted_late_days.0);
    assert_eq!(
        outcome.totals.unplanned,
        input.jobs.len() - outcome.orders.len()
    );
    assert!(outcome.totals.utilisation.0 <= MICRO);
}

fn see_order<'a>(input: &'a PlanInput, job: &'a Job, order: &'a PlannedOrder) -> Vec<Seen<'a>> {
    let mut routing: Vec<&Operation> = job.operations.iter().collect();
    routing.sort_by_key(|o| o.seq);
    let open: Vec<&Operation> = routing
        .into_iter()
        .filter(|o| !matches!(o.state, OperationState::Done { .. }))
        .filter(|o| o.qty.0 == 0 || o.done.0 < o.qty.0)
        .collect();
    let seqs: Vec<i64> = open.iter().map(|o| o.seq).collect();
    let planned: Vec<i64> = order.operations.iter().map(|o| o.seq).collect();
    assert_eq!(
        seqs, planned,
        "{}: every open operation once, in order",
        job.id
    );
    let mut handed = 0;
    open.iter()
        .zip(&order.operations)
        .map(|(source, planned)| {
            let seen = see(input, job, source, planned, handed);
            let left = source.qty.0 - source.done.0;
            let part = source.transfer_qty.0;
            handed = if part > 0 && part < left { part } else { 0 };
            seen
        })
        .collect()
}

fn see<'a>(
    input: &'a PlanInput,
    job: &'a Job,
    source: &'a Operation,
    planned: &'a PlannedOperation,
    handed: i64,
) -> Seen<'a> {
    for way in &source.ways {
        match way {
            Way::Centre {
                centre,
                setup_minutes,
                minutes_per_unit,
                minutes_per_lot,
            } if *centre == planned.work_centre => {
                let place = input.centres.iter().find(|c| c.code == *centre).unwrap();
                let found = place.lines.iter().find(|l| l.code == planned.line);
                let spare = Line {
                    operators: 1,
                    efficiency: gendan::domain::quantity::Micro::ONE,
                    ..Line::default()
                };
                assert!(found.is_some() || place.infinite, "{}: a line", job.id);
                let line = found.unwrap_or(Box::leak(Box::new(spare)));
                let running = matches!(source.state, OperationState::Running { .. });
                let setup = if running { 0 } else { setup_minutes.0 };
                let speed = line.operators as f64 * line.efficiency.0 as f64 / 1e6;
                let left = source.qty.0 - source.done.0;
                let run = |micro: i64| {
                    let lot = if source.qty.0 > 0 {
                        minutes_per_lot.0 as f64 * micro as f64 / source.qty.0 as f64
                    } else {
                        minutes_per_lot.0 as f64
                    };
                    (minutes_per_unit.0 as f64 * micro as f64 / 1e6 + lot) / 1e6 / speed
                };
                // Test data keeps away from whole minutes, so that floats round the same way.
                let up = |minutes: f64| ((minutes - 1e-7).ceil() as i64).max(1);
                let setup = setup as f64 / 1e6;
                return Seen {
                    job,
                    source,
                    planned,
                    hours: Hours::of_line(input, place, line),
                    work: up(setup + run(left)),
                    first: up(setup + run(source.transfer_qty.0.min(left))),
                    last: up(run(handed.min(left))),
                    infinite: place.infinite,
                    changeover: place.changeover_minutes,
                    line_family: line.family.clone(),
                };
            }
            Way::Outside {
                supplier,
                days,
                calendar,
            } if *supplier == planned.work_centre => {
                return Seen {
                    job,
                    source,
                    planned,
                    hours: Hours {
                        calendar: calendar
                            .as_ref()
                            .and_then(|c| input.calendars.iter().find(|x| x.code == *c)),
                        extra: vec![],
                        closed: vec![],
                        whole_days: true,
                    },
                    work: days * DAY,
                    first: days * DAY,
                    last: days * DAY,
                    infinite: true,
                    changeover: 0,
                    line_family: None,
                };
            }
            _ => {}
        }
    }
    panic!(
        "{}/{}: not one of its ways: {planned:?}",
        job.id, source.seq
    );
}

/// The earliest minute the routing allows.
fn handed_at(before: &Seen<'_>, seen: &Seen<'_>) -> Minute {
    let wait = before.source.wait_after_minutes;
    let whole = before.planned.end + wait;
    let left = before.source.qty.0 - before.source.done.0;
    let part = before.source.transfer_qty.0;
    if part <= 0 || part >= left {
        return whole;
    }
    let first = before.hours.advance(before.planned.start, before.first) + wait;
    let work = seen.hours.between(seen.planned.start, seen.planned.end);
    let last = seen.hours.advance(whole, seen.last);
    first.max(seen.hours.retreat(last, work))
}

fn earliest(input: &PlanInput, seen: &[Seen<'_>], n: usize) -> Minute {
    let s = &seen[n];
    let mut routing: Vec<&Operation> = s.job.operations.iter().collect();
    routing.sort_by_key(|o| o.seq);
    let mut ready = input.now;
    if n == 0 {
        ready = ready.max(s.job.release);
    }
    if let Some(m) = &s.source.material {
        ready = ready.max(m.ready);
    }
    // What is done before it.
    for o in routing.iter().take_while(|o| o.seq < s.source.seq) {
        if let OperationState::Done { finished } = o.state {
            ready = ready.max(finished + o.wait_after_minutes);
        }
    }
    if n > 0 {
        ready = ready.max(handed_at(&seen[n - 1], s));
    }
    ready
}

fn check_routing(input: &PlanInput, seen: &[Seen<'_>]) {
    for (n, s) in seen.iter().enumerate() {
        let name = format!("{}/{} {:?}", s.job.id, s.source.seq, s.planned);
        let open = s.hours.between(s.planned.start, s.planned.end);
        match s.planned.hold {
            Hold::Free => {
                let ready = earliest(input, seen, n);
                assert!(s.planned.start >= ready, "{name}: starts before {ready}");
                assert!(
                    s.hours.open(s.planned.start),
                    "{name}: starts in closed time"
                );
                assert_eq!(
                    open,
                    s.work + s.planned.changeover_minutes,
                    "{name}: its work"
                );
                if s.infinite && input.options.early_days.is_none() {
                    assert_eq!(s.planned.start, s.hours.next_open(ready), "{name}: at once");
                }
            }
            Hold::Pinned => {
                let pin = s.source.pin.as_ref().unwrap();
                assert_eq!(Some(s.planned.start), pin.start, "{name}: pin kept");
                assert_eq!(open, s.work, "{name}: its work");
            }
            Hold::Running => {
                let rest = s.hours.between(input.now, s.planned.end);
                assert_eq!(rest, s.work, "{name}: the rest from now on");
            }
            Hold::Frozen => {
                let key = (&s.job.id, s.source.seq);
                let was = input
                    .accepted
                    .iter()
                    .find(|a| (&a.job, a.seq) == key)
                    .unwrap();
                assert_eq!(
                    (was.start, &was.line),
                    (s.planned.start, &s.planned.line),
                    "{name}"
                );
            }
        }
        if let Some(line) = s.source.pin.as_ref().and_then(|p| p.line.as_ref()) {
            assert_eq!(*line, s.planned.line, "{name}: pinned line");
        }
        assert!(s.planned.float_minutes >= 0, "{name}: float");
        assert!(s.planned.margin_minutes >= 0, "{name}: margin");
        let last = s.planned.why.kind == WhyKind::Pin;
        assert_eq!(last, s.planned.hold != Hold::Free, "{name}: pins say so");
    }
}

fn check_order(input: &PlanInput, order: &PlannedOrder, seen: &[Seen<'_>]) {
    if let Some(end) = seen.iter().map(|s| s.planned.end).max() {
        assert_eq!(order.finish, end);
        assert_eq!(
            order.start,
            seen.iter().map(|s| s.planned.start).min().unwrap()
        );
    }
    assert_eq!(order.late_minutes, (order.finish - order.due).max(0));
    let spent = order.spent;
    assert!(spent.from <= input.now);
    assert_eq!(
        spent.total(),
        order.finish - spent.from,
        "{}: {spent:?}",
        order.id
    );
    let parts = [
        spent.processing,
        spent.closed,
        spent.queue,
        spent.material,
        spent.held,
        spent.waiting,
    ];
    assert!(parts.iter().all(|p| *p >= 0), "{}: {spent:?}", order.id);
}

/// One at a time, changeovers counted, and nothing could start earlier where it stands.
fn check_line(input: &PlanInput, key: &(String, String), list: &[Seen<'_>]) {
    let mut family = list.first().and_then(|s| s.line_family.clone());
    let mut free = Minute::MIN;
    for (n, s) in list.iter().enumerate() {
        let fixed = s.planned.hold != Hold::Free;
        let name = format!("{key:?} {}/{}", s.job.id, s.source.seq);
        let both = n > 0 && fixed && list[n - 1].planned.hold != Hold::Free;
        assert!(both || s.planned.start >= free, "{name}: two at once");
        if !fixed {
            let differs = family.as_ref().is_some_and(|f| *f != s.job.family);
            let want = if differs { s.changeover } else { 0 };
            assert_eq!(
                s.planned.changeover_minutes, want,
                "{name}: changeover after {family:?}"
            );
        }
        if s.planned.end > free {
            // Of two pins that overlap, the one that ends last stands before the next.
            family = Some(s.job.family.clone());
        }
        free = free.max(s.planned.end);
    }
    let _ = input;
}
