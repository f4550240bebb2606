//! Brings a file's rows in, table by table, each after those it refers to: all or nothing.
//!
//! Master data are changed to what the file says; anything that happened must be new or equal to
//! what is there. Rows without a key are the same where all their values are, each once, so that
//! a file can be brought in twice without doubling anything.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use super::error::{Fault, JsonError};
use super::resolve::{Keys, id_in};
use super::shape::{self, List, ORDER, Place, Role};
use super::{Cell, ERRORS_MAX, File, Row};
use crate::domain::schema::{Kind, Table, table};
use crate::store::{Change, Deed, Fields, Store, StoreError, Tx};
use crate::text::Did;

/// What became of the rows of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub new: usize,
    pub changed: usize,
    /// Were there already, equal.
    pub same: usize,
}

/// What a file brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// By table; tables that the file has no rows of are left out.
    pub tables: BTreeMap<&'static str, Count>,
    /// Journal entries taken over.
    pub journal: usize,
}

impl Summary {
    /// All tables together.
    #[must_use]
    pub fn total(&self) -> Count {
        self.tables.values().fold(Count::default(), |sum, c| Count {
            new: sum.new + c.new,
            changed: sum.changed + c.changed,
            same: sum.same + c.same,
        })
    }
}

/// Why nothing was brought in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is at odds with itself or with what is there.
    #[error("refused: {} errors", .0.len())]
    Refused(Vec<JsonError>),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Brings a file in as one change: as the whole, journal and all, where the data file holds
/// nothing yet; else as an addition, without the journal. `name` is for the journal.
///
/// # Errors
/// Everything that speaks against it; nothing is written then.
pub fn bring(store: &mut Store, file: &File, name: &str) -> Result<(Summary, Change), ImportError> {
    if !store.is_fresh()? {
        return store.write(&Deed::new(Did::DataImported, &[name]), |tx| {
            import(tx, file)
        });
    }
    store.restore(&Deed::new(Did::FileRestored, &[name]), |tx| {
        let mut summary = import(tx, file)?;
        tx.keep_past(&file.journal)?;
        summary.journal = file.journal.len();
        Ok(summary)
    })
}

/// Brings the rows of a file in, within a change.
///
/// # Errors
/// As [`bring`]; the change must be dropped then.
pub fn import(tx: &mut Tx<'_>, file: &File) -> Result<Summary, ImportError> {
    let mut importer = Importer {
        tx,
        file,
        keys: Keys::default(),
        landed: BTreeMap::new(),
        marks: BTreeMap::new(),
        differing: BTreeSet::new(),
        routings: None,
        errors: Vec::new(),
        summary: Summary::default(),
    };
    for table in ORDER.iter().filter_map(|name| table(name)) {
        importer.table(table)?;
        if importer.errors.len() >= ERRORS_MAX {
            importer.errors.truncate(ERRORS_MAX);
            importer.errors.push(Fault::More(ERRORS_MAX).at("", ""));
            break;
        }
    }
    if importer.errors.is_empty() {
        Ok(importer.summary)
    } else {
        Err(ImportError::Refused(importer.errors))
    }
}

/// A row of the file that is in the data file now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Landed {
    pub(super) id: i64,
    /// It was there before.
    pub(super) old: bool,
}

pub(super) struct Importer<'a, 't, 'f> {
    pub(super) tx: &'a mut Tx<'t>,
    pub(super) file: &'f File,
    pub(super) keys: Keys,
    /// By table, for each row of the file; none where it was refused.
    pub(super) landed: BTreeMap<&'static str, Vec<Option<Landed>>>,
    /// The rows that a `ref` names.
    pub(super) marks: BTreeMap<(&'static str, i64), i64>,
    /// Rows that were found to differ from what is there, to be said once each.
    pub(super) differing: BTreeSet<(&'static str, usize)>,
    /// The operations of items, once they were asked for.
    pub(super) routings: Option<BTreeMap<i64, Routing>>,
    pub(super) errors: Vec<JsonError>,
    pub(super) summary: Summary,
}

/// What is the same for all rows of a table.
pub(super) struct Frame {
    pub(super) table: &'static Table,
    pub(super) list: &'static List,
    pub(super) above: Option<&'static List>,
    pub(super) places: Vec<Place>,
}

/// The operations of an item by sequence.
pub(super) type Routing = BTreeMap<i64, Fields>;

/// The rows of a table that are there already.
#[derive(Default)]
pub(super) struct There {
    /// Rows without a key, by all their values, oldest first.
    pub(super) alike: BTreeMap<String, VecDeque<i64>>,
    /// By the row above.
    children: BTreeMap<i64, Vec<i64>>,
    /// Numbers of the orders by customer and customer PO, cancelled ones left out.
    pub(super) pos: BTreeMap<(i64, String), String>,
    /// Those that the file has too, or that came from it.
    pub(super) met: BTreeSet<i64>,
}

impl<'f> Importer<'_, '_, 'f> {
    fn table(&mut self, table: &'static Table) -> Result<(), ImportError> {
        let Some((list, above)) = shape::list_of(table.name) else {
            return Ok(());
        };
        let frame = Frame {
            table,
            list,
            above,
            places: shape::places(list, above.is_some()),
        };
        let rows = self.rows_of(table)?;
        let mut there = self.there(&frame)?;
        let mut links = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            if self.errors.len() >= ERRORS_MAX {
                return Ok(());
            }
            let mut landed = None;
            if let Some(coming) = self.coming(&frame, row)? {
                landed = self.land(&frame, &mut there, at, row, &coming)?;
                if let Some(landed) = landed {
                    links.extend(coming.later.into_iter().map(|later| (at, landed, later)));
                }
            }
            self.landed.entry(table.name).or_default().push(landed);
        }
        for (at, landed, later) in links {
            if let Some(row) = rows.get(at) {
                self.link(&frame, at, row, landed, &later)?;
            }
        }
        self.leftovers(&frame, &there)
    }

    /// The file's rows of a table; operations that it does not list follow from the routing.
    fn rows_of(&mut self, table: &Table) -> Result<Cow<'f, [Row]>, StoreError> {
        let file = self.file;
        let listed = file.rows(table.name);
        if table.name != "operation" {
            return Ok(Cow::Borrowed(listed));
        }
        let orders = file.rows("production_order");
        let landed = self.landed.get("production_order").cloned();
        let there: BTreeSet<(Option<usize>, i64)> = listed
            .iter()
            .filter_map(|row| Some((row.parent, seq(row)?)))
            .collect();
        let mut rows = listed.to_vec();
        for (at, landed) in landed.unwrap_or_default().into_iter().enumerate() {
            let own = orders.get(at).is_none_or(|order| order.own_routing);
            let Some(landed) = landed.filter(|_| !own) else {
                continue;
            };
            let Some(routing) = self.routing(landed.id)? else {
                continue;
            };
            let implied = routing
                .keys()
                .filter(|seq| !there.contains(&(Some(at), **seq)));
            rows.extend(implied.map(|seq| Row {
                parent: Some(at),
                cells: vec![("seq", Cell::Whole(*seq))],
                implied: true,
                ..Row::default()
            }));
        }
        rows.sort_by_key(|row| (row.parent, seq(row)));
        Ok(Cow::Owned(rows))
    }

    fn there(&mut self, frame: &Frame) -> Result<There, StoreError> {
        let mut there = There::default();
        for fields in self.tx.rows(frame.table)? {
            let id = id_in(&fields, "id").unwrap_or_default();
            self.keys.add(frame.table, id, &fields);
            if let Some(po) = customer_po(frame.table, &fields) {
                let no = fields.get("no").and_then(Value::as_str).unwrap_or_default();
                there.pos.insert(po, no.to_owned());
            }
            if self.keys.key(frame.table.name, id).is_none() {
                let alike = there.alike.entry(content(frame.table, &fields));
                alike.or_default().push_back(id);
            }
            if frame.above.is_some() {
                let parent = id_in(&fields, frame.table.parent).unwrap_or_default();
                there.children.entry(parent).or_default().push(id);
            }
        }
        Ok(there)
    }

    /// Looks at what is there below a row of the file, but not in the file.
    fn leftovers(&mut self, frame: &Frame, there: &There) -> Result<(), ImportError> {
        let Some(above) = frame.above else {
            return Ok(());
        };
        let parents = self.landed.get(above.table).cloned().unwrap_or_default();
        for (at, parent) in parents.into_iter().enumerate() {
            let Some(parent) = parent.filter(|p| p.old) else {
                continue;
            };
            let children = there.children.get(&parent.id).into_iter().flatten();
            let left: Vec<i64> = children
                .filter(|id| !there.met.contains(id))
                .copied()
                .collect();
            let row = self.file.rows(above.table).get(at);
            let Some(row) = row.filter(|_| !left.is_empty()) else {
                continue;
            };
            if frame.list.role == Role::Event {
                self.differ(above.table, at, row, "");
                continue;
            }
            // A calendar is always given as a whole: days that it does not name are as the week.
            if !row.lists.contains(&frame.table.name) && frame.table.name != "calendar_day" {
                continue;
            }
            for id in left {
                match self.tx.delete_row(frame.table, id) {
                    Err(StoreError::Constraint(_)) => {
                        let path =
                            format!("{}.{}", self.file.path(above.table, row), frame.list.name);
                        let key = self.keys.key(frame.table.name, id);
                        let name = key.and_then(|k| k.last()).cloned().unwrap_or_default();
                        self.errors.push(Fault::StillUsed.at(&path, &name));
                    }
                    done => done?,
                }
            }
        }
        Ok(())
    }

    /// Notes that a row differs from what is there, once.
    pub(super) fn differ(&mut self, table: &'static str, at: usize, row: &Row, value: &str) {
        if self.differing.insert((table, at)) {
            let path = self.file.path(table, row);
            self.errors.push(Fault::Differs.at(&path, value));
        }
    }
}

fn seq(row: &Row) -> Option<i64> {
    match row.cell("seq") {
        Some(Cell::Whole(seq)) => Some(*seq),
        _ => None,
    }
}

/// The customer and the customer's number of an order that was not cancelled.
pub(super) fn customer_po(table: &Table, fields: &Fields) -> Option<(i64, String)> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let po = text("customer_po").trim();
    let counts = table.name == "orders" && !po.is_empty() && text("state") != "cancelled";
    counts.then_some((id_in(fields, "customer_id")?, po.to_owned()))
}

/// All values of a row as one text, to find its like.
pub(super) fn content(table: &Table, fields: &Fields) -> String {
    let own = |kind: Kind| matches!(kind, Kind::Ref(target) if target == table.name);
    let values = table.columns.iter().filter(|column| !own(column.kind));
    let values = values.map(|column| fields.get(column.name).cloned().unwrap_or_default());
    Value::Array(values.collect()).to_string()
}
