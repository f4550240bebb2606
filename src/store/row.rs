//! The one mapper between rows and record structs, by field names.
//!
//! Statements are built from `domain::schema`, which lists every column; values are always
//! parameters. Flags are 1 and 0 in the file, codes and dates are text.

use chrono::NaiveDate;
use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params};
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, Visitor};
use serde_json::{Map, Value};

use super::error::{Doing, StoreError};
use crate::domain::record::Record;
use crate::domain::schema::{Table, table};

/// A row as column names and values, `id` and `revision` among them.
pub type Fields = Map<String, Value>;

/// The table of a record type.
pub(crate) fn table_of<R: Record>() -> Result<&'static Table, StoreError> {
    table(R::TABLE).ok_or(StoreError::Missing {
        table: R::TABLE,
        id: 0,
    })
}

fn columns(table: &Table) -> impl Iterator<Item = &'static str> {
    ["id", "revision"]
        .into_iter()
        .chain(table.columns.iter().map(|c| c.name))
}

fn select(table: &Table, tail: &str) -> String {
    let list = columns(table).collect::<Vec<_>>().join(", ");
    format!("SELECT {list} FROM {} {tail}", table.name)
}

/// All rows of a record type, in order of id.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn all<R: Record>(db: &Connection) -> Result<Vec<R>, StoreError> {
    let table = table_of::<R>()?;
    let mut statement = db
        .prepare_cached(&select(table, "ORDER BY id"))
        .doing("Read a table")?;
    let mut rows = statement.query([]).doing("Read a table")?;
    let mut out = Vec::new();
    while let Some(row) = rows.next().doing("Read a row")? {
        out.push(from_row(table, row)?);
    }
    Ok(out)
}

/// The records that are off the shelf, and those to which anything happened since a day.
pub(crate) fn off_shelf<R: Record>(
    db: &Connection,
    since: Option<NaiveDate>,
) -> Result<Vec<R>, StoreError> {
    let table = table_of::<R>()?;
    let sql = select(table, "WHERE shelf_day IS NULL OR shelf_day >= :since");
    let mut statement = db.prepare_cached(&sql).doing("Read a table")?;
    // Without a day nothing is later: letters come after digits.
    let since = since.map_or_else(|| "never".to_owned(), |day| day.to_string());
    let rows = statement.query(named_params! { ":since": since });
    read_all(table, rows.doing("Read a table")?)
}

/// Whether rows that refer to nothing are meant, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Empty {
    Yes,
    No,
}

/// The records whose `column`, a reference, is one of `ids`.
pub(crate) fn among<R: Record>(
    db: &Connection,
    column: &str,
    ids: impl Iterator<Item = i64>,
    empty: Empty,
) -> Result<Vec<R>, StoreError> {
    let table = table_of::<R>()?;
    let mut ids: Vec<i64> = ids.collect();
    ids.sort_unstable();
    let sql = format!("SELECT max(id) FROM {}", table.name);
    let last: Option<i64> = db
        .prepare_cached(&sql)
        .and_then(|mut s| s.query_row([], |row| row.get(0)))
        .doing("Read a table")?;
    let Some(last) = last else {
        return Ok(Vec::new());
    };
    let at = columns(table).position(|name| name == column);
    let at = at.ok_or(StoreError::Missing {
        table: R::TABLE,
        id: 0,
    })?;
    let wanted = |row: &Row<'_>| match row.get_ref(at) {
        Ok(ValueRef::Integer(id)) => ids.binary_search(&id).is_ok(),
        Ok(ValueRef::Null) => empty == Empty::Yes,
        _ => false,
    };
    let mut out = Vec::new();
    let mut read = |tail: &str, values: &[(&str, &dyn ToSql)]| {
        let mut statement = db
            .prepare_cached(&select(table, tail))
            .doing("Read a table")?;
        let mut rows = statement.query(values).doing("Read a table")?;
        while let Some(row) = rows.next().doing("Read a row")? {
            if wanted(row) {
                out.push(from_row(table, row)?);
            }
        }
        Ok::<_, StoreError>(())
    };
    // A table with not even two rows for each that is asked for is read through. Ids only go up, so
    // the highest is no less than the rows.
    if usize::try_from(last).is_ok_and(|last| last < 2 * ids.len()) {
        read("", &[])?;
        return Ok(out);
    }
    if empty == Empty::Yes {
        read(&format!("WHERE {column} IS NULL"), &[])?;
    }
    // What is alive came one after another, but for a few that wait for long.
    let spans = spans(&ids);
    if spans.len() <= SPANS_MAX {
        let tail = format!("WHERE {column} BETWEEN :from AND :to");
        for (from, to) in spans {
            read(&tail, &[(":from", &from), (":to", &to)])?;
        }
    } else {
        // As one text, so that the statement stays the same for any number of them.
        let text = Value::from(ids.as_slice()).to_string();
        let tail = format!("WHERE {column} IN (SELECT value FROM json_each(:ids))");
        read(&tail, &[(":ids", &text)])?;
    }
    Ok(out)
}

/// Spans in which rows are read by one range of an index; more are looked for one by one.
const SPANS_MAX: usize = 32;
/// Ids between two wanted ones that are read, too, before a new span begins.
const BETWEEN_MAX: i64 = 8;

/// The spans of sorted ids.
fn spans(ids: &[i64]) -> Vec<(i64, i64)> {
    let near = |a: &i64, b: &i64| b.saturating_sub(*a) <= BETWEEN_MAX;
    let ends = |span: &[i64]| span.first().copied().zip(span.last().copied());
    ids.chunk_by(near).filter_map(ends).collect()
}

fn read_all<R: Record>(table: &Table, mut rows: rusqlite::Rows<'_>) -> Result<Vec<R>, StoreError> {
    let mut out = Vec::new();
    while let Some(row) = rows.next().doing("Read a row")? {
        out.push(from_row(table, row)?);
    }
    Ok(out)
}

/// The fields of all rows of a table, in order of id.
pub(crate) fn all_fields(db: &Connection, table: &Table) -> Result<Vec<Fields>, StoreError> {
    let mut statement = db
        .prepare_cached(&select(table, "ORDER BY id"))
        .doing("Read a table")?;
    let rows = statement
        .query_map([], |row| read_fields(table, row))
        .doing("Read a table")?;
    rows.collect::<Result<_, _>>().doing("Read a row")
}

fn read_fields(table: &Table, row: &Row<'_>) -> rusqlite::Result<Fields> {
    let mut map = Fields::new();
    for (at, name) in columns(table).enumerate() {
        let value = match row.get_ref(at)? {
            ValueRef::Integer(n) => Value::from(n),
            ValueRef::Text(_) => Value::from(row.get::<_, String>(at)?),
            _ => Value::Null,
        };
        map.insert(name.to_owned(), value);
    }
    Ok(map)
}

/// The fields of a row, if it is there.
pub(crate) fn fields(
    db: &Connection,
    table: &Table,
    id: i64,
) -> Result<Option<Fields>, StoreError> {
    let sql = select(table, "WHERE id = :id");
    let mut statement = db.prepare_cached(&sql).doing("Read a row")?;
    statement
        .query_row(named_params! { ":id": id }, |row| read_fields(table, row))
        .optional()
        .doing("Read a row")
}

/// The record of that id, if it is there.
pub(crate) fn get<R: Record>(db: &Connection, id: i64) -> Result<Option<R>, StoreError> {
    let table = table_of::<R>()?;
    let mut statement = db
        .prepare_cached(&select(table, "WHERE id = :id"))
        .doing("Read a row")?;
    let mut rows = statement
        .query(named_params! { ":id": id })
        .doing("Read a row")?;
    match rows.next().doing("Read a row")? {
        Some(row) => from_row(table, row).map(Some),
        None => Ok(None),
    }
}

fn from_row<R: DeserializeOwned>(table: &Table, row: &Row<'_>) -> Result<R, StoreError> {
    R::deserialize(InOrder(table, row))
        .map_err(|error: CellError| StoreError::Damaged(format!("{}: {error}", table.name)))
}

/// A row whose columns stand in the order of the struct's fields: quicker than by name, and a test
/// holds the two orders together.
struct InOrder<'a, 'r>(&'a Table, &'a Row<'r>);

impl<'de, 'a: 'de> de::Deserializer<'de> for InOrder<'a, '_> {
    type Error = CellError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CellError> {
        let Self(table, row) = self;
        visitor.visit_seq(Cells {
            row,
            next: 0,
            all: table.columns.len() + 2,
        })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The cells of a row, one after another.
struct Cells<'a, 'r> {
    row: &'a Row<'r>,
    next: usize,
    all: usize,
}

impl<'de, 'a: 'de> de::SeqAccess<'de> for Cells<'a, '_> {
    type Error = CellError;

    fn next_element_seed<S: de::DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, CellError> {
        if self.next == self.all {
            return Ok(None);
        }
        let cell = self.row.get_ref(self.next).map_err(de::Error::custom)?;
        self.next += 1;
        seed.deserialize(Cell(cell)).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.all - self.next)
    }
}

/// The fields of a record, flags as 1 and 0, ready to be written.
pub(crate) fn to_fields<R: Record>(record: &R) -> Result<Fields, StoreError> {
    match serde_json::to_value(record) {
        Ok(Value::Object(mut map)) => {
            for value in map.values_mut() {
                if let Value::Bool(flag) = value {
                    *value = Value::from(i64::from(*flag));
                }
            }
            Ok(map)
        }
        _ => Err(StoreError::Missing {
            table: R::TABLE,
            id: record.id(),
        }),
    }
}

/// Inserts a row; an id of zero is given by the file. Returns the id.
pub(crate) fn insert(db: &Connection, table: &Table, fields: &Fields) -> Result<i64, StoreError> {
    let names: Vec<&str> = columns(table).collect();
    let marks: Vec<String> = names.iter().map(|n| format!(":{n}")).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.name,
        names.join(", "),
        marks.join(", ")
    );
    let mut values = Vec::new();
    for (name, mark) in names.iter().zip(&marks) {
        let value = match fields.get(*name) {
            Some(value) if *name == "id" && value.as_i64() == Some(0) => Json(&Value::Null),
            Some(value) => Json(value),
            None => Json(&Value::Null),
        };
        values.push((mark.as_str(), value));
    }
    let params: Vec<(&str, &dyn ToSql)> =
        values.iter().map(|(n, v)| (*n, v as &dyn ToSql)).collect();
    let mut statement = db.prepare_cached(&sql).doing("Insert a row")?;
    statement.execute(params.as_slice()).doing("Insert a row")?;
    Ok(db.last_insert_rowid())
}

/// Writes the named fields of a row and counts its revision up.
pub(crate) fn update(
    db: &Connection,
    table: &Table,
    id: i64,
    changed: &Fields,
) -> Result<(), StoreError> {
    let sets: Vec<String> = changed
        .keys()
        .map(|name| format!("{name} = :{name}"))
        .collect();
    let sql = format!(
        "UPDATE {} SET {}, revision = revision + 1 WHERE id = :id",
        table.name,
        sets.join(", ")
    );
    let marks: Vec<(String, Json<'_>)> = changed
        .iter()
        .map(|(name, value)| (format!(":{name}"), Json(value)))
        .collect();
    let mut params: Vec<(&str, &dyn ToSql)> = marks
        .iter()
        .map(|(n, v)| (n.as_str(), v as &dyn ToSql))
        .collect();
    params.push((":id", &id));
    let mut statement = db.prepare_cached(&sql).doing("Update a row")?;
    statement.execute(params.as_slice()).doing("Update a row")?;
    Ok(())
}

/// Deletes a row; refused while others refer to it.
pub(crate) fn delete(db: &Connection, table: &Table, id: i64) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {} WHERE id = :id", table.name);
    db.prepare_cached(&sql)
        .and_then(|mut s| s.execute(named_params! { ":id": id }))
        .doing("Delete a row")?;
    Ok(())
}

/// A JSON scalar as an SQL value.
struct Json<'a>(&'a Value);

impl ToSql for Json<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::String(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Number(n) => ToSqlOutput::Owned(n.as_i64().map_or(Sql::Null, Sql::Integer)),
            Value::Bool(flag) => ToSqlOutput::Owned(Sql::Integer(i64::from(*flag))),
            _ => ToSqlOutput::Owned(Sql::Null),
        })
    }
}

/// One column of a row on its way into a struct field.
#[derive(Clone, Copy)]
struct Cell<'a>(ValueRef<'a>);

type CellError = de::value::Error;

impl<'de> de::Deserializer<'de> for Cell<'de> {
    type Error = CellError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CellError> {
        match self.0 {
            ValueRef::Null => visitor.visit_unit(),
            ValueRef::Integer(n) => visitor.visit_i64(n),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => visitor.visit_borrowed_str(text),
                Err(error) => Err(de::Error::custom(error)),
            },
            ValueRef::Real(_) | ValueRef::Blob(_) => Err(de::Error::custom("unexpected type")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CellError> {
        match self.0 {
            ValueRef::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CellError> {
        match self.0 {
            ValueRef::Integer(n) => visitor.visit_bool(n != 0),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, CellError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CellError> {
        match self.0 {
            ValueRef::Text(bytes) => {
                let text = std::str::from_utf8(bytes).map_err(de::Error::custom)?;
                StrDeserializer::<CellError>::new(text).deserialize_enum(name, variants, visitor)
            }
            _ => Err(de::Error::custom("a code is text")),
        }
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests;
