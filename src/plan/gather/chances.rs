//! The on-time chance of every live order, from the steps that are left of it.
//!
//! Materials come as their suppliers keep their word; operations take what work took before, those
//! that run what their pace says; approvals, decisions and the way to the ship take what they
//! usually take here. The lines are filled in the order of the plan: an operation waits for the one
//! before it on its line, whoever's it is.

mod approvals;
mod made;
mod order;

use super::*;
use crate::app::outlook::{Chance, ChanceItem, ChanceOf};
use crate::domain::rule::odds::Odds;
use crate::domain::rule::supplier::{self, Slips};
use crate::domain::rule::usual::Usual;
use crate::domain::rule::{chase, purchase};
use crate::plan::forecast::{self, Luck, Network, Node, Step};
use crate::plan::timeline::Timeline;

/// Draws for the screen: a chance is known to about two points.
pub const RUNS: usize = 400;
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
}
