//! Made-up factories from a seed: small, with everything in them that the planner knows.

use gendan::domain::calendar::{Calendar, parse_shifts};
use gendan::domain::quantity::Micro;
use gendan::plan::input::{
    DAY, DeliveryPolicy, Job, Line, Material, Operation, OperationState, Overtime, Pin, PlanInput,
    Release, Span, Way, WorkCentre,
};

/// A small repeatable source of chance.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    pub(crate) fn below(&mut self, n: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695);
        ((self.0 >> 33) % n as u64) as i64
    }

    fn one_in(&mut self, n: i64) -> bool {
        self.below(n) == 0
    }
}

/// Monday 2000-01-03, 08:00.
pub(crate) const NOW: i64 = 2 * DAY + 480;

pub(crate) fn day_shift() -> Calendar {
    let shifts = parse_shifts("08:00-12:00 13:30-17:30").unwrap();
    let mut calendar = Calendar::always("DAY");
    for (at, day) in calendar.week.iter_mut().enumerate() {
        *day = if at < 6 { shifts.clone() } else { vec![] };
    }
    calendar
}

/// A factory with all features; `jobs` orders of one to four operations.
pub(crate) fn factory(seed: u64, jobs: i64) -> PlanInput {
    let mut dice = Dice::new(seed);
    let mut two = day_shift();
    two.code = "TWO".into();
    let long = parse_shifts("06:00-14:00 14:00-22:00").unwrap();
    two.week.iter_mut().take(5).for_each(|d| *d = long.clone());
    let centres = (0..3)
        .map(|c| centre(&mut dice, c))
        .chain([WorkCentre {
            code: "DRY".into(),
            calendar: "A".into(),
            infinite: true,
            ..WorkCentre::default()
        }])
        .collect();
    let overtime = vec![Overtime {
        centre: "C1".into(),
        line: None,
        spans: vec![Span {
            start: NOW + DAY + 600,
            end: NOW + DAY + 720,
        }],
    }];
    let mut input = PlanInput {
        now: NOW,
        calendars: vec![day_shift(), two, Calendar::always("A")],
        centres,
        jobs: (0..jobs).map(|j| job(&mut dice, j)).collect(),
        ..PlanInput::default()
    };
    input.options.overtime = overtime;
    input
}

fn centre(dice: &mut Dice, c: i64) -> WorkCentre {
    WorkCentre {
        code: format!("C{c}"),
        calendar: ["DAY", "TWO", "A"][dice.below(3) as usize].into(),
        lines: (0..1 + dice.below(3))
            .map(|l| Line {
                code: format!("L{l}"),
                operators: 1 + dice.below(2),
                efficiency: Micro([1_000_000, 1_000_000, 700_000][dice.below(3) as usize]),
                calendar: dice.one_in(4).then(|| "DAY".into()),
                closed: if dice.one_in(4) {
                    vec![Span {
                        start: NOW + 300,
                        end: NOW + 900,
                    }]
                } else {
                    vec![]
                },
                family: dice.one_in(2).then(|| "F0".into()),
            })
            .collect(),
        changeover_minutes: if dice.one_in(2) { 45 } else { 0 },
        ..WorkCentre::default()
    }
}

fn job(dice: &mut Dice, j: i64) -> Job {
    let operations = (0..1 + dice.below(4))
        .map(|k| operation(dice, j, k))
        .collect();
    Job {
        id: format!("MO-{j:02}"),
        order: format!("SO-{j:02}/1"),
        item: format!("I{j}"),
        family: format!("F{}", dice.below(3)),
        weight: Micro::whole([4, 2, 1][dice.below(3) as usize]),
        release: NOW + dice.below(3 * DAY) - DAY,
        release_by: if dice.one_in(2) {
            Release::Material {
                item: "M".into(),
                reference: "PO-1".into(),
            }
        } else {
            Release::NotBefore {
                reference: "sample".into(),
            }
        },
        due: NOW + dice.below(10 * DAY),
        operations,
        policy: DeliveryPolicy::Split,
        frozen_until: None,
    }
}

fn operation(dice: &mut Dice, j: i64, k: i64) -> Operation {
    let qty = Micro::whole(10 + dice.below(90));
    let way = |dice: &mut Dice| match dice.below(8) {
        0 => Way::Outside {
            supplier: "S1".into(),
            days: 1 + dice.below(3),
            calendar: dice.one_in(2).then(|| "DAY".into()),
        },
        1 => Way::Centre {
            centre: "DRY".into(),
            setup_minutes: Micro::ZERO,
            minutes_per_unit: Micro::ZERO,
            minutes_per_lot: Micro::whole(60 + dice.below(600)),
        },
        c => Way::Centre {
            centre: format!("C{}", c % 3),
            setup_minutes: Micro::whole(dice.below(40)),
            minutes_per_unit: Micro(100_000 + dice.below(8_000_000)),
            minutes_per_lot: Micro::ZERO,
        },
    };
    let mut ways = vec![way(dice)];
    if dice.one_in(3) {
        let other = way(dice);
        let code = |w: &Way| match w {
            Way::Centre { centre, .. } => centre.clone(),
            Way::Outside { supplier, .. } => supplier.clone(),
        };
        if code(&other) != code(&ways[0]) {
            ways.push(other);
        }
    }
    let on_line = |w: &Way| matches!(w, Way::Centre { centre, .. } if centre.starts_with('C'));
    let mut state = OperationState::Open;
    let mut done = Micro::ZERO;
    let mut pin = None;
    if k == 0 && dice.one_in(8) {
        state = OperationState::Done {
            finished: NOW - dice.below(DAY),
        };
    } else if k == 0 && on_line(&ways[0]) && j < 3 && dice.one_in(3) {
        state = OperationState::Running {
            line: "L0".into(),
            started: NOW - 100,
        };
        done = Micro::whole(dice.below(10));
        ways.truncate(1);
    } else if on_line(&ways[0]) && dice.one_in(10) {
        pin = Some(Pin {
            line: Some("L0".into()),
            start: dice.one_in(2).then(|| NOW + DAY + dice.below(2 * DAY)),
        });
        ways.truncate(1);
    }
    Operation {
        seq: 10 * (k + 1),
        name: format!("step {k}"),
        ways,
        qty,
        done,
        wait_after_minutes: if dice.one_in(4) { dice.below(600) } else { 0 },
        transfer_qty: if dice.one_in(3) {
            Micro::whole(5 + dice.below(20))
        } else {
            Micro::ZERO
        },
        material: dice.one_in(5).then(|| Material {
            ready: NOW + dice.below(4 * DAY),
            item: "B".into(),
            reference: "PO-2".into(),
        }),
        state,
        pin,
    }
}
