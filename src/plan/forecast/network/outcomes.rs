//! Goes through the outcomes of orders, all of them or drawn ones, and counts them.

use std::collections::BTreeSet;

use super::draws::Draws;
use super::tally::Tally;
use super::{Goal, Link, Network, Step};
use crate::domain::quantity::MICRO;
use crate::domain::rule::odds::Odds;
use crate::plan::input::{DAY, Minute};

/// The weight of one, shared out among outcomes; shares of a million lose less than 10⁻²⁴ of it.
const WHOLE: u128 = 1_000_000_000_000_000_000_000_000_000_000;

/// When a step starts and ends.
type Times = (Minute, Minute);

/// All that is counted of one order.
pub(super) struct Count {
    pub(super) goal: usize,
    pub(super) exact: bool,
    pub(super) base: Tally,
    /// Per uncertain thing of its own: the order with it fixed, and the thing itself.
    pub(super) fixed: Vec<(usize, Tally, Tally)>,
}

impl Network {
    /// What is counted of an order: so many draws, or, without them, every outcome there is.
    pub(super) fn count(&self, goal: usize, draws: Option<usize>) -> Count {
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

    /// Goes through every outcome of an order.
    pub(super) fn all_outcomes(&self, goal: usize, lucks: &BTreeSet<usize>) -> Count {
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
    pub(super) fn draw(
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
}
