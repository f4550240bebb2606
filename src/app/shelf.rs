//! Orders on the shelf: found while typing, taken down when one is chosen.

use std::collections::BTreeSet;

use super::App;
use crate::command::Command;
use crate::domain::order::Order;
use crate::domain::world::Scope;
use crate::overlay::Overlay;
use crate::overlay::picker::{Entry, Picker, Target};
use crate::store::{Shelved, Store, StoreError};
use crate::text::search::Matcher;
use crate::text::{refusal, shelf as words};
use crate::theme::Role;

/// Orders on the shelf that are offered at once; who looks for another types more of it.
const OFFERED_MAX: usize = 50;

/// The numbers on the shelf, read when the list of orders is opened first after a change.
#[derive(Debug)]
pub(super) struct Shelf {
    generation: u64,
    orders: Vec<Shelved>,
    /// Own and customer's number of each, in small letters.
    numbers: Vec<String>,
}

impl Shelf {
    fn read(store: &Store, generation: u64) -> Result<Self, StoreError> {
        let orders = store.on_shelf()?;
        let numbers = |o: &Shelved| format!("{} {}", o.no, o.customer_po).to_lowercase();
        let numbers = orders.iter().map(numbers).collect();
        Ok(Self {
            generation,
            orders,
            numbers,
        })
    }
}

impl App {
    /// Lets the list of orders on top offer what is on the shelf, too.
    pub(super) fn offer_shelf(&mut self) {
        if self.world.scope == Scope::Whole {
            return;
        }
        let Some(Overlay::Picker(picker)) = self.overlays.last() else {
            return;
        };
        let Some(typed) = picker.wants_more() else {
            return;
        };
        let entries = self.shelf_entries(&typed);
        match entries {
            Ok(entries) => {
                if let Some(Overlay::Picker(picker)) = self.overlays.last_mut() {
                    picker.add_more(entries);
                }
            }
            Err(error) => self.say(refusal::store(&error, self.lang), Role::Bad),
        }
    }

    fn shelf_entries(&mut self, typed: &str) -> Result<Vec<Entry>, StoreError> {
        let shelf = match self
            .shelf
            .take()
            .filter(|s| s.generation == self.generation)
        {
            Some(shelf) => shelf,
            None => Shelf::read(&self.store, self.generation)?,
        };
        let matcher = Matcher::new(typed);
        let named = self.world.customers.iter();
        let named = named.filter(|c| !typed.trim().is_empty() && matcher.matches(&c.name));
        let customers: BTreeSet<i64> = named.map(|c| c.id).collect();
        let text = typed.trim().to_lowercase();
        let hit = |(order, numbers): &(&Shelved, &String)| {
            numbers.contains(&text) || order.customer_id.is_some_and(|id| customers.contains(&id))
        };
        let found = shelf.orders.iter().zip(&shelf.numbers).filter(hit);
        let entries = found
            .take(OFFERED_MAX)
            .map(|(o, _)| self.shelved(o))
            .collect();
        self.shelf = Some(shelf);
        Ok(entries)
    }

    fn shelved(&self, order: &Shelved) -> Entry {
        let customer = self.world.customers.find(order.customer_id);
        let name = customer.map_or("", |c| c.name.as_str());
        Entry {
            text: format!("{}  {name}", order.no),
            right: words::ON_SHELF.fill(self.lang, &[&order.day.to_string()]),
            also: order.customer_po.clone(),
            target: Target::Shelved(order.id),
        }
    }

    /// Asks whether an order is to be taken down from the shelf.
    pub(super) fn ask_take_down(&mut self, order_id: i64) {
        match self.store.row::<Order>(order_id) {
            Ok(order) => {
                let day = order.shelf_day.map(|d| d.to_string()).unwrap_or_default();
                self.overlays.push(Overlay::Confirm {
                    question: words::ASK_TAKE_DOWN.fill(self.lang, &[&order.no, &day]),
                    command: Box::new(Command::TakeDown { order_id }),
                });
            }
            Err(error) => self.say(refusal::store(&error, self.lang), Role::Bad),
        }
    }

    /// The list of orders, open with what is typed already.
    pub(super) fn show_orders(&mut self, picker: Picker) {
        self.overlays.push(Overlay::Picker(picker.with_more()));
        self.offer_shelf();
    }
}
