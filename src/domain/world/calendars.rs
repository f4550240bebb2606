//! Calendars made of their rows, once for every state of these: nearly every rule asks for one.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{Rows, World};
use crate::domain::calendar::{Calendar, parse_shifts};
use crate::domain::holidays;
use crate::domain::resource::{CalendarDay, CalendarRow};

/// The calendars of a world, made when one is asked for first; its copies share them.
///
/// They hold the rows they were made of: where a world has others by now, they are made again each
/// time, and whoever changes the rows for good starts afresh with the default.
#[derive(Debug, Clone, Default)]
pub struct Compiled(OnceLock<Arc<Made>>);

#[derive(Debug)]
struct Made {
    rows: Rows<CalendarRow>,
    days: Rows<CalendarDay>,
    by_id: BTreeMap<i64, Arc<Calendar>>,
    factory: Arc<Calendar>,
}

impl Made {
    fn of(world: &World) -> Arc<Self> {
        let (rows, days) = (world.calendars.clone(), world.calendar_days.clone());
        let make = |row: &CalendarRow| {
            let days: Vec<&CalendarDay> = days.of(row.id).collect();
            Arc::new(calendar_of(row, &days))
        };
        let by_id: BTreeMap<i64, Arc<Calendar>> = rows.iter().map(|r| (r.id, make(r))).collect();
        let own = rows.iter().find(|c| c.code == holidays::FACTORY_CALENDAR);
        let factory = own.and_then(|row| by_id.get(&row.id)).cloned();
        let factory =
            factory.unwrap_or_else(|| Arc::new(calendar_of(&holidays::factory_calendar().0, &[])));
        Arc::new(Self {
            rows,
            days,
            by_id,
            factory,
        })
    }

    fn stands_on(&self, world: &World) -> bool {
        self.rows.is(&world.calendars) && self.days.is(&world.calendar_days)
    }
}

impl World {
    fn made(&self) -> Arc<Made> {
        let made = self.compiled.0.get_or_init(|| Made::of(self));
        match made.stands_on(self) {
            true => Arc::clone(made),
            false => Made::of(self),
        }
    }

    /// The factory's own calendar; six days a week where the file has none of that code.
    #[must_use]
    pub fn factory_calendar(&self) -> Arc<Calendar> {
        Arc::clone(&self.made().factory)
    }

    /// Every calendar; the factory's own where there is none.
    #[must_use]
    pub fn all_calendars(&self) -> Vec<Calendar> {
        let made = self.made();
        if made.by_id.is_empty() {
            return vec![made.factory.as_ref().clone()];
        }
        made.by_id.values().map(|c| c.as_ref().clone()).collect()
    }

    /// The calendar of an id; the factory's own where there is none.
    #[must_use]
    pub fn calendar_or_own(&self, id: Option<i64>) -> Arc<Calendar> {
        let made = self.made();
        let own = id.and_then(|id| made.by_id.get(&id));
        Arc::clone(own.unwrap_or(&made.factory))
    }
}

/// A calendar from its rows; a day whose shifts cannot be read counts as a day off.
fn calendar_of(row: &CalendarRow, days: &[&CalendarDay]) -> Calendar {
    let week = [
        &row.mon, &row.tue, &row.wed, &row.thu, &row.fri, &row.sat, &row.sun,
    ];
    Calendar {
        code: row.code.clone(),
        week: week.map(|text| parse_shifts(text).unwrap_or_default()),
        days: days
            .iter()
            .map(|d| (d.date, parse_shifts(&d.shifts).unwrap_or_default()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn calendars_follow_their_rows() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let row = |id, code: &str, open: &str| CalendarRow {
            id,
            code: code.to_owned(),
            tue: open.to_owned(),
            ..CalendarRow::default()
        };
        let rows = vec![
            row(1, holidays::FACTORY_CALENDAR, "08:00-12:00"),
            row(2, "NIGHT", "20:00-24:00"),
        ];
        let mut world = World {
            calendars: Rows::new(rows),
            ..World::default()
        };
        let minutes = |c: &Calendar| c.shifts_on(day).iter().map(|s| s.minutes()).sum::<u16>();
        assert_eq!(minutes(&world.factory_calendar()), 240);
        assert_eq!(world.calendar_or_own(Some(2)).code, "NIGHT");
        assert_eq!(world.calendar_or_own(Some(9)), world.factory_calendar());
        let again = (world.factory_calendar(), world.clone().factory_calendar());
        assert!(Arc::ptr_eq(&again.0, &again.1), "made once");
        world.calendar_days = Rows::new(vec![CalendarDay {
            id: 1,
            calendar_id: 1,
            date: day,
            ..CalendarDay::default()
        }]);
        assert_eq!(minutes(&world.factory_calendar()), 0, "other rows");
    }
}
