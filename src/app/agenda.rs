//! What the lines have to do, operation by operation: by the accepted plan, else by the computed one.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};

use super::outlook::Outlook;
use crate::domain::calendar::Calendar;
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::quantity::Qty;
use crate::domain::rule::production;
use crate::domain::world::World;

/// An operation with its place.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    pub made: &'a ProductionOrder,
    /// The first order it is made for.
    pub order: Option<&'a Order>,
    pub operation: &'a Operation,
    /// Pieces it still has to make.
    pub left: Qty,
    pub line_id: Option<i64>,
    pub starts: Moment,
    pub ends: Moment,
    /// Whether the place is that of the accepted plan.
    pub accepted: bool,
    /// Days the production order will be late.
    pub late_days: i64,
    /// The latest it may start, where a plan was computed.
    pub latest_start: Option<Moment>,
    pub float_minutes: Option<i64>,
}

impl Entry<'_> {
    /// The line it runs on, else its work centre; empty where neither is known.
    #[must_use]
    pub fn place(&self, world: &World) -> String {
        let line = world.lines.find(self.line_id).map(|l| l.code.clone());
        let centre = world.work_centres.find(self.operation.work_centre_id);
        line.or_else(|| centre.map(|c| c.name.clone()))
            .unwrap_or_default()
    }

    /// When its line works.
    #[must_use]
    pub fn calendar(&self, world: &World) -> Arc<Calendar> {
        let line = world.lines.find(self.line_id);
        let centre = world.work_centres.find(self.operation.work_centre_id);
        let own = line.and_then(|l| l.calendar_id);
        world.calendar_or_own(own.or_else(|| centre.and_then(|c| c.calendar_id)))
    }

    /// How full its work centre is in the week it starts, in per cent.
    #[must_use]
    pub fn load(&self, outlook: &Outlook) -> Option<i64> {
        let day = self.starts.date();
        let back = u64::from(day.weekday().num_days_from_monday());
        let monday = day.checked_sub_days(Days::new(back))?;
        let mut loads = outlook.loads.iter();
        loads
            .find(|l| Some(l.work_centre_id) == self.operation.work_centre_id && l.from == monday)
            .map(super::outlook::Load::percent)
    }

    /// Whether it takes time of a day: a day between its ends, unless its line is closed then.
    #[must_use]
    pub fn takes(&self, day: NaiveDate, calendar: &Calendar) -> bool {
        let (first, last) = (self.starts.date(), self.last_day());
        day == first || day == last || (first < day && day < last && calendar.is_working(day))
    }

    /// The last day on which it takes time; an end at midnight belongs to the day before.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        let end = self.ends.0 - chrono::Duration::minutes(1);
        end.date().max(self.starts.date())
    }
}

/// Everything that is still to be done and has a place, by line and start.
#[must_use]
pub fn entries<'a>(world: &'a World, outlook: &Outlook) -> Vec<Entry<'a>> {
    let mut list = Vec::new();
    for made in &world.production_orders {
        if !production::is_live(production::standing(world, made)) {
            continue;
        }
        let order = production::owner(world, made).map(|(order, _)| order);
        let late_days = outlook.finishes.get(&made.id).map_or(0, |f| f.late_days);
        for operation in world.operations.of(made.id) {
            let left = production::left(world, made, operation);
            let place = outlook.places.get(&operation.id);
            let accepted = operation.starts.zip(operation.ends);
            let computed = place.map(|p| (p.starts, p.ends));
            let Some((starts, ends)) = accepted.or(computed).filter(|_| left.is_positive()) else {
                continue;
            };
            list.push(Entry {
                made,
                order,
                operation,
                left,
                line_id: if accepted.is_some() {
                    operation.line_id
                } else {
                    place.and_then(|p| p.line_id)
                },
                starts,
                ends,
                accepted: accepted.is_some(),
                late_days,
                latest_start: place.map(|p| p.latest_start),
                float_minutes: place.map(|p| p.float_minutes),
            });
        }
    }
    list.sort_by_key(|e| (e.place(world), e.starts, e.operation.id));
    list
}
