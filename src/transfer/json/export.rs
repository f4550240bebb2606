//! Writes everything as one interchange file.
//!
//! Deterministic: rows in the order they were made, keys in the order of the schema, and what is
//! as the schema says anyway left out, so that the same data always give the same text. Master
//! data are written in full, because a file that leaves a value of an existing item out keeps it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::print::{Node, close, line};
use super::resolve::{Keys, assumed, id_in};
use super::shape::{self, LISTS, List, MARKED, ORDER, Place, Role, Way};
use super::{FORMAT, rows};
use crate::domain::quantity::Micro;
use crate::domain::schema::{Column, Kind, Table, table};
use crate::domain::world::World;
use crate::store::Fields;
use crate::store::journal::Past;

/// The whole file as text, with a line feed at its end.
#[must_use]
pub fn export(world: &World, journal: &[Past]) -> String {
    let writer = Writer::new(world);
    let mut out = format!("{{\n  \"format\": \"{FORMAT}\"");
    for list in LISTS {
        let fields = rows::sorted(world, list.table, None);
        for (at, fields) in fields.iter().enumerate() {
            if at == 0 {
                out.push_str(",\n  \"");
                out.push_str(list.name);
                out.push_str("\": [");
            }
            line(&mut out, at, 4);
            writer.row(list, fields, false).write(&mut out, 4);
        }
        if !fields.is_empty() {
            close(&mut out, 2, ']');
        }
    }
    super::past::write(journal, &mut out);
    out.push_str("\n}\n");
    out
}

struct Writer<'a> {
    world: &'a World,
    keys: Keys,
    /// The `ref` of rows that others name by it: the row's place in its list, from one.
    marks: BTreeMap<(&'static str, i64), i64>,
    referred: BTreeSet<(&'static str, i64)>,
    places: BTreeMap<&'static str, Vec<Place>>,
}

impl<'a> Writer<'a> {
    fn new(world: &'a World) -> Self {
        let mut writer = Self {
            world,
            keys: Keys::default(),
            marks: BTreeMap::new(),
            referred: BTreeSet::new(),
            places: BTreeMap::new(),
        };
        for table in ORDER.iter().filter_map(|name| table(name)) {
            if let Some((list, above)) = shape::list_of(table.name) {
                let places = shape::places(list, above.is_some());
                writer.places.insert(table.name, places);
            }
            let marked = MARKED.contains(&table.name);
            let refers = table
                .columns
                .iter()
                .any(|c| matches!(c.kind, Kind::Ref(t) if MARKED.contains(&t)))
                || table.column("subject_id").is_some();
            if table.key.is_empty() && !marked && !refers {
                continue;
            }
            for (at, fields) in rows::of(world, table.name, None).enumerate() {
                let id = id_in(&fields, "id").unwrap_or_default();
                writer.keys.add(table, id, &fields);
                if marked {
                    let at = i64::try_from(at + 1).unwrap_or(i64::MAX);
                    writer.marks.insert((table.name, id), at);
                }
                writer.note_references(table, &fields);
            }
        }
        writer
    }

    /// Notes which rows are named by `ref`.
    fn note_references(&mut self, table: &Table, fields: &Fields) {
        for column in table.columns {
            if let (Kind::Ref(target), Some(id)) = (column.kind, id_in(fields, column.name))
                && MARKED.contains(&target)
            {
                self.referred.insert((target, id));
            }
        }
        let code = fields.get("subject").and_then(Value::as_str);
        if let (Some(target), Some(id)) = (
            code.and_then(shape::subject_table),
            id_in(fields, "subject_id"),
        ) {
            self.referred.insert((target.name, id));
        }
    }

    fn row(&self, list: &List, fields: &Fields, nested: bool) -> Node {
        let (Some(table), Some(places)) = (table(list.table), self.places.get(list.table)) else {
            return Node::Object(Vec::new());
        };
        let id = id_in(fields, "id").unwrap_or_default();
        let mut pairs: Vec<(&'static str, Node)> = Vec::new();
        if self.referred.contains(&(table.name, id))
            && let Some(mark) = self.marks.get(&(table.name, id))
        {
            pairs.push((shape::MARK, Node::number(*mark)));
        }
        let mut week = Vec::new();
        for place in places {
            if !place.group.is_empty() {
                week.extend(self.cell(list, table, place, fields, nested));
                continue;
            }
            pairs.extend(self.cell(list, table, place, fields, nested));
        }
        if !week.is_empty() {
            pairs.push((shape::WEEK, Node::Object(week)));
        }
        if table.name == "production_order" && self.own_routing(fields) {
            pairs.push((shape::OWN_ROUTING, Node::Raw("true".to_owned())));
        }
        for inner in list.nested {
            let rows = rows::sorted(self.world, inner.table, Some(id));
            if !rows.is_empty() {
                let nodes = rows.iter().map(|row| self.row(inner, row, true)).collect();
                pairs.push((inner.name, Node::List(nodes)));
            }
        }
        Node::Object(pairs)
    }

    /// Whether the routing of the item has operations that this production order does without.
    fn own_routing(&self, fields: &Fields) -> bool {
        let id = id_in(fields, "id").unwrap_or_default();
        let there: BTreeSet<i64> = self.world.operations.of(id).map(|o| o.seq).collect();
        let item = id_in(fields, "item_id").unwrap_or_default();
        let mut steps = self.world.routing_steps.of(item);
        steps.any(|step| !there.contains(&step.seq))
    }

    /// A column as keys and values; none where it is as the schema says anyway.
    fn cell(
        &self,
        list: &List,
        table: &Table,
        place: &Place,
        fields: &Fields,
        nested: bool,
    ) -> Vec<(&'static str, Node)> {
        let column = place.column;
        let value = fields.get(column.name).unwrap_or(&Value::Null);
        let key = place.keys.first().copied().unwrap_or_default();
        let full = list.role == Role::Master && !nested && place.group.is_empty();
        let names_it = table.key.contains(&column.name) && !column.optional;
        let telling = matches!(column.name, "subject" | "shifts");
        let kept = full || names_it || telling || is_routed(table, column);
        if !kept && is_default(column, value) {
            return Vec::new();
        }
        let node = match place.way {
            Way::Plain if matches!(column.kind, Kind::Ref(_)) => {
                return self.reference(table, place, fields, value);
            }
            Way::Plain => scalar(column, value),
            Way::Upper => Node::text(&value.as_str().unwrap_or_default().to_ascii_uppercase()),
            Way::Shifts => {
                let shifts = value.as_str().unwrap_or_default().split_whitespace();
                Node::List(shifts.map(Node::text).collect())
            }
            Way::Mark(target) => {
                match value.as_i64().and_then(|id| self.marks.get(&(target, id))) {
                    Some(mark) => Node::number(*mark),
                    None => null(),
                }
            }
            // What is gone since is nothing any more.
            Way::Subject => {
                return self
                    .subject(fields, value)
                    .map(|n| (key, n))
                    .into_iter()
                    .collect();
            }
        };
        vec![(key, node)]
    }

    /// A reference by the parts of its row's key, those left out that go without saying.
    fn reference(
        &self,
        table: &Table,
        place: &Place,
        fields: &Fields,
        value: &Value,
    ) -> Vec<(&'static str, Node)> {
        let Kind::Ref(target) = place.column.kind else {
            return Vec::new();
        };
        let key = value.as_i64().and_then(|id| self.keys.key(target, id));
        let Some(key) = key else {
            let last = place.keys.last().copied().unwrap_or_default();
            return vec![(last, null())];
        };
        let kinds = crate::domain::schema::table(target)
            .map(shape::key_kinds)
            .unwrap_or_default();
        let look = |table: &'static str, id: i64| rows::one(self.world, table, id);
        let parts = place.keys.iter().zip(key).zip(kinds).enumerate();
        parts
            .filter(|(at, ((_, part), _))| {
                let column = place.column.name;
                assumed(&self.keys, table.name, column, *at, fields, &look).as_ref() != Some(*part)
            })
            .map(|(_, ((key, part), kind))| (*key, part_node(kind, part)))
            .collect()
    }

    /// What a chase or snooze is about: a value, or the parts of a key.
    fn subject(&self, fields: &Fields, value: &Value) -> Option<Node> {
        let code = fields.get("subject").and_then(Value::as_str);
        let (target, id) = (shape::subject_table(code?)?, value.as_i64()?);
        if MARKED.contains(&target.name) {
            return self
                .marks
                .get(&(target.name, id))
                .copied()
                .map(Node::number);
        }
        let key = self.keys.key(target.name, id)?;
        let parts = key.iter().zip(shape::key_kinds(target));
        let mut nodes: Vec<Node> = parts.map(|(part, kind)| part_node(kind, part)).collect();
        match nodes.len() {
            1 => nodes.pop(),
            _ => Some(Node::List(nodes)),
        }
    }
}

fn null() -> Node {
    Node::Raw("null".to_owned())
}

fn part_node(kind: Kind, part: &str) -> Node {
    match kind {
        Kind::Whole => Node::Raw(part.to_owned()),
        _ => Node::text(part),
    }
}

/// What is filled from the routing or the order line where a file does not say it.
fn is_routed(table: &Table, column: &Column) -> bool {
    match table.name {
        "operation" => shape::ROUTED.contains(&column.name),
        "production_order" => column.name == "item_id",
        _ => false,
    }
}

fn is_default(column: &Column, value: &Value) -> bool {
    match value {
        Value::Null => true,
        _ if column.optional => false,
        Value::String(text) => text == column.default,
        Value::Bool(flag) => !*flag,
        Value::Number(n) => n.as_i64() == Some(column.default.parse().unwrap_or(0)),
        _ => false,
    }
}

fn scalar(column: &Column, value: &Value) -> Node {
    match (column.kind, value) {
        (_, Value::Null) => null(),
        (Kind::Amount, value) => Node::text(&Micro(value.as_i64().unwrap_or_default()).text()),
        (_, Value::String(text)) => Node::text(text),
        (_, other) => Node::Raw(other.to_string()),
    }
}
