//! Forms of orders: what the order form has in its header, one line, holding and ending it.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::amend::Acknowledge;
use crate::command::entry::SaveLine;
use crate::command::orders::{OrderStep, SetOrder};
use crate::command::{Command, Refusal};
use crate::domain::codes::Channel;
use crate::domain::order::{Order, OrderLine};
use crate::domain::quantity::Micro;
use crate::panel::Cx;
use crate::text::words as w;

/// Who ordered, by which number.
pub(super) fn who(form: Form, cx: &Cx<'_>, order: &Order) -> Form {
    let customer = cx
        .world
        .customers
        .find(order.customer_id)
        .map(|c| c.name.clone())
        .unwrap_or_default();
    let names = cx.world.customers.iter().map(|c| c.name.clone()).collect();
    form.text("customer", w::CUSTOMER, customer)
        .required()
        .known(names)
        .text("customer_po", w::CUSTOMER_PO, order.customer_po.as_str())
}

/// How it came, in which words, on what terms.
pub(super) fn terms(form: Form, cx: &Cx<'_>, order: &Order) -> Form {
    form.choice(
        "channel",
        w::CHANNEL,
        options(Channel::ALL, Channel::code, cx.lang),
        order.channel.code(),
    )
    .text(
        "received_from",
        w::RECEIVED_FROM,
        order.received_from.as_str(),
    )
    .note("words", w::WORDS, order.words.as_str())
    .text("currency", w::CURRENCY, order.currency.as_str())
    .text("price_terms", w::PRICE_TERMS, order.price_terms.as_str())
    .text(
        "payment_terms",
        w::PAYMENT_TERMS,
        order.payment_terms.as_str(),
    )
    .text(
        "delivery_method",
        w::DELIVERY_METHOD,
        order.delivery_method.as_str(),
    )
    .text("packaging", w::PACKAGING, order.packaging.as_str())
    .text("ship_to", w::SHIP_TO, order.ship_to.as_str())
    .note("remarks", w::REMARKS, order.remarks.as_str())
    .text("no", w::ORDER_NO, order.no.as_str())
    .hint(w::HINT_AUTO_NO)
}

pub(super) fn new_line(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let no = &cx.world.orders.get(order)?.no;
    let form = Form::new(
        FormKind::NewLine,
        order,
        w::FORM_NEW_LINE.fill(cx.lang, &[no]),
    );
    Some(line_fields(form, cx, &OrderLine::default()))
}

pub(super) fn edit_line(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let line = cx.world.order_lines.get(id)?;
    let no = &cx.world.orders.get(line.order_id)?.no;
    let title = w::FORM_EDIT_LINE.fill(cx.lang, &[no, &line.no.to_string()]);
    let form = line_fields(Form::new(FormKind::EditLine, id, title), cx, line);
    Some(form.hide("revision", line.revision.to_string()))
}

fn line_fields(form: Form, cx: &Cx<'_>, line: &OrderLine) -> Form {
    let items = cx
        .world
        .items
        .iter()
        .filter(|i| i.make)
        .map(|i| i.code.clone())
        .collect();
    let qty = (!line.qty.is_zero()).then_some(line.qty);
    let percent = |share: Micro| (!share.is_zero()).then(|| share.times(Micro::whole(100)));
    form.text("item", w::ITEM, line.item_code.as_str())
        .known(items)
        .text("name", w::NAME, line.name.as_str())
        .text("spec", w::SPEC, line.spec.as_str())
        .amount("qty", w::QTY, qty)
        .required()
        .text("unit", w::UNIT, line.unit.as_str())
        .amount("unit_price", w::UNIT_PRICE, line.unit_price)
        .amount("amount", w::AMOUNT, line.amount)
        .hint(w::HINT_AMOUNT)
        .date("requested_date", w::REQUESTED_DATE, line.requested_date)
        .hint(w::HINT_DATE)
        .amount("tolerance", w::TOLERANCE, percent(line.over_pct))
        .hint(w::HINT_PERCENT)
}

pub(super) fn save_line(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let old = if form.kind == FormKind::EditLine {
        let mut old = cx
            .world
            .order_lines
            .get(form.subject)
            .cloned()
            .unwrap_or_default();
        old.revision = v.text("revision").parse().unwrap_or(old.revision);
        old
    } else {
        OrderLine {
            order_id: form.subject,
            ..OrderLine::default()
        }
    };
    Ok(Command::SaveLine(Box::new(SaveLine {
        line: line(old, v)?,
        sizes: None,
    })))
}

fn line(mut line: OrderLine, v: &Values<'_>) -> Result<OrderLine, Refusal> {
    line.item_code = v.text("item");
    line.name = v.text("name");
    line.spec = v.text("spec");
    line.qty = v.amount_or_zero("qty")?;
    line.unit = v.text("unit");
    line.unit_price = v.amount("unit_price")?;
    line.amount = v.amount("amount")?;
    line.requested_date = v.date("requested_date")?;
    let tolerance = v.amount_or_zero("tolerance")?.over(Micro::whole(100));
    line.over_pct = tolerance;
    line.under_pct = tolerance;
    Ok(line)
}

pub(super) fn step(cx: &Cx<'_>, kind: FormKind, id: i64) -> Option<Form> {
    let order = cx.world.orders.get(id)?;
    let title = match kind {
        FormKind::Hold => w::FORM_HOLD,
        FormKind::Cancel => w::FORM_CANCEL,
        _ => w::FORM_CLOSE_ORDER,
    };
    let form = Form::new(kind, id, title.fill(cx.lang, &[&order.no])).note("reason", w::REASON, "");
    let shipped = crate::domain::rule::delivery::is_shipped(cx.world, order);
    let optional = kind == FormKind::CloseOrder && shipped;
    Some(if optional { form } else { form.required() })
}

pub(super) fn set(form: &Form, v: &Values<'_>) -> Command {
    let to = match form.kind {
        FormKind::Hold => OrderStep::Hold,
        FormKind::Cancel => OrderStep::Cancel,
        _ => OrderStep::Close,
    };
    Command::SetOrder(SetOrder {
        order_id: form.subject,
        to,
        reason: v.text("reason"),
    })
}

/// A department has seen an amendment.
pub(super) fn seen(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.acknowledgements.get(id)?;
    let amendment = cx.world.amendments.get(row.amendment_id)?;
    let department = crate::text::Label::word(row.department).text(cx.lang);
    let title = w::FORM_SEEN.fill(cx.lang, &[&amendment.no.to_string(), department]);
    let form = Form::new(FormKind::Acknowledge, id, title)
        .text("by", w::SEEN_BY, row.seen_by.as_str())
        .required()
        .date("on", w::SEEN_ON, Some(cx.today()))
        .required();
    Some(form)
}

pub(super) fn save_seen(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::Acknowledge(Acknowledge {
        acknowledgement_id: form.subject,
        by: v.text("by"),
        on: v.needed_date("on")?,
    }))
}
