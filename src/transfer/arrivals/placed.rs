//! Purchase lines that were placed elsewhere beside those that are known.

use std::collections::{BTreeMap, HashMap};

use super::{Joiner, day};
use crate::command::arrivals::TakePurchase;
use crate::domain::item::Item;
use crate::domain::partner::Supplier;
use crate::domain::purchase::Purchase;
use crate::domain::quantity::Qty;
use crate::domain::rule::consistency::alias::fold;
use crate::transfer::headings::Field;
use crate::transfer::join::{Hit, Key, Standing, Wrong, exact};
use crate::transfer::rows::SheetRow;

impl Joiner<'_> {
    pub(super) fn purchases(&mut self) -> Vec<TakePurchase> {
        let world = self.world;
        let mut index = self.index();
        let items: HashMap<String, &Item> =
            world.items.iter().map(|i| (exact(&i.code), i)).collect();
        let mut suppliers: HashMap<String, &Supplier> = HashMap::new();
        for supplier in world.suppliers.iter() {
            suppliers.entry(fold(&supplier.name)).or_insert(supplier);
        }
        for supplier in world.suppliers.iter() {
            suppliers.insert(fold(&supplier.code), supplier);
        }
        // The highest line of each number, ours and the file's.
        let mut lines: HashMap<String, i64> = HashMap::new();
        let numbered = self
            .preview
            .rows
            .iter()
            .filter_map(|r| Some((exact(&r.purchase_no), r.line?)));
        let known = world.purchases.iter().map(|p| (exact(&p.no), p.line));
        for (no, line) in known.chain(numbered) {
            let highest = lines.entry(no).or_default();
            *highest = line.max(*highest);
        }
        let mut seen: BTreeMap<(String, Option<i64>, String), usize> = BTreeMap::new();
        let mut taking = Vec::new();
        for at in 0..self.preview.rows.len() {
            let Some(row) = self.row(at) else { continue };
            let key = Key {
                no: row.purchase_no.clone(),
                line: row.line,
                item: row.item.clone(),
                qty: row.ordered,
            };
            match index.hit(&key) {
                Hit::One { at: n, loose } => {
                    if let Some(line) = self.ours.get(n).copied() {
                        self.placed_before(at, row, line, loose);
                    }
                    continue;
                }
                Hit::Several(lines) => {
                    self.several(at, &lines);
                    continue;
                }
                // A further line of a known number is new; one with its line number is another item.
                Hit::OtherItem { lines, near } => {
                    let own =
                        |n: &&usize| self.ours.get(**n).is_some_and(|p| Some(p.line) == row.line);
                    if let Some(n) = lines.iter().find(own).copied() {
                        self.other_item(at, n, near.first().copied());
                        continue;
                    }
                }
                Hit::Unknown { .. } => {}
            }
            let no = exact(&row.purchase_no);
            if no.is_empty() {
                self.say(at, None, Standing::Unknown, false, Vec::new());
                continue;
            }
            let same = (no.clone(), row.line, exact(&row.item));
            if let Some(earlier) = seen.get(&same).copied() {
                self.placed_twice(at, row, earlier);
                continue;
            }
            seen.insert(same, at);
            let Some(item) = items.get(&exact(&row.item)) else {
                self.wrong(at, None, Field::Item, Wrong::NoItem);
                continue;
            };
            let supplier = suppliers.get(&fold(&row.supplier)).map(|s| s.id);
            if supplier.is_none() && !row.supplier.is_empty() {
                self.wrong(at, None, Field::Supplier, Wrong::NoSupplier);
                continue;
            }
            let line = row.line.unwrap_or_else(|| {
                let highest = lines.entry(no).or_default();
                *highest += 1;
                *highest
            });
            if let Some(new) = self.new_line(at, row, item, supplier, line) {
                taking.push(new);
            }
        }
        taking
    }

    fn new_line(
        &mut self,
        at: usize,
        row: &SheetRow,
        item: &Item,
        supplier: Option<i64>,
        line: i64,
    ) -> Option<TakePurchase> {
        let ordered_on = row.ordered_on.unwrap_or(self.today);
        if ordered_on > self.today {
            let today = self.today;
            self.wrong(at, None, Field::OrderedOn, Wrong::Ahead { today });
            return None;
        }
        let Some(factor) = self.factor(Some(item), &item.unit, &row.unit) else {
            let ours = item.unit.clone();
            self.wrong(at, None, Field::Unit, Wrong::Unit { ours });
            return None;
        };
        let qty = row.ordered.unwrap_or_default().times(factor);
        let differences = vec![super::amount(Field::Ordered, Qty::ZERO, qty)];
        self.say(at, None, Standing::Differs, false, differences);
        Some(TakePurchase {
            purchase: Purchase {
                no: row.purchase_no.clone(),
                line,
                item_id: item.id,
                supplier_id: supplier.or(item.supplier_id),
                qty,
                unit: item.unit.clone(),
                unit_price: row.unit_price.map(|p| p.over(factor)),
                ordered_on: Some(ordered_on),
                required_date: row.required,
                note: row.note.clone(),
                ..Purchase::default()
            },
            promised: row.promised.filter(|d| *d >= ordered_on),
            said_on: self.preview.sent.unwrap_or(self.today),
            from: self.from(row),
        })
    }

    /// A line that is known: what differs is shown and stays, since a purchase is changed by hand.
    fn placed_before(&mut self, at: usize, row: &SheetRow, line: &Purchase, loose: bool) {
        self.touched.insert(line.id);
        let Some(factor) = self.unit(at, line) else {
            return;
        };
        let mut differences = self.aside(row, line, factor);
        if row.required.is_some() && row.required != line.required_date {
            differences.push(day(Field::RequiredDate, line.required_date, row.required));
        }
        let standing = if differences.is_empty() {
            Standing::Same
        } else {
            Standing::Otherwise
        };
        self.say(at, Some(line.id), standing, loose, differences);
    }

    /// The same line once more in the file: equal it counts once, else it is wrong.
    fn placed_twice(&mut self, at: usize, row: &SheetRow, earlier: usize) {
        let Some(first) = self.row(earlier) else {
            return;
        };
        if (first.ordered, first.required) == (row.ordered, row.required) {
            self.say(at, None, Standing::Twice, false, Vec::new());
        } else {
            let wrong = Wrong::Again {
                row: first.place.row,
            };
            self.wrong(at, None, Field::PurchaseNo, wrong);
        }
    }
}
