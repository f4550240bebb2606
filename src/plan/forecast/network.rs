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

mod draws;
mod outcomes;
mod tally;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::quantity::Micro;
use crate::domain::rule::odds::Odds;
use crate::plan::input::{DAY, Minute};
use crate::plan::timeline::Timeline;
use draws::Draws;
use outcomes::Count;

/// Outcomes up to which all are gone through instead of drawing.
pub const EXACT_MAX: usize = 4_096;
/// Orders whose drawn outcomes are held at once: the draws are gone through again for the next.
const TOGETHER: usize = 64;

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
