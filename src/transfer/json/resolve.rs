//! Rows by what people call them, and back.
//!
//! The parts of a key follow the schema: an operation is named by its production order's number
//! and its own sequence. Some parts go without saying; [`assumed`] says them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::domain::schema::{Kind, Table};
use crate::store::Fields;

/// What names a row: codes and numbers as text, one for each part.
pub(super) type Key = Vec<String>;

#[derive(Debug, Default)]
struct Index {
    ids: BTreeMap<Key, i64>,
    keys: BTreeMap<i64, Key>,
}

/// The keys of rows, table by table.
#[derive(Debug, Default)]
pub(super) struct Keys(BTreeMap<&'static str, Index>);

impl Keys {
    /// The key of a row; none where its table has no key or a part of it is open.
    pub(super) fn of(&self, table: &Table, fields: &Fields) -> Option<Key> {
        let mut key = Key::new();
        for name in table.key {
            let value = fields.get(*name)?;
            match table.column(name)?.kind {
                Kind::Ref(target) => key.extend_from_slice(self.key(target, value.as_i64()?)?),
                _ => key.push(plain(value)?),
            }
        }
        (!key.is_empty()).then_some(key)
    }

    /// Remembers a row. Rows that it refers to must be known already.
    pub(super) fn add(&mut self, table: &Table, id: i64, fields: &Fields) {
        if let Some(key) = self.of(table, fields) {
            let index = self.0.entry(table.name).or_default();
            index.ids.insert(key.clone(), id);
            index.keys.insert(id, key);
        }
    }

    pub(super) fn id(&self, table: &str, key: &[String]) -> Option<i64> {
        self.0.get(table)?.ids.get(key).copied()
    }

    pub(super) fn key(&self, table: &str, id: i64) -> Option<&Key> {
        self.0.get(table)?.keys.get(&id)
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// A row's reference to another, as a row id.
pub(super) fn id_in(fields: &Fields, column: &str) -> Option<i64> {
    fields.get(column).and_then(Value::as_i64)
}

/// What a part of a reference is where the file does not say it: a line belongs to the work
/// centre of its operation, a shipped order line to the order of the shipment, a purchase
/// number alone means its first line. `look` fetches a row.
pub(super) fn assumed(
    keys: &Keys,
    table: &str,
    column: &str,
    part: usize,
    fields: &Fields,
    look: &dyn Fn(&'static str, i64) -> Option<Fields>,
) -> Option<String> {
    let centre_of = |fields: &Fields| {
        let id = id_in(fields, "work_centre_id")?;
        keys.key("work_centre", id)?.first().cloned()
    };
    match (table, column, part) {
        (
            "operation" | "capacity_block" | "exception_effect" | "exception_option",
            "line_id",
            0,
        ) => centre_of(fields),
        ("plan_row", "line_id", 0) => {
            centre_of(&look("operation", id_in(fields, "operation_id")?)?)
        }
        ("shipment_line" | "carton", "order_line_id", 0) => {
            let shipment = look("shipment", id_in(fields, "shipment_id")?)?;
            let order = id_in(&shipment, "order_id")?;
            keys.key("orders", order)?.first().cloned()
        }
        (
            "exception" | "exception_effect" | "exception_option" | "reservation",
            "purchase_id",
            1,
        ) => Some("1".to_owned()),
        _ => None,
    }
}
