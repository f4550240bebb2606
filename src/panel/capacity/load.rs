//! The load of the work centres: the map, what is too much of it, what fills a cell, and the
//! blocks that take from it or add to it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::*;
use crate::app::outlook::{Load, percent, week_of};
use crate::domain::codes::BlockKind;
use crate::domain::moment::Moment;
use crate::domain::resource::CapacityBlock;
use crate::domain::rule::production;
use crate::overlay::picker::{Entry, Picker, Target};
use crate::panel::picture::{At, Heat, HeatCell, HeatRow, LoadBy, LoadShow};
use crate::text::picture as p;

/// From which per cent on a period is listed as near its limit.
const NEAR: i64 = 85;

/// Orders named for a period of the list.
const NAMED: usize = 3;

/// The loads of the periods that are looked at.
pub(super) fn loads<'a>(cx: &Cx<'a>) -> &'a [Load] {
    match cx.view.load_by {
        LoadBy::Week => &cx.outlook.loads,
        LoadBy::Day => &cx.outlook.load_days,
    }
}

/// Minutes that an order in question adds, by work centre and period.
fn added(cx: &Cx<'_>, order: i64) -> BTreeMap<(i64, NaiveDate), i64> {
    let mut sums = BTreeMap::new();
    let promise = cx.outlook.promises.get(&order);
    for add in promise.map(|p| p.adds.as_slice()).unwrap_or_default() {
        let from = match cx.view.load_by {
            LoadBy::Week => week_of(add.day),
            LoadBy::Day => add.day,
        };
        *sums.entry((add.work_centre_id, from)).or_insert(0) += add.minutes;
    }
    sums
}

/// The cell of a load: its per cent, and how much of it the order adds.
fn cell(show: LoadShow, load: &Load, added: i64) -> HeatCell {
    let whole = load.available_minutes;
    let (part, plain) = match show {
        LoadShow::WithOrder => (load.used_minutes + added, load.used_minutes),
        LoadShow::Planned => (load.used_minutes, load.used_minutes),
        LoadShow::Wanted => (load.wanted_minutes, load.wanted_minutes),
    };
    if part == 0 && whole == 0 {
        return HeatCell::default();
    }
    HeatCell {
        percent: Some(percent(part, whole)),
        added: percent(part, whole) - percent(plain, whole),
    }
}

/// The map, with what the order in question adds.
pub(super) fn load(cx: &Cx<'_>, order: i64) -> Part {
    let loads = loads(cx);
    let adds = added(cx, order);
    let mut from: Vec<NaiveDate> = loads.iter().map(|l| l.from).collect();
    from.sort_unstable();
    from.dedup();
    let column: BTreeMap<NaiveDate, usize> = from.iter().copied().zip(0..).collect();
    let mut rows: BTreeMap<i64, HeatRow> = cx
        .world
        .work_centres
        .iter()
        .filter(|c| !c.infinite)
        .map(|centre| {
            let row = HeatRow {
                work_centre_id: centre.id,
                label: centre.name.clone(),
                cells: vec![HeatCell::default(); from.len()],
            };
            (centre.id, row)
        })
        .collect();
    for load in loads {
        let row = rows.get_mut(&load.work_centre_id);
        let at = column.get(&load.from);
        let place = row.zip(at).and_then(|(row, at)| row.cells.get_mut(*at));
        if let Some(place) = place {
            let more = adds.get(&(load.work_centre_id, load.from)).copied();
            *place = cell(cx.view.load, load, more.unwrap_or(0));
        }
    }
    let working = cx.world.factory_calendar();
    let heat = Heat {
        adds: cx.view.load == LoadShow::WithOrder && !adds.is_empty(),
        closed: from
            .iter()
            .map(|d| cx.view.load_by == LoadBy::Day && !working.is_working(*d))
            .collect(),
        from,
        rows: rows.into_values().collect(),
    };
    Part {
        kind: PartKind::Load,
        title: w::PART_LOAD,
        count: None,
        content: Content::Heat(heat),
    }
}

/// The words for a period.
fn period(cx: &Cx<'_>, from: NaiveDate) -> String {
    let day = show::day(from, cx.today(), cx.lang);
    match cx.view.load_by {
        LoadBy::Day => day,
        LoadBy::Week => p::WEEK_OF.fill(cx.lang, &[&from.format("%m-%d").to_string()]),
    }
}

fn found<'a>(cx: &Cx<'a>, centre: i64, from: NaiveDate) -> Option<&'a Load> {
    let mut loads = loads(cx).iter();
    loads.find(|l| (l.work_centre_id, l.from) == (centre, from))
}

fn centre_name(cx: &Cx<'_>, id: i64) -> String {
    let centre = cx.world.work_centres.get(id);
    centre.map(|c| c.name.clone()).unwrap_or_default()
}

/// The cell under the cursor in words, and what the map counts.
pub(super) fn caption(cx: &Cx<'_>, spot: &Spot) -> Vec<(String, Cell)> {
    let shows = match cx.view.load {
        LoadShow::WithOrder => p::SHOWS_WITH,
        LoadShow::Planned => p::SHOWS_PLANNED,
        LoadShow::Wanted => p::SHOWS_WANTED,
    };
    let mut facts = Vec::new();
    if let Some(At::Load {
        work_centre_id,
        from,
    }) = spot.at
        && let Some(load) = found(cx, work_centre_id, from)
    {
        let name = Cell::new(centre_name(cx, work_centre_id), Role::Title);
        facts.push(fact(w::WORK_CENTRE, name, cx.lang));
        facts.push(fact(p::PERIOD, text(period(cx, from)), cx.lang));
        let of = |part: i64, percent: i64| {
            let args = [percent, part, load.available_minutes].map(|n| n.to_string());
            let said = p::LOAD_OF.fill(cx.lang, &[&args[0], &args[1], &args[2]]);
            Cell::new(said, role_of(percent))
        };
        facts.push(fact(
            p::LOAD_PLANNED,
            of(load.used_minutes, load.percent()),
            cx.lang,
        ));
        facts.push(fact(
            p::LOAD_WANTED,
            of(load.wanted_minutes, load.wanted_percent()),
            cx.lang,
        ));
        let more = added(cx, spot.row).get(&(work_centre_id, from)).copied();
        if let Some(more) = more {
            let percent = format!("+{}", percent(more, load.available_minutes));
            let said = p::LOAD_SHORT.fill(cx.lang, &[&percent, &more.to_string()]);
            facts.push(fact(p::LOAD_ORDER, text(said), cx.lang));
        }
        for (label, minutes) in [
            (p::LOAD_BLOCKED, load.blocked_minutes),
            (p::LOAD_OVERTIME, load.overtime_minutes),
        ] {
            if minutes > 0 {
                let said = p::MINUTES.fill(cx.lang, &[&minutes.to_string()]);
                facts.push(fact(label, text(said), cx.lang));
            }
        }
    }
    facts.push(fact(p::SHOWS, dim(shows.text(cx.lang)), cx.lang));
    facts
}

const fn role_of(percent: i64) -> Role {
    match percent {
        101.. => Role::Bad,
        NEAR..=100 => Role::Warn,
        _ => Role::Base,
    }
}

const OVERLOADS: &[Column] = &[
    column(w::WORK_CENTRE, Width::Fixed(12), 0),
    column(p::PERIOD, Width::Fixed(16), 0),
    number(p::LOAD_PLANNED, 8, 0),
    number(p::LOAD_WANTED, 7, 0),
    number(p::OVER_BY, 9, 1),
    column(p::FILLED_BY, Width::Fill(1), 2),
];

/// The periods near their limit and over it, worst first; a row's id is its place in the loads,
/// from one.
pub(super) fn overloads(cx: &Cx<'_>) -> Part {
    let finite = |l: &Load| {
        let centre = cx.world.work_centres.get(l.work_centre_id);
        centre.is_some_and(|c| !c.infinite)
    };
    let mut over: Vec<(i64, &Load)> = (1..)
        .zip(loads(cx))
        .filter(|(_, l)| finite(l) && l.percent().max(l.wanted_percent()) >= NEAR)
        .collect();
    let too_much = |l: &Load| l.wanted_minutes.max(l.used_minutes) - l.available_minutes;
    over.sort_by_key(|(id, l)| (std::cmp::Reverse(too_much(l)), *id));
    let rows: Vec<Row> = over
        .iter()
        .map(|(id, l)| {
            let per_cent = |n: i64| Cell::new(format!("{n}%"), role_of(n));
            Row {
                id: *id,
                cells: vec![
                    text(centre_name(cx, l.work_centre_id)),
                    text(period(cx, l.from)).by(l.from.to_string()),
                    per_cent(l.percent()),
                    per_cent(l.wanted_percent()),
                    match too_much(l) {
                        n @ 1.. => Cell::new(n.to_string(), Role::Bad),
                        _ => dim(""),
                    },
                    dim(orders(cx, l)),
                ],
            }
        })
        .collect();
    let count = rows.len();
    let list = Listing {
        columns: OVERLOADS,
        rows,
        empty: Some(p::EMPTY_OVERLOADS),
    };
    Part {
        kind: PartKind::Overloads,
        title: p::PART_OVERLOADS,
        count: Some(count),
        content: Content::List(list),
    }
}

/// The orders that fill a period most: those that want it where it is wanted too much.
fn orders(cx: &Cx<'_>, load: &Load) -> String {
    let list = if load.wanted_minutes > load.used_minutes {
        &load.wanted_by
    } else {
        &load.used_by
    };
    let mut names: Vec<String> = Vec::new();
    for (operation, _) in list {
        let name = owner_of(cx, *operation);
        if !names.contains(&name) {
            names.push(name);
        }
        if names.len() == NAMED {
            break;
        }
    }
    names.join(" ")
}

/// The order that an operation is for, or its production order where it is for stock.
fn owner_of(cx: &Cx<'_>, operation: i64) -> String {
    let operation = cx.world.operations.get(operation);
    let made = operation.and_then(|o| cx.world.production_orders.get(o.production_order_id));
    let owner = made.and_then(|m| production::owner(cx.world, m));
    match (owner, made) {
        (Some((order, _)), _) => order.no.clone(),
        (None, Some(made)) => made.no.clone(),
        (None, None) => String::new(),
    }
}

/// The centre and period of a row of the overload list.
fn over_row(cx: &Cx<'_>, row: i64) -> Option<At> {
    let at = usize::try_from(row).ok()?.checked_sub(1)?;
    let load = loads(cx).get(at)?;
    Some(At::Load {
        work_centre_id: load.work_centre_id,
        from: load.from,
    })
}

/// The cell a key is about: under the cursor of the map, or in the overload list.
pub(super) fn cell_at(cx: &Cx<'_>, spot: &Spot) -> Option<(i64, NaiveDate)> {
    let at = match spot.part {
        PartKind::Overloads => over_row(cx, spot.part_row),
        _ => spot.at,
    };
    match at {
        Some(At::Load {
            work_centre_id,
            from,
        }) => Some((work_centre_id, from)),
        _ => None,
    }
}

/// What fills a cell: operations with their minutes, then the blocks of the period.
pub(super) fn fills(cx: &Cx<'_>, order: i64, centre: i64, from: NaiveDate) -> Option<Picker> {
    let load = found(cx, centre, from)?;
    let wanted: BTreeMap<i64, i64> = load.wanted_by.iter().copied().collect();
    let used: BTreeMap<i64, i64> = load.used_by.iter().copied().collect();
    let late = load
        .wanted_by
        .iter()
        .filter(|(id, _)| !used.contains_key(id));
    let late = late.map(|(id, _)| (*id, 0));
    let mut entries = Vec::new();
    for (id, minutes) in load.used_by.iter().copied().chain(late) {
        let Some(operation) = cx.world.operations.get(id) else {
            continue;
        };
        let made = cx
            .world
            .production_orders
            .get(operation.production_order_id);
        let no = made.map(|m| m.no.clone()).unwrap_or_default();
        let owner = made.and_then(|m| production::owner(cx.world, m));
        let customer = owner.map(|(o, _)| customer(cx, o).text).unwrap_or_default();
        let order_no = owner.map(|(o, _)| o.no.clone()).unwrap_or_default();
        let mut right = Vec::new();
        if minutes > 0 {
            let share = percent(minutes, load.available_minutes).to_string();
            right.push(p::CELL_USED.fill(cx.lang, &[&minutes.to_string(), &share]));
        }
        if let Some(want) = wanted.get(&id) {
            right.push(p::CELL_WANTED.fill(cx.lang, &[&want.to_string()]));
        }
        entries.push(Entry {
            text: format!(
                "{no} {} {} {order_no} {customer}",
                operation.seq, operation.name
            ),
            right: right.join(" "),
            also: String::new(),
            target: Target::Made(operation.production_order_id),
        });
    }
    if let Some(more) = added(cx, order).get(&(centre, from))
        && let Some(order) = cx.world.orders.get(order)
    {
        let share = percent(*more, load.available_minutes);
        entries.push(Entry {
            text: p::CELL_THIS.fill(cx.lang, &[&order.no]),
            right: p::LOAD_SHORT.fill(cx.lang, &[&format!("+{share}"), &more.to_string()]),
            also: String::new(),
            target: Target::Order(order.id),
        });
    }
    for block in blocks_in(cx, centre, from) {
        let (place, span, minutes) = said(cx, block);
        entries.push(Entry {
            text: format!(
                "{} {place} {span} {}",
                code(block.kind, cx.lang).text,
                block.note
            ),
            right: minutes,
            also: String::new(),
            target: Target::Block(block.id),
        });
    }
    if entries.is_empty() {
        return None;
    }
    let numbers = [load.percent(), load.wanted_percent()].map(|n| n.to_string());
    let title = p::CELL_TITLE.fill(
        cx.lang,
        &[
            &centre_name(cx, centre),
            &period(cx, from),
            &numbers[0],
            &numbers[1],
        ],
    );
    Some(Picker::new(title, entries))
}

/// The blocks of a centre that touch a period.
fn blocks_in<'a>(
    cx: &Cx<'a>,
    centre: i64,
    from: NaiveDate,
) -> impl Iterator<Item = &'a CapacityBlock> {
    let days = match cx.view.load_by {
        LoadBy::Week => 7,
        LoadBy::Day => 1,
    };
    let to = from.checked_add_days(Days::new(days)).unwrap_or(from);
    let (from, to) = (Moment::start_of(from), Moment::start_of(to));
    let touches = move |b: &&CapacityBlock| b.starts < to && b.ends.max(b.starts) >= from;
    cx.world.capacity_blocks.of(centre).filter(touches)
}

/// Where a block is, when, and how much of it counts.
fn said(cx: &Cx<'_>, block: &CapacityBlock) -> (String, String, String) {
    let line = cx.world.lines.find(block.line_id);
    let place = line.map_or_else(
        || p::BLOCK_LINE_ALL.text(cx.lang).to_owned(),
        |l| l.code.clone(),
    );
    let at = |m: Moment| show::moment(m, cx.today());
    let same = block.starts.date() == block.ends.date();
    let end = if same {
        block.ends.0.format("%H:%M").to_string()
    } else {
        at(block.ends)
    };
    let minutes = block.minutes.0 / crate::domain::quantity::Micro::ONE.0;
    let minutes = match minutes {
        0 => p::BLOCK_ALL_DAY.text(cx.lang).to_owned(),
        n => p::MINUTES.fill(cx.lang, &[&n.to_string()]),
    };
    (place, format!("{}–{end}", at(block.starts)), minutes)
}

const BLOCKS: &[Column] = &[
    column(w::WORK_CENTRE, Width::Fixed(12), 0),
    column(w::LINE, Width::Fixed(12), 0),
    column(p::KIND, Width::Fixed(10), 0),
    column(p::PERIOD, Width::Fixed(24), 0),
    number(p::BAR_WORK, 10, 0),
    column(w::NOTE, Width::Fill(1), 1),
];

/// The blocks that are not over yet, by start.
pub(super) fn blocks(cx: &Cx<'_>) -> Part {
    let mut all: Vec<&CapacityBlock> = cx.world.capacity_blocks.iter().collect();
    all.retain(|b| b.ends.max(b.starts) >= Moment::start_of(cx.today()));
    all.sort_by_key(|b| (b.starts, b.work_centre_id, b.id));
    let rows: Vec<Row> = all
        .into_iter()
        .map(|block| {
            let (place, span, minutes) = said(cx, block);
            let kind = match block.kind {
                BlockKind::Overtime => Role::Ok,
                BlockKind::Others | BlockKind::Downtime => Role::Warn,
            };
            Row {
                id: block.id,
                cells: vec![
                    text(centre_name(cx, block.work_centre_id)),
                    text(place),
                    Cell::new(code(block.kind, cx.lang).text, kind),
                    text(span),
                    text(minutes),
                    dim(block.note.clone()),
                ],
            }
        })
        .collect();
    let count = rows.len();
    let list = Listing {
        columns: BLOCKS,
        rows,
        empty: Some(p::EMPTY_BLOCKS),
    };
    Part {
        kind: PartKind::Blocks,
        title: p::PART_BLOCKS,
        count: Some(count),
        content: Content::List(list),
    }
}
