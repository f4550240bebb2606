//! Forms of materials: buying, changing what was bought, a supplier's date, goods received.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::materials::{ChangePurchase, PlacePurchase, Receive, RecordPromise};
use crate::command::{Command, Refusal};
use crate::domain::codes::Firmness;
use crate::domain::quantity::{Micro, Qty};
use crate::domain::rule::purchase;
use crate::panel::Cx;
use crate::text::{materials as m, words as w};

const HUNDRED: Qty = Micro::whole(100);

/// Opens on an item, or empty where `item` is zero; quantity, date and order are filled in by the
/// panel that knows the shortage.
pub(super) fn buy(cx: &Cx<'_>, item: i64) -> Option<Form> {
    let item = cx.world.items.get(item);
    let supplier = item.and_then(|i| cx.world.suppliers.find(i.supplier_id));
    let items = cx
        .world
        .items
        .iter()
        .filter(|i| !i.make)
        .map(|i| i.code.clone())
        .collect();
    let suppliers = cx.world.suppliers.iter().map(|s| s.name.clone()).collect();
    let price = item
        .and_then(|i| purchase::last_price(cx.world, i.id, i.supplier_id).map(|p| (p, &i.unit)))
        .and_then(|((price, unit), own)| (unit == *own).then_some(price));
    let form = Form::new(FormKind::Buy, item.map_or(0, |i| i.id), cx.say(w::FORM_BUY))
        .text(
            "item",
            w::MATERIAL,
            item.map(|i| i.code.clone()).unwrap_or_default(),
        )
        .required()
        .known(items)
        .text(
            "supplier",
            w::SUPPLIER,
            supplier.map(|s| s.name.clone()).unwrap_or_default(),
        )
        .known(suppliers)
        .amount("qty", w::QTY, None)
        .required()
        .text("unit", w::UNIT, "")
        .hint(m::HINT_UNIT)
        .known(item.map_or_else(Vec::new, |i| units(cx, i)))
        .date("required_date", w::REQUIRED_DATE, None)
        .hint(w::HINT_DATE)
        .amount("unit_price", w::UNIT_PRICE, price)
        .text("order", w::FOR_ORDER, "")
        .known(cx.world.orders.iter().map(|o| o.no.clone()).collect());
    let form = tolerance(form, Qty::ZERO, Qty::ZERO).note("note", w::NOTE, "");
    let was = item.map(|i| i.code.clone()).unwrap_or_default();
    Some(form.hide("orders", order_index(cx)).hide("was", was))
}

/// The units an item can be bought in: its own, and those the file knows the factor of.
fn units(cx: &Cx<'_>, item: &crate::domain::item::Item) -> Vec<String> {
    let others = cx.world.unit_factors.of(item.id).map(|f| f.unit.clone());
    std::iter::once(item.unit.clone()).chain(others).collect()
}

/// Another item brings its own supplier, units and last price.
pub(super) fn complete(form: &mut Form, field: &str, cx: &Cx<'_>) {
    if field != "item" {
        return;
    }
    let code = form.value("item").trim().to_owned();
    let Some(item) = cx.world.items.iter().find(|i| i.code == code) else {
        return;
    };
    if form.hidden.get("was").is_some_and(|was| *was == code) {
        return;
    }
    form.hidden.insert("was".to_owned(), code);
    let supplier = cx.world.suppliers.find(item.supplier_id);
    let known = purchase::last_price(cx.world, item.id, item.supplier_id);
    let price = known.and_then(|(price, unit)| (unit == item.unit).then_some(price));
    for field in &mut form.fields {
        match field.key {
            "supplier" => field.value = supplier.map(|s| s.name.clone()).unwrap_or_default(),
            "unit" => {
                field.value.clear();
                field.known = units(cx, item);
            }
            "unit_price" => field.value = price.map(Micro::text).unwrap_or_default(),
            _ => {}
        }
    }
}

/// Order numbers and ids, so that the command can name the order without asking the file.
fn order_index(cx: &Cx<'_>) -> String {
    cx.world
        .orders
        .iter()
        .map(|o| format!("{}={}", o.id, o.no))
        .collect::<Vec<_>>()
        .join("\n")
}

pub(super) fn save_buy(_: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let no = v.text("order");
    let index = v.text("orders");
    let order_id = index
        .lines()
        .filter_map(|l| l.split_once('='))
        .find(|(_, n)| *n == no)
        .and_then(|(id, _)| id.parse().ok());
    if !no.is_empty() && order_id.is_none() {
        let problem = crate::command::Problem::Unknown {
            what: w::ORDER_NO,
            name: no,
        };
        return Err(Refusal::at("order", problem));
    }
    Ok(Command::PlacePurchase(Box::new(PlacePurchase {
        item: v.text("item"),
        supplier: v.text("supplier"),
        order_id,
        qty: v.amount_or_zero("qty")?,
        unit: v.text("unit"),
        unit_price: v.amount("unit_price")?,
        required_date: v.date("required_date")?,
        over_pct: share(v, "over_pct")?,
        under_pct: share(v, "under_pct")?,
        note: v.text("note"),
    })))
}

/// A purchase line for people: number and material.
pub(super) fn named(cx: &Cx<'_>, id: i64) -> Option<String> {
    let line = cx.world.purchases.get(id)?;
    let item = cx
        .world
        .items
        .get(line.item_id)
        .map(|i| i.name.as_str())
        .unwrap_or_default();
    Some(format!("{}/{} {item}", line.no, line.line))
}

pub(super) fn promise(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let firmness = options(Firmness::ALL, Firmness::code, cx.lang);
    let form = Form::new(
        FormKind::Promise,
        id,
        w::FORM_PROMISE.fill(cx.lang, &[&named(cx, id)?]),
    )
    .date("date", w::PROMISED_DATE, None)
    .required()
    .hint(w::HINT_DATE)
    .amount("qty", w::QTY, None)
    .hint(w::HINT_ALL_OPEN)
    .choice("firmness", w::FIRMNESS, firmness, Firmness::Spoken.code())
    .text("said_by", w::SAID_BY, "")
    .note("note", w::NOTE, "");
    Some(form)
}

pub(super) fn save_promise(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::RecordPromise(RecordPromise {
        purchase_id: form.subject,
        date: v.needed_date("date")?,
        qty: v.amount_or_zero("qty")?,
        said_by: v.text("said_by"),
        firmness: v.code("firmness", Firmness::of)?,
        note: v.text("note"),
    }))
}

pub(super) fn receive(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let open = purchase::arrival(cx.world, cx.world.purchases.get(id)?).open;
    let form = Form::new(
        FormKind::Receive,
        id,
        w::FORM_RECEIVE.fill(cx.lang, &[&named(cx, id)?]),
    )
    .date("date", w::RECEIVED_ON, Some(cx.today()))
    .required()
    .amount("accepted", w::ACCEPTED, open.is_positive().then_some(open))
    .amount("rejected", w::REJECTED, None)
    .amount("held", w::HELD, None)
    .text("document", w::DELIVERY_NOTE, "")
    .note("note", w::NOTE, "");
    Some(form)
}

pub(super) fn save_receipt(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::Receive(Receive {
        purchase_id: form.subject,
        date: v.needed_date("date")?,
        accepted: v.amount_or_zero("accepted")?,
        rejected: v.amount_or_zero("rejected")?,
        held: v.amount_or_zero("held")?,
        document: v.text("document"),
        note: v.text("note"),
    }))
}

pub(super) fn change(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let line = cx.world.purchases.get(id)?;
    let supplier = cx.world.suppliers.find(line.supplier_id);
    let suppliers = cx.world.suppliers.iter().map(|s| s.name.clone()).collect();
    let title = m::FORM_CHANGE.fill(cx.lang, &[&named(cx, id)?]);
    let form = Form::new(FormKind::ChangePurchase, id, title)
        .text(
            "supplier",
            w::SUPPLIER,
            supplier.map_or("", |s| s.name.as_str()),
        )
        .known(suppliers)
        .amount("qty", w::QTY, Some(line.qty))
        .required()
        .amount("unit_price", w::UNIT_PRICE, line.unit_price)
        .date("required_date", w::REQUIRED_DATE, line.required_date)
        .hint(w::HINT_DATE);
    Some(tolerance(form, line.over_pct, line.under_pct).note("note", w::NOTE, line.note.clone()))
}

/// The two tolerances, typed in per cent.
fn tolerance(form: Form, over: Qty, under: Qty) -> Form {
    let percent = |share: Qty| share.is_positive().then(|| share.times(HUNDRED));
    form.amount("over_pct", m::OVER, percent(over))
        .amount("under_pct", m::UNDER, percent(under))
}

fn share(v: &Values<'_>, key: &'static str) -> Result<Qty, Refusal> {
    Ok(v.amount_or_zero(key)?.over(HUNDRED))
}

pub(super) fn save_change(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::ChangePurchase(Box::new(ChangePurchase {
        purchase_id: form.subject,
        supplier: v.text("supplier"),
        qty: v.amount_or_zero("qty")?,
        unit_price: v.amount("unit_price")?,
        required_date: v.date("required_date")?,
        over_pct: share(v, "over_pct")?,
        under_pct: share(v, "under_pct")?,
        note: v.text("note"),
    })))
}
