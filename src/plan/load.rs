//! How full each work centre is, per day or week, and by whose work.
//!
//! Load is counted where the plan puts it: the open minutes an operation holds its line in a
//! period. Closed minutes count for nobody, so a period can never be more than full; what does
//! not fit shows as later dates, not as more than hundred per cent. Beside it stands what is
//! wanted: the same minutes backward from the latest finish of each operation, those before now
//! in the first period, so that more than can be done is seen as more than hundred per cent.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::quantity::{MICRO, Micro, Rate};
use crate::plan::input::{Minute, PlanInput, day_of, day_start};
use crate::plan::outcome::{PlanOutcome, PlannedOperation};
use crate::plan::problem::NONE;
use crate::plan::problem::resources::Resources;
use crate::plan::timeline::Timeline;

/// Periods answered at most; more would not fit any screen.
pub const PERIODS_MAX: usize = 400;

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    Day,
    /// From Monday.
    Week,
}

/// Load of one work centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreLoad {
    pub work_centre: String,
    /// Takes any number at once: only `used` says something.
    pub infinite: bool,
    pub periods: Vec<PeriodLoad>,
}

/// Load of one centre in one period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeriodLoad {
    pub first_day: NaiveDate,
    /// Open minutes of all its lines from now on.
    pub available: i64,
    pub used: i64,
    /// Used over available; zero where nothing is available.
    pub share: Rate,
    /// Who uses it, most first: production order, operation, minutes.
    pub by: Vec<(String, i64, i64)>,
    /// Minutes that would have to be worked here for every order to be in time.
    pub wanted: i64,
    /// Who wants it, most first.
    pub wanted_by: Vec<(String, i64, i64)>,
}

/// Counts the load of every centre in the periods that begin with the one `from` lies in.
#[must_use]
pub fn load(
    input: &PlanInput,
    outcome: &PlanOutcome,
    period: Period,
    from: NaiveDate,
    periods: usize,
) -> Vec<CentreLoad> {
    let resources = Resources::new(input);
    let starts = period_starts(period, from, periods.min(PERIODS_MAX));
    let mut all: Vec<CentreLoad> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for centre in &input.centres {
        let Some(banks) = resources.of_centre.get(centre.code.as_str()) else {
            continue;
        };
        if index.contains_key(centre.code.as_str()) {
            continue;
        }
        index.insert(&centre.code, all.len());
        all.push(CentreLoad {
            work_centre: centre.code.clone(),
            infinite: centre.infinite,
            periods: available(&resources, banks, input.now, &starts),
        });
    }
    for order in &outcome.orders {
        for o in &order.operations {
            let Some(at) = index.get(o.work_centre.as_str()) else {
                continue;
            };
            let key = (o.work_centre.as_str(), o.line.as_str());
            let line = resources.line_codes.get(&key).copied().unwrap_or_else(|| {
                let bank = resources.of_centre.get(o.work_centre.as_str());
                bank.and_then(|b| b.first())
                    .and_then(|b| resources.banks.get(*b as usize))
                    .map_or(NONE, |b| b.first_line)
            });
            let (Some(centre), Some(timeline)) = (all.get_mut(*at), timeline(&resources, line))
            else {
                continue;
            };
            let who = |minutes| (order.id.clone(), o.seq, minutes);
            // What was worked before now is done; only what is left takes time.
            let ahead = (o.start.max(outcome.now), o.end);
            for (n, minutes) in split(timeline, ahead, &starts) {
                if let Some(period) = centre.periods.get_mut(n) {
                    period.used += minutes;
                    period.by.push(who(minutes));
                }
            }
            let work = timeline.open_between(ahead.0, ahead.1);
            for (n, minutes) in wanted(timeline, o, (outcome.now, work), &starts) {
                if let Some(period) = centre.periods.get_mut(n) {
                    period.wanted += minutes;
                    period.wanted_by.push(who(minutes));
                }
            }
        }
    }
    for load in all.iter_mut().flat_map(|c| &mut c.periods) {
        let most = |a: &(String, i64, i64), b: &(String, i64, i64)| {
            b.2.cmp(&a.2).then_with(|| (&a.0, a.1).cmp(&(&b.0, b.1)))
        };
        load.by.sort_by(most);
        load.wanted_by.sort_by(most);
        if load.available > 0 {
            let share = i128::from(load.used) * i128::from(MICRO) / i128::from(load.available);
            load.share = Micro(i64::try_from(share).unwrap_or(i64::MAX));
        }
    }
    all
}

/// First days of the periods, and the day after the last.
fn period_starts(period: Period, from: NaiveDate, count: usize) -> Vec<NaiveDate> {
    let (first, step) = match period {
        Period::Day => (from, 1),
        Period::Week => {
            let back = u64::from(from.weekday().num_days_from_monday());
            (from.checked_sub_days(Days::new(back)).unwrap_or(from), 7)
        }
    };
    (0..=count as u64)
        .filter_map(|n| first.checked_add_days(Days::new(n * step)))
        .collect()
}

fn available(
    resources: &Resources<'_>,
    banks: &[u32],
    now: Minute,
    starts: &[NaiveDate],
) -> Vec<PeriodLoad> {
    starts
        .iter()
        .zip(starts.iter().skip(1))
        .map(|(first, next)| {
            let open = banks
                .iter()
                .filter_map(|b| resources.banks.get(*b as usize))
                .filter_map(|b| {
                    let timeline = resources.timelines.get(b.timeline as usize)?;
                    let from = day_start(*first).max(now);
                    Some(timeline.open_between(from, day_start(*next)) * i64::from(b.line_count))
                })
                .sum();
            PeriodLoad {
                first_day: *first,
                available: open,
                ..PeriodLoad::default()
            }
        })
        .collect()
}

fn timeline<'a>(resources: &'a Resources<'_>, line: u32) -> Option<&'a Timeline> {
    let bank = resources.lines.get(line as usize)?.bank;
    let timeline = resources.banks.get(bank as usize)?.timeline;
    resources.timelines.get(timeline as usize)
}

/// The open minutes of a span by period: place of the period, minutes; zeros are left out.
fn split(
    timeline: &Timeline,
    (start, end): (Minute, Minute),
    starts: &[NaiveDate],
) -> Vec<(usize, i64)> {
    let first = starts
        .partition_point(|d| *d <= day_of(start))
        .saturating_sub(1);
    let spans = starts.iter().zip(starts.iter().skip(1)).enumerate();
    let mut out = Vec::new();
    for (n, (from, to)) in spans.skip(first) {
        let (from, to) = (day_start(*from), day_start(*to));
        if from >= end {
            break;
        }
        let minutes = timeline.open_between(start.max(from), end.min(to));
        if minutes > 0 {
            out.push((n, minutes));
        }
    }
    out
}

/// The minutes left of an operation backward from its latest finish; those before now come first.
fn wanted(
    timeline: &Timeline,
    o: &PlannedOperation,
    (now, work): (Minute, i64),
    starts: &[NaiveDate],
) -> Vec<(usize, i64)> {
    let begin = timeline.retreat(o.latest_finish, work);
    let mut parts = split(timeline, (begin.max(now), o.latest_finish), starts);
    let overdue = work - timeline.open_between(begin.max(now), o.latest_finish);
    let here = starts
        .partition_point(|d| *d <= day_of(now))
        .checked_sub(1)
        .filter(|_| begin < now && overdue > 0);
    if let Some(here) = here {
        match parts.iter_mut().find(|(n, _)| *n == here) {
            Some(part) => part.1 += overdue,
            None => parts.insert(0, (here, overdue)),
        }
    }
    parts
}

/// Minutes by day that work on a line takes between two minutes.
pub(crate) fn days_of(
    resources: &Resources<'_>,
    centre: &str,
    line: &str,
    (start, end): (Minute, Minute),
) -> Vec<(NaiveDate, i64)> {
    let line = resources.line_codes.get(&(centre, line)).copied();
    let Some(timeline) = line.and_then(|line| timeline(resources, line)) else {
        return Vec::new();
    };
    let count = usize::try_from((day_of(end) - day_of(start)).num_days() + 1).unwrap_or(1);
    let starts = period_starts(Period::Day, day_of(start), count.min(PERIODS_MAX));
    let parts = split(timeline, (start, end), &starts).into_iter();
    parts
        .filter_map(|(n, minutes)| Some((*starts.get(n)?, minutes)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        let wednesday = "2026-11-25".parse().unwrap();
        let weeks = period_starts(Period::Week, wednesday, 2);
        let text: Vec<String> = weeks.iter().map(ToString::to_string).collect();
        assert_eq!(text, ["2026-11-23", "2026-11-30", "2026-12-07"]);
    }
}
