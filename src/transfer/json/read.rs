//! Reads the text of an interchange file and judges all that can be judged without the data file:
//! syntax, keys, kinds, ranges, dates. Whether what it refers to exists is seen when it comes in.
//!
//! Errors are collected, so that a person can mend a file in one go.

use std::collections::BTreeSet;

use serde_json::value::RawValue;

use super::check::{self, bounds};
use super::error::{Fault, JsonError};
use super::raw::{self, Scalar};
use super::shape::{self, List, Place, Way};
use super::{Cell, ERRORS_MAX, FILE_MB_MAX, FORMAT, File, ROWS_MAX, Row};
use crate::domain::moment::Moment;
use crate::domain::quantity::Micro;
use crate::domain::schema::{Kind, Table, table};

/// Reads a whole file.
///
/// # Errors
/// Everything that is wrong with it, up to [`ERRORS_MAX`], each with its place.
pub fn parse(text: &str) -> Result<File, Vec<JsonError>> {
    let mut reader = Reader::default();
    reader.file(text);
    if reader.errors.is_empty() {
        Ok(reader.file)
    } else {
        Err(reader.errors)
    }
}

#[derive(Default)]
pub(super) struct Reader {
    pub(super) file: File,
    errors: Vec<JsonError>,
    rows: usize,
}

/// Whether to go on; reading stops at the limit of errors or rows.
pub(super) enum Go {
    On,
    Stop,
}

impl Reader {
    fn file(&mut self, text: &str) {
        if text.len() > FILE_MB_MAX * 1_048_576 {
            self.refuse(Fault::TooBig(FILE_MB_MAX), "", "");
            return;
        }
        let top = match raw::file(text).and_then(raw::object) {
            Ok(top) => top,
            Err(fault) => {
                self.refuse(fault, "", "");
                return;
            }
        };
        let format = top.iter().find(|(key, _)| key == "format");
        match format.map(|(_, value)| raw::scalar(value)) {
            Some(Ok(Scalar::Text(format))) if format == FORMAT => {}
            _ => {
                let found = format.map_or("", |(_, value)| value.get());
                self.refuse(Fault::Format, "format", found);
                return;
            }
        }
        let mut seen = BTreeSet::new();
        for (key, value) in &top {
            if !seen.insert(key.as_str()) {
                self.refuse(Fault::KeyTwice, key, "");
            } else if let Go::Stop = self.top(key, value) {
                return;
            }
        }
    }

    fn top(&mut self, key: &str, value: &RawValue) -> Go {
        if let Some(list) = shape::LISTS.iter().find(|list| list.name == key) {
            return self.list(list, value, key, None);
        }
        match key {
            "format" => {}
            "now" => match scalar_of(value, |s| check::moment(&s)) {
                Ok(text) => self.file.now = Moment::parse(&text),
                Err(fault) => return self.refuse(fault, key, value.get()),
            },
            "journal" => return self.journal(value),
            _ => {
                let lists = shape::LISTS.iter().map(|list| list.name);
                let keys = ["format", "now"]
                    .into_iter()
                    .chain(lists)
                    .chain(["journal"]);
                return self.refuse(Fault::UnknownKey(keys.collect()), key, "");
            }
        }
        Go::On
    }

    fn list(
        &mut self,
        list: &'static List,
        value: &RawValue,
        path: &str,
        parent: Option<usize>,
    ) -> Go {
        let (Some(table), values) = (table(list.table), raw::list(value)) else {
            return Go::On;
        };
        let values = match values {
            Ok(values) => values,
            Err(fault) => return self.refuse(fault, path, value.get()),
        };
        let places = shape::places(list, parent.is_some());
        for (at, value) in values.into_iter().enumerate() {
            self.rows += 1;
            if self.rows > ROWS_MAX {
                self.refuse(Fault::TooManyRows(ROWS_MAX), path, "");
                return Go::Stop;
            }
            let path = format!("{path}[{at}]");
            let mut row = Row {
                parent,
                at,
                ..Row::default()
            };
            let nested = match self.row(list, table, &places, value, &path, &mut row) {
                Ok(nested) => nested,
                Err(Go::Stop) => return Go::Stop,
                Err(Go::On) => continue,
            };
            let rows = self.file.tables.entry(list.table).or_default();
            let index = rows.len();
            rows.push(row);
            for (list, value) in nested {
                let path = format!("{path}.{}", list.name);
                if let Go::Stop = self.list(list, value, &path, Some(index)) {
                    return Go::Stop;
                }
            }
        }
        Go::On
    }

    /// Reads the values of a row and returns its lists.
    fn row<'a>(
        &mut self,
        list: &'static List,
        table: &'static Table,
        places: &[Place],
        value: &'a RawValue,
        path: &str,
        row: &mut Row,
    ) -> Result<Vec<(&'static List, &'a RawValue)>, Go> {
        let pairs = match raw::object(value) {
            Ok(pairs) => pairs,
            Err(fault) => return Err(self.refuse(fault, path, value.get())),
        };
        let (mut nested, mut values) = (Vec::new(), Values::default());
        for (key, value) in pairs {
            let here = format!("{path}.{key}");
            if let Some(list) = list.nested.iter().find(|n| n.name == key) {
                if row.lists.contains(&list.table) {
                    self.go(Fault::KeyTwice, &here, "")?;
                } else {
                    row.lists.push(list.table);
                    nested.push((list, value));
                }
            } else if key == shape::WEEK && places.iter().any(|p| p.group == key) {
                self.group(places, value, &here, &mut values)?;
            } else if let Err(fault) = values.put(table, places, "", &key, value) {
                self.go(fault, &here, value.get())?;
            }
        }
        self.cells(table, places, values, path, row)?;
        Ok(nested)
    }

    /// Reads an object within a row.
    fn group<'a>(
        &mut self,
        places: &[Place],
        value: &'a RawValue,
        path: &str,
        values: &mut Values<'a>,
    ) -> Result<(), Go> {
        let pairs = match raw::object(value) {
            Ok(pairs) => pairs,
            Err(fault) => return self.go(fault, path, value.get()),
        };
        let Some(calendar) = table("calendar") else {
            return Ok(());
        };
        for (key, value) in pairs {
            if let Err(fault) = values.put(calendar, places, shape::WEEK, &key, value) {
                self.go(fault, &format!("{path}.{key}"), value.get())?;
            }
        }
        Ok(())
    }

    fn cells(
        &mut self,
        table: &'static Table,
        places: &[Place],
        values: Values<'_>,
        path: &str,
        row: &mut Row,
    ) -> Result<(), Go> {
        for place in places.iter().filter(|p| p.way != Way::Subject) {
            match values.cell(table, place) {
                Ok(Some(cell)) => row.cells.push((place.column.name, cell)),
                Ok(None) if shape::is_required(table, place.column) => {
                    let key = place.keys.last().copied().unwrap_or_default();
                    self.go(Fault::Missing, &format!("{path}.{key}"), "")?;
                }
                Ok(None) => {}
                Err((fault, key, found)) => {
                    let group = if place.group.is_empty() { "" } else { "week." };
                    self.go(fault, &format!("{path}.{group}{key}"), &found)?;
                }
            }
        }
        if let Some(value) = values.get("", shape::SUBJECT) {
            match subject(table, row, value) {
                Ok(cell) => row.cells.push(("subject_id", cell)),
                Err(fault) => {
                    self.go(fault, &format!("{path}.{}", shape::SUBJECT), value.get())?;
                }
            }
        }
        self.extras(table, values, path, row)
    }

    /// What a row says beyond its columns, and what holds between columns.
    fn extras(
        &mut self,
        table: &Table,
        values: Values<'_>,
        path: &str,
        row: &mut Row,
    ) -> Result<(), Go> {
        if let Some(value) = values.get("", shape::MARK) {
            match scalar_of(value, |s| check::whole(&s)) {
                Ok(mark) => row.mark = Some(mark),
                Err(fault) => self.go(fault, &format!("{path}.{}", shape::MARK), value.get())?,
            }
        }
        if let Some(value) = values.get("", shape::OWN_ROUTING) {
            match scalar_of(value, |s| flag(&s)) {
                Ok(flag) => row.own_routing = flag == 1,
                Err(fault) => {
                    self.go(
                        fault,
                        &format!("{path}.{}", shape::OWN_ROUTING),
                        value.get(),
                    )?;
                }
            }
        }
        if table.name == "production_order" {
            production_state(row);
        }
        if let (Some(Cell::Text(from)), Some(Cell::Text(to))) =
            (row.cell("starts"), row.cell("ends"))
            && from > to
        {
            let found = to.clone();
            self.go(Fault::EarlyEnd, &format!("{path}.end"), &found)?;
        }
        Ok(())
    }

    /// Notes an error; says to stop where that was the last one to be listed.
    pub(super) fn refuse(&mut self, fault: Fault, path: &str, value: &str) -> Go {
        self.errors.push(fault.at(path, value));
        if self.errors.len() < ERRORS_MAX {
            return Go::On;
        }
        self.errors.push(Fault::More(ERRORS_MAX).at("", ""));
        Go::Stop
    }

    /// As [`Reader::refuse`], to be used with `?`.
    fn go(&mut self, fault: Fault, path: &str, value: &str) -> Result<(), Go> {
        match self.refuse(fault, path, value) {
            Go::On => Ok(()),
            Go::Stop => Err(Go::Stop),
        }
    }
}

/// Reads a scalar by a rule.
pub(super) fn scalar_of<T>(
    value: &RawValue,
    rule: impl FnOnce(Scalar<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    raw::scalar(value).and_then(rule)
}

pub(super) fn flag(scalar: &Scalar<'_>) -> Result<i64, Fault> {
    match scalar {
        Scalar::Flag(flag) => Ok(i64::from(*flag)),
        _ => Err(Fault::WantFlag),
    }
}

/// States that follow from progress are read as the decisions that lead to them.
fn production_state(row: &mut Row) {
    let mut held = false;
    for (column, cell) in &mut row.cells {
        if let (&mut "state", Cell::Text(state)) = (column, cell) {
            match state.as_str() {
                "finished" => row.finished = true,
                "on_hold" => held = true,
                "in_progress" => {}
                _ => continue,
            }
            "released".clone_into(state);
        }
    }
    if held {
        row.cells.retain(|(column, _)| *column != "on_hold");
        row.cells.push(("on_hold", Cell::Whole(1)));
    }
}

/// The key of what a chase or snooze is about: a value, or a list of the parts of its key.
fn subject(table: &Table, row: &Row, value: &RawValue) -> Result<Cell, Fault> {
    let code = match row.cell("subject") {
        Some(Cell::Text(code)) => code.as_str(),
        _ => table.column("subject").map_or("", |column| column.default),
    };
    if raw::scalar(value)? == Scalar::Null {
        return Ok(Cell::Null);
    }
    let target = shape::subject_table(code).ok_or(Fault::UnknownRow)?;
    if shape::MARKED.contains(&target.name) {
        return scalar_of(value, |s| check::whole(&s)).map(Cell::Mark);
    }
    let kinds = shape::key_kinds(target);
    let values = match raw::scalar(value)? {
        Scalar::Nested if kinds.len() > 1 => raw::list(value)?,
        _ if kinds.len() > 1 => return Err(Fault::WantList),
        _ => vec![value],
    };
    if values.len() != kinds.len() {
        return Err(Fault::UnknownRow);
    }
    let parts = values.into_iter().zip(kinds);
    let parts = parts.map(|(value, kind)| part(kind, value).map(Some));
    parts.collect::<Result<_, _>>().map(Cell::Key)
}

/// One part of a key, as text.
fn part(kind: Kind, value: &RawValue) -> Result<String, Fault> {
    match kind {
        Kind::Whole => scalar_of(value, |s| check::whole(&s)).map(|n| n.to_string()),
        _ => scalar_of(value, check::text),
    }
}

/// The values of a row by group and key.
#[derive(Default)]
struct Values<'a>(Vec<(&'static str, &'static str, &'a RawValue)>);

impl<'a> Values<'a> {
    fn put(
        &mut self,
        table: &Table,
        places: &[Place],
        group: &'static str,
        key: &str,
        value: &'a RawValue,
    ) -> Result<(), Fault> {
        let mut keys: Vec<&'static str> = Vec::new();
        for place in places.iter().filter(|p| p.group == group) {
            keys.extend(&place.keys);
        }
        if group.is_empty() {
            if shape::MARKED.contains(&table.name) {
                keys.push(shape::MARK);
            }
            if table.name == "production_order" {
                keys.push(shape::OWN_ROUTING);
            }
        }
        let Some(key) = keys.iter().copied().find(|k| *k == key) else {
            if group.is_empty() && table.name == "calendar" {
                keys.push(shape::WEEK);
            }
            if let Some((list, _)) = shape::list_of(table.name).filter(|_| group.is_empty()) {
                keys.extend(list.nested.iter().map(|n| n.name));
            }
            return Err(Fault::UnknownKey(keys));
        };
        if self.get(group, key).is_some() {
            return Err(Fault::KeyTwice);
        }
        self.0.push((group, key, value));
        Ok(())
    }

    fn get(&self, group: &str, key: &str) -> Option<&'a RawValue> {
        let found = self.0.iter().find(|(g, k, _)| *g == group && *k == key);
        found.map(|(_, _, value)| *value)
    }

    /// The value of a column, if it is given; an error names the key and what was found.
    #[allow(clippy::type_complexity)]
    fn cell(
        &self,
        table: &Table,
        place: &Place,
    ) -> Result<Option<Cell>, (Fault, &'static str, String)> {
        if let (Kind::Ref(target), Way::Plain) = (place.column.kind, place.way) {
            return self.key(target, place);
        }
        let key = place.keys.first().copied().unwrap_or_default();
        let Some(value) = self.get(place.group, key) else {
            return Ok(None);
        };
        match one(table, place, value) {
            Ok(cell) => Ok(Some(cell)),
            Err(fault) => Err((fault, key, value.get().to_owned())),
        }
    }

    /// A reference from the keys that make it up.
    #[allow(clippy::type_complexity)]
    fn key(
        &self,
        target: &str,
        place: &Place,
    ) -> Result<Option<Cell>, (Fault, &'static str, String)> {
        let kinds = table(target).map(shape::key_kinds).unwrap_or_default();
        let (mut parts, mut given) = (Vec::new(), false);
        for (key, kind) in place.keys.iter().zip(kinds) {
            let value = self.get(place.group, key);
            given |= value.is_some();
            let Some(value) = value.filter(|v| v.get() != "null") else {
                parts.push(None);
                continue;
            };
            let text = part(kind, value).map_err(|f| (f, *key, value.get().to_owned()))?;
            parts.push(Some(text));
        }
        if parts.iter().any(Option::is_some) {
            return Ok(Some(Cell::Key(parts)));
        }
        match (given, place.column.optional) {
            (false, _) => Ok(None),
            (true, true) => Ok(Some(Cell::Null)),
            (true, false) => {
                let key = place.keys.last().copied().unwrap_or_default();
                Err((Fault::WantValue, key, "null".to_owned()))
            }
        }
    }
}

/// Reads one value as its column wants it.
fn one(table: &Table, place: &Place, value: &RawValue) -> Result<Cell, Fault> {
    let column = place.column;
    if place.way == Way::Shifts {
        let parts = raw::list(value)?.into_iter();
        let parts = parts.map(|part| scalar_of(part, check::text));
        let parts: Vec<String> = parts.collect::<Result<_, _>>()?;
        return check::shifts(&parts).map(Cell::Text);
    }
    let scalar = raw::scalar(value)?;
    match scalar {
        Scalar::Null if column.optional => return Ok(Cell::Null),
        Scalar::Null => return Err(Fault::WantValue),
        _ => {}
    }
    let bounds = bounds(table.name, column.name);
    match column.kind {
        Kind::Text => {
            let text = check::text(scalar)?;
            let names_a_row = matches!(column.name, "code" | "no" | "hash" | "key");
            if names_a_row && text.trim().is_empty() {
                return Err(Fault::Empty);
            }
            Ok(Cell::Text(text))
        }
        Kind::Whole => {
            let n = check::whole(&scalar)?;
            bounds.hold(Micro::whole(n)).map(|_| Cell::Whole(n))
        }
        Kind::Amount => {
            let amount = check::amount(&scalar)?;
            bounds.hold(amount).map(|amount| Cell::Whole(amount.0))
        }
        Kind::Flag => flag(&scalar).map(Cell::Whole),
        Kind::Date => check::date(&scalar).map(Cell::Text),
        Kind::Moment => check::moment(&scalar).map(Cell::Text),
        Kind::Code(codes) => code(table, place, codes, scalar).map(Cell::Text),
        Kind::Ref(_) => check::whole(&scalar).map(Cell::Mark),
    }
}

fn code(table: &Table, place: &Place, codes: &[&str], scalar: Scalar<'_>) -> Result<String, Fault> {
    let text = check::text(scalar)?;
    let wanted = match place.way {
        Way::Upper => text.to_ascii_lowercase(),
        _ => text,
    };
    let derived: &[&str] = match (table.name, place.column.name) {
        ("production_order", "state") => &["in_progress", "finished", "on_hold"],
        _ => &[],
    };
    if codes.contains(&wanted.as_str()) || derived.contains(&wanted.as_str()) {
        return Ok(wanted);
    }
    let all = codes.iter().chain(derived);
    let shown = all.map(|code| match place.way {
        Way::Upper => code.to_ascii_uppercase(),
        _ => (*code).to_owned(),
    });
    Err(Fault::WantCode(shown.collect()))
}
