//! When a lot has to be released so that it comes in time, on the working calendar of its source.
//!
//! A release that should have been before today becomes today, with the working days it is late.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::input::{Input, Item};
use super::outcome::{Finding, LEAD_DAYS_MAX};
use crate::domain::calendar::Calendar;

/// The days around one lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) struct Release {
    pub(in crate::plan) required: NaiveDate,
    pub(in crate::plan) possible: NaiveDate,
    pub(in crate::plan) late_days: i32,
    pub(in crate::plan) arrives: NaiveDate,
}

/// Lead times of all items, with what has been computed already.
pub(in crate::plan) struct LeadTimes<'a> {
    today: NaiveDate,
    calendars: BTreeMap<&'a str, &'a Calendar>,
    known: BTreeMap<(&'a str, u32, NaiveDate), Release>,
}

impl<'a> LeadTimes<'a> {
    /// Keeps the calendars that can be used, and names those items that ask for another.
    pub(in crate::plan) fn new(input: &'a Input, findings: &mut Vec<Finding>) -> Self {
        let mut calendars = BTreeMap::new();
        let mut closed = Vec::new();
        for calendar in &input.calendars {
            if calendar.on_or_after(input.today).is_some() {
                calendars.insert(calendar.code.as_str(), calendar);
            } else {
                closed.push(calendar.code.as_str());
            }
        }
        for item in &input.items {
            if item.lead_days > LEAD_DAYS_MAX {
                let code = item.code.clone();
                findings.push(Finding::LeadTooLong { code });
            }
            let Some(name) = item.calendar.as_deref() else {
                continue;
            };
            let (code, calendar) = (item.code.clone(), name.to_owned());
            if closed.contains(&name) {
                findings.push(Finding::ClosedCalendar { code, calendar });
            } else if !calendars.contains_key(name) {
                findings.push(Finding::MissingCalendar { code, calendar });
            }
        }
        Self {
            today: input.today,
            calendars,
            known: BTreeMap::new(),
        }
    }

    /// The release of a lot of `item` that is due on `due`.
    pub(in crate::plan) fn release(&mut self, item: &'a Item, due: NaiveDate) -> Release {
        let name = item.calendar.as_deref().unwrap_or_default();
        let days = item.lead_days.min(LEAD_DAYS_MAX);
        if let Some(known) = self.known.get(&(name, days, due)) {
            return *known;
        }
        let calendar = self.calendars.get(name).copied();
        let release = compute(calendar, days, self.today, due);
        self.known.insert((name, days, due), release);
        release
    }

    /// The first day of planning.
    pub(in crate::plan) const fn today(&self) -> NaiveDate {
        self.today
    }

    /// The day a lot of `item` comes when it is released on `from`.
    pub(in crate::plan) fn after(&self, item: &Item, from: NaiveDate) -> NaiveDate {
        let name = item.calendar.as_deref().unwrap_or_default();
        let days = item.lead_days.min(LEAD_DAYS_MAX);
        after(self.calendars.get(name).copied(), from, days)
    }
}

fn compute(calendar: Option<&Calendar>, days: u32, today: NaiveDate, due: NaiveDate) -> Release {
    let required = before(calendar, due, days);
    if required >= today {
        return Release {
            required,
            possible: required,
            late_days: 0,
            arrives: due,
        };
    }
    let late_days = match calendar {
        Some(calendar) => calendar.days_between(required, today),
        None => i32::try_from((today - required).num_days()).unwrap_or(i32::MAX),
    };
    Release {
        required,
        possible: today,
        late_days,
        arrives: after(calendar, today, days).max(due),
    }
}

/// `days` working days before `day`; without lead time the last working day up to `day`.
fn before(calendar: Option<&Calendar>, day: NaiveDate, days: u32) -> NaiveDate {
    let back = i32::try_from(days).unwrap_or(i32::MAX);
    calendar
        .and_then(|c| c.on_or_before(c.add_days(day, -back)?))
        .or_else(|| day.checked_sub_days(Days::new(days.into())))
        .unwrap_or(day)
}

/// `days` working days after `day`.
fn after(calendar: Option<&Calendar>, day: NaiveDate, days: u32) -> NaiveDate {
    let forward = i32::try_from(days).unwrap_or(i32::MAX);
    calendar
        .and_then(|c| c.add_days(day, forward))
        .or_else(|| day.checked_add_days(Days::new(days.into())))
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::explode::input::Source;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn input() -> Input {
        let mut input = Input::new(day("2026-11-23"));
        let mut week = Calendar::always("DAY");
        week.week[5].clear();
        week.week[6].clear();
        week.days.insert(day("2026-12-01"), Vec::new());
        let mut never = Calendar::always("NEVER");
        never.week.iter_mut().for_each(Vec::clear);
        input.calendars = vec![week, never];
        for (id, calendar) in [(1, "DAY"), (2, "NEVER"), (3, "GONE")] {
            let mut item = Item::new(id, &format!("I{id}"), Source::Buy);
            item.lead_days = 5;
            item.calendar = Some(calendar.to_owned());
            input.items.push(item);
        }
        input
    }

    #[test]
    fn lead_time_skips_the_weekend_and_the_holiday() {
        let input = input();
        let mut lead = LeadTimes::new(&input, &mut Vec::new());
        let release = lead.release(&input.items[0], day("2026-12-03"));
        assert_eq!(release.required, day("2026-11-25"));
        assert_eq!((release.arrives, release.late_days), (day("2026-12-03"), 0));
    }

    #[test]
    fn a_release_before_today_is_today_and_late_by_working_days() {
        let input = input();
        let mut lead = LeadTimes::new(&input, &mut Vec::new());
        let release = lead.release(&input.items[0], day("2026-11-26"));
        assert_eq!(release.required, day("2026-11-19"));
        assert_eq!(
            (release.possible, release.late_days, release.arrives),
            (day("2026-11-23"), 2, day("2026-11-30"))
        );
    }

    #[test]
    fn a_calendar_that_is_closed_or_missing_is_named_and_counts_every_day() {
        let input = input();
        let mut findings = Vec::new();
        let mut lead = LeadTimes::new(&input, &mut findings);
        let pair = |code: &str, calendar: &str| (code.to_owned(), calendar.to_owned());
        let ((a, b), (c, d)) = (pair("I2", "NEVER"), pair("I3", "GONE"));
        assert_eq!(
            findings,
            [
                Finding::ClosedCalendar {
                    code: a,
                    calendar: b
                },
                Finding::MissingCalendar {
                    code: c,
                    calendar: d
                }
            ]
        );
        let release = lead.release(&input.items[1], day("2026-12-03"));
        assert_eq!(release.required, day("2026-11-28"));
    }
}
