//! What a change of an order touches: every object whose state derives from it, before and after.
//!
//! The state of each object is written down once from the world, the computed plan and the
//! explosion; an object is touched where its state after the change is another one. Nothing is
//! estimated: both states come from the same planner, so what is named is what will change.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::explode::{self, Explosion, Supply};
use super::supply;
use crate::app::outlook::Outlook;
use crate::domain::codes::Department;
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::quantity::Qty;
use crate::domain::rule::consistency::{alias::Aliases, papers, value, whole};
use crate::domain::rule::{delivery, intake, milestone, production, review};
use crate::domain::world::World;

/// A kind of object that can be touched, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    ProductionOrder,
    Operation,
    /// A purchase line that was placed.
    Purchase,
    /// What still has to be bought of an item by a day.
    Requirement,
    Milestone,
    Shipment,
    /// A document that states what changes.
    Document,
    /// A department's answer in the open review round.
    Answer,
    ReviewPoint,
    /// The earliest date of an order that is still open.
    Promise,
}

/// An object: its kind, its id (of an item for a requirement, a place for a review point), its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    pub kind: Kind,
    pub id: i64,
    /// The need date of a requirement.
    pub day: Option<NaiveDate>,
}

/// What of an object's state is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    Qty,
    Due,
    Start,
    Finish,
    Line,
    LateDays,
    /// How much of a purchase the orders need.
    Needed,
    NeededBy,
    ReleaseBy,
    Latest,
    /// Quantity beyond what is open.
    Beyond,
    /// Whether a document still says what the order says.
    Agrees,
    /// What was asked of the department, or reviewed.
    Asked,
    Date,
}

/// The state of an object; an aspect that does not apply is left out.
pub type State = BTreeMap<Aspect, String>;

/// An object that a change touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    pub object: Object,
    pub department: Department,
    /// What changes, from and to; empty where the object comes or goes.
    pub changes: Vec<(Aspect, String, String)>,
}

/// The world with what was computed from it.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub world: &'a World,
    pub outlook: &'a Outlook,
    /// What covers what, see [`explosion`].
    pub explosion: &'a Explosion,
}

/// The materials of a world: what covers what.
#[must_use]
pub fn explosion(world: &World, now: Moment) -> Explosion {
    explode::explode(&supply::input(world, now.date()))
}

/// Every object whose state differs, in the order of [`Object`].
#[must_use]
pub fn ripple(before: Side<'_>, after: Side<'_>, order: i64, now: Moment) -> Vec<Touch> {
    let (old, new) = (states(before, order, now), states(after, order, now));
    let none = State::new();
    let mut objects: Vec<Object> = old.keys().chain(new.keys()).copied().collect();
    objects.sort_unstable();
    objects.dedup();
    let mut out = Vec::new();
    for object in objects {
        let (was, is) = (
            old.get(&object).unwrap_or(&none),
            new.get(&object).unwrap_or(&none),
        );
        if was == is {
            continue;
        }
        let mut aspects: Vec<Aspect> = was.keys().chain(is.keys()).copied().collect();
        aspects.sort_unstable();
        aspects.dedup();
        let text = |state: &State, aspect: Aspect| state.get(&aspect).cloned().unwrap_or_default();
        let changes = aspects
            .into_iter()
            .map(|a| (a, text(was, a), text(is, a)))
            .filter(|(_, was, is)| was != is)
            .collect();
        out.push(Touch {
            object,
            department: department(after.world, object),
            changes,
        });
    }
    out
}

/// Who has to know.
fn department(world: &World, object: Object) -> Department {
    match object.kind {
        Kind::ProductionOrder | Kind::Operation => Department::Production,
        Kind::Purchase | Kind::Requirement => Department::Purchasing,
        Kind::Shipment => Department::Shipping,
        Kind::Document => Department::Technical,
        Kind::ReviewPoint | Kind::Promise => Department::Sales,
        Kind::Milestone => world
            .milestones
            .get(object.id)
            .map(|m| m.owner)
            .unwrap_or_default(),
        Kind::Answer => world
            .answers
            .get(object.id)
            .map(|a| a.department)
            .unwrap_or_default(),
    }
}

/// The state of every object that can derive from an order.
fn states(side: Side<'_>, order: i64, now: Moment) -> BTreeMap<Object, State> {
    let mut out = BTreeMap::new();
    production_states(side, &mut out);
    material_states(side, &mut out);
    if let Some(order) = side.world.orders.get(order) {
        own_states(side, order, now, &mut out);
    }
    for (id, promise) in side.outlook.promises.iter() {
        let date = promise.date.map(|d| d.to_string()).unwrap_or_default();
        put(&mut out, Kind::Promise, *id, [(Aspect::Date, date)]);
    }
    out
}

fn put<const N: usize>(
    out: &mut BTreeMap<Object, State>,
    kind: Kind,
    id: i64,
    state: [(Aspect, String); N],
) {
    let object = Object {
        kind,
        id,
        day: None,
    };
    out.insert(object, BTreeMap::from(state));
}

fn production_states(side: Side<'_>, out: &mut BTreeMap<Object, State>) {
    for p in side.world.production_orders.iter() {
        let mut state = State::from([(Aspect::Qty, p.qty.text())]);
        if !production::is_live(production::standing(side.world, p)) {
            state.insert(Aspect::Qty, Qty::ZERO.text());
        }
        if let Some(f) = side.outlook.finishes.get(&p.id) {
            state.insert(
                Aspect::Due,
                f.due.map(|d| d.to_string()).unwrap_or_default(),
            );
            state.insert(Aspect::Start, f.starts.text());
            state.insert(Aspect::Finish, f.ends.text());
            state.insert(Aspect::LateDays, f.late_days.to_string());
        }
        let object = Object {
            kind: Kind::ProductionOrder,
            id: p.id,
            day: None,
        };
        out.insert(object, state);
    }
    for (id, place) in side.outlook.places.iter() {
        let line = place.line_id.and_then(|id| side.world.lines.get(id));
        let state = [
            (Aspect::Start, place.starts.text()),
            (Aspect::Finish, place.ends.text()),
            (
                Aspect::Line,
                line.map(|l| l.code.clone()).unwrap_or_default(),
            ),
        ];
        put(out, Kind::Operation, *id, state);
    }
}

fn material_states(side: Side<'_>, out: &mut BTreeMap<Object, State>) {
    let mut used: BTreeMap<i64, (Qty, Option<NaiveDate>)> = BTreeMap::new();
    for row in &side.explosion.rows {
        for cover in &row.covers {
            if let Supply::Purchase(id) = cover.from {
                let entry = used.entry(id).or_default();
                entry.0 += cover.qty;
                entry.1 = Some(
                    entry
                        .1
                        .map_or(row.need_date, |d: NaiveDate| d.min(row.need_date)),
                );
            }
        }
    }
    for p in side.world.purchases.iter().filter(|p| !p.closed) {
        let (qty, day) = used.get(&p.id).copied().unwrap_or_default();
        let by = day.map(|d| d.to_string()).unwrap_or_default();
        let state = [(Aspect::Needed, qty.text()), (Aspect::NeededBy, by)];
        put(out, Kind::Purchase, p.id, state);
    }
    for r in side
        .outlook
        .requirements
        .iter()
        .filter(|r| !r.make && r.qty_planned.is_positive())
    {
        let object = Object {
            kind: Kind::Requirement,
            id: r.item_id,
            day: Some(r.need_date),
        };
        let state = State::from([
            (Aspect::Qty, r.qty_planned.text()),
            (Aspect::ReleaseBy, r.release_date.to_string()),
        ]);
        out.insert(object, state);
    }
}

/// What hangs on the order itself.
fn own_states(side: Side<'_>, order: &Order, now: Moment, out: &mut BTreeMap<Object, State>) {
    let world = side.world;
    for s in milestone::standing(world, order, now.date()).unwrap_or_default() {
        if s.actual.is_none() {
            let latest = s.latest.map(|d| d.to_string()).unwrap_or_default();
            put(out, Kind::Milestone, s.row.id, [(Aspect::Latest, latest)]);
        }
    }
    for shipment in world
        .shipments
        .of(order.id)
        .filter(|s| s.shipped_on.is_none() && s.cancelled_on.is_none())
    {
        let beyond: Qty = world
            .shipment_lines
            .of(shipment.id)
            .map(|l| {
                let line = world.order_lines.get(l.order_line_id);
                let open = line.map_or(Qty::ZERO, |line| delivery::line_qty(world, line).open);
                (l.qty - open).floor_zero()
            })
            .sum();
        let due = delivery::due(world, order)
            .map(|d| d.to_string())
            .unwrap_or_default();
        let state = [(Aspect::Beyond, beyond.text()), (Aspect::Due, due)];
        put(out, Kind::Shipment, shipment.id, state);
    }
    documents(world, order, out);
    let lines: Vec<String> = world
        .order_lines
        .of(order.id)
        .map(|l| {
            format!(
                "{} {} {}",
                l.item_code,
                l.qty.text(),
                l.requested_date.unwrap_or_default()
            )
        })
        .collect();
    if let Some(round) = review::round(world, order) {
        for answer in world.answers.of(round.id) {
            put(
                out,
                Kind::Answer,
                answer.id,
                [(Aspect::Asked, lines.join("; "))],
            );
        }
    }
    for (point, at) in intake::points(world, order, now.date())
        .into_iter()
        .zip(1..)
    {
        put(out, Kind::ReviewPoint, at, [(Aspect::Asked, point.value)]);
    }
}

/// Documents that state a quantity or a delivery date: whether it is still that of the order.
fn documents(world: &World, order: &Order, out: &mut BTreeMap<Object, State>) {
    let aliases = Aliases::new(world.aliases.iter());
    let ordered = delivery::order_qty(world, order).ordered.text();
    let unit = world
        .order_lines
        .of(order.id)
        .next()
        .map(|l| l.unit.clone())
        .unwrap_or_default();
    let date = delivery::requested(world, order)
        .map(|d| d.to_string())
        .unwrap_or_default();
    for document in papers(world, order) {
        let mut said: Vec<String> = Vec::new();
        for fact in world
            .facts
            .of(order.id)
            .filter(|f| f.document_id == document.id)
        {
            let key = aliases.key(&fact.key);
            let wanted = match key.as_str() {
                "quantity" => format!("{ordered} {unit}"),
                "delivery date" => date.clone(),
                _ => continue,
            };
            let found = value::compare(&whole(fact), wanted.trim(), &aliases);
            said.push(format!(
                "{key} {}",
                i32::from(found == value::Comparison::Same)
            ));
        }
        if !said.is_empty() {
            put(
                out,
                Kind::Document,
                document.id,
                [(Aspect::Agrees, said.join("; "))],
            );
        }
    }
}
