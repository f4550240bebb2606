//! The schedule (排期表): one row for each operation, with a Gantt chart in the cells.

use chrono::{Datelike, Days, NaiveDate};

use super::paper::{Alarm, Cell, Column, Layout, NARROW, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::app::agenda::{Entry, entries};
use crate::domain::rule::production;
use crate::text::{production as p, words as w};

/// The most days that get a column each; beyond that a column is a week.
const DAYS_MAX: i64 = 62;
/// The most weeks that get a column; what lies beyond is said above the table.
const WEEKS_MAX: i64 = 53;

/// The time that the chart shows.
struct Chart {
    from: NaiveDate,
    /// Included.
    to: NaiveDate,
    /// Days of a column.
    step: u64,
    /// The last day of what was asked for, where the chart ends before it.
    cut: Option<NaiveDate>,
}

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let mine = |e: &Entry<'_>| match s.order {
        None => true,
        Some(order) => production::of_order(s.world, order).any(|m| m.id == e.made.id),
    };
    let from = s.from.unwrap_or(s.today);
    let mut list = entries(s.world, s.outlook);
    list.retain(|e| mine(e) && e.last_day() >= from);
    list.retain(|e| s.to.is_none_or(|to| e.starts.date() <= to));
    let last = list.iter().map(Entry::last_day).max().ok_or(Lacks::Rows)?;
    let chart = chart(from, s.to.unwrap_or(last));
    let rows = list.iter().map(|e| row(s, e, &chart)).collect();
    let mut head = vec![
        (s.say(p::SHEET_OF), s.today.to_string()),
        (
            s.say(p::SHEET_SPAN),
            format!("{} – {}", chart.from, chart.to),
        ),
        (s.say(p::SHEET_MARKS), s.say(p::SHEET_LEGEND)),
    ];
    if let Some(order) = s.order {
        head.push((s.say(w::ORDER_NO), order.no.clone()));
    }
    if let Some(last) = chart.cut {
        head.push((s.say(p::SHEET_CUT), last.to_string()));
    }
    Ok(Paper {
        title: s.say(p::SCHEDULE_SHEET),
        head,
        tables: vec![Table {
            title: String::new(),
            columns: columns(s, &chart),
            rows,
        }],
        foot: vec![s.say(p::SHEET_BASIS)],
        layout: Layout::Pages,
    })
}

fn chart(from: NaiveDate, to: NaiveDate) -> Chart {
    let to = to.max(from);
    if (to - from).num_days() < DAYS_MAX {
        let (step, cut) = (1, None);
        return Chart {
            from,
            to,
            step,
            cut,
        };
    }
    let back = u64::from(from.weekday().num_days_from_monday());
    let from = from.checked_sub_days(Days::new(back)).unwrap_or(from);
    let end = chrono::Duration::try_days(WEEKS_MAX * 7 - 1)
        .and_then(|days| from.checked_add_signed(days))
        .unwrap_or(to);
    Chart {
        from,
        to: to.min(end),
        step: 7,
        cut: (to > end).then_some(to),
    }
}

impl Chart {
    /// The first day of each column.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let (from, to, step) = (self.from, self.to, self.step);
        let next = move |day: &NaiveDate| day.checked_add_days(Days::new(step));
        std::iter::successors(Some(from), next).take_while(move |day| *day <= to)
    }

    fn holds(&self, column: NaiveDate, day: NaiveDate) -> bool {
        let end = column.checked_add_days(Days::new(self.step));
        column <= day && end.is_none_or(|end| day < end)
    }
}

fn columns(s: &Scope<'_>, chart: &Chart) -> Vec<Column> {
    let mut columns = vec![
        s.column(w::PRODUCTION_NO, 10).key(),
        s.column(w::ORDER_NO, 10),
        s.column(w::ITEM, 14),
        s.column(w::QTY, 8),
        s.column(p::OPERATION_LINE, 18).key(),
        s.column(w::LINE_IN, 11),
        s.column(w::LINE_OUT, 11),
        s.column(p::LATEST_START, 11),
        s.column(p::FLOAT_DAYS, 7),
        s.column(p::LOAD_PERCENT, 7).alarm(Alarm::AboveHundred),
        s.column(w::KIT_READY, 11),
        s.column(p::BASIS, 6),
    ];
    columns.extend(chart.days().map(|day| {
        let title = day.format("%m-%d").to_string();
        let title = if chart.holds(day, s.today) {
            format!("▼{title}")
        } else {
            title
        };
        Column::new(title, NARROW)
    }));
    columns
}

fn row(s: &Scope<'_>, e: &Entry<'_>, chart: &Chart) -> Vec<Cell> {
    let item = s.world.items.find(e.made.item_id);
    let kit = s.outlook.kits.get(&e.made.id).and_then(|k| k.ready);
    let late = e.late_days > 0;
    let tone = if late { Tone::Bad } else { Tone::Plain };
    let slack = e.float_minutes.map(|m| m.max(0) / 1440);
    let load = e.load(s.outlook);
    let mut cells = vec![
        Cell::text(e.made.no.clone()),
        Cell::text(e.order.map_or("", |o| o.no.as_str())),
        Cell::text(item.map_or("", |i| i.code.as_str())),
        Cell::of(Value::Qty(e.left)),
        Cell::text(format!("{} / {}", e.operation.name, e.place(s.world))),
        Cell::date(Some(e.starts.date())),
        Cell::date(Some(e.last_day())).tone(tone),
        Cell::date(e.latest_start.map(|at| at.date())),
        Cell::whole(slack),
        Cell::whole(load),
        Cell::date(kit),
        Cell::text(s.say(if e.accepted { p::ACCEPTED } else { p::COMPUTED })),
    ];
    let calendar = e.calendar(s.world);
    cells.extend(chart.days().map(|column| {
        let days = || {
            let next = |day: &NaiveDate| day.succ_opt();
            let most = usize::try_from(chart.step).unwrap_or(1);
            std::iter::successors(Some(column), next).take(most)
        };
        let (mark, tone) = if days().any(|day| e.takes(day, &calendar)) {
            if late {
                (s.say(p::BAR_LATE), Tone::BarLate)
            } else {
                (s.say(p::BAR), Tone::Bar)
            }
        } else if !days().any(|day| calendar.is_working(day)) {
            ("·".to_owned(), Tone::Closed)
        } else if chart.holds(column, s.today) {
            (String::new(), Tone::Today)
        } else {
            (String::new(), Tone::Plain)
        };
        Cell::text(mark).tone(tone)
    }));
    cells
}
