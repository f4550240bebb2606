//! Turns one row of the file into one of the data file: looks up what it refers to, fills what
//! follows from elsewhere, and inserts, changes or compares it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::error::Fault;
use super::import::{Frame, ImportError, Importer, Landed, Routing, There, content, customer_po};
use super::resolve::{assumed, id_in};
use super::shape::{self, Place, Role, Way};
use super::{Cell, Row};
use crate::domain::schema::{Column, Kind, Table, table};
use crate::store::{Fields, StoreError};

/// A row on its way in.
pub(super) struct Coming {
    fields: Fields,
    /// Columns that the file gives.
    given: Vec<&'static str>,
    /// References to rows of the same table, set when all of those are there.
    pub(super) later: Vec<Later>,
}

/// A reference to be set later.
pub(super) struct Later {
    place: Place,
    cell: Cell,
}

/// Why a reference cannot be followed: the fault, the key it is about, what stands there.
type Lost = (Fault, &'static str, String);

impl Importer<'_, '_, '_> {
    /// Makes the fields of a row; none where something is wrong with it.
    pub(super) fn coming(
        &mut self,
        frame: &Frame,
        row: &Row,
    ) -> Result<Option<Coming>, StoreError> {
        let mut coming = Coming {
            fields: defaults(frame.table),
            given: Vec::new(),
            later: Vec::new(),
        };
        if let Some(above) = frame.above {
            let landed = self.landed.get(above.table);
            let parent = row.parent.and_then(|at| *landed?.get(at)?);
            let Some(parent) = parent else {
                return Ok(None);
            };
            let link = frame.table.parent.to_owned();
            coming.fields.insert(link, Value::from(parent.id));
            if frame.table.name == "operation" {
                self.follow_routing(row, parent.id, &mut coming.fields)?;
            }
        }
        let errors = self.errors.len();
        for place in &frame.places {
            if let Some(cell) = row.cell(place.column.name) {
                self.put(frame, row, place, cell, &mut coming);
            }
        }
        if frame.table.name == "production_order" && !coming.given.contains(&"item_id") {
            self.follow_order(&mut coming.fields)?;
        }
        Ok((self.errors.len() == errors).then_some(coming))
    }

    fn put(&mut self, frame: &Frame, row: &Row, place: &Place, cell: &Cell, coming: &mut Coming) {
        let name = place.column.name;
        coming.given.push(name);
        let of_own = matches!(place.column.kind, Kind::Ref(target) if target == frame.table.name);
        if of_own && *cell != Cell::Null {
            coming.later.push(Later {
                place: place.clone(),
                cell: cell.clone(),
            });
            return;
        }
        match self.value(frame, place, cell, &coming.fields) {
            Ok(value) => {
                coming.fields.insert(name.to_owned(), value);
            }
            Err((fault, key, found)) => {
                let path = format!("{}.{key}", self.file.path(frame.table.name, row));
                self.errors.push(fault.at(&path, &found));
            }
        }
    }

    /// The value of a cell as the data file keeps it.
    fn value(
        &self,
        frame: &Frame,
        place: &Place,
        cell: &Cell,
        fields: &Fields,
    ) -> Result<Value, Lost> {
        let target = match (place.way, place.column.kind) {
            (Way::Subject, _) => {
                let code = fields.get("subject").and_then(Value::as_str);
                code.and_then(shape::subject_table)
            }
            (_, Kind::Ref(target)) => table(target),
            _ => None,
        };
        match cell {
            Cell::Null if place.way == Way::Subject => Ok(Value::from(0)),
            Cell::Null => Ok(Value::Null),
            Cell::Whole(n) => Ok(Value::from(*n)),
            Cell::Text(text) => Ok(Value::from(text.clone())),
            Cell::Mark(mark) => {
                let key = place.keys.first().copied().unwrap_or_default();
                let id = target.and_then(|target| self.marks.get(&(target.name, *mark)));
                let id = id.ok_or_else(|| (Fault::UnknownRow, key, mark.to_string()))?;
                Ok(Value::from(*id))
            }
            Cell::Key(parts) => self.find(frame.table, place, target, parts, fields),
        }
    }

    /// Finds the row that a key names.
    fn find(
        &self,
        table: &Table,
        place: &Place,
        target: Option<&'static Table>,
        parts: &[Option<String>],
        fields: &Fields,
    ) -> Result<Value, Lost> {
        let last = place.keys.last().copied().unwrap_or_default();
        let look = |name: &'static str, id: i64| {
            let table = crate::domain::schema::table(name)?;
            self.tx.fields(table, id).ok().flatten()
        };
        let mut key = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let column = place.column.name;
            let said = part.clone();
            let part = said.or_else(|| assumed(&self.keys, table.name, column, at, fields, &look));
            let name = place.keys.get(at).copied().unwrap_or(last);
            key.push(part.ok_or_else(|| (Fault::Missing, name, String::new()))?);
        }
        let Some(target) = target else {
            return Err((Fault::UnknownRow, last, key.join(" / ")));
        };
        if let Some(id) = self.keys.id(target.name, &key) {
            return Ok(Value::from(id));
        }
        // Where the first part alone names no row, that part is what has to be mended.
        let upper = target.key.first().and_then(|name| target.column(name));
        if let (Some(Kind::Ref(upper)), Some(first)) = (upper.map(|c| c.kind), key.first())
            && place.keys.len() > 1
            && self.keys.id(upper, std::slice::from_ref(first)).is_none()
        {
            let name = place.keys.first().copied().unwrap_or(last);
            return Err((Fault::UnknownRow, name, first.clone()));
        }
        Err((Fault::UnknownRow, last, key.join(" / ")))
    }

    /// Inserts, changes or compares a row; none where it is refused.
    pub(super) fn land(
        &mut self,
        frame: &Frame,
        there: &mut There,
        at: usize,
        row: &Row,
        coming: &Coming,
    ) -> Result<Option<Landed>, ImportError> {
        let name = frame.table.name;
        let key = self.keys.of(frame.table, &coming.fields);
        let old = match &key {
            Some(key) => self.keys.id(name, key),
            None => {
                let alike = there.alike.get_mut(&content(frame.table, &coming.fields));
                alike.and_then(std::collections::VecDeque::pop_front)
            }
        };
        let landed = match old {
            Some(id) if !there.met.insert(id) => {
                let path = self.file.path(name, row);
                let shown = key.unwrap_or_default().join(" / ");
                self.errors.push(Fault::RowTwice.at(&path, &shown));
                return Ok(None);
            }
            Some(id) => {
                self.meet(frame, at, row, id, coming)?;
                Landed { id, old: true }
            }
            None => {
                let po = customer_po(frame.table, &coming.fields);
                if let Some((po, no)) = po.and_then(|po| Some((po.1.clone(), there.pos.get(&po)?)))
                {
                    let path = format!("{}.customer_po", self.file.path(name, row));
                    self.errors.push(Fault::PoTaken(no.clone()).at(&path, &po));
                    return Ok(None);
                }
                if self.would_grow(frame, row) {
                    return Ok(None);
                }
                let id = self.tx.insert_fields(frame.table, &coming.fields)?;
                self.keys.add(frame.table, id, &coming.fields);
                there.met.insert(id);
                self.summary.tables.entry(name).or_default().new += 1;
                Landed { id, old: false }
            }
        };
        if let Some(mark) = row.mark
            && self.marks.insert((name, mark), landed.id).is_some()
        {
            let path = format!("{}.{}", self.file.path(name, row), shape::MARK);
            self.errors
                .push(Fault::RowTwice.at(&path, &mark.to_string()));
        }
        Ok(Some(landed))
    }

    /// Whether a new row would be added to something that happened and is there already.
    fn would_grow(&mut self, frame: &Frame, row: &Row) -> bool {
        let (Some(above), Some(at)) = (frame.above, row.parent) else {
            return false;
        };
        let landed = self.landed.get(above.table);
        let parent = landed.and_then(|rows| *rows.get(at)?);
        let grows = frame.list.role == Role::Event && parent.is_some_and(|p| p.old);
        if let (true, Some(parent)) = (grows, self.file.rows(above.table).get(at)) {
            self.differ(above.table, at, parent, "");
        }
        grows
    }

    /// Changes a row that is there to what the file says, or sees that it is equal.
    fn meet(
        &mut self,
        frame: &Frame,
        at: usize,
        row: &Row,
        id: i64,
        coming: &Coming,
    ) -> Result<(), StoreError> {
        let current = self.tx.fields(frame.table, id)?.unwrap_or_default();
        let mut wanted = coming.fields.clone();
        wanted.retain(|name, _| {
            let open = coming.later.iter().any(|l| l.place.column.name == name);
            // A calendar's week is given as a whole; other master data keep what is left out.
            let kept = frame.list.role == Role::Master
                && frame.above.is_none()
                && !coming.given.contains(&name.as_str())
                && frame
                    .places
                    .iter()
                    .any(|p| p.column.name == name && p.group.is_empty());
            name != "id" && name != "revision" && !open && !kept
        });
        let differs = wanted
            .iter()
            .find(|(name, value)| current.get(*name) != Some(*value));
        let count = self.summary.tables.entry(frame.table.name).or_default();
        let Some((_, value)) = differs else {
            count.same += 1;
            return Ok(());
        };
        if frame.list.role == Role::Master {
            count.changed += 1;
            return self.tx.update_fields(frame.table, id, &current, &wanted);
        }
        let shown = self.keys.of(frame.table, &coming.fields);
        let shown = shown.map_or_else(|| value.to_string(), |key| key.join(" / "));
        self.differ(frame.table.name, at, row, &shown);
        Ok(())
    }

    /// Sets a reference to a row of the same table.
    pub(super) fn link(
        &mut self,
        frame: &Frame,
        at: usize,
        row: &Row,
        landed: Landed,
        later: &Later,
    ) -> Result<(), StoreError> {
        let current = self.tx.fields(frame.table, landed.id)?.unwrap_or_default();
        let column = later.place.column.name;
        match self.value(frame, &later.place, &later.cell, &current) {
            Ok(value) if current.get(column) == Some(&value) => Ok(()),
            Ok(_) if landed.old && frame.list.role == Role::Event => {
                self.differ(frame.table.name, at, row, "");
                Ok(())
            }
            Ok(value) => {
                let wanted = Fields::from_iter([(column.to_owned(), value)]);
                self.tx
                    .update_fields(frame.table, landed.id, &current, &wanted)
            }
            Err((fault, key, found)) => {
                let path = format!("{}.{key}", self.file.path(frame.table.name, row));
                self.errors.push(fault.at(&path, &found));
                Ok(())
            }
        }
    }

    /// The routing of a production order's item.
    pub(super) fn routing(
        &mut self,
        production_order: i64,
    ) -> Result<Option<&Routing>, StoreError> {
        if self.routings.is_none() {
            let mut all: BTreeMap<i64, Routing> = BTreeMap::new();
            for step in table("routing_step").map_or(Ok(Vec::new()), |t| self.tx.rows(t))? {
                let item = id_in(&step, "item_id").unwrap_or_default();
                let seq = id_in(&step, "seq").unwrap_or_default();
                all.entry(item).or_default().insert(seq, step);
            }
            self.routings = Some(all);
        }
        let orders = table("production_order");
        let order = orders.map_or(Ok(None), |t| self.tx.fields(t, production_order))?;
        let item = order.and_then(|order| id_in(&order, "item_id"));
        let all = self.routings.as_ref();
        Ok(all.zip(item).and_then(|(all, item)| all.get(&item)))
    }

    /// Fills an operation from the routing of its item, and as done where the order is finished.
    fn follow_routing(
        &mut self,
        row: &Row,
        production_order: i64,
        fields: &mut Fields,
    ) -> Result<(), StoreError> {
        let seq = match row.cell("seq") {
            Some(Cell::Whole(seq)) => *seq,
            _ => 0,
        };
        let routing = self.routing(production_order)?;
        if let Some(step) = routing.and_then(|steps| steps.get(&seq)) {
            for name in shape::ROUTED {
                let value = step.get(*name).cloned().unwrap_or_default();
                fields.insert((*name).to_owned(), value);
            }
        }
        let orders = self.file.rows("production_order");
        let order = row.parent.and_then(|at| orders.get(at));
        if let Some(table) = table("production_order").filter(|_| order.is_some_and(|o| o.finished))
        {
            let order = self.tx.fields(table, production_order)?.unwrap_or_default();
            let qty = order.get("qty").cloned().unwrap_or_default();
            fields.insert("opening_qty".to_owned(), qty);
        }
        Ok(())
    }

    /// Fills the item of a production order from the order line it is for.
    fn follow_order(&self, fields: &mut Fields) -> Result<(), StoreError> {
        let (Some(lines), Some(id)) = (table("order_line"), id_in(fields, "order_line_id")) else {
            return Ok(());
        };
        let line = self.tx.fields(lines, id)?.unwrap_or_default();
        let item = line.get("item_id").cloned().unwrap_or_default();
        fields.insert("item_id".to_owned(), item);
        Ok(())
    }
}

/// A row in which nothing is given.
fn defaults(table: &Table) -> Fields {
    let value = |column: &Column| match column.kind {
        _ if column.optional => Value::Null,
        Kind::Text | Kind::Code(_) => Value::from(column.default),
        Kind::Whole | Kind::Amount | Kind::Flag => {
            Value::from(column.default.parse().unwrap_or(0_i64))
        }
        Kind::Date | Kind::Moment | Kind::Ref(_) => Value::Null,
    };
    let columns = table.columns.iter().map(|c| (c.name.to_owned(), value(c)));
    let own = ["id", "revision"].map(|name| (name.to_owned(), Value::from(0)));
    own.into_iter().chain(columns).collect()
}
