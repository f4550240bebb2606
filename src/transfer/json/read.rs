//! Reads the text of an interchange file and judges all that can be judged without the data file:
//! syntax, keys, kinds, ranges, dates. Whether what it refers to exists is seen when it comes in.
//!
//! Errors are collected, so that a person can mend a file in one go.

use std::collections::BTreeSet;

use serde_json::value::RawValue;

use super::check;
use super::error::{Fault, JsonError};
use super::raw::{self, Scalar};
use super::shape::{self, List, Place, Way};
use super::values::{Values, flag, scalar_of, subject};
use super::{Cell, ERRORS_MAX, FILE_MB_MAX, FORMAT, File, ROWS_MAX, Row};
use crate::domain::moment::Moment;
use crate::domain::schema::{Table, table};

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
