//! What rules and stories need from the journal: times on hold, and the deeds about one order.

use rusqlite::{Connection, named_params};

use super::Store;
use super::archive;
use super::error::{Doing, StoreError};
use crate::domain::past::{Deed, Hold};
use crate::text::diary;
use crate::text::did::Did;

/// Changes of one order that are told at most: far more than anybody reads.
const DEEDS_MAX: i64 = 5_000;

/// The codes that begin and end a hold.
const STEPS: [(Did, bool, bool); 5] = [
    (Did::OrderHeld, false, true),
    (Did::OrderResumed, false, false),
    (Did::OrderCancelled, false, false),
    (Did::ProductionHeld, true, true),
    (Did::ProductionResumed, true, false),
];

/// Every hold that was not taken back, in the order of the journal's numbers: the clock may have been
/// put back meanwhile.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn holds(db: &Connection) -> Result<Vec<Hold>, StoreError> {
    let codes = STEPS
        .map(|(did, ..)| format!("'{}'", did.code()))
        .join(", ");
    let sql = format!(
        "SELECT at, what, args FROM change
          WHERE what IN ({codes}) AND undone_by IS NULL AND past_undone = 0
            AND (kind IN ('edit', 'redo') OR kind = 'past' AND past_kind IN ('edit', 'redo'))
          ORDER BY id"
    );
    let mut statement = db.prepare_cached(&sql).doing("Read the holds")?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
        ))
    };
    let rows = statement.query_map([], read).doing("Read the holds")?;
    let mut list: Vec<Hold> = Vec::new();
    for row in rows {
        let (at, what, args) = row.doing("Read the holds")?;
        let args: Vec<String> = serde_json::from_str(&args).unwrap_or_default();
        let found = STEPS.iter().find(|(did, ..)| did.code() == what);
        let (Some((_, made, begins)), Some(at), Some(no)) =
            (found, diary::moment(&at), args.into_iter().next())
        else {
            continue;
        };
        let mut open = list.iter_mut().rev();
        let open = open.find(|h| h.made == *made && h.no == no && h.to.is_none());
        match (open, begins) {
            (None, true) => list.push(Hold {
                no,
                made: *made,
                from: at,
                to: None,
            }),
            // A clock that was put back ends no hold before it began.
            (Some(hold), false) => hold.to = Some(at.max(hold.from)),
            _ => {}
        }
    }
    Ok(list)
}

impl Store {
    /// What was done about an order, oldest first; what only took something back is left out, since
    /// the change it took back says so itself.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn deeds(&self, order_no: &str) -> Result<Vec<Deed>, StoreError> {
        let mut lines = self.journal(Some(order_no), DEEDS_MAX)?;
        lines.retain(|line| line.kind != "undo" && line.did != Did::Unknown);
        let mut list = Vec::new();
        for line in lines.into_iter().rev() {
            let Some(at) = diary::moment(&line.at) else {
                continue;
            };
            list.push(Deed {
                id: line.id,
                at,
                rows: match line.kind.as_str() {
                    "past" => Vec::new(),
                    _ => self.rows_of(line.id)?,
                },
                code: line.did.code().to_owned(),
                who: line.who,
                args: line.args,
                undone: line.undone,
            });
        }
        Ok(list)
    }

    fn rows_of(&self, change: i64) -> Result<Vec<(String, i64)>, StoreError> {
        if let Some(kept) = archive::rows_kept(&self.db, change)? {
            return Ok(kept);
        }
        let sql = "SELECT DISTINCT tab, row_id FROM change_row WHERE change_id = :id ORDER BY tab, row_id";
        let mut statement = self.db.prepare_cached(sql).doing("Read the journal")?;
        let rows = statement
            .query_map(named_params! { ":id": change }, |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .doing("Read the journal")?;
        rows.collect::<Result<_, _>>().doing("Read the journal")
    }
}
