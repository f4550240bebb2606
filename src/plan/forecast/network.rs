//! How likely orders are on time, from the steps that are left: material, approvals, operations,
//! shipment.
//!
//! A network of steps; a step starts when those before it are through and takes what its luck says.
//! Every luck is a distribution of whole numbers, so that an order with few possible outcomes is
//! answered exactly, by all of them with their weights; with more, by stratified draws that hang on
//! the luck's own key alone (the same seed, the same figure) and are common to all orders, so that
//! what an order would gain by one thing is told apart from luck. What fixing a thing brings is
//! found by putting it at its planned value in the same draws; the steps of other orders stay where
//! the draw put them. No floats.
#![allow(clippy::indexing_slicing)] // Steps name earlier steps and lucks of the same network.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::quantity::{MICRO, Micro};
use crate::domain::rule::odds::Odds;
use crate::plan::input::{DAY, Minute};
use crate::plan::random::Random;
use crate::plan::timeline::Timeline;

/// Outcomes up to which all are gone through instead of drawing.
pub const EXACT_MAX: usize = 4_096;
/// Orders whose drawn outcomes are held at once: the draws are gone through again for the next.
const TOGETHER: usize = 64;
/// The weight of one, shared out among outcomes; shares of a million lose less than 10⁻²⁴ of it.
const WHOLE: u128 = 1_000_000_000_000_000_000_000_000_000_000;

/// Something uncertain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Luck {
    /// Names it for the draw: what is the same thing in two networks has the same draws.
    pub key: String,
    /// Days for [`Step::Days`], per cent of the planned time for [`Step::Work`].
    pub odds: Odds,
    /// Its value where all goes as planned.
    pub planned: i64,
}

/// What a step takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// As many calendar days as its luck says after its start; negative: before.
    Days,
    /// Open minutes of a timeline, times the per cent of its luck.
    Work { timeline: usize, minutes: Minute },
    /// Leaves at `leaves` where it is ready by the cut-off, else with the next one that many days
    /// later.
    Sailing {
        cut_off: Minute,
        leaves: Minute,
        every_days: i64,
    },
}

/// How a step hangs on an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It starts so many minutes after the other's end.
    End(Minute),
    /// It is handed the work in parts: it starts so many of its open minutes after the other's
    /// start, and ends at least so many after its end.
    Parts { lead: Minute, tail: Minute },
}

/// A step of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub step: Step,
    /// It does not start before.
    pub from: Minute,
    /// Earlier steps it waits for.
    pub after: Vec<(usize, Link)>,
    pub luck: Option<usize>,
}

/// When a step starts and ends.
type Times = (Minute, Minute);

/// An order: its own steps, and those that have to be through by a minute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Goal {
    pub id: i64,
    /// In ascending order.
    pub nodes: Vec<usize>,
    /// Step and due minute.
    pub targets: Vec<(usize, Minute)>,
}

/// The steps of all orders; each waits for earlier ones only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Network {
    pub now: Minute,
    pub timelines: Vec<Timeline>,
    pub lucks: Vec<Luck>,
    pub nodes: Vec<Node>,
    pub goals: Vec<Goal>,
}

/// What becomes of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub id: i64,
    /// Chance of being on time in whole per cent, half up.
    pub percent: i64,
    /// The finish that half, and four fifths, of the outcomes keep.
    pub p50: Minute,
    pub p80: Minute,
    /// Expected days after its due, days in time counted as none.
    pub late_days: Micro,
    /// Whether all outcomes were gone through.
    pub exact: bool,
    /// What fixing each uncertain thing brings, the best first.
    pub fixes: Vec<Fix>,
}

/// What an order would gain if one uncertain thing went as planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub luck: usize,
    /// Points of the chance.
    pub gain: i64,
    /// Days by which the finish that four fifths keep comes nearer.
    pub days: i64,
    /// When the thing itself is through.
    pub p50: Minute,
    pub p80: Minute,
}

/// Outcomes of one order or step, with their weights.
///
/// There are two for each uncertain thing of each order, so every finish takes four bytes.
#[derive(Debug, Clone, Default)]
struct Tally {
    /// Minutes after that of the network's now; what is more than 4,000 years away is put there.
    finishes: Vec<i32>,
    /// Of each finish; none where every one weighs the same.
    weights: Vec<u128>,
    hits: u128,
    total: u128,
    /// Σ weight × days late.
    late: u128,
}

impl Tally {
    /// With room for so many.
    fn of(finishes: usize) -> Self {
        Self {
            finishes: Vec::with_capacity(finishes),
            ..Self::default()
        }
    }

    /// Adds a finish, told in minutes after now; `weight` none: it is one of equals.
    fn add(&mut self, finish: Minute, late: Minute, weight: Option<u128>) {
        let far = if finish < 0 { i32::MIN } else { i32::MAX };
        self.finishes.push(i32::try_from(finish).unwrap_or(far));
        self.weights.extend(weight);
        let weight = weight.unwrap_or(1);
        self.total += weight;
        if late <= 0 {
            self.hits += weight;
        } else {
            let days = u128::try_from((late + DAY - 1) / DAY).unwrap_or(0);
            self.late += weight * days;
        }
    }

    fn percent(&self) -> i64 {
        let half = self.total / 2;
        let share = (self.hits * 100 + half).checked_div(self.total);
        share.and_then(|p| i64::try_from(p).ok()).unwrap_or(0)
    }

    fn late_days(&self) -> Micro {
        let scaled = self.late / (self.total / 1_000).max(1) * u128::from(MICRO.unsigned_abs());
        Micro(i64::try_from(scaled / 1_000).unwrap_or(i64::MAX))
    }

    /// The earliest finishes that so many of a hundred keep, in minutes after now.
    fn kept<const N: usize>(&self, percents: [u128; N]) -> [Minute; N] {
        let weights = self.weights.iter().copied().chain(std::iter::repeat(1));
        let mut sorted: Vec<(i32, u128)> = self.finishes.iter().copied().zip(weights).collect();
        sorted.sort_unstable();
        percents.map(|percent| {
            let mut sum = 0;
            let first = sorted.iter().find(|(_, weight)| {
                sum += weight;
                sum * 100 >= self.total * percent
            });
            first.or(sorted.last()).map_or(0, |f| Minute::from(f.0))
        })
    }
}

/// All that is counted of one order.
struct Count {
    goal: usize,
    exact: bool,
    base: Tally,
    /// Per uncertain thing of its own: the order with it fixed, and the thing itself.
    fixed: Vec<(usize, Tally, Tally)>,
}

impl Network {
    /// The chances of all orders, by their places in `goals`; `None` where it was stopped.
    ///
    /// `runs` draws where an order has more than [`EXACT_MAX`] outcomes.
    #[must_use]
    pub fn answers(&self, runs: usize, stop: &dyn Fn() -> bool) -> Option<Vec<Answer>> {
        let mut answers = BTreeMap::new();
        let mut drawn = Vec::new();
        for goal in 0..self.goals.len() {
            if stop() {
                return None;
            }
            let lucks = self.behind(goal);
            match self.outcomes(&lucks) {
                Some(_) => {
                    let count = self.all_outcomes(goal, &lucks);
                    answers.insert(goal, self.answer(count));
                }
                None => drawn.push(goal),
            }
        }
        let runs = runs.max(1);
        let lucks = if drawn.is_empty() {
            &[]
        } else {
            self.lucks.as_slice()
        };
        let draws = Draws::new(lucks, runs);
        for some in drawn.chunks(TOGETHER) {
            let mut counts: Vec<Count> = some.iter().map(|g| self.count(*g, Some(runs))).collect();
            self.draw(&mut counts, &draws, runs, stop)?;
            for count in counts {
                answers.insert(count.goal, self.answer(count));
            }
        }
        Some(answers.into_values().collect())
    }

    /// What is counted of an order: so many draws, or, without them, every outcome there is.
    fn count(&self, goal: usize, draws: Option<usize>) -> Count {
        let mut own: Vec<usize> = self.goals[goal]
            .nodes
            .iter()
            .filter_map(|n| self.nodes[*n].luck)
            .filter(|luck| self.lucks[*luck].odds != Odds::sure(self.lucks[*luck].planned))
            .collect();
        own.sort_unstable();
        own.dedup();
        let fixed = own.into_iter();
        let tally = || Tally::of(draws.unwrap_or(0));
        Count {
            goal,
            exact: draws.is_none(),
            base: tally(),
            fixed: fixed.map(|luck| (luck, tally(), tally())).collect(),
        }
    }

    /// The steps that an order hangs on, others' included, in ascending order.
    fn ancestors(&self, goal: usize) -> BTreeSet<usize> {
        let mut seen: BTreeSet<usize> = self.goals[goal].nodes.iter().copied().collect();
        let mut open: Vec<usize> = seen.iter().copied().collect();
        while let Some(at) = open.pop() {
            for (before, _) in &self.nodes[at].after {
                if seen.insert(*before) {
                    open.push(*before);
                }
            }
        }
        seen
    }

    fn behind(&self, goal: usize) -> BTreeSet<usize> {
        let nodes = self.ancestors(goal).into_iter();
        nodes.filter_map(|n| self.nodes[n].luck).collect()
    }

    /// How many outcomes these have together, where they are few.
    fn outcomes(&self, lucks: &BTreeSet<usize>) -> Option<usize> {
        let mut all = 1_usize;
        for luck in lucks {
            all = all.checked_mul(self.lucks[*luck].odds.parts().count())?;
            if all > EXACT_MAX {
                return None;
            }
        }
        Some(all)
    }

    /// Goes through every outcome of an order.
    fn all_outcomes(&self, goal: usize, lucks: &BTreeSet<usize>) -> Count {
        let mut count = self.count(goal, None);
        let nodes: Vec<usize> = self.ancestors(goal).into_iter().collect();
        let parts: Vec<(usize, Vec<(i64, i64)>)> = lucks
            .iter()
            .map(|l| {
                let parts = self.lucks[*l].odds.parts();
                (*l, parts.map(|(value, share)| (value, share.0)).collect())
            })
            .collect();
        let mut values: Vec<i64> = self.lucks.iter().map(|l| l.planned).collect();
        let mut ends = vec![(0, 0); self.nodes.len()];
        let mut at = vec![0_usize; parts.len()];
        loop {
            let mut weight = WHOLE;
            for ((luck, parts), at) in parts.iter().zip(&at) {
                let (value, share) = parts[*at];
                values[*luck] = value;
                weight =
                    weight * u128::from(share.unsigned_abs()) / u128::from(MICRO.unsigned_abs());
            }
            for n in &nodes {
                ends[*n] = self.times(*n, &values, &ends);
            }
            self.take(&mut count, &mut values, &mut ends, Some(weight));
            // The next outcome, counted like a number whose digits are the parts.
            let mut place = 0;
            loop {
                let Some(digit) = at.get_mut(place) else {
                    return count;
                };
                *digit += 1;
                if *digit < parts[place].1.len() {
                    break;
                }
                *digit = 0;
                place += 1;
            }
        }
    }

    /// Counts drawn outcomes, the same for all orders.
    fn draw(
        &self,
        counts: &mut [Count],
        draws: &Draws<'_>,
        runs: usize,
        stop: &dyn Fn() -> bool,
    ) -> Option<()> {
        let mut values = vec![0; self.lucks.len()];
        let mut ends = vec![(0, 0); self.nodes.len()];
        for run in 0..runs {
            if stop() {
                return None;
            }
            draws.fill(run, &mut values);
            for n in 0..self.nodes.len() {
                ends[n] = self.times(n, &values, &ends);
            }
            for count in counts.iter_mut() {
                self.take(count, &mut values, &mut ends, None);
            }
        }
        Some(())
    }

    /// Counts one outcome of an order, as it is and with each thing fixed.
    fn take(
        &self,
        count: &mut Count,
        values: &mut [i64],
        ends: &mut [Times],
        weight: Option<u128>,
    ) {
        let goal = &self.goals[count.goal];
        let (finish, late) = self.reached(goal, ends);
        count.base.add(finish - self.now, late, weight);
        let kept: Vec<Times> = goal.nodes.iter().map(|n| ends[*n]).collect();
        for (luck, order, thing) in &mut count.fixed {
            let own = goal.nodes.iter().zip(&kept);
            let own = own.filter(|(n, _)| self.nodes[**n].luck == Some(*luck));
            let through = own.map(|(_, at)| at.1).max().unwrap_or(self.now);
            thing.add(through - self.now, 0, weight);
            let drawn = values[*luck];
            if drawn == self.lucks[*luck].planned {
                order.add(finish - self.now, late, weight);
                continue;
            }
            values[*luck] = self.lucks[*luck].planned;
            for n in &goal.nodes {
                ends[*n] = self.times(*n, values, ends);
            }
            let (finish, late) = self.reached(goal, ends);
            order.add(finish - self.now, late, weight);
            values[*luck] = drawn;
            for (n, end) in goal.nodes.iter().zip(&kept) {
                ends[*n] = *end;
            }
        }
    }

    /// The last end of what has to be through, and the minutes after its due.
    fn reached(&self, goal: &Goal, ends: &[Times]) -> (Minute, Minute) {
        let targets = goal.targets.iter();
        let finish = targets.clone().map(|(n, _)| ends[*n].1).max();
        let late = targets.map(|(n, due)| ends[*n].1 - due).max();
        (finish.unwrap_or(self.now), late.unwrap_or(0))
    }

    fn times(&self, n: usize, values: &[i64], all: &[Times]) -> Times {
        let node = &self.nodes[n];
        let line = match node.step {
            Step::Work { timeline, .. } => Some(&self.timelines[timeline]),
            _ => None,
        };
        let open = |at: Minute, work: Minute| line.map_or(at + work, |l| l.advance(at, work));
        let (mut start, mut least) = (node.from, self.now);
        for (before, link) in &node.after {
            let (starts, ends) = all[*before];
            match *link {
                Link::End(lag) => start = start.max(ends + lag),
                Link::Parts { lead, tail } => {
                    start = start.max(open(starts, lead));
                    least = least.max(open(ends, tail));
                }
            }
        }
        let value = node.luck.map(|luck| values[luck]);
        let end = match node.step {
            Step::Days => start + value.unwrap_or(0) * DAY,
            Step::Work { minutes, .. } => {
                start = start.max(self.now);
                open(start, minutes.saturating_mul(value.unwrap_or(100)) / 100)
            }
            Step::Sailing {
                cut_off,
                leaves,
                every_days,
            } => {
                let every = every_days.max(1) * DAY;
                let missed = (start - cut_off).max(0);
                leaves.max(start.min(cut_off)) + (missed + every - 1) / every * every
            }
        };
        (start, end.max(least))
    }

    fn answer(&self, count: Count) -> Answer {
        let percent = count.base.percent();
        let [p50, p80] = count.base.kept([50, 80]);
        let mut fixes: Vec<Fix> = Vec::new();
        for (luck, order, thing) in count.fixed {
            let [through50, through80] = thing.kept([50, 80]);
            let [with_it] = order.kept([80]);
            fixes.push(Fix {
                luck,
                gain: order.percent() - percent,
                days: (p80 - with_it).div_euclid(DAY),
                p50: self.now + through50,
                p80: self.now + through80,
            });
        }
        fixes.sort_by_key(|f| std::cmp::Reverse((f.gain, f.days, std::cmp::Reverse(f.luck))));
        Answer {
            id: self.goals[count.goal].id,
            percent,
            p50: self.now + p50,
            p80: self.now + p80,
            late_days: count.base.late_days(),
            exact: count.exact,
            fixes,
        }
    }
}

/// The values of all lucks in so many draws: of each one from every of as many equal strata, in an
/// order that hangs on its key alone.
///
/// There are as many as lucks times draws, so each takes one byte or two, and what is sure none.
struct Draws<'a> {
    lucks: &'a [Luck],
    /// The parts of the odds that the draws of each luck fall on.
    places: Vec<Places>,
}

/// The parts of one luck's odds that its draws fall on.
enum Places {
    Sure,
    Few(Box<[u8]>),
    Many(Box<[u16]>),
}

impl Places {
    fn of(luck: &Luck, runs: usize) -> Self {
        match luck.odds.parts().count() {
            0 | 1 => Self::Sure,
            2..=256 => Self::Few(drawn(luck, runs, |place| {
                u8::try_from(place).unwrap_or(u8::MAX)
            })),
            // Odds have far fewer parts than fit.
            _ => Self::Many(drawn(luck, runs, |place| {
                u16::try_from(place).unwrap_or(u16::MAX)
            })),
        }
    }

    fn at(&self, run: usize) -> usize {
        match self {
            Self::Sure => 0,
            Self::Few(places) => places.get(run).map_or(0, |p| usize::from(*p)),
            Self::Many(places) => places.get(run).map_or(0, |p| usize::from(*p)),
        }
    }
}

impl<'a> Draws<'a> {
    fn new(lucks: &'a [Luck], runs: usize) -> Self {
        let places = lucks.iter().map(|luck| Places::of(luck, runs)).collect();
        Self { lucks, places }
    }

    /// The values of all lucks in one draw.
    fn fill(&self, run: usize, values: &mut [i64]) {
        for ((value, luck), places) in values.iter_mut().zip(self.lucks).zip(&self.places) {
            *value = luck.odds.days_in(places.at(run));
        }
    }
}

/// The parts that the draws of a luck fall on.
fn drawn<T>(luck: &Luck, runs: usize, packed: impl Fn(usize) -> T) -> Box<[T]> {
    let mut order: Vec<usize> = (0..runs).collect();
    let mut random = Random::new(seed(&luck.key));
    for at in (1..runs).rev() {
        order.swap(at, random.below(at + 1));
    }
    let whole = i64::try_from(runs).unwrap_or(1);
    let place = |at: usize| {
        let at = i64::try_from(at).unwrap_or(0);
        let middle = Micro((2 * at + 1) * MICRO / (2 * whole));
        packed(luck.odds.place(middle))
    };
    order.into_iter().map(place).collect()
}

/// A seed that hangs on the name alone (FNV-1a).
fn seed(key: &str) -> u64 {
    let hash = key.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)
    });
    hash ^ (hash >> 29)
}
