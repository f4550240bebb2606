//! Rows about purchases, stock and production beside what is known: what differs first, and what would be written.
//!
//! Nothing here writes. [`join`] says how each row stands and gathers the rows that a command may
//! take; where anything is wrong nothing may be taken at all.

mod counts;
mod figures;
mod placed;
mod promises;
mod receipts;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::draft::{Evidence, Fault, ImportError, Place, Preview};
use super::headings::{Field, Kind};
use super::join::{Difference, Hit, Index, Joint, Key, Said, Standing, Wrong};
use super::plan;
use super::rows::SheetRow;
use crate::command::Command;
use crate::command::arrivals::{Take, TakeCount, TakePromise, TakePurchase, TakeReceipt};
use crate::command::progress::TakeFigures;
use crate::domain::followup::HeadingMap;
use crate::domain::item::Item;
use crate::domain::purchase::Purchase;
use crate::domain::quantity::Qty;
use crate::domain::rule::consistency::alias::{Aliases, fold};
use crate::domain::world::World;
use crate::store::files::content_name;
use crate::store::{Store, StoreError};

/// What would be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taking {
    Promises(Vec<TakePromise>),
    Receipts(Vec<TakeReceipt>),
    Counts(Vec<TakeCount>),
    Purchases(Vec<TakePurchase>),
    Figures(Vec<TakeFigures>),
}

impl Taking {
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Promises(rows) => rows.len(),
            Self::Receipts(rows) => rows.len(),
            Self::Counts(rows) => rows.len(),
            Self::Purchases(rows) => rows.len(),
            Self::Figures(rows) => rows.len(),
        }
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A file beside what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    pub kind: Kind,
    /// Every row of the file, and what it does not mention; what matters most first.
    pub rows: Vec<Joint>,
    /// What is wrong with rows; nothing is written while there is anything.
    pub errors: Vec<ImportError>,
    pub taking: Taking,
}

impl Joined {
    /// How many rows stand so.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        self.rows.iter().filter(|r| r.standing == standing).count()
    }

    /// Rows that are not taken though they say something: of numbers that are not known, and those
    /// that differ in what a file does not change.
    #[must_use]
    pub fn left(&self) -> usize {
        self.count(Standing::Unknown) + self.count(Standing::Otherwise)
    }
}

/// Puts the rows of a preview beside what is known; none where it holds orders.
#[must_use]
pub fn join(world: &World, preview: &Preview, file: &Evidence, today: NaiveDate) -> Option<Joined> {
    let taking = match preview.kind {
        Kind::Orders => return None,
        Kind::Purchases => Taking::Purchases(Vec::new()),
        Kind::Promises => Taking::Promises(Vec::new()),
        Kind::Receipts => Taking::Receipts(Vec::new()),
        Kind::Stock => Taking::Counts(Vec::new()),
        Kind::Progress => Taking::Figures(Vec::new()),
    };
    let name = content_name(&file.bytes);
    let mut joiner = Joiner {
        world,
        preview,
        today,
        file: &file.name,
        before: world.source_files.iter().any(|f| f.hash == name),
        aliases: Aliases::new(world.aliases.iter()),
        ours: Vec::new(),
        rows: Vec::new(),
        errors: Vec::new(),
        touched: BTreeSet::new(),
    };
    let taking = match taking {
        Taking::Promises(_) => Taking::Promises(joiner.promises()),
        Taking::Receipts(_) => Taking::Receipts(joiner.receipts()),
        Taking::Counts(_) => Taking::Counts(joiner.counts()),
        Taking::Purchases(_) => Taking::Purchases(joiner.purchases()),
        Taking::Figures(_) => Taking::Figures(joiner.figures()),
    };
    let mut rows = joiner.rows;
    rows.sort_by_key(|r| (r.standing, r.row, r.ours));
    Some(Joined {
        kind: preview.kind,
        rows,
        errors: joiner.errors,
        taking,
    })
}

/// Keeps the file as evidence and makes the command for what would be written.
///
/// # Errors
/// Where the folder of filed documents cannot be written.
pub fn command(
    store: &Store,
    file: &Evidence,
    joined: &Joined,
    mapping: Option<HeadingMap>,
) -> Result<Command, StoreError> {
    let source = plan::source(store, file, joined.kind.code())?;
    fn of<T: Clone>(
        rows: &[T],
        source: crate::domain::followup::SourceFile,
        mapping: Option<HeadingMap>,
    ) -> Box<Take<T>> {
        Box::new(Take {
            source,
            mapping,
            rows: rows.to_vec(),
        })
    }
    Ok(match &joined.taking {
        Taking::Promises(rows) => Command::TakePromises(of(rows, source, mapping)),
        Taking::Receipts(rows) => Command::TakeReceipts(of(rows, source, mapping)),
        Taking::Counts(rows) => Command::TakeCounts(of(rows, source, mapping)),
        Taking::Purchases(rows) => Command::TakePurchases(of(rows, source, mapping)),
        Taking::Figures(rows) => Command::TakeFigures(of(rows, source, mapping)),
    })
}

struct Joiner<'a> {
    world: &'a World,
    preview: &'a Preview,
    today: NaiveDate,
    file: &'a str,
    /// The very same file was brought in before.
    before: bool,
    aliases: Aliases,
    /// The purchase lines that rows are put beside.
    ours: Vec<&'a Purchase>,
    rows: Vec<Joint>,
    errors: Vec<ImportError>,
    /// Purchase lines, items or operations that the file is about, surely or nearly.
    touched: BTreeSet<i64>,
}

impl<'a> Joiner<'a> {
    fn index(&mut self) -> Index {
        self.ours = self.world.purchases.iter().collect();
        let code = |p: &&Purchase| self.world.items.get(p.item_id).map(|i| i.code.clone());
        let key = |p: &&Purchase| Key {
            no: p.no.clone(),
            line: Some(p.line),
            item: code(p).unwrap_or_default(),
            qty: Some(p.qty),
        };
        let keys: Vec<Key> = self.ours.iter().map(key).collect();
        Index::new(&keys, self.world.items.iter().map(|i| i.code.clone()))
    }

    fn row(&self, at: usize) -> Option<&'a SheetRow> {
        self.preview.rows.get(at)
    }

    /// The rows of the file by the purchase line they are about, lines in their own order; rows that
    /// are about none are said here.
    fn by_line(&mut self) -> BTreeMap<i64, Vec<(usize, bool)>> {
        let mut index = self.index();
        let mut found: BTreeMap<i64, Vec<(usize, bool)>> = BTreeMap::new();
        let mut lost = Vec::new();
        for (at, row) in self.preview.rows.iter().enumerate() {
            let key = Key {
                no: row.purchase_no.clone(),
                line: row.line,
                item: row.item.clone(),
                qty: row.ordered,
            };
            match index.hit(&key) {
                Hit::One { at: line, loose } => {
                    if let Some(line) = self.ours.get(line) {
                        self.touched.insert(line.id);
                        found.entry(line.id).or_default().push((at, loose));
                    }
                }
                Hit::Several(lines) => self.several(at, &lines),
                other => lost.push((at, other)),
            }
        }
        // A slip is best explained by a line that no other row is about.
        for (at, hit) in lost {
            let qty = self.row(at).and_then(|row| row.ordered);
            match hit {
                Hit::Unknown { near } => {
                    let near = self
                        .free(&near, qty)
                        .and_then(|n| self.ours.get(n))
                        .map(|p| p.id);
                    self.touched.extend(near);
                    self.say(at, near, Standing::Unknown, false, Vec::new());
                }
                Hit::OtherItem { lines, near } => {
                    if let Some(line) = self.free(&lines, qty) {
                        self.other_item(at, line, self.free(&near, qty));
                    }
                }
                Hit::One { .. } | Hit::Several(_) => {}
            }
        }
        found
    }

    /// The first of these lines that no row is about yet, one of that quantity before others; the first
    /// at all where each has a row.
    fn free(&self, lines: &[usize], qty: Option<Qty>) -> Option<usize> {
        let line = |n: &usize| self.ours.get(*n);
        let free = |n: &&usize| line(n).is_some_and(|p| !self.touched.contains(&p.id));
        let same = |n: &&usize| free(n) && line(n).is_some_and(|p| Some(p.qty) == qty);
        let found = lines.iter().find(same).or_else(|| lines.iter().find(free));
        found.or(lines.first()).copied()
    }

    fn other_item(&mut self, at: usize, line: usize, near: Option<usize>) {
        let Some(line) = self.ours.get(line).copied() else {
            return;
        };
        let near = near.and_then(|n| self.ours.get(n)).copied();
        let place = |p: &Purchase| format!("{}/{}", p.no, p.line);
        let wrong = Wrong::OtherItem {
            ours: format!("{} {}", place(line), self.code(line)),
            near: near.map(place).unwrap_or_default(),
        };
        // The ordered quantity says whether the item or the number is the slip.
        let qty = self.row(at).and_then(|row| row.ordered);
        let is_line = qty == Some(line.qty);
        let is_near = near.is_some_and(|p| qty == Some(p.qty));
        self.touched
            .extend((is_line || !is_near).then_some(line.id));
        self.touched
            .extend(near.map(|p| p.id).filter(|_| is_near || !is_line));
        self.wrong(at, Some(line.id), Field::Item, wrong);
    }

    fn several(&mut self, at: usize, lines: &[usize]) {
        let lines: Vec<&Purchase> = lines
            .iter()
            .filter_map(|n| self.ours.get(*n))
            .copied()
            .collect();
        self.touched.extend(lines.iter().map(|p| p.id));
        let first = lines.first().map(|p| p.id);
        let wrong = Wrong::WhichLine {
            lines: lines.iter().map(|p| p.line).collect(),
        };
        self.wrong(at, first, Field::PurchaseNo, wrong);
    }

    fn code(&self, line: &Purchase) -> &'a str {
        self.world.items.get(line.item_id).map_or("", |i| &i.code)
    }

    fn say(
        &mut self,
        at: usize,
        ours: Option<i64>,
        standing: Standing,
        loose: bool,
        differences: Vec<Difference>,
    ) {
        self.rows.push(Joint {
            row: Some(at),
            ours,
            standing,
            loose,
            differences,
        });
    }

    /// A row that cannot be taken, with the field that is wrong.
    fn wrong(&mut self, at: usize, ours: Option<i64>, field: Field, wrong: Wrong) {
        let Some(row) = self.row(at) else { return };
        let value = match field {
            Field::PurchaseNo => row.purchase_no.clone(),
            Field::Item => row.item.clone(),
            Field::Unit => row.unit.clone(),
            Field::Supplier => row.supplier.clone(),
            Field::SaidOn => row.said_on.map(|d| d.to_string()).unwrap_or_default(),
            Field::PromisedDate => row.promised.map(|d| d.to_string()).unwrap_or_default(),
            Field::ReceivedOn => row.received_on.map(|d| d.to_string()).unwrap_or_default(),
            Field::PromisedQty => row.promised_qty.map(Qty::text).unwrap_or_default(),
            Field::Accepted => row.accepted.text(),
            Field::Held => row.held.map(Qty::text).unwrap_or_default(),
            Field::OnHand => row.on_hand.map(Qty::text).unwrap_or_default(),
            Field::ProductionNo => row.production_no.clone(),
            Field::Operation => row.operation.clone(),
            Field::OrderDate => row.made_on.map(|d| d.to_string()).unwrap_or_default(),
            Field::Good => row.good.text(),
            _ => String::new(),
        };
        let place = self.place(row, field);
        self.errors.push(ImportError {
            place,
            value,
            fault: Fault::Row(Box::new(wrong)),
        });
        self.say(at, ours, Standing::Wrong, false, Vec::new());
    }

    /// The place of a field, or of the column that stood in for it.
    fn place(&self, row: &SheetRow, field: Field) -> Place {
        let instead: &[Field] = match field {
            Field::PurchaseNo => &[Field::OrderNo],
            Field::PromisedDate => &[Field::RequestedDate],
            Field::ReceivedOn => &[Field::OrderDate],
            Field::Accepted => &[Field::Arrived, Field::Qty],
            Field::OnHand | Field::PromisedQty | Field::Ordered => &[Field::Qty],
            Field::ProductionNo => &[Field::OrderNo],
            Field::Good => &[Field::Output],
            _ => &[],
        };
        let all = std::iter::once(&field).chain(instead);
        let mut places = all.map(|f| row.at(*f));
        let named = places.find(|p| !p.column.is_empty());
        named.unwrap_or_else(|| row.place.clone())
    }

    /// How much of the line's unit one of the row's is; none where that is not known.
    fn factor(&self, item: Option<&Item>, ours: &str, theirs: &str) -> Option<Qty> {
        let (ours, theirs) = (ours.trim(), theirs.trim());
        let name = |text: &str| self.aliases.unit(text).unwrap_or_else(|| fold(text));
        if ours.is_empty() || theirs.is_empty() || name(ours) == name(theirs) {
            return Some(Qty::ONE);
        }
        let item = item?;
        // A factor says how much of the item's own unit another unit holds.
        let of = |unit: &str| {
            if name(unit) == name(&item.unit) {
                return Some(Qty::ONE);
            }
            let mut all = self.world.unit_factors.of(item.id);
            all.find(|f| name(&f.unit) == name(unit)).map(|f| f.factor)
        };
        let (one, other) = (of(theirs)?, of(ours)?);
        other.is_positive().then(|| one.over(other))
    }

    /// The factor of a row's unit; a row whose unit is another one is said to be wrong.
    fn unit(&mut self, at: usize, line: &Purchase) -> Option<Qty> {
        let row = self.row(at)?;
        let item = self.world.items.get(line.item_id);
        let factor = self.factor(item, &line.unit, &row.unit);
        if factor.is_none() {
            let ours = line.unit.clone();
            self.wrong(at, Some(line.id), Field::Unit, Wrong::Unit { ours });
        }
        factor
    }

    /// What a row says of the purchase line itself and a file does not change: quantity, price, item,
    /// supplier.
    fn aside(&self, row: &SheetRow, line: &Purchase, factor: Qty) -> Vec<Difference> {
        let mut out = Vec::new();
        let amount = |field, ours: Option<Qty>, theirs: Option<Qty>| {
            let theirs = theirs.filter(|t| Some(*t) != ours)?;
            Some(Difference {
                field,
                ours: ours.map_or(Said::Nothing, Said::Amount),
                theirs: Said::Amount(theirs),
            })
        };
        let ordered = row.ordered.map(|q| q.times(factor));
        out.extend(amount(Field::Ordered, Some(line.qty), ordered));
        if factor == Qty::ONE {
            out.extend(amount(Field::UnitPrice, line.unit_price, row.unit_price));
        }
        let code = self.code(line);
        if !row.item.is_empty() && super::join::exact(&row.item) != super::join::exact(code) {
            out.push(text(Field::Item, code, &row.item));
        }
        let supplier = self.world.suppliers.find(line.supplier_id);
        if let Some(supplier) = supplier
            && !row.supplier.is_empty()
            && ![&supplier.code, &supplier.name]
                .iter()
                .any(|n| fold(n) == fold(&row.supplier))
        {
            out.push(text(Field::Supplier, &supplier.name, &row.supplier));
        }
        out
    }

    /// Purchase lines that the file should mention and does not.
    fn missing(&mut self, lines: impl Iterator<Item = &'a Purchase>) {
        let lines: Vec<i64> = lines.map(|p| p.id).collect();
        for id in lines.into_iter().filter(|id| !self.touched.contains(id)) {
            self.rows.push(Joint {
                row: None,
                ours: Some(id),
                standing: Standing::Missing,
                loose: false,
                differences: Vec::new(),
            });
        }
    }

    /// The file and the row, as it is noted with what was written.
    fn from(&self, row: &SheetRow) -> String {
        format!("{} {}", self.file, row.place.row)
    }
}

fn text(field: Field, ours: &str, theirs: &str) -> Difference {
    Difference {
        field,
        ours: Said::Text(ours.to_owned()),
        theirs: Said::Text(theirs.to_owned()),
    }
}

fn day(field: Field, ours: Option<NaiveDate>, theirs: Option<NaiveDate>) -> Difference {
    let said = |d: Option<NaiveDate>| d.map_or(Said::Nothing, Said::Day);
    Difference {
        field,
        ours: said(ours),
        theirs: said(theirs),
    }
}

fn amount(field: Field, ours: Qty, theirs: Qty) -> Difference {
    Difference {
        field,
        ours: Said::Amount(ours),
        theirs: Said::Amount(theirs),
    }
}
