//! One line, one operation per order, all ready at once: the plan is a plain sequence.
//!
//! Total work before a place does not depend on its order, so a swap or an insertion changes the
//! finish of only what lies between the two places. That makes a move some ten times cheaper than
//! in the graph. Everything else (calendars included) is the same annealing.
// Positions come from the length of the sequence itself.
#![allow(clippy::indexing_slicing)]

use crate::plan::input::Minute;
use crate::plan::problem::{NONE, Problem};
use crate::plan::random::Random;
use crate::plan::sequence::state::Layout;
use crate::plan::timeline::Timeline;

/// Moves between two looks at the watch.
const LOOK_EVERY: u32 = 256;

/// An order as far as a sequence cares.
#[derive(Debug, Clone, Copy)]
struct Item {
    work: Minute,
    due: Minute,
    weight: i64,
    op: u32,
}

/// A sequence on one line.
pub(crate) struct Single<'p> {
    timeline: &'p Timeline,
    line: u32,
    items: Vec<Item>,
    /// Finish at each position, and the weighted lateness there.
    ends: Vec<Minute>,
    costs: Vec<i64>,
    start: Minute,
    pub(crate) cost: i64,
    best: Vec<Item>,
    pub(crate) best_cost: i64,
    scratch: Vec<(Minute, i64)>,
}

impl<'p> Single<'p> {
    /// Takes the plan over where it is of this simple kind.
    pub(crate) fn of(p: &'p Problem, layout: &Layout) -> Option<Self> {
        let bank = p.lines.first().filter(|_| p.lines.len() == 1)?.bank;
        let simple = !p.bank_of(0).infinite
            && p.bank_of(0).changeover == 0
            && p.lines[0].reserved.is_empty()
            && p.move_price == 0
            && p.jobs.iter().all(|j| j.op_count == 1)
            && p.ops.iter().all(|o| o.before == NONE && o.fixed.is_none());
        let start = p.ops.first()?.ready;
        let timeline = &p.timelines[p.banks[bank as usize].timeline as usize];
        let open = timeline.next_open(start);
        // Ready within the same closed time is ready at once.
        let at_once = |t: Minute| timeline.next_open(t) == open;
        if !simple || !p.ops.iter().all(|o| at_once(o.ready)) {
            return None;
        }
        let items: Vec<Item> = layout
            .order
            .iter()
            .map(|op| {
                let job = &p.jobs[p.ops[*op as usize].job as usize];
                Item {
                    work: p.ways_of(*op)[0].work,
                    due: job.due,
                    weight: job.weight,
                    op: *op,
                }
            })
            .collect();
        let mut single = Self {
            timeline,
            line: 0,
            ends: vec![0; items.len()],
            costs: vec![0; items.len()],
            best: items.clone(),
            items,
            start: open,
            cost: 0,
            best_cost: i64::MAX,
            scratch: Vec::new(),
        };
        single.time_all();
        single.best_cost = single.cost;
        Some(single)
    }

    fn time_all(&mut self) {
        let mut at = self.start;
        for (n, item) in self.items.iter().enumerate() {
            at = self.timeline.place(at, item.work).1;
            self.ends[n] = at;
            self.costs[n] = item.weight * (at - item.due).max(0);
        }
        self.cost = self.costs.iter().sum();
    }

    /// The best sequence as a layout.
    pub(crate) fn layout(&self) -> Layout {
        let order: Vec<u32> = self.best.iter().map(|i| i.op).collect();
        Layout {
            line_of: vec![self.line; order.len()],
            order,
        }
    }

    /// Anneals from `hot` to `cold` until `watch` gives `None`.
    pub(crate) fn anneal(
        &mut self,
        random: &mut Random,
        (hot, cold): (f64, f64),
        watch: &mut dyn FnMut(u32, i64) -> Option<f64>,
    ) {
        let n = self.items.len();
        if n < 2 {
            return;
        }
        let mut moves = 0;
        while let Some(share) = watch(moves, self.best_cost) {
            if self.best_cost == 0 {
                return;
            }
            let temperature = hot * (cold / hot).powf(share.clamp(0.0, 1.0));
            moves = LOOK_EVERY;
            for _ in 0..LOOK_EVERY {
                let far = 1 + random.below((n - 1).min(1 + n / 3));
                let low = random.below(n - far);
                let limit = -temperature * random.unit().max(1e-300).ln();
                self.step(low, low + far, random.below(3), limit);
            }
        }
    }

    /// Mean weighted lateness of the orders that are late.
    pub(crate) fn cost_per_late(&self) -> f64 {
        let late = self.costs.iter().filter(|c| **c > 0).count();
        self.cost as f64 / late.max(1) as f64
    }

    /// Back to the best sequence.
    pub(crate) fn rewind(&mut self) {
        self.items.clone_from(&self.best);
        self.time_all();
    }

    /// Tries to exchange two positions, or to move one to the other.
    #[inline]
    fn step(&mut self, low: usize, high: usize, kind: usize, limit: f64) {
        let span = &mut self.items[low..=high];
        match kind {
            0 => span.swap(0, high - low),
            1 => span.rotate_left(1),
            _ => span.rotate_right(1),
        }
        let mut at = if low == 0 {
            self.start
        } else {
            self.ends[low - 1]
        };
        self.scratch.clear();
        let old: i64 = self.costs[low..=high].iter().sum();
        let most = old.saturating_add(limit as i64);
        let mut new = 0;
        for item in &self.items[low..=high] {
            at = self.timeline.place(at, item.work).1;
            let cost = item.weight * (at - item.due).max(0);
            new += cost;
            if new > most {
                break;
            }
            self.scratch.push((at, cost));
        }
        if new > most {
            let span = &mut self.items[low..=high];
            match kind {
                0 => span.swap(0, high - low),
                1 => span.rotate_right(1),
                _ => span.rotate_left(1),
            }
            return;
        }
        for (k, (end, cost)) in self.scratch.iter().enumerate() {
            self.ends[low + k] = *end;
            self.costs[low + k] = *cost;
        }
        self.cost += new - old;
        if self.cost < self.best_cost {
            self.best_cost = self.cost;
            self.best.clone_from(&self.items);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{Calendar, parse_shifts};
    use crate::domain::quantity::Micro;
    use crate::plan::input::{Job, Line, Operation, PlanInput, Way, WorkCentre};
    use crate::plan::sequence::rules::first_plan;
    use crate::plan::sequence::state::State;

    /// Orders of one operation on one line with a lunch break.
    fn one_line(seed: u64, jobs: usize) -> PlanInput {
        let mut r = Random::new(seed);
        let mut calendar = Calendar::always("DAY");
        let shifts = parse_shifts("08:00-12:00 13:00-17:00").unwrap();
        calendar.week = std::array::from_fn(|_| shifts.clone());
        let job = |j: usize, r: &mut Random| Job {
            id: format!("J{j:03}"),
            weight: Micro::whole(1 + r.below(9) as i64),
            due: 500 + r.below(4_000) as i64,
            operations: vec![Operation {
                ways: vec![Way::Centre {
                    centre: "C".into(),
                    setup_minutes: Micro::ZERO,
                    minutes_per_unit: Micro::ZERO,
                    minutes_per_lot: Micro::whole(1 + r.below(200) as i64),
                }],
                ..Operation::default()
            }],
            ..Job::default()
        };
        PlanInput {
            centres: vec![WorkCentre {
                code: "C".into(),
                calendar: "DAY".into(),
                lines: vec![Line {
                    code: "L".into(),
                    operators: 1,
                    efficiency: Micro::ONE,
                    ..Line::default()
                }],
                ..WorkCentre::default()
            }],
            calendars: vec![calendar],
            jobs: (0..jobs).map(|j| job(j, &mut r)).collect(),
            ..PlanInput::default()
        }
    }

    #[test]
    fn the_plain_sequence_costs_what_the_graph_says() {
        for seed in 1..30 {
            let input = one_line(seed, 25);
            let p = Problem::new(&input);
            let best = first_plan(&p);
            let mut single = Single::of(&p, &best.layout).unwrap();
            assert_eq!(single.cost, best.cost);
            let mut looks = 0;
            let heat = (single.cost_per_late() * 0.1, 0.1);
            single.anneal(&mut Random::new(seed), heat, &mut |_, _| {
                looks += 1;
                (looks < 20).then_some(f64::from(looks) / 20.0)
            });
            assert!(single.best_cost <= best.cost);
            assert_eq!(State::new(&p, &single.layout()).cost, single.best_cost);
            single.rewind();
            assert_eq!(single.cost, single.best_cost);
        }
    }

    #[test]
    fn what_is_not_a_plain_sequence_is_left_to_the_graph() {
        let mut input = one_line(1, 5);
        input.jobs[2].release = 2_000;
        let p = Problem::new(&input);
        assert!(Single::of(&p, &first_plan(&p).layout).is_none());
    }
}
