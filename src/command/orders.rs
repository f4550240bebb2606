//! Orders: importing, holding, cancelling, closing; what holds for every order that is written.

use super::entry::LineEntry;
use super::{Done, Problem, Refusal, found, positive, required, write};
use crate::domain::codes::{DocumentKind, OrderState};
use crate::domain::document::Document;
use crate::domain::followup::{HeadingMap, SourceFile};
use crate::domain::order::{LineSize, Order, OrderLine, ScheduleLine};
use crate::domain::partner::Customer;
use crate::domain::rule::shelf::last_numbers;
use crate::domain::rule::{delivery, number};
use crate::domain::world::World;
use crate::store::{Deed, Store, Tx};
use crate::text::{Did, say};

/// One order to be imported, with its lines and what hangs on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOrder {
    pub order: Order,
    pub customer: String,
    pub lines: Vec<LineEntry>,
    /// Files of the order, already kept by content: hash, name, kind of document.
    pub documents: Vec<(String, String, DocumentKind)>,
}

/// Imports orders read from files, all or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOrders {
    /// The file they came from, already kept by content.
    pub source: SourceFile,
    pub orders: Vec<ImportOrder>,
    /// What the user said about the file's headings, kept for the next file from there.
    pub mapping: Option<HeadingMap>,
}

/// Sets what a user decides about a whole order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetOrder {
    pub order_id: i64,
    pub to: OrderStep,
    pub reason: String,
}

/// A decision about a whole order outside the capacity review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderStep {
    Hold,
    Resume,
    Cancel,
    Close,
    Reopen,
}

pub(super) fn import(store: &mut Store, world: &World, c: &ImportOrders) -> Result<Done, Refusal> {
    let mut numbers: Vec<String> = world.orders.iter().map(|o| o.no.clone()).collect();
    numbers.extend(last_numbers(world).map(str::to_owned));
    let mut ready = Vec::new();
    for one in &c.orders {
        let mut order = one.order.clone();
        if order.no.is_empty() {
            order.no = number::next(number::ORDER, numbers.iter().map(String::as_str));
        }
        if numbers.contains(&order.no) {
            return Err(Refusal::whole(Problem::DuplicateNo { no: order.no }));
        }
        let customer = customer_named(world, &one.customer);
        check_po(world, &order, customer)?;
        check_shelf(store, &order, customer)?;
        numbers.push(order.no.clone());
        ready.push((order, one));
    }
    let list: Vec<&str> = ready.iter().map(|(order, _)| order.no.as_str()).collect();
    let deed = Deed::new(Did::OrdersImported, &[&short_list(&list)]);
    let deed = if let [only] = list.as_slice() {
        deed.clone().about(only)
    } else {
        deed
    };
    let (order_id, change) = store.write(&deed, |tx| {
        let source_file_id = Some(keep_source(tx, world, &c.source)?);
        keep_mapping(tx, world, c.mapping.as_ref())?;
        let mut first = None;
        let mut made: Vec<(String, i64)> = Vec::new();
        for (order, one) in &ready {
            let customer_id = import_customer(tx, world, &mut made, &one.customer)?;
            let order_id = tx.insert(&Order {
                customer_id,
                source_file_id,
                ..order.clone()
            })?;
            first = first.or(Some(order_id));
            import_parts(tx, world, order_id, one)?;
        }
        Ok::<_, Refusal>(first)
    })?;
    Ok(Done {
        change,
        deed,
        order_id,
    })
}

fn import_parts(
    tx: &mut Tx<'_>,
    world: &World,
    order_id: i64,
    one: &ImportOrder,
) -> Result<(), Refusal> {
    for entry in &one.lines {
        let order_line_id = tx.insert(&with_item(
            world,
            OrderLine {
                order_id,
                ..entry.line.clone()
            },
        ))?;
        for size in &entry.sizes {
            tx.insert(&LineSize {
                order_line_id,
                ..size.clone()
            })?;
        }
        for part in &entry.schedule {
            tx.insert(&ScheduleLine {
                order_line_id,
                ..part.clone()
            })?;
        }
    }
    let received = one
        .order
        .received_at
        .map(crate::domain::moment::Moment::date);
    for (hash, name, kind) in &one.documents {
        let (file_hash, file_name) = (hash.clone(), name.clone());
        let title = name.clone();
        tx.insert(&Document {
            order_id,
            kind: *kind,
            title,
            date: received,
            file_hash,
            file_name,
            ..Document::default()
        })?;
    }
    Ok(())
}

/// The customer of an imported order; an empty name stays open, to be asked.
fn import_customer(
    tx: &mut Tx<'_>,
    world: &World,
    made: &mut Vec<(String, i64)>,
    name: &str,
) -> Result<Option<i64>, Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(None);
    }
    if let Some(known) = customer_named(world, name) {
        return Ok(Some(known.id));
    }
    if let Some((_, id)) = made.iter().find(|(n, _)| n == name) {
        return Ok(Some(*id));
    }
    let code = number::next(
        "C-",
        world
            .customers
            .iter()
            .map(|c| c.code.as_str())
            .chain(made.iter().map(|_| "")),
    );
    let code = if made.is_empty() {
        code
    } else {
        format!("{code}-{}", made.len() + 1)
    };
    let id = tx.insert(&Customer {
        code,
        name: name.to_owned(),
        ..Customer::default()
    })?;
    made.push((name.to_owned(), id));
    Ok(Some(id))
}

pub(super) fn keep_source(
    tx: &mut Tx<'_>,
    world: &World,
    source: &SourceFile,
) -> Result<i64, Refusal> {
    match world.source_files.iter().find(|f| f.hash == source.hash) {
        Some(known) => Ok(known.id),
        None => Ok(tx.insert(source)?),
    }
}

/// Keeps what was said about headings; the latest word counts.
pub(super) fn keep_mapping(
    tx: &mut Tx<'_>,
    world: &World,
    mapping: Option<&HeadingMap>,
) -> Result<(), Refusal> {
    let Some(new) = mapping else { return Ok(()) };
    let same = |old: &&HeadingMap| old.sender == new.sender && old.kind == new.kind;
    match world.heading_maps.iter().find(same) {
        Some(old) if old.map == new.map => {}
        Some(old) => tx.update(&HeadingMap {
            map: new.map.clone(),
            ..old.clone()
        })?,
        None => {
            tx.insert(new)?;
        }
    }
    Ok(())
}

fn short_list(numbers: &[&str]) -> String {
    match numbers {
        [] => "0".to_owned(),
        [one] => (*one).to_owned(),
        [first, .., last] => format!("{first} … {last} ({})", numbers.len()),
    }
}

pub(super) fn set(store: &mut Store, world: &World, c: &SetOrder) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    let mut to = order.clone();
    let did = match c.to {
        OrderStep::Hold => {
            required("reason", &c.reason)?;
            if order.on_hold {
                return Err(Refusal::not(say::ALREADY_ON_HOLD));
            }
            to.on_hold = true;
            Did::OrderHeld
        }
        OrderStep::Resume => {
            to.on_hold = false;
            Did::OrderResumed
        }
        OrderStep::Cancel => {
            required("reason", &c.reason)?;
            if delivery::order_qty(world, order).shipped.is_positive() {
                return Err(Refusal::not(say::SHIPPED_CANNOT_CANCEL));
            }
            to.state = OrderState::Cancelled;
            Did::OrderCancelled
        }
        OrderStep::Close => {
            if !delivery::is_shipped(world, order) {
                required("reason", &c.reason)?;
            }
            if order.state != OrderState::Accepted {
                return Err(Refusal::not(say::ONLY_ACCEPTED_CLOSES));
            }
            to.state = OrderState::Closed;
            Did::OrderClosed
        }
        OrderStep::Reopen => {
            if delivery::is_live(order) {
                return Err(Refusal::not(say::ORDER_IS_OPEN));
            }
            let decided = world.decisions.of(order.id).next_back();
            let accepted =
                decided.is_some_and(|d| d.kind == crate::domain::codes::DecisionKind::Accept);
            to.state = if accepted {
                OrderState::Accepted
            } else {
                OrderState::Open
            };
            Did::OrderReopened
        }
    };
    to.state_reason.clone_from(&c.reason);
    let deed = Deed::new(did, &[&order.no]).about(&order.no);
    write(store, deed, Some(order.id), |tx| Ok(tx.update(&to)?))
}

pub(super) fn order_no(world: &World, order: &Order) -> Result<String, Refusal> {
    if order.no.trim().is_empty() {
        return Ok(number::next(
            number::ORDER,
            world
                .orders
                .iter()
                .map(|o| o.no.as_str())
                .chain(last_numbers(world)),
        ));
    }
    let no = order.no.trim().to_owned();
    if world.orders.iter().any(|o| o.no == no && o.id != order.id) {
        return Err(Refusal::at("no", Problem::DuplicateNo { no }));
    }
    Ok(no)
}

/// The customer of that code or name.
#[must_use]
pub fn customer_named<'a>(world: &'a World, name: &str) -> Option<&'a Customer> {
    let name = name.trim();
    world
        .customers
        .iter()
        .find(|c| c.code == name)
        .or_else(|| world.customers.iter().find(|c| c.name == name))
}

pub(super) fn new_customer(tx: &mut Tx<'_>, world: &World, name: &str) -> Result<i64, Refusal> {
    let code = number::next("C-", world.customers.iter().map(|c| c.code.as_str()));
    Ok(tx.insert(&Customer {
        code,
        name: name.to_owned(),
        ..Customer::default()
    })?)
}

/// The same customer PO twice is nearly always the same order sent twice.
pub(super) fn check_po(
    world: &World,
    order: &Order,
    customer: Option<&Customer>,
) -> Result<(), Refusal> {
    let (po, Some(customer)) = (order.customer_po.trim(), customer) else {
        return Ok(());
    };
    if po.is_empty() {
        return Ok(());
    }
    let same = |o: &&Order| {
        o.id != order.id && o.customer_id == Some(customer.id) && o.customer_po.trim() == po
    };
    let live = world.orders.iter();
    let other = live.filter(|o| o.state != OrderState::Cancelled).find(same);
    other.map_or(Ok(()), |other| Err(taken(po, &other.no)))
}

/// The same for what is on the shelf.
pub(super) fn check_shelf(
    store: &Store,
    order: &Order,
    customer: Option<&Customer>,
) -> Result<(), Refusal> {
    let (po, Some(customer)) = (order.customer_po.trim(), customer) else {
        return Ok(());
    };
    match store.shelved_po(customer.id, po)? {
        Some(no) if !po.is_empty() => Err(taken(po, &no)),
        _ => Ok(()),
    }
}

fn taken(po: &str, order: &str) -> Refusal {
    let (po, order) = (po.to_owned(), order.to_owned());
    Refusal::at("customer_po", Problem::DuplicatePo { po, order })
}

pub(super) fn check_line(
    world: &World,
    line: &OrderLine,
    today: chrono::NaiveDate,
) -> Result<(), Refusal> {
    if line.name.trim().is_empty() {
        required("item", &line.item_code)?;
    }
    let known = world.items.iter().any(|i| i.code == line.item_code.trim());
    if line.name.trim().is_empty() && !known {
        return Err(Refusal::at(
            "item",
            Problem::UnknownItem {
                code: line.item_code.clone(),
            },
        ));
    }
    positive("qty", line.qty)?;
    if let Some(date) = line.requested_date
        && date <= today
    {
        return Err(Refusal::at(
            "requested_date",
            Problem::DatePast { date, today },
        ));
    }
    if let Some(price) = line.unit_price
        && price.is_negative()
    {
        return Err(Refusal::at("unit_price", Problem::NotPositive));
    }
    if let (Some(stated), Some(computed)) = (line.amount, delivery::computed_amount(line))
        && stated.round_to(2) != computed
    {
        let problem = Problem::AmountDiffers {
            stated: stated.text_fixed(2),
            computed: computed.text_fixed(2),
        };
        return Err(Refusal::at("amount", problem));
    }
    Ok(())
}

/// Links a line to the item of its code and takes name and unit from it where the line has none.
///
/// A line whose code is the customer's own keeps the item it was linked to.
pub(super) fn with_item(world: &World, mut line: OrderLine) -> OrderLine {
    let Some(item) = world.items.iter().find(|i| i.code == line.item_code.trim()) else {
        let old = world.order_lines.get(line.id);
        let same = old.filter(|old| old.item_code == line.item_code);
        line.item_id = same.and_then(|old| old.item_id);
        return line;
    };
    line.item_id = Some(item.id);
    if line.name.trim().is_empty() {
        line.name.clone_from(&item.name);
    }
    if line.spec.trim().is_empty() {
        line.spec.clone_from(&item.spec);
    }
    if line.unit.trim().is_empty() {
        line.unit.clone_from(&item.unit);
    }
    line
}
