//! What a report held when it was handed over, and what has changed in it since.
//!
//! Kept as compact JSON beside the receiver; rows are found again by the columns that say which
//! row this is. Cells of pictures are left out: they follow from the dates beside them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::paper::{Cell, Column, Mark, Paper, Table};
use crate::domain::followup::Handover;
use crate::domain::world::World;
use crate::text::{Lang, handing as words};

/// The most bytes that are kept of one hand-over; of a longer one only that it was.
pub const CONTENT_MAX: usize = 512 * 1024;
/// Changes that are said in the row itself; the rest is counted.
const SAID_MAX: usize = 6;

/// A report as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    lang: String,
    head: Vec<(String, String)>,
    tables: Vec<KeptTable>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KeptTable {
    title: String,
    columns: Vec<String>,
    keys: Vec<usize>,
    rows: Vec<Vec<String>>,
}

/// How much has changed since a hand-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Rows that were not there.
    pub new: usize,
    /// Rows of which something is otherwise.
    pub changed: usize,
    /// Rows that are not there any more.
    pub gone: usize,
}

impl Changes {
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.new == 0 && self.changed == 0 && self.gone == 0
    }
}

/// The latest hand-over of a report about an order (none: about all) to a receiver; an empty
/// receiver: to anybody.
#[must_use]
pub fn last<'a>(
    world: &'a World,
    report: &str,
    order_id: Option<i64>,
    to: &str,
) -> Option<&'a Handover> {
    world
        .handovers
        .of(order_id.unwrap_or_default())
        .filter(|h| h.report == report)
        .filter(|h| to.trim().is_empty() || same_receiver(&h.handed_to, to))
        .max_by_key(|h| (h.at, h.id))
}

/// Case and blanks around a name do not make another receiver.
fn same_receiver(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// What is kept of a report; `None` where that is more than [`CONTENT_MAX`].
#[must_use]
pub fn content(paper: &Paper, lang: Lang) -> Option<String> {
    let table = |table: &Table| {
        let kept = kept_places(table);
        let at = |key: &usize| kept.iter().position(|place| place == key);
        KeptTable {
            title: table.title.clone(),
            columns: picked(&table.columns, &kept, |c| c.title.clone()),
            keys: table.keys().iter().filter_map(at).collect(),
            rows: table
                .rows
                .iter()
                .map(|row| picked(row, &kept, Cell::plain))
                .collect(),
        }
    };
    let kept = Kept {
        lang: lang.code().to_owned(),
        head: paper.head.clone(),
        tables: paper.tables.iter().map(table).collect(),
    };
    let text = serde_json::to_string(&kept).ok()?;
    (text.len() <= CONTENT_MAX).then_some(text)
}

/// The columns of a table that are no cells of a picture.
fn kept_places(table: &Table) -> Vec<usize> {
    let all = table.columns.iter().enumerate();
    all.filter(|(_, c)| !c.is_narrow())
        .map(|(at, _)| at)
        .collect()
}

fn picked<T>(all: &[T], places: &[usize], plain: impl Fn(&T) -> String) -> Vec<String> {
    let of = places.iter().map(|at| all.get(*at).map(&plain));
    of.map(Option::unwrap_or_default).collect()
}

/// Marks in a report what has changed since it was handed over: new rows, changed cells with what
/// stood there, a column that says so in words, and a table of the rows that are gone.
///
/// `None` where what was kept cannot be compared: nothing was kept, or it was in another language.
pub fn mark(paper: &mut Paper, old: &Handover, lang: Lang) -> Option<Changes> {
    let kept: Kept = serde_json::from_str(&old.content).ok()?;
    if kept.lang != lang.code() {
        return None;
    }
    let since = old.at.date();
    let mut changes = Changes::default();
    mark_head(paper, &kept, lang);
    let mut gone: Vec<(String, String)> = Vec::new();
    // Tables are found again by their titles; of those with the same title the first is the first.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for table in &mut paper.tables {
        let nth = seen.entry(table.title.clone()).or_default();
        let before = kept.tables.iter().filter(|t| t.title == table.title);
        let rows = before.clone().nth(*nth).map_or_else(Old::default, Old::of);
        *nth += 1;
        mark_table(table, rows, since, lang, &mut changes, &mut gone);
    }
    for before in &kept.tables {
        match seen.get_mut(&before.title) {
            Some(still) if *still > 0 => *still -= 1,
            _ => {
                let keys = before.rows.iter().map(|row| key_of(row, &before.keys));
                gone.extend(keys.map(|key| (before.title.clone(), key.join(" / "))));
            }
        }
    }
    changes.gone = gone.len();
    if !gone.is_empty() {
        paper.tables.push(gone_table(gone, since, lang));
    }
    Some(changes)
}

fn gone_table(gone: Vec<(String, String)>, since: NaiveDate, lang: Lang) -> Table {
    let column = |word: crate::text::Word, wide| Column::new(word.text(lang), wide);
    let row = |(table, key): (String, String)| vec![Cell::text(table), Cell::text(key)];
    Table {
        title: words::GONE.fill(lang, &[&since.to_string()]),
        columns: vec![
            column(words::GONE_TABLE, 20),
            column(words::GONE_ROW, 30).key(),
        ],
        rows: gone.into_iter().map(row).collect(),
    }
}

/// The rows of a table as they were, found by key; rows of the same key one after the other.
#[derive(Default)]
struct Old<'a> {
    columns: &'a [String],
    rows: BTreeMap<Vec<String>, std::collections::VecDeque<&'a [String]>>,
}

impl<'a> Old<'a> {
    fn of(table: &'a KeptTable) -> Self {
        let mut rows: BTreeMap<_, std::collections::VecDeque<_>> = BTreeMap::new();
        for row in &table.rows {
            rows.entry(key_of(row, &table.keys))
                .or_default()
                .push_back(row.as_slice());
        }
        Self {
            columns: &table.columns,
            rows,
        }
    }
}

fn key_of(row: &[String], keys: &[usize]) -> Vec<String> {
    let of = keys.iter().map(|at| row.get(*at).cloned());
    of.map(Option::unwrap_or_default).collect()
}

fn mark_table(
    table: &mut Table,
    mut old: Old<'_>,
    since: NaiveDate,
    lang: Lang,
    changes: &mut Changes,
    gone: &mut Vec<(String, String)>,
) {
    let (kept, keys) = (kept_places(table), table.keys());
    let titles: Vec<String> = table.columns.iter().map(|c| c.title.clone()).collect();
    // By place, so that a heading that stands there twice is no other one.
    let place_of = |nth: usize, at: usize| {
        let title = titles.get(at)?;
        let same = old.columns.get(nth) == Some(title);
        let found = || old.columns.iter().position(|t| t == title);
        if same { Some(nth) } else { found() }
    };
    let places: Vec<(usize, Option<usize>)> = kept
        .iter()
        .enumerate()
        .map(|(nth, at)| (*at, place_of(nth, *at)))
        .collect();
    for row in &mut table.rows {
        let key: Vec<String> = keys
            .iter()
            .map(|at| row.get(*at).map(Cell::plain).unwrap_or_default())
            .collect();
        let before = old.rows.get_mut(&key).and_then(|all| all.pop_front());
        let said = match before {
            None => {
                changes.new += 1;
                mark_new(row, &keys);
                words::NEW.text(lang).to_owned()
            }
            Some(before) => {
                let said = mark_row(row, before, &places, &titles, lang);
                changes.changed += usize::from(!said.is_empty());
                said
            }
        };
        let cell = Cell::text(said);
        let at = kept.last().map_or(0, |last| last + 1).min(row.len());
        row.insert(at, cell);
    }
    let title = words::SINCE.fill(lang, &[&since.to_string()]);
    let at = kept.last().map_or(0, |last| last + 1);
    table
        .columns
        .insert(at.min(table.columns.len()), Column::new(title, 24));
    for (key, left) in old.rows {
        let one = || (table.title.clone(), key.join(" / "));
        gone.extend(left.iter().map(|_| one()));
    }
}

fn mark_new(row: &mut [Cell], keys: &[usize]) {
    for at in keys {
        if let Some(cell) = row.get_mut(*at) {
            cell.mark = Mark::New;
        }
    }
}

/// Marks the cells that are otherwise than before; says which, empty where none is.
fn mark_row(
    row: &mut [Cell],
    before: &[String],
    places: &[(usize, Option<usize>)],
    titles: &[String],
    lang: Lang,
) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut more = 0;
    for (at, was) in places {
        let old = was.and_then(|was| before.get(was));
        let (Some(cell), Some(old)) = (row.get_mut(*at), old) else {
            continue;
        };
        let now = cell.plain();
        if now == *old {
            continue;
        }
        cell.mark = Mark::Was(old.clone());
        if said.len() == SAID_MAX {
            more += 1;
            continue;
        }
        let title = titles.get(*at).map_or("", String::as_str);
        said.push(words::CHANGED.fill(lang, &[title, shown(old), shown(&now)]));
    }
    if more > 0 {
        said.push(words::AND_MORE.fill(lang, &[&more.to_string()]));
    }
    said.join("; ")
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "—" } else { value }
}

/// The facts above the tables, but for the day it was made on.
fn mark_head(paper: &mut Paper, kept: &Kept, lang: Lang) {
    let days = [
        crate::text::report::MADE_ON,
        crate::text::production::SHEET_OF,
    ];
    for (label, value) in &mut paper.head {
        let own_day = days.iter().any(|word| word.text(lang) == label);
        let before = kept.head.iter().find(|(l, _)| l == label);
        if let Some((_, old)) = before.filter(|(_, old)| !own_day && old != value) {
            *value = words::HEAD_CHANGED.fill(lang, &[value, shown(old)]);
        }
    }
}
