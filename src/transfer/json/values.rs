//! The values of one row: which key holds what, and each value as its column wants it.

use serde_json::value::RawValue;

use super::check::{self, bounds};
use super::error::Fault;
use super::raw::{self, Scalar};
use super::shape::{self, Place, Way};
use super::{Cell, Row};
use crate::domain::quantity::Micro;
use crate::domain::schema::{Kind, Table, table};

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

/// The key of what a chase or snooze is about: a value, or a list of the parts of its key.
pub(super) fn subject(table: &Table, row: &Row, value: &RawValue) -> Result<Cell, Fault> {
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

/// What is wrong with a value: the fault, its key, what stands there.
type Wrong = (Fault, &'static str, String);

/// The values of a row by group and key.
#[derive(Default)]
pub(super) struct Values<'a>(Vec<(&'static str, &'static str, &'a RawValue)>);

impl<'a> Values<'a> {
    pub(super) fn put(
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

    pub(super) fn get(&self, group: &str, key: &str) -> Option<&'a RawValue> {
        let found = self.0.iter().find(|(g, k, _)| *g == group && *k == key);
        found.map(|(_, _, value)| *value)
    }

    /// The value of a column, if it is given; an error names the key and what was found.
    pub(super) fn cell(&self, table: &Table, place: &Place) -> Result<Option<Cell>, Wrong> {
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
    fn key(&self, target: &str, place: &Place) -> Result<Option<Cell>, Wrong> {
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
