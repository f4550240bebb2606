//! Deliveries within stock, receipts, suppliers and capacity, the most important demand first.
//!
//! Each demand takes what it can by its due date as late as possible, so that less important ones
//! find the early supplies; the rest comes as early as possible. Lots are not moved once placed.
//! Surprising: a demand with a smallest shipment is planned shipment by shipment.

use std::collections::BTreeMap;

use crate::domain::quantity::Qty;

mod profile;
mod supply;

use supply::State;

/// A planning question. Times are minutes from any fixed point.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    pub now: i64,
    /// Whether open receipts, however late, go before new purchases.
    pub open_orders_first: bool,
    pub items: Vec<Item>,
    /// Confirmed receipts.
    pub receipts: Vec<Dated>,
    /// Confirmed issues, which are served before every demand.
    pub issues: Vec<Dated>,
    pub resources: Vec<Resource>,
    pub demands: Vec<Demand>,
}

/// An item and how more of it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: i64,
    pub on_hand: Qty,
    pub source: Source,
}

/// How more of an item comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Nothing but stock and confirmed receipts.
    None,
    Buy {
        lead: i64,
        least: Qty,
        multiple: Qty,
    },
    Make(Make),
    /// A network of tasks, done once per order.
    Tasks(Vec<Task>),
}

/// A production step: components at its start, output at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Make {
    /// Minutes per lot.
    pub fixed: i64,
    /// Minutes per run of `output`.
    pub per_run: Qty,
    /// What one run gives.
    pub output: Qty,
    /// Runs come in multiples of this; zero is none.
    pub run_multiple: Qty,
    /// Components of one run.
    pub components: Vec<(i64, Qty)>,
    pub resource: Option<i64>,
}

/// One task of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub id: i64,
    pub minutes: i64,
    /// Earlier tasks and the wait after each.
    pub after: Vec<(i64, i64)>,
}

/// A quantity on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    pub item: i64,
    pub at: i64,
    pub qty: Qty,
}

/// Parallel lines whose number changes over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    pub id: i64,
    /// `(start, lines)`; nothing before the first.
    pub steps: Vec<(i64, i64)>,
    /// Work done per minute, one is normal.
    pub efficiency: Qty,
}

/// What someone wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    pub id: i64,
    pub item: i64,
    pub qty: Qty,
    pub due: i64,
    /// The smaller goes first.
    pub priority: i64,
    /// Minutes from the item's availability to its delivery.
    pub delivery: i64,
    /// Least quantity of one delivery; zero is none.
    pub min_shipment: Qty,
    pub max_lateness: Option<i64>,
    /// Units of the item per unit delivered.
    pub consume: Qty,
    /// Demands with the same group are delivered on one day.
    pub group: Option<i64>,
}

/// What is delivered, what is not, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// By demand in the order of the question, then date.
    pub deliveries: Vec<Delivery>,
    pub short: Vec<(i64, Qty)>,
    pub purchases: Vec<Purchase>,
    /// Reasons why a demand is late or short, in the order they were met.
    pub why: Vec<(i64, Why)>,
    /// Times at which confirmed issues exceed what is there.
    pub shortages: Vec<Shortage>,
}

/// A delivered quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    pub demand: i64,
    pub at: i64,
    pub qty: Qty,
}

/// A proposed purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase {
    pub item: i64,
    pub order: i64,
    pub arrive: i64,
    pub qty: Qty,
}

/// What makes a demand late or short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The making of this item takes its time.
    LeadTime(i64),
    /// This task takes its time.
    TaskTime(i64),
    /// The supplier of this item takes its time.
    SupplierLeadTime(i64),
    /// This resource is taken.
    Capacity(i64),
    /// This item is waited for or not there.
    Material(i64),
    /// It goes with this later demand.
    ShipsWith(i64),
}

/// A time in which confirmed issues are not covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortage {
    pub item: i64,
    pub qty: Qty,
    pub from: i64,
    /// `None` where it lasts.
    pub to: Option<i64>,
}

/// Most shipments one demand is planned in; a smaller shipment is rounded up to reach it.
pub const SHIPMENTS_MAX: i64 = 1_000;

/// Plans all demands, by priority, then due date, then id.
#[must_use]
pub fn plan(question: &Question) -> Answer {
    let mut state = State::new(question);
    let mut answer = Answer {
        shortages: state.shortages(question),
        ..Answer::default()
    };
    let mut order: Vec<&Demand> = question.demands.iter().collect();
    order.sort_by_key(|d| (d.priority, d.due, d.id));
    for demand in order {
        serve(demand, &mut state, &mut answer);
    }
    ship_together(question, &mut answer);
    answer.purchases = state.purchases();
    answer.deliveries = merged(question, &answer.deliveries);
    answer
}

/// Serves one demand shipment by shipment.
fn serve(demand: &Demand, state: &mut State, answer: &mut Answer) {
    let least = demand.min_shipment.max(share(demand));
    let mut rest = demand.qty;
    let mut why = Vec::new();
    while rest.is_positive() {
        let part = if !least.is_positive() || rest - least < least {
            rest
        } else {
            least
        };
        let served = ship(demand, part, state, answer, &mut why);
        rest -= served;
        if served < part {
            break;
        }
    }
    if rest.is_positive() {
        answer.short.push((demand.id, rest));
    }
    let mut said = Vec::new();
    for reason in why {
        if !said.contains(&reason) {
            said.push(reason);
            answer.why.push((demand.id, reason));
        }
    }
}

/// The smallest shipment that keeps their number within bounds, where there is one at all.
fn share(demand: &Demand) -> Qty {
    if demand.min_shipment.is_positive() {
        demand.qty.over(Qty::whole(SHIPMENTS_MAX))
    } else {
        Qty::ZERO
    }
}

/// Delivers up to `part`: by the due date what can be, the rest as early as possible.
fn ship(
    demand: &Demand,
    part: Qty,
    state: &mut State,
    answer: &mut Answer,
    why: &mut Vec<Why>,
) -> Qty {
    let wanted = part.times(demand.consume);
    let limit = demand.due.saturating_sub(demand.delivery);
    let mut reasons = Vec::new();
    let before = state.clone();
    let mut in_time = state.by(demand.item, wanted, limit, &mut reasons);
    if in_time < wanted && demand.min_shipment.is_positive() {
        *state = before;
        in_time = Qty::ZERO;
    }
    let mut portions = vec![(demand.due, in_time)];
    if in_time < wanted {
        why.append(&mut reasons);
        portions.extend(late(demand, wanted - in_time, state, why));
    }
    let mut taken = Qty::ZERO;
    let mut served = Qty::ZERO;
    for (at, qty) in portions.into_iter().filter(|(_, qty)| qty.is_positive()) {
        taken += qty;
        // The last portion takes what rounding left, so that nothing is lost.
        let qty = if taken == wanted {
            part - served
        } else {
            qty.over(demand.consume)
        };
        served += qty;
        let demand = demand.id;
        answer.deliveries.push(Delivery { demand, at, qty });
    }
    served
}

/// Takes `rest` as early as possible, within the lateness and shipment the demand allows; returns
/// portions of the item by the day of their delivery.
fn late(demand: &Demand, rest: Qty, state: &mut State, why: &mut Vec<Why>) -> Vec<(i64, Qty)> {
    let latest = demand.max_lateness.map(|late| {
        let due = demand.due.saturating_add(late);
        due.saturating_sub(demand.delivery)
    });
    let before = state.clone();
    let portions = state.soon(demand.item, rest, why);
    let got: Qty = portions.iter().map(|(_, qty)| *qty).sum();
    let last = portions.iter().map(|(at, _)| *at).max();
    let delivered = |at: i64| at.saturating_add(demand.delivery);
    let over = latest.filter(|latest| last.is_some_and(|last| last > *latest));
    match (over, last) {
        (None, Some(last)) if demand.min_shipment.is_positive() && got == rest => {
            vec![(delivered(last), rest)]
        }
        (None, _) if !demand.min_shipment.is_positive() => portions
            .into_iter()
            .map(|(at, qty)| (delivered(at), qty))
            .collect(),
        (Some(limit), _) if !demand.min_shipment.is_positive() => {
            // Take again what came soon enough, and of the rest what a smaller lot can bring.
            let soon = portions.iter().filter(|(at, _)| *at <= limit);
            let kept: Qty = soon.map(|(_, qty)| *qty).sum();
            *state = before;
            let mut again = state.soon(demand.item, kept, &mut Vec::new());
            let qty = state.by(demand.item, rest - kept, limit, &mut Vec::new());
            again.push((limit, qty));
            again
                .into_iter()
                .map(|(at, qty)| (delivered(at), qty))
                .collect()
        }
        _ => {
            *state = before;
            Vec::new()
        }
    }
}

/// Moves the deliveries of each group to the day of its slowest.
fn ship_together(question: &Question, answer: &mut Answer) {
    let group_of: BTreeMap<i64, i64> = question
        .demands
        .iter()
        .filter_map(|d| Some((d.id, d.group?)))
        .collect();
    let mut slowest: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for delivery in &answer.deliveries {
        if let Some(group) = group_of.get(&delivery.demand) {
            let last = slowest
                .entry(*group)
                .or_insert((delivery.at, delivery.demand));
            if delivery.at > last.0 {
                *last = (delivery.at, delivery.demand);
            }
        }
    }
    for delivery in &mut answer.deliveries {
        let group = group_of.get(&delivery.demand);
        if let Some((at, with)) = group.and_then(|group| slowest.get(group))
            && delivery.at < *at
        {
            delivery.at = *at;
            answer.why.push((delivery.demand, Why::ShipsWith(*with)));
        }
    }
}

/// Joins deliveries of one demand at one time, in the order of the question.
fn merged(question: &Question, deliveries: &[Delivery]) -> Vec<Delivery> {
    let mut sums: BTreeMap<(i64, i64), Qty> = BTreeMap::new();
    for delivery in deliveries {
        *sums.entry((delivery.demand, delivery.at)).or_default() += delivery.qty;
    }
    question
        .demands
        .iter()
        .flat_map(|d| sums.range((d.id, i64::MIN)..=(d.id, i64::MAX)))
        .map(|((demand, at), qty)| Delivery {
            demand: *demand,
            at: *at,
            qty: *qty,
        })
        .collect()
}
