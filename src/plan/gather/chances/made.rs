//! What is left to be made: operations in the order of the plan, with the materials they wait for.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Chain;
use crate::app::outlook::{ChanceOf, KitPart, Place};
use crate::domain::moment::Moment;
use crate::domain::production::Operation;
use crate::domain::quantity::Micro;
use crate::domain::rule::odds::Odds;
use crate::domain::rule::production;
use crate::domain::rule::supplier::Said;
use crate::plan::explode;
use crate::plan::forecast::{self, Link, Node, Report, Step};
use crate::plan::input::{Minute, minute_of};

/// Reported days whose spread is taken for what is left.
const PACE_DAYS: usize = 5;
/// Twice as fast and three times as slow is the most that a pace is believed.
const PACE_PERCENT: (i64, i64) = (50, 300);

impl Chain<'_> {
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
    pub(super) fn operations(&mut self) {
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
}
