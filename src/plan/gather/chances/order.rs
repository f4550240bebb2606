//! What an order hangs on from its lines to the ship.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Chain;
use crate::app::outlook::ChanceOf;
use crate::domain::codes::ProductionState;
use crate::domain::order::{Order, OrderLine};
use crate::domain::rule::{delivery, milestone, production};
use crate::plan::forecast::{Goal, Link, Node, Step};
use crate::plan::gather::due_minute;
use crate::plan::input::{Minute, minute_of};

/// Days from a ship that was missed to the next.
const SAILING_DAYS: i64 = 7;

impl Chain<'_> {
    /// The steps of an order to its shipment.
    pub(super) fn order(&mut self, order: &Order) {
        let mut due: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
        let milestones = self.milestones(order);
        for line in self.world.order_lines.of(order.id) {
            let open = delivery::line_qty(self.world, line).open;
            let Some(day) = delivery::line_due(line).filter(|_| open.is_positive()) else {
                continue;
            };
            match self.line(order, line) {
                Some(ready) => due.entry(day).or_default().extend(ready),
                None if milestones.is_empty() => return,
                None => _ = due.entry(day).or_default(),
            }
        }
        if due.is_empty() {
            return;
        }
        let mut last = self.samples(order, true);
        last.extend(milestones);
        let odds = self.usual.shipping.clone();
        let luck = self.luck(ChanceOf::Shipping(order.id), odds, 0);
        let mut targets = Vec::new();
        for (day, ready) in due {
            let after = ready
                .iter()
                .chain(&last)
                .map(|n| (*n, Link::End(0)))
                .collect();
            let mut node = self.add(Node {
                step: Step::Days,
                from: self.net.now,
                after,
                luck: Some(luck),
            });
            if let Some(step) = self.sailing(order) {
                node = self.add(Node {
                    step,
                    from: self.net.now,
                    after: vec![(node, Link::End(0))],
                    luck: None,
                });
            }
            targets.push((node, due_minute(day)));
        }
        let nodes = self.own(order, &targets);
        self.net.goals.push(Goal {
            id: order.id,
            nodes,
            targets,
        });
    }

    /// The steps that are the order's own among those its targets hang on.
    fn own(&self, order: &Order, targets: &[(usize, Minute)]) -> Vec<usize> {
        let made: BTreeSet<i64> = production::of_order(self.world, order)
            .map(|m| m.id)
            .collect();
        let others = |n: usize| {
            let luck = self.net.nodes.get(n).and_then(|n| n.luck);
            match luck.and_then(|l| self.things.get(l)) {
                Some(ChanceOf::Operation(id)) => {
                    let operation = self.world.operations.get(*id);
                    operation.is_some_and(|o| !made.contains(&o.production_order_id))
                }
                _ => false,
            }
        };
        let mut own: BTreeSet<usize> = BTreeSet::new();
        let mut open: Vec<usize> = targets.iter().map(|t| t.0).collect();
        while let Some(n) = open.pop() {
            if !others(n) && own.insert(n) {
                let after = self.net.nodes.get(n).into_iter().flat_map(|n| &n.after);
                open.extend(after.map(|(before, _)| *before));
            }
        }
        own.into_iter().collect()
    }

    /// What has to be through before a line is ready: its production, else what is known instead;
    /// `None` where nothing is known, because a chance of that would be made up.
    fn line(&mut self, order: &Order, line: &OrderLine) -> Option<Vec<usize>> {
        let made: Vec<i64> = production::of_line(self.world, line)
            .filter(|(m, _)| m.state != ProductionState::Cancelled)
            .map(|(m, _)| m.id)
            .collect();
        if !made.is_empty() {
            return Some(
                made.iter()
                    .filter_map(|id| self.done.get(id).copied())
                    .collect(),
            );
        }
        let promised = self.outlook.promises.get(&order.id).and_then(|p| p.date);
        if let Some(date) = promised {
            let now = self.net.now;
            let open = self.net.timelines.get(1);
            let minutes = open.map_or(0, |t| t.open_between(now, due_minute(date)));
            let odds = self.usual.work.clone();
            let luck = self.luck(ChanceOf::NotBegun(line.id), odds, 100);
            let node = self.add(Node {
                step: Step::Work {
                    timeline: 1,
                    minutes,
                },
                from: now,
                after: Vec::new(),
                luck: Some(luck),
            });
            return Some(vec![node]);
        }
        let bought = self.world.purchases.iter();
        let bought: Vec<i64> = bought
            .filter(|p| p.order_id == Some(order.id))
            .map(|p| p.id)
            .collect();
        let known = !bought.is_empty();
        let ready = bought
            .into_iter()
            .filter_map(|id| self.bought(id))
            .collect();
        known.then_some(ready)
    }

    /// The open milestones of an order that nothing else of the chain stands for: without production.
    fn milestones(&mut self, order: &Order) -> Vec<usize> {
        if production::of_order(self.world, order).next().is_some() {
            return Vec::new();
        }
        let open = milestone::standing(self.world, order, self.today).unwrap_or_default();
        let expected = open.iter().filter(|s| s.actual.is_none());
        let last = expected.filter_map(|s| Some((s.expected?, s.row.id))).max();
        let Some((day, id)) = last else {
            return Vec::new();
        };
        let odds = self.usual.decision.clone();
        vec![self.comes(ChanceOf::Milestone(id), day, odds, day)]
    }

    /// The shipment that is booked for an order, where one has a day.
    fn sailing(&self, order: &Order) -> Option<Step> {
        let booked = self.world.shipments.of(order.id);
        let booked = booked.filter(|s| s.shipped_on.is_none());
        let (leaves, cut_off) = booked
            .filter_map(|s| Some((s.planned?, s.cut_off)))
            .max_by_key(|(day, _)| *day)?;
        let end = due_minute(leaves);
        let cut_off = cut_off.map(|at| minute_of(at.0));
        Some(Step::Sailing {
            leaves: end,
            cut_off: cut_off.unwrap_or(end),
            // Without a cut-off a lorry goes any day.
            every_days: if cut_off.is_some() { SAILING_DAYS } else { 1 },
        })
    }
}
