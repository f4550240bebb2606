//! Daily progress (生产进度日报): per production order and operation what was planned and made in a
//! day or a period, how far it is, the rate it goes at and the one it needs.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::paper::{Alarm, Cell, Column, Layout, Paper, Table, Value};
use super::{Lacks, Scope};
use crate::app::agenda::{self, Entry};
use crate::domain::calendar::Calendar;
use crate::domain::moment::Moment;
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::progress::Progress;
use crate::domain::quantity::{Micro, Qty};
use crate::domain::rule::{delivery, production};
use crate::plan::forecast::{self, Pace};
use crate::plan::input::{day_of, day_start, minute_of};
use crate::plan::timeline::Timeline;
use crate::text::{report as r, status as t, words as w};

/// Days that the chart goes back where no longer period is asked for.
const CHART_DAYS: u64 = 14;

/// An operation in the report.
struct Row<'a> {
    made: &'a ProductionOrder,
    operation: &'a Operation,
    entry: Option<Entry<'a>>,
    calendar: Arc<Calendar>,
    /// Of the production order.
    is_last: bool,
}

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let (from, to) = period(s);
    let mut rows = rows(s);
    let last: Vec<&Row<'_>> = rows.iter().filter(|row| row.is_last).collect();
    let days = by_day(s, &last, from, to);
    rows.retain(|row| {
        let made = figures(s, row.operation, from, to).next().is_some();
        made || production::left(s.world, row.made, row.operation).is_positive()
    });
    if rows.is_empty() {
        return Err(Lacks::Rows);
    }
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    let span = if from == to {
        from.to_string()
    } else {
        format!("{from} – {to}")
    };
    head.push((s.say(t::PERIOD), span));
    head.extend(s.order.map(|o| (s.say(w::ORDER_NO), o.no.clone())));
    Ok(Paper {
        title: s.say(t::DAILY_PROGRESS),
        head,
        tables: vec![
            Table {
                title: String::new(),
                columns: columns(s),
                rows: rows.iter().map(|row| cells(s, row, from, to)).collect(),
            },
            days,
        ],
        foot: vec![s.say(t::DAILY_BASIS)],
        layout: Layout::Pages,
    })
}

/// What was asked for, else the last day up to today that has a figure.
fn period(s: &Scope<'_>) -> (NaiveDate, NaiveDate) {
    let last = || {
        let days = s.world.progress.iter().map(|p| p.date);
        days.filter(|day| *day <= s.today).max().unwrap_or(s.today)
    };
    match (s.from, s.to) {
        (None, None) => (last(), last()),
        (Some(from), None) => (from, s.today.max(from)),
        (None, Some(to)) => (to, to),
        (Some(from), Some(to)) => (from, to),
    }
}

/// The operations of production orders that the factory is at, or was.
fn rows<'a>(s: &Scope<'a>) -> Vec<Row<'a>> {
    use production::Standing as S;
    let mut places = std::collections::BTreeMap::new();
    for entry in agenda::entries(s.world, s.outlook) {
        places.insert(entry.operation.id, entry);
    }
    let mut all = Vec::new();
    for made in &s.world.production_orders {
        let own = s.order.is_none_or(|one| {
            production::owners(s.world, made)
                .iter()
                .any(|(o, ..)| o.id == one.id)
        });
        let stands = production::standing(s.world, made);
        if !own
            || !matches!(
                stands,
                S::Released | S::InProgress | S::Finished | S::OnHold
            )
        {
            continue;
        }
        let last = s.world.operations.of(made.id).map(|o| o.seq).max();
        for operation in s.world.operations.of(made.id) {
            let entry = places.remove(&operation.id);
            let centre = s.world.work_centres.find(operation.work_centre_id);
            let calendar = match &entry {
                Some(entry) => entry.calendar(s.world),
                None => s.world.calendar_or_own(centre.and_then(|c| c.calendar_id)),
            };
            all.push(Row {
                made,
                operation,
                entry,
                calendar,
                is_last: Some(operation.seq) == last,
            });
        }
    }
    all
}

fn figures<'a>(
    s: &Scope<'a>,
    operation: &Operation,
    from: NaiveDate,
    to: NaiveDate,
) -> impl Iterator<Item = &'a Progress> {
    let figures = production::figures(s.world, operation.id);
    figures.filter(move |p| from <= p.date && p.date <= to)
}

/// Pieces that the plan wants of an operation in a period: spread evenly over the open time of its
/// place. Of the accepted plan that is the whole production order, of the computed one what is left.
fn planned(row: &Row<'_>, from: NaiveDate, to: NaiveDate) -> Qty {
    let accepted = row.operation.starts.zip(row.operation.ends);
    let (span, qty) = match (accepted, &row.entry) {
        (Some(span), _) => (span, row.made.qty),
        (None, Some(entry)) => ((entry.starts, entry.ends), entry.left),
        (None, None) => return Qty::ZERO,
    };
    let minute = |at: Moment| minute_of(at.0);
    let (starts, ends) = (minute(span.0), minute(span.1));
    let after = to.checked_add_days(Days::new(1)).unwrap_or(to);
    let (first, last) = (starts.max(day_start(from)), ends.min(day_start(after)));
    let timeline = Timeline::compile(&row.calendar, starts, &[], &[]);
    let all = timeline.open_between(starts, ends);
    if last <= first {
        return Qty::ZERO;
    }
    if all <= 0 {
        // Work outside, or on a closed day: it counts on the day it ends.
        return if ends <= day_start(after) {
            qty
        } else {
            Qty::ZERO
        };
    }
    let open = timeline.open_between(first, last);
    qty.times(Micro::whole(open))
        .over(Micro::whole(all))
        .round_to(0)
}

fn pace(s: &Scope<'_>, row: &Row<'_>) -> Pace {
    let reports: Vec<forecast::Report> = production::figures(s.world, row.operation.id)
        .map(|p| forecast::Report {
            day: p.date,
            good: p.good,
        })
        .collect();
    let left = production::left(s.world, row.made, row.operation);
    let ends = row.entry.as_ref().map(|e| e.ends);
    let needed_by = ends.map_or_else(|| minute_of(s.now.0), |at| minute_of(at.0));
    forecast::pace(&reports, left, needed_by, &row.calendar, minute_of(s.now.0))
}

fn columns(s: &Scope<'_>) -> Vec<Column> {
    vec![
        s.column(w::PRODUCTION_NO, 10).key(),
        s.column(w::ORDER_NO, 10),
        s.column(w::NAME, 20),
        s.column(w::SEQ, 5).key(),
        s.column(w::OPERATION, 12),
        s.column(w::LINE, 10),
        s.column(w::QTY, 9),
        s.column(t::PLANNED_OUTPUT, 9),
        s.column(t::ACTUAL_OUTPUT, 9),
        s.column(w::GOOD, 9),
        s.column(w::DEFECT, 7).alarm(Alarm::AboveZero),
        s.column(w::REWORK, 7),
        s.column(w::SCRAP, 7).alarm(Alarm::AboveZero),
        s.column(t::CUMULATIVE, 9),
        s.column(w::LEFT, 9),
        s.column(w::MADE, 7),
        s.column(w::RATE, 9),
        s.column(w::RATE_NEEDED, 9),
        s.column(w::FORECAST, 11),
        s.column(w::LINE_OUT, 11),
        s.column(w::LATE_DAYS, 6).alarm(Alarm::AboveZero),
        s.column(w::LAST_NEWS, 11),
        s.column(t::SILENT, 7),
    ]
}

fn cells(s: &Scope<'_>, row: &Row<'_>, from: NaiveDate, to: NaiveDate) -> Vec<Cell> {
    let world = s.world;
    let (made, operation) = (row.made, row.operation);
    let order = production::owner(world, made).map(|(o, _)| o);
    let item = world.items.find(made.item_id);
    let sum = |of: fn(&Progress) -> Qty| figures(s, operation, from, to).map(of).sum::<Qty>();
    let (good, defect) = (sum(|p| p.good), sum(|p| p.defect));
    let (rework, scrap) = (sum(|p| p.rework), sum(|p| p.scrap));
    let done = production::done(world, operation);
    let left = production::left(world, made, operation);
    let pace = pace(s, row);
    let open = left.is_positive();
    let forecast = pace.finish.map(day_of).filter(|_| open);
    let ends = row.entry.as_ref().map(Entry::last_day);
    let late = forecast.zip(ends).map(|(f, e)| (f - e).num_days().max(0));
    let qty = |q: Qty| Cell::of(Value::Qty(q));
    let last = production::figures(world, operation.id)
        .map(|p| p.date)
        .max();
    vec![
        Cell::text(made.no.clone()),
        Cell::text(order.map_or("", |o| o.no.as_str())),
        Cell::text(item.map_or("", |i| i.name.as_str())),
        Cell::of(Value::Whole(operation.seq)),
        Cell::text(operation.name.clone()),
        Cell::text(
            row.entry
                .as_ref()
                .map(|e| e.place(world))
                .unwrap_or_default(),
        ),
        qty(made.qty),
        qty(planned(row, from, to)),
        qty(good + defect + scrap),
        qty(good),
        qty(defect),
        qty(rework),
        qty(scrap),
        qty(done),
        qty(left),
        Cell::percent(Some(delivery::share(done.min(made.qty), made.qty))),
        Cell::qty(last.map(|_| pace.rate_per_day.round_to(0))),
        Cell::qty(
            pace.required_per_day
                .filter(|_| open)
                .map(|q| q.round_to(0)),
        ),
        Cell::date(forecast),
        Cell::date(ends),
        Cell::whole(late),
        Cell::date(last),
        Cell::whole(pace.silent_days.filter(|_| open)),
    ]
}

/// Finished pieces against the plan, day by day: what the last operations have made.
fn by_day(s: &Scope<'_>, last: &[&Row<'_>], from: NaiveDate, to: NaiveDate) -> Table {
    let back = to.checked_sub_days(Days::new(CHART_DAYS - 1)).unwrap_or(to);
    let days = std::iter::successors(Some(from.min(back)), |day| day.succ_opt());
    let row = |day: NaiveDate| {
        let plan: Qty = last.iter().map(|row| planned(row, day, day)).sum();
        let made = last
            .iter()
            .flat_map(|row| figures(s, row.operation, day, day));
        let made: Qty = made.map(|p| p.good).sum();
        (day, plan, made)
    };
    let shown = |(_, plan, made): &(NaiveDate, Qty, Qty)| plan.is_positive() || made.is_positive();
    let rows = days.take_while(|day| *day <= to).map(row).filter(shown);
    Table {
        title: s.say(t::BY_DAY),
        columns: vec![
            s.column(w::DATE, 11).key(),
            s.column(t::PLANNED_OUTPUT, 10).line(),
            s.column(t::ACTUAL_OUTPUT, 10).bars(),
        ],
        rows: rows
            .map(|(day, plan, made)| {
                vec![
                    Cell::date(Some(day)),
                    Cell::of(Value::Qty(plan)),
                    Cell::of(Value::Qty(made)),
                ]
            })
            .collect(),
    }
}
