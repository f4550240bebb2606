//! The Gantt chart of the schedule: bars by line, by production order or by operation, the load
//! of the work centres below them, and the facts of the bar under the cursor.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::*;
use crate::app::outlook::{Hold, Place};
use crate::domain::moment::Moment;
use crate::panel::build::text;
use crate::panel::picture::{At, Bar, Gantt, GanttBy, GanttRow, Strip};
use crate::text::{picture as p, planning};

/// Days that are drawn at most: three years hold every date of an order.
const DAYS_MAX: i64 = 1_100;

/// Working days off that are named for a bar.
const NAMED: usize = 3;

/// Where a bar stands: its row, start, end, operation.
type Key = (i64, Moment, Moment, i64);

/// The places of each row in the order of time.
type Groups<'a> = BTreeMap<i64, &'a [Key]>;

fn of_row(keys: &[Key]) -> Option<(i64, &[Key])> {
    keys.first().map(|key| (key.0, keys))
}

/// Lines or orders down, time across; the chain that binds the finish of `selected` is marked.
pub(super) fn gantt(cx: &Cx<'_>, selected: i64) -> Part {
    let by = match cx.view.gantt {
        // An order that is not made yet has no operations to show.
        GanttBy::Operation if selected == 0 => GanttBy::Order,
        by => by,
    };
    let operations = &cx.world.operations;
    let last = operations.of(selected).next_back().map(|o| o.id);
    let chain: BTreeSet<i64> = last
        .map(|id| cx.outlook.chain(id).into_iter().collect())
        .unwrap_or_default();
    // Places by row, then by start.
    let row_of = |id: i64, place: &Place| match by {
        GanttBy::Line => place.line_id.or(place.work_centre_id.map(|c| -c)),
        GanttBy::Order => Some(place.production_order_id),
        GanttBy::Operation => (place.production_order_id == selected).then_some(id),
    };
    let places = cx.outlook.places.iter();
    let mut keys: Vec<Key> = places
        .filter_map(|(id, place)| Some((row_of(*id, place)?, place.starts, place.ends, *id)))
        .collect();
    keys.sort_unstable();
    let mut groups: Groups = keys
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(of_row)
        .collect();
    let mut rows = Vec::new();
    let mut bars = Vec::with_capacity(keys.len());
    for (id, label, role) in labels(cx, by, selected, &groups) {
        let from = bars.len();
        for (.., id) in groups.remove(&id).unwrap_or_default() {
            let place = cx.outlook.places.get(id);
            bars.extend(place.map(|p| bar(cx, by, (*id, p), selected, chain.contains(id))));
        }
        rows.push(GanttRow {
            id,
            label,
            role,
            bars: from..bars.len(),
        });
    }
    let picture = framed(cx, rows, bars, selected);
    Part {
        kind: PartKind::Gantt,
        title: w::PART_GANTT,
        count: None,
        content: Content::Gantt(picture),
    }
}

/// The chart with its ends, closed days and load.
fn framed(cx: &Cx<'_>, rows: Vec<GanttRow>, bars: Vec<Bar>, selected: i64) -> Gantt {
    let today = cx.today();
    let first = bars.iter().map(|b| b.starts.date()).min();
    let first = first.unwrap_or(today).min(today);
    let last = bars.iter().map(|b| b.ends.date()).max();
    let days = (last.unwrap_or(today) - first).num_days() + 2;
    let days = days.clamp(7, DAYS_MAX);
    let working = cx.world.factory_calendar();
    let closed = first
        .iter_days()
        .take(usize::try_from(days * 2 + 60).unwrap_or(0))
        .filter(|d| !working.is_working(*d))
        .collect();
    let mut own = cx.world.operations.of(selected).map(|o| o.id);
    Gantt {
        strips: strips(cx),
        first,
        days: u32::try_from(days).unwrap_or(7),
        closed,
        start: own.find(|id| cx.outlook.places.contains_key(id)),
        rows,
        bars,
    }
}

fn bar(cx: &Cx<'_>, by: GanttBy, (id, place): (i64, &Place), selected: i64, critical: bool) -> Bar {
    let operation = cx.world.operations.get(id);
    let name = match by {
        GanttBy::Line => {
            // Without the prefix that all of them share.
            let made = cx.world.production_orders.get(place.production_order_id);
            made.map_or("", |m| {
                m.no.trim_start_matches(number_rule::PRODUCTION_ORDER)
            })
        }
        GanttBy::Order => operation.map_or("", |o| o.name.as_str()),
        GanttBy::Operation => {
            let line = cx.world.lines.find(place.line_id);
            line.map_or("", |l| l.code.as_str())
        }
    };
    let finish = cx.outlook.finishes.get(&place.production_order_id);
    let late = finish.is_some_and(|f| f.late_days > 0);
    let pinned = operation.is_some_and(|o| o.pinned);
    let mut label = String::with_capacity(name.len() + 2);
    if pinned {
        label.push('*');
    }
    if critical {
        label.push('#');
    }
    label.push_str(name);
    let slack = chrono::Duration::try_minutes(place.float_minutes.max(0));
    let slack = slack.and_then(|d| place.ends.0.checked_add_signed(d));
    Bar {
        id,
        starts: place.starts,
        ends: place.ends,
        slack: slack.map_or(place.ends, Moment),
        label,
        role: match (late, place.production_order_id == selected) {
            (true, _) => Role::Bad,
            (false, true) => Role::Warn,
            (false, false) => Role::Accent,
        },
        late,
    }
}

/// The rows in order: id, label, role.
fn labels(
    cx: &Cx<'_>,
    by: GanttBy,
    selected: i64,
    groups: &Groups<'_>,
) -> Vec<(i64, String, Role)> {
    let mut all = Vec::new();
    match by {
        GanttBy::Line => {
            for centre in &cx.world.work_centres {
                for line in cx.world.lines.of(centre.id) {
                    if !centre.infinite || groups.contains_key(&line.id) {
                        all.push((
                            line.id,
                            format!("{} {}", line.code, centre.name),
                            Role::Base,
                        ));
                    }
                }
                if groups.contains_key(&-centre.id) {
                    all.push((-centre.id, centre.name.clone(), Role::Dim));
                }
            }
        }
        GanttBy::Order => {
            let mut made: Vec<_> = groups.keys().copied().collect();
            made.sort_by_key(|id| (cx.outlook.finishes.get(id).map(|f| f.starts), *id));
            for id in made {
                let finish = cx.outlook.finishes.get(&id);
                let late = finish.map_or(0, |f| f.late_days);
                let order = cx.world.production_orders.get(id);
                let no = order.map(|m| m.no.clone()).unwrap_or_default();
                let owner = order.and_then(|m| production::owner(cx.world, m));
                let customer = owner.map(|(o, _)| customer(cx, o).text).unwrap_or_default();
                let (label, role) = match late {
                    1.. => (
                        format!("{no} +{} {customer}", show::late(late, cx.lang)),
                        Role::Bad,
                    ),
                    _ => (format!("{no} {customer}"), Role::Base),
                };
                all.push((id, label, role));
            }
        }
        GanttBy::Operation => {
            for o in cx.world.operations.of(selected) {
                if groups.contains_key(&o.id) {
                    all.push((o.id, format!("{} {}", o.seq, o.name), Role::Base));
                }
            }
        }
    }
    all
}

/// The load of every work centre that has a limit.
fn strips(cx: &Cx<'_>) -> Vec<Strip> {
    let per_cent = |loads: &[crate::app::outlook::Load]| {
        let mut by: BTreeMap<i64, Vec<(NaiveDate, i64)>> = BTreeMap::new();
        for load in loads {
            if load.available_minutes > 0 || load.used_minutes > 0 {
                let list = by.entry(load.work_centre_id).or_default();
                list.push((load.from, load.percent()));
            }
        }
        by
    };
    let mut days = per_cent(&cx.outlook.load_days);
    let mut weeks = per_cent(&cx.outlook.loads);
    let centres = cx.world.work_centres.iter().filter(|c| !c.infinite);
    centres
        .map(|c| Strip {
            work_centre_id: c.id,
            label: c.name.clone(),
            days: days.remove(&c.id).unwrap_or_default(),
            weeks: weeks.remove(&c.id).unwrap_or_default(),
        })
        .collect()
}

/// The bar under the cursor in words.
pub(super) fn caption(cx: &Cx<'_>, at: Option<At>) -> Vec<(String, Cell)> {
    let found = match at {
        Some(At::Operation(id)) => cx.outlook.places.get(&id).zip(cx.world.operations.get(id)),
        _ => None,
    };
    let marks = fact(p::BAR_MARKS, dim(p::MARKS.text(cx.lang)), cx.lang);
    let Some((place, operation)) = found else {
        return vec![
            fact(w::OPERATION, dim(p::BAR_NONE.text(cx.lang)), cx.lang),
            marks,
        ];
    };
    let mut facts = whose(cx, place, operation);
    let time = format!(
        "{}–{}",
        show::moment(place.starts, cx.today()),
        show::moment(place.ends, cx.today())
    );
    facts.push(fact(p::BAR_TIME, text(time), cx.lang));
    let finish = cx.outlook.finishes.get(&place.production_order_id);
    let late = finish.map_or(0, |f| f.late_days);
    if late > 0 {
        let late = Cell::new(show::late(late, cx.lang), Role::Bad);
        facts.push(fact(p::BAR_LATE, late, cx.lang));
    }
    let float = p::length(place.float_minutes, cx.lang);
    let role = if place.float_minutes > 0 {
        Role::Base
    } else {
        Role::Warn
    };
    facts.push(fact(p::BAR_FLOAT, Cell::new(float, role), cx.lang));
    let latest = show::moment(place.latest_start, cx.today());
    let role = if place.latest_start < place.starts {
        Role::Bad
    } else {
        Role::Base
    };
    facts.push(fact(p::BAR_LATEST, Cell::new(latest, role), cx.lang));
    let mut why = bound::because(place.bound, &place.by, cx.lang);
    if place.critical {
        why = format!("{why} · {}", p::CRITICAL.text(cx.lang));
    }
    facts.push(fact(p::BAR_WHY, text(why), cx.lang));
    let work = p::work(place.work_minutes, cx.lang);
    facts.push(fact(p::BAR_WORK, text(work), cx.lang));
    let decided = match (place.hold, place.decided) {
        (Hold::Free, Some(principle)) => planning::principle(principle).text(cx.lang).to_owned(),
        (Hold::Free, None) => String::new(),
        (hold, _) => planning::hold(hold).text(cx.lang).to_owned(),
    };
    facts.push(fact(p::BAR_DECIDED, text(decided), cx.lang));
    let closed = closed_days(cx, place);
    facts.push(fact(p::BAR_CLOSED, text(closed), cx.lang));
    facts.push(marks);
    facts
}

/// Production order, order, customer, operation and line.
fn whose(cx: &Cx<'_>, place: &Place, operation: &Operation) -> Vec<(String, Cell)> {
    let made = cx.world.production_orders.get(place.production_order_id);
    let owner = made.and_then(|m| production::owner(cx.world, m));
    let mut facts = Vec::new();
    let no = made.map(|m| m.no.clone()).unwrap_or_default();
    facts.push(fact(w::PRODUCTION_NO, Cell::new(no, Role::Title), cx.lang));
    if let Some((order, line)) = owner {
        let no = format!("{}/{}", order.no, line.no);
        facts.push(fact(w::ORDER_NO, text(no), cx.lang));
        facts.push(fact(w::CUSTOMER, customer(cx, order), cx.lang));
    }
    let line = cx.world.lines.find(place.line_id);
    let line = line.map(|l| l.code.clone()).unwrap_or_default();
    let pin = if operation.pinned { "* " } else { "" };
    let name = format!("{pin}{} {} {line}", operation.seq, operation.name);
    facts.push(fact(w::OPERATION, text(name.trim_end()), cx.lang));
    facts
}

/// The closed days that an operation works around, those with a name first.
fn closed_days(cx: &Cx<'_>, place: &Place) -> String {
    let working = cx.world.factory_calendar();
    let (from, to) = (place.starts.date(), place.ends.date());
    let own = cx.world.calendars.iter();
    let own = own.filter(|c| c.code == crate::domain::holidays::FACTORY_CALENDAR);
    let named: BTreeMap<NaiveDate, &str> = own
        .flat_map(|c| cx.world.calendar_days.of(c.id))
        .map(|d| (d.date, d.name.as_str()))
        .collect();
    let mut days: Vec<(bool, String)> = from
        .iter_days()
        .take_while(|d| *d <= to)
        .take(usize::try_from(DAYS_MAX).unwrap_or(0))
        .filter(|d| !working.is_working(*d))
        .map(|d| {
            let name = named.get(&d).copied().filter(|n| !n.is_empty());
            let said = name.unwrap_or_else(|| p::DAY_OFF.text(cx.lang));
            (name.is_none(), format!("{} {said}", d.format("%m-%d")))
        })
        .collect();
    days.sort();
    days.truncate(NAMED);
    let days: Vec<String> = days.into_iter().map(|(_, text)| text).collect();
    days.join(", ")
}
