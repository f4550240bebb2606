//! A stock count beside the book.

use std::collections::{BTreeMap, HashMap};

use super::{Joiner, amount};
use crate::command::arrivals::TakeCount;
use crate::domain::item::Item;
use crate::domain::quantity::Qty;
use crate::transfer::headings::Field;
use crate::transfer::join::{Index, Joint, Key, Standing, Wrong, exact, loose};
use crate::transfer::rows::SheetRow;

impl Joiner<'_> {
    pub(super) fn counts(&mut self) -> Vec<TakeCount> {
        let world = self.world;
        let items: Vec<&Item> = world.items.iter().collect();
        let mut by_code: HashMap<String, &Item> = HashMap::new();
        let mut by_loose: HashMap<String, Vec<&Item>> = HashMap::new();
        for item in &items {
            let code = exact(&item.code);
            by_loose.entry(loose(&code)).or_default().push(item);
            by_code.insert(code, item);
        }
        // A code takes the place of the number, so that a slip in it finds the nearest.
        let codes = items.iter().map(|item| Key {
            no: item.code.clone(),
            ..Key::default()
        });
        let mut index = Index::new(&codes.collect::<Vec<_>>(), std::iter::empty());
        let mut seen: BTreeMap<i64, (usize, Qty, Qty)> = BTreeMap::new();
        let mut taking = Vec::new();
        for at in 0..self.preview.rows.len() {
            let Some(row) = self.row(at) else { continue };
            let code = exact(&row.item);
            let alike = by_loose.get(&loose(&code)).map(Vec::as_slice);
            let (item, is_loose) = match (by_code.get(&code), alike) {
                (Some(item), _) => (*item, false),
                (None, Some([item])) if !code.is_empty() => (*item, true),
                _ => {
                    let near = index.near_code(&code);
                    let near = near.first().and_then(|n| items.get(*n)).map(|item| item.id);
                    self.touched.extend(near);
                    self.say(at, near, Standing::Unknown, false, Vec::new());
                    continue;
                }
            };
            self.touched.insert(item.id);
            let Some((on_hand, on_hold)) = self.counted(at, row, item) else {
                continue;
            };
            let place = row.place.row;
            match seen.get(&item.id) {
                Some((_, hand, hold)) if (*hand, *hold) == (on_hand, on_hold) => {
                    self.say(at, Some(item.id), Standing::Twice, is_loose, Vec::new());
                    continue;
                }
                Some((earlier, ..)) => {
                    let wrong = Wrong::Again { row: *earlier };
                    self.wrong(at, Some(item.id), Field::OnHand, wrong);
                    continue;
                }
                None => seen.insert(item.id, (place, on_hand, on_hold)),
            };
            let pairs = [
                (Field::OnHand, item.on_hand, on_hand),
                (Field::Held, item.on_hold, on_hold),
            ];
            let other = pairs.into_iter().filter(|(_, ours, theirs)| ours != theirs);
            let other = other.map(|(field, ours, theirs)| amount(field, ours, theirs));
            let differences: Vec<_> = other.collect();
            if differences.is_empty() {
                self.say(at, Some(item.id), Standing::Same, is_loose, differences);
                continue;
            }
            self.say(at, Some(item.id), Standing::Differs, is_loose, differences);
            taking.push(TakeCount {
                item_id: item.id,
                on_hand,
                on_hold,
            });
        }
        // What has stock in the book and was not counted.
        let missing = items.iter().filter(|i| !i.on_hand.is_zero());
        let missing = missing.filter(|i| !self.touched.contains(&i.id));
        let rows: Vec<Joint> = missing
            .map(|item| Joint {
                row: None,
                ours: Some(item.id),
                standing: Standing::Missing,
                loose: false,
                differences: Vec::new(),
            })
            .collect();
        self.rows.extend(rows);
        taking
    }

    /// What a row counts of an item, in the item's unit; what it does not say of holds stays.
    fn counted(&mut self, at: usize, row: &SheetRow, item: &Item) -> Option<(Qty, Qty)> {
        let Some(on_hand) = row.on_hand else {
            self.say(at, Some(item.id), Standing::Silent, false, Vec::new());
            return None;
        };
        let Some(factor) = self.factor(Some(item), &item.unit, &row.unit) else {
            let ours = item.unit.clone();
            self.wrong(at, Some(item.id), Field::Unit, Wrong::Unit { ours });
            return None;
        };
        let on_hand = on_hand.times(factor);
        let on_hold = row.held.map_or(item.on_hold, |held| held.times(factor));
        if on_hold > on_hand {
            self.wrong(at, Some(item.id), Field::Held, Wrong::HoldsMore { on_hand });
            return None;
        }
        Some((on_hand, on_hold))
    }
}
