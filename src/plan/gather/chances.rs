//! The on-time chance of every live order, from the steps that are left of it.
//!
//! Materials come as their suppliers keep their word; operations take what work took before, those
//! that run what their pace says; approvals, decisions and the way to the ship take what they
//! usually take here. The lines are filled in the order of the plan: an operation waits for the one
//! before it on its line, whoever's it is.

use std::collections::BTreeSet;

use super::*;
use crate::app::outlook::{Chance, ChanceItem, ChanceOf};
use crate::domain::document::Sample;
use crate::domain::exception::Exception;
use crate::domain::production::Operation;
use crate::domain::rule::odds::Odds;
use crate::domain::rule::sample::{self, Standing};
use crate::domain::rule::supplier::{self, Said, Slips};
use crate::domain::rule::usual::Usual;
use crate::domain::rule::{chase, milestone, purchase};
use crate::plan::forecast::{self, Goal, Link, Luck, Network, Node, Report, Step};
use crate::plan::timeline::Timeline;

/// Draws for the screen: a chance is known to about two points.
pub const RUNS: usize = 400;
/// Days that a new round of a rejected sample takes before it is sent.
const REMAKE_DAYS: u64 = 7;
/// Days from a ship that was missed to the next.
const SAILING_DAYS: i64 = 7;
/// Reported days whose spread is taken for what is left.
const PACE_DAYS: usize = 5;
/// Twice as fast and three times as slow is the most that a pace is believed.
const PACE_PERCENT: (i64, i64) = (50, 300);
/// Things that are listed for an order.
const ITEMS_MAX: usize = 12;

/// The chances of all live orders with something to deliver and a date; `None` where cancelled.
#[must_use]
pub fn chances(
    world: &World,
    now: Moment,
    outlook: &Outlook,
    runs: usize,
    cancelled: &dyn Fn() -> bool,
) -> Option<BTreeMap<i64, Chance>> {
    let (network, things) = chain(world, now, outlook);
    let answers = network.answers(runs, cancelled)?;
    let day = end_day_of;
    let one = |a: forecast::Answer| {
        let order = world.orders.get(a.id)?;
        let due = delivery::due(world, order)?;
        let item = |f: &forecast::Fix| {
            Some(ChanceItem {
                of: *things.get(f.luck)?,
                gain: f.gain,
                days: f.days,
                p50: day(f.p50),
                p80: day(f.p80),
            })
        };
        let chance = Chance {
            due,
            percent: a.percent,
            p50: day(a.p50),
            p80: day(a.p80),
            late_days: a.late_days,
            exact: a.exact,
            items: a.fixes.iter().filter_map(item).take(ITEMS_MAX).collect(),
        };
        Some((a.id, chance))
    };
    Some(answers.into_iter().filter_map(one).collect())
}

/// The steps that are left of all live orders, and what each luck is about.
#[must_use]
pub fn chain(world: &World, now: Moment, outlook: &Outlook) -> (Network, Vec<ChanceOf>) {
    let mut chain = Chain::new(world, now, outlook);
    chain.operations();
    for order in world.orders.iter().filter(|o| delivery::is_live(o)) {
        chain.order(order);
    }
    (chain.net, chain.things)
}

struct Chain<'a> {
    world: &'a World,
    today: NaiveDate,
    outlook: &'a Outlook,
    usual: Usual,
    slips: Slips,
    net: Network,
    things: Vec<ChanceOf>,
    /// Steps by what they are about.
    materials: BTreeMap<i64, usize>,
    approvals: BTreeMap<ChanceOf, usize>,
    done: BTreeMap<i64, usize>,
    /// Timelines of the lines.
    lines: BTreeMap<i64, usize>,
}

impl<'a> Chain<'a> {
    fn new(world: &'a World, now: Moment, outlook: &'a Outlook) -> Self {
        let (today, minute) = (now.date(), minute_of(now.0));
        let deliveries = supplier::deliveries(world, today);
        // The first two: open always, and the factory's own hours.
        let mut timelines = vec![
            Timeline::always(minute),
            Timeline::compile(&world.factory_calendar(), minute, &[], &[]),
        ];
        let mut lines = BTreeMap::new();
        for centre in world.work_centres.iter().filter(|c| !c.infinite) {
            for times in blocks::times(world, centre) {
                let Some(line) = world.lines.get(times.line) else {
                    continue;
                };
                let calendar = world.calendar_or_own(line.calendar_id.or(centre.calendar_id));
                let open = Timeline::compile(&calendar, minute, &times.overtime, &times.closed);
                // Lines of the same hours share them.
                let at = timelines.iter().position(|t| *t == open);
                let at = at.unwrap_or_else(|| {
                    timelines.push(open);
                    timelines.len() - 1
                });
                lines.insert(line.id, at);
            }
        }
        Self {
            world,
            today,
            outlook,
            usual: Usual::of(world, today),
            slips: Slips::fit(deliveries.iter(), today),
            net: Network {
                now: minute,
                timelines,
                ..Network::default()
            },
            things: Vec::new(),
            materials: BTreeMap::new(),
            approvals: BTreeMap::new(),
            done: BTreeMap::new(),
            lines,
        }
    }

    fn add(&mut self, node: Node) -> usize {
        self.net.nodes.push(node);
        self.net.nodes.len() - 1
    }

    fn luck(&mut self, of: ChanceOf, odds: Odds, planned: i64) -> usize {
        self.things.push(of);
        self.net.lucks.push(Luck {
            key: format!("{of:?}"),
            odds,
            planned,
        });
        self.net.lucks.len() - 1
    }

    /// Something that comes some days after a day; usable from the next morning.
    fn comes(&mut self, of: ChanceOf, base: NaiveDate, odds: Odds, planned: NaiveDate) -> usize {
        let luck = self.luck(of, odds, (planned - base).num_days());
        self.add(Node {
            step: Step::Days,
            from: due_minute(base),
            after: Vec::new(),
            luck: Some(luck),
        })
    }

    /// The step of an open purchase line.
    fn bought(&mut self, id: i64) -> Option<usize> {
        if let Some(at) = self.materials.get(&id) {
            return Some(*at);
        }
        let line = self.world.purchases.get(id)?;
        let open = purchase::arrival(self.world, line).open;
        if !open.is_positive() {
            return None;
        }
        let (base, odds) = chase::expected(self.world, &self.slips, line, open, self.today);
        let at = self.comes(ChanceOf::Purchase(id), base, odds, base.max(self.today));
        self.materials.insert(id, at);
        Some(at)
    }

    /// What an operation of a production order waits for of its kit.
    fn parts(&mut self, made: i64, operation: &Operation, first: bool) -> Vec<(usize, Link)> {
        let Some(kit) = self.outlook.kits.get(&made) else {
            return Vec::new();
        };
        let takes = |p: &&KitPart| p.operation.map_or(first, |seq| seq == operation.seq);
        let mut after = Vec::new();
        for part in kit.parts.iter().filter(takes) {
            for (from, _, _) in &part.coming {
                after.extend(match from {
                    explode::Supply::Purchase(id) => self.bought(*id),
                    explode::Supply::Production(id) => self.done.get(id).copied(),
                    _ => None,
                });
            }
            let Some(base) = kit.possible.filter(|_| part.uncovered.is_positive()) else {
                continue;
            };
            // Nobody has ordered it: by its lead time from today, as its supplier keeps a first word.
            let item = self.world.items.get(part.item_id);
            let supplier = item.and_then(|i| i.supplier_id);
            let family = item.map(|i| i.family.as_str());
            let odds = self.slips.odds(Said::First, supplier, family);
            let of = ChanceOf::Unordered {
                production_order_id: made,
                item_id: part.item_id,
            };
            after.push(self.comes(of, base, odds, base));
        }
        after.into_iter().map(|n| (n, Link::End(0))).collect()
    }

    /// All operations that are left, in the order of the plan.
    fn operations(&mut self) {
        let places = &self.outlook.places;
        let mut order: Vec<(i64, &Place)> = places.iter().map(|(id, p)| (*id, p)).collect();
        order.sort_by_key(|(id, p)| (p.starts, p.ends, *id));
        let mut on_line: BTreeMap<i64, usize> = BTreeMap::new();
        let mut before: BTreeMap<i64, (usize, &Place, i64)> = BTreeMap::new();
        for (id, place) in order {
            let Some(operation) = self.world.operations.get(id) else {
                continue;
            };
            let made = place.production_order_id;
            let first = !before.contains_key(&made);
            let mut after = self.parts(made, operation, first);
            if first {
                after.extend(self.approvals_of(made, operation));
            }
            if let Some((node, was, wait)) = before.get(&made) {
                after.push((*node, self.link(was, place, *wait)));
            }
            let line = place.line_id;
            after.extend(
                line.and_then(|l| on_line.get(&l))
                    .map(|n| (*n, Link::End(0))),
            );
            let node = self.operation(operation, place, after);
            let wait = operation.wait_minutes.0 / Micro::ONE.0;
            before.insert(made, (node, place, wait));
            self.done.insert(made, node);
            if let Some(line) = line {
                on_line.insert(line, node);
            }
        }
    }

    /// How the plan has an operation follow the one before it.
    fn link(&self, was: &Place, place: &Place, wait: Minute) -> Link {
        if place.starts >= was.ends {
            return Link::End(wait);
        }
        let now = self.net.now;
        let timeline = place.line_id.and_then(|l| self.lines.get(&l)).copied();
        let open = |from: Moment, to: Moment| {
            let (from, to) = (minute_of(from.0).max(now), minute_of(to.0));
            let line = self.net.timelines.get(timeline.unwrap_or(0));
            line.map_or(0, |l| l.open_between(from, to)).max(0)
        };
        Link::Parts {
            lead: open(was.starts, place.starts),
            tail: open(was.ends, place.ends),
        }
    }

    fn operation(&mut self, o: &Operation, place: &Place, after: Vec<(usize, Link)>) -> usize {
        let timeline = place.line_id.and_then(|l| self.lines.get(&l)).copied();
        let timeline = timeline.unwrap_or(0);
        let now = self.net.now;
        let (starts, ends) = (minute_of(place.starts.0), minute_of(place.ends.0));
        let open = self.net.timelines.get(timeline);
        let planned = open.map_or(0, |t| t.open_between(starts.max(now), ends));
        let (minutes, odds) = self
            .pace(o, timeline)
            .unwrap_or_else(|| (planned, self.usual.work_of(o.work_centre_id)));
        let luck = self.luck(ChanceOf::Operation(o.id), odds, 100);
        self.add(Node {
            step: Step::Work { timeline, minutes },
            from: if o.pinned { starts.max(now) } else { now },
            after,
            luck: Some(luck),
        })
    }

    /// Open minutes that are left of a running operation at the pace of its last days, and their
    /// spread in per cent: what each of those days alone would give.
    fn pace(&self, o: &Operation, timeline: usize) -> Option<(Minute, Odds)> {
        let made = self.world.production_orders.get(o.production_order_id)?;
        let figures = production::figures(self.world, o.id);
        let reports: Vec<Report> = figures
            .map(|p| Report {
                day: p.date,
                good: p.good,
            })
            .collect();
        let centre = self.world.work_centres.find(o.work_centre_id);
        let line = self.world.lines.find(o.line_id);
        let own = line.and_then(|l| l.calendar_id);
        let calendar = own.or_else(|| centre.and_then(|c| c.calendar_id));
        let calendar = self.world.calendar_or_own(calendar);
        let left = production::left(self.world, made, o);
        let now = self.net.now;
        let pace = forecast::pace(&reports, left, now, &calendar, now);
        let minutes = self
            .net
            .timelines
            .get(timeline)?
            .open_between(now, pace.finish?);
        let mut days: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        for r in &reports {
            *days.entry(r.day).or_default() += r.good.0;
        }
        let last = days
            .values()
            .rev()
            .take(PACE_DAYS)
            .filter(|good| **good > 0);
        let (low, high) = PACE_PERCENT;
        let percent = |good: &i64| {
            let scaled = i128::from(pace.rate_per_day.0) * 100 / i128::from((*good).max(1));
            (i64::try_from(scaled).unwrap_or(high).clamp(low, high) + 2) / 5 * 5
        };
        let odds = Odds::of(last.map(|good| (percent(good), 1)))?;
        Some((minutes, odds))
    }

    /// Answers that a production order waits for before its first operation.
    fn approvals_of(&mut self, made: i64, first: &Operation) -> Vec<(usize, Link)> {
        let world = self.world;
        let Some(made) = world.production_orders.get(made) else {
            return Vec::new();
        };
        let begun = production::done(world, first).is_positive();
        let mut after = Vec::new();
        for (order, ..) in production::owners(world, made) {
            if made.state == crate::domain::codes::ProductionState::Proposed {
                after.extend(self.samples(order, false));
                after.extend(self.queries(order));
            }
            if !begun {
                after.extend(self.decisions(order));
            }
        }
        after.into_iter().map(|n| (n, Link::End(0))).collect()
    }

    fn approval(
        &mut self,
        of: ChanceOf,
        base: NaiveDate,
        usual: &Odds,
        planned: NaiveDate,
    ) -> usize {
        if let Some(at) = self.approvals.get(&of) {
            return *at;
        }
        let odds = chase::arrival(usual, base, self.today);
        let at = self.comes(of, base, odds, planned.max(self.today));
        self.approvals.insert(of, at);
        at
    }

    fn samples(&mut self, order: &Order, shipment: bool) -> Vec<usize> {
        let usual = self.usual.sample.clone();
        let mut out = Vec::new();
        for s in self.world.samples.of(order.id) {
            let is_shipment = s.kind == crate::domain::codes::SampleKind::Shipment;
            if is_shipment != shipment {
                continue;
            }
            let Some(base) = sent(self.world, s, self.today) else {
                continue;
            };
            // The best that can be had is a verdict on the day.
            out.push(self.approval(ChanceOf::Sample(s.id), base, &usual, base));
        }
        out
    }

    fn queries(&mut self, order: &Order) -> Vec<usize> {
        let usual = self.usual.query.clone();
        let open = self.world.queries.of(order.id);
        let open = open.filter(|q| q.answered_on.is_none());
        let mut out = Vec::new();
        for q in open {
            let planned = q.due.unwrap_or(self.today);
            out.push(self.approval(ChanceOf::Query(q.id), q.raised_on, &usual, planned));
        }
        out
    }

    fn decisions(&mut self, order: &Order) -> Vec<usize> {
        let usual = self.usual.decision.clone();
        let waits = |e: &&Exception| {
            e.order_id == Some(order.id)
                && e.closed_on.is_none()
                && e.decided_on.is_none()
                && !e.decision_needed.is_empty()
        };
        let mut out = Vec::new();
        for e in self.world.exceptions.iter().filter(waits) {
            let planned = e.decide_by.unwrap_or(self.today);
            let base = e.reported_at.date();
            out.push(self.approval(ChanceOf::Exception(e.id), base, &usual, planned));
        }
        out
    }

    /// The steps of an order to its shipment.
    fn order(&mut self, order: &Order) {
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
            .filter(|(m, _)| m.state != crate::domain::codes::ProductionState::Cancelled)
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

/// The day from which a customer's answer to a sample is counted; `None` where none is waited for.
fn sent(world: &World, s: &Sample, today: NaiveDate) -> Option<NaiveDate> {
    match sample::standing(world, s, today) {
        Standing::Approved | Standing::Replaced => None,
        Standing::Waiting(_) => s.sent_on,
        Standing::ToSend(_) => Some(s.due.map_or(today, |due| due.max(today))),
        Standing::Again => today.checked_add_days(Days::new(REMAKE_DAYS)),
    }
}
