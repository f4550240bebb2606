//! Forms of materials: buying, a supplier's date, goods received, a stock count.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::materials::{CountStock, PlacePurchase, Receive, RecordPromise};
use crate::command::{Command, Refusal};
use crate::domain::codes::Firmness;
use crate::domain::rule::purchase;
use crate::panel::Cx;
use crate::text::words as w;

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
        .date("required_date", w::REQUIRED_DATE, None)
        .hint(w::HINT_DATE)
        .amount("unit_price", w::UNIT_PRICE, None)
        .text("order", w::FOR_ORDER, "")
        .known(cx.world.orders.iter().map(|o| o.no.clone()).collect())
        .note("note", w::NOTE, "");
    Some(form.hide("orders", order_index(cx)))
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
        unit_price: v.amount("unit_price")?,
        required_date: v.date("required_date")?,
        note: v.text("note"),
    })))
}

/// A purchase line for people: number and material.
fn named(cx: &Cx<'_>, id: i64) -> Option<String> {
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

pub(super) fn count(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let item = cx.world.items.get(id)?;
    let form = Form::new(
        FormKind::Count,
        id,
        w::FORM_COUNT.fill(cx.lang, &[&item.code, &item.name]),
    )
    .amount("on_hand", w::ON_HAND, Some(item.on_hand))
    .required()
    .amount("on_hold", w::ON_HOLD, Some(item.on_hold));
    Some(form)
}

pub(super) fn save_count(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let (on_hand, on_hold) = (v.amount_or_zero("on_hand")?, v.amount_or_zero("on_hold")?);
    Ok(Command::CountStock(CountStock {
        item_id: form.subject,
        on_hand,
        on_hold,
    }))
}
