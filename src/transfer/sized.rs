//! A sample factory of any size, to try the program and to measure it: the sample factory with as
//! many further orders as are asked for.
//!
//! The newest thousand are alive, in all stages; the others ended in the years before and stand on
//! the shelf, as they would in a file that grew. Every order has its production order with
//! operations and ten days of figures, every second one a purchase line. The same number and day
//! give the same file.

use chrono::{Days, NaiveDate};

use crate::domain::codes::{Channel, Firmness, OrderState, ProductionState};
use crate::domain::item::{Item, RoutingStep};
use crate::domain::moment::Moment;
use crate::domain::order::{Order, OrderLine};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::progress::{Progress, Shipment, ShipmentLine};
use crate::domain::purchase::{Promise, Purchase, Receipt};
use crate::domain::quantity::{Micro, Qty};
use crate::domain::rule::{number, shelf};
use crate::domain::world::World;
use crate::store::{Deed, Store, StoreError, Tx};
use crate::text::Did;

/// Orders that are alive in a large file.
pub const LIVE_MAX: usize = 1_000;
/// The largest file that is made.
pub const SIZE_MAX: usize = 1_000_000;
/// Orders written in one change.
const BATCH: usize = 500;
/// Days over which the orders that ended are spread.
const PAST_DAYS: usize = 3_000;
/// Days of figures of a finished order.
const FIGURE_DAYS: u64 = 10;

/// What an order is made from.
struct Product<'a> {
    item: &'a Item,
    steps: Vec<&'a RoutingStep>,
    material: Option<i64>,
}

struct Maker<'a> {
    today: NaiveDate,
    products: Vec<Product<'a>>,
    customers: Vec<i64>,
    suppliers: Vec<i64>,
}

/// Adds `size` orders, `live` of them alive; `told` hears how many are there after each change.
///
/// # Errors
/// Where the file refuses a row, or has no items that are made.
pub fn fill(
    store: &mut Store,
    size: usize,
    live: usize,
    told: &dyn Fn(usize),
) -> Result<(), StoreError> {
    let world = store.world()?;
    let maker = Maker::new(&world, store.clock().today());
    if maker.products.is_empty() {
        return Ok(());
    }
    let ended = size.saturating_sub(live);
    for from in (0..size).step_by(BATCH) {
        let to = (from + BATCH).min(size);
        let deed = Deed::new(Did::DataImported, &[&format!("{from}–{to}")]);
        store.write(&deed, |tx| {
            for n in from..to {
                if n < ended {
                    maker.ended(tx, n, ended)?;
                } else {
                    maker.live(tx, n, n - ended)?;
                }
            }
            Ok::<(), StoreError>(())
        })?;
        told(to);
    }
    if ended > 0 {
        let deed = Deed::new(
            Did::Shelved,
            &[&ended.to_string(), &(ended / 2).to_string()],
        );
        store.write(&deed, |tx| keep_numbers(tx, ended))?;
    }
    Ok(())
}

/// Remembers the highest numbers on the shelf.
fn keep_numbers(tx: &mut Tx<'_>, ended: usize) -> Result<(), StoreError> {
    let last = ended - 1;
    let kinds = [
        (number::ORDER, last),
        (number::PRODUCTION_ORDER, last),
        (number::SHIPMENT, last),
        (number::PURCHASE, last / 2 * 2),
    ];
    for (prefix, n) in kinds {
        tx.insert(&crate::domain::followup::Setting {
            key: format!("{}{prefix}", shelf::LAST_NUMBER),
            value: no(prefix, n),
            ..Default::default()
        })?;
    }
    Ok(())
}

/// Numbers begin far behind those of the sample factory.
fn no(prefix: &str, n: usize) -> String {
    format!("{prefix}{:07}", 1_000_000 + n)
}

fn back(day: NaiveDate, days: usize) -> NaiveDate {
    let days = Days::new(u64::try_from(days).unwrap_or(0));
    day.checked_sub_days(days).unwrap_or(day)
}

fn ahead(day: NaiveDate, days: usize) -> NaiveDate {
    let days = Days::new(u64::try_from(days).unwrap_or(0));
    day.checked_add_days(days).unwrap_or(day)
}

fn pieces(n: usize) -> Qty {
    Qty::whole(i64::try_from(20 + n * 7 % 80).unwrap_or(20))
}

impl<'a> Maker<'a> {
    fn new(world: &'a World, today: NaiveDate) -> Self {
        let product = |item: &'a Item| {
            let steps: Vec<_> = world.routing_steps.of(item.id).collect();
            let material = world.bom_lines.of(item.id).map(|b| b.component_id).next();
            (item.make && !steps.is_empty()).then_some(Product {
                item,
                steps,
                material,
            })
        };
        Self {
            today,
            products: world.items.iter().filter_map(product).collect(),
            customers: world.customers.iter().map(|c| c.id).collect(),
            suppliers: world.suppliers.iter().map(|s| s.id).collect(),
        }
    }

    fn product(&self, n: usize) -> Option<&Product<'a>> {
        self.products.get(n % self.products.len().max(1))
    }

    /// An order with its line; returns the line's id.
    fn order(
        &self,
        tx: &mut Tx<'_>,
        n: usize,
        due: NaiveDate,
        order: &Order,
    ) -> Result<(i64, i64), StoreError> {
        let customer = n * 31 % self.customers.len().max(1);
        let id = tx.insert(&Order {
            no: no(number::ORDER, n),
            customer_id: self.customers.get(customer).copied(),
            customer_po: format!("45{:07}", n),
            channel: Channel::Email,
            received_at: Some(Moment::start_of(back(due, 45))),
            currency: "USD".to_owned(),
            price_terms: "FOB Ningbo".to_owned(),
            ..order.clone()
        })?;
        let product = self.product(n);
        let line = tx.insert(&OrderLine {
            order_id: id,
            no: 1,
            item_id: product.map(|p| p.item.id),
            name: product.map_or_else(String::new, |p| p.item.name.clone()),
            qty: pieces(n),
            unit: product.map_or_else(String::new, |p| p.item.unit.clone()),
            unit_price: Some(Micro(6_950_000)),
            requested_date: Some(due),
            promised_date: Some(due),
            ..OrderLine::default()
        })?;
        Ok((id, line))
    }

    /// Its production order; returns the ids of the operations.
    fn made(
        &self,
        tx: &mut Tx<'_>,
        n: usize,
        line: i64,
        due: NaiveDate,
    ) -> Result<Vec<i64>, StoreError> {
        let Some(product) = self.product(n) else {
            return Ok(Vec::new());
        };
        let made = tx.insert(&ProductionOrder {
            no: no(number::PRODUCTION_ORDER, n),
            order_line_id: Some(line),
            item_id: Some(product.item.id),
            qty: pieces(n),
            state: ProductionState::Released,
            released_on: Some(back(due, 30)),
            ..ProductionOrder::default()
        })?;
        let step = |s: &&RoutingStep| {
            tx.insert(&Operation {
                production_order_id: made,
                seq: s.seq,
                name: s.name.clone(),
                work_centre_id: Some(s.work_centre_id),
                setup_minutes: s.setup_minutes,
                minutes_per_unit: s.minutes_per_unit,
                wait_minutes: s.wait_minutes,
                transfer_qty: s.transfer_qty,
                outsource_days: s.outsource_days,
                ..Operation::default()
            })
        };
        product.steps.iter().map(step).collect()
    }

    fn figure(
        tx: &mut Tx<'_>,
        operation: i64,
        day: NaiveDate,
        good: Qty,
    ) -> Result<(), StoreError> {
        tx.insert(&Progress {
            operation_id: operation,
            date: day,
            good,
            ..Progress::default()
        })?;
        Ok(())
    }

    /// Figures over some days up to `last`, which add up to `all`, shared out over the operations.
    fn figures(
        &self,
        tx: &mut Tx<'_>,
        operations: &[i64],
        last: NaiveDate,
        all: Qty,
    ) -> Result<(), StoreError> {
        let each = (FIGURE_DAYS / operations.len().max(1) as u64).max(1);
        for (at, operation) in operations.iter().enumerate() {
            let part = Qty::whole(all.0 / Micro::ONE.0 / i64::try_from(each).unwrap_or(1));
            for day in 0..each {
                let rest =
                    all - Qty::whole(part.0 / Micro::ONE.0 * i64::try_from(each - 1).unwrap_or(0));
                let good = if day == 0 { rest } else { part };
                let before = (operations.len() - 1 - at) * 3;
                let day = back(last, before + usize::try_from(day).unwrap_or(0));
                Self::figure(tx, *operation, day, good)?;
            }
        }
        Ok(())
    }

    fn bought(
        &self,
        tx: &mut Tx<'_>,
        n: usize,
        order: i64,
        needed: NaiveDate,
        came: Option<NaiveDate>,
        shelf_day: Option<NaiveDate>,
    ) -> Result<(), StoreError> {
        let material = self.product(n).and_then(|p| p.material);
        let Some(item_id) = material.filter(|_| n.is_multiple_of(2)) else {
            return Ok(());
        };
        let qty = Qty::whole(100);
        let supplier = n * 17 % self.suppliers.len().max(1);
        let purchase_id = tx.insert(&Purchase {
            no: no(number::PURCHASE, n),
            item_id,
            supplier_id: self.suppliers.get(supplier).copied(),
            order_id: Some(order),
            qty,
            unit: "m".to_owned(),
            ordered_on: Some(back(needed, 20)),
            required_date: Some(needed),
            shelf_day,
            ..Purchase::default()
        })?;
        tx.insert(&Promise {
            purchase_id,
            date: needed,
            said_on: back(needed, 20),
            firmness: Firmness::Written,
            ..Promise::default()
        })?;
        if let Some(date) = came {
            tx.insert(&Receipt {
                purchase_id,
                date,
                accepted: qty,
                ..Receipt::default()
            })?;
        }
        Ok(())
    }

    /// An order that was shipped in the past and stands on the shelf.
    fn ended(&self, tx: &mut Tx<'_>, n: usize, of: usize) -> Result<(), StoreError> {
        let rest = usize::try_from(shelf::REST_DAYS).unwrap_or(0) + 1;
        let due = back(self.today, rest + (of - 1 - n) * PAST_DAYS / of);
        let order = Order {
            state: OrderState::Closed,
            shelf_day: Some(due),
            ..Order::default()
        };
        let (id, line) = self.order(tx, n, due, &order)?;
        let operations = self.made(tx, n, line, due)?;
        self.figures(tx, &operations, back(due, 3), pieces(n))?;
        let came = back(due, 32 - n % 5);
        self.bought(tx, n, id, back(due, 32), Some(came), Some(due))?;
        let shipment_id = tx.insert(&Shipment {
            no: no(number::SHIPMENT, n),
            order_id: id,
            planned: Some(due),
            shipped_on: Some(back(due, n % 3)),
            ..Shipment::default()
        })?;
        tx.insert(&ShipmentLine {
            shipment_id,
            order_line_id: line,
            qty: pieces(n),
            ..ShipmentLine::default()
        })?;
        Ok(())
    }

    /// An order that is alive: just entered, waiting, or made by a half.
    fn live(&self, tx: &mut Tx<'_>, n: usize, at: usize) -> Result<(), StoreError> {
        let due = ahead(self.today, 5 + at * 11 % 90);
        let state = if at.is_multiple_of(10) {
            OrderState::Open
        } else {
            OrderState::Accepted
        };
        let order = Order {
            state,
            ..Order::default()
        };
        let (id, line) = self.order(tx, n, due, &order)?;
        if state == OrderState::Open {
            return Ok(());
        }
        let operations = self.made(tx, n, line, due)?;
        let needed = ahead(self.today, at % 30);
        let came = at.is_multiple_of(3).then_some(back(self.today, 1));
        self.bought(tx, n, id, needed, came, None)?;
        if at.is_multiple_of(2)
            && let Some(first) = operations.first()
        {
            let half = Qty::whole(pieces(n).0 / Micro::ONE.0 / 2);
            self.figures(tx, &[*first], back(self.today, 1), half)?;
        }
        Ok(())
    }
}
