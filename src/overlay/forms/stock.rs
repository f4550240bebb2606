//! Forms of stock: a count, giving material to somebody, substitutes, goods that were held or go back.

use super::super::form::{Form, FormKind, Values};
use super::materials::named;
use crate::command::goods::{InspectHeld, SendBack};
use crate::command::stock::{CountStock, Keeper, Reallocate, SaveSubstitute};
use crate::command::{Command, Problem, Refusal};
use crate::domain::codes::OrderState;
use crate::domain::rule::{production, purchase};
use crate::domain::world::World;
use crate::panel::Cx;
use crate::text::{materials as m, words as w};

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

pub(super) fn inspect(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let held = purchase::arrival(cx.world, cx.world.purchases.get(id)?).held;
    let title = m::FORM_INSPECT.fill(cx.lang, &[&named(cx, id)?]);
    let form = Form::new(FormKind::InspectHeld, id, title)
        .date("date", w::DATE, Some(cx.today()))
        .required()
        .amount("accepted", w::ACCEPTED, held.is_positive().then_some(held))
        .amount("rejected", w::REJECTED, None)
        .text("document", w::DELIVERY_NOTE, "")
        .note("note", w::NOTE, "");
    Some(form)
}

pub(super) fn save_inspection(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::InspectHeld(InspectHeld {
        purchase_id: form.subject,
        date: v.needed_date("date")?,
        accepted: v.amount_or_zero("accepted")?,
        rejected: v.amount_or_zero("rejected")?,
        document: v.text("document"),
        note: v.text("note"),
    }))
}

pub(super) fn send_back(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let rest = purchase::arrival(cx.world, cx.world.purchases.get(id)?).to_return();
    let replaced = vec![
        ("yes".to_owned(), cx.say(m::WILL_REPLACE).to_owned()),
        ("no".to_owned(), cx.say(m::WILL_CREDIT).to_owned()),
    ];
    let title = m::FORM_SEND_BACK.fill(cx.lang, &[&named(cx, id)?]);
    let form = Form::new(FormKind::SendBack, id, title)
        .date("date", w::DATE, Some(cx.today()))
        .required()
        .amount(
            "from_rejected",
            m::FROM_REJECTED,
            rest.is_positive().then_some(rest),
        )
        .amount("from_stock", m::FROM_STOCK, None)
        .choice("replaced", m::REPLACED, replaced, "yes")
        .text("document", w::DELIVERY_NOTE, "")
        .note("note", w::NOTE, "");
    Some(form)
}

pub(super) fn save_return(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::SendBack(SendBack {
        purchase_id: form.subject,
        date: v.needed_date("date")?,
        from_stock: v.amount_or_zero("from_stock")?,
        from_rejected: v.amount_or_zero("from_rejected")?,
        replaced: v.text("replaced") == "yes",
        document: v.text("document"),
        note: v.text("note"),
    }))
}

/// Opens on an item, or empty where it is zero.
pub(super) fn give(cx: &Cx<'_>, item: i64) -> Form {
    let world = cx.world;
    let item = world.items.get(item);
    let live = |p: &&crate::domain::production::ProductionOrder| {
        production::is_live(production::standing(world, p))
    };
    let made: Vec<String> = world
        .production_orders
        .iter()
        .filter(live)
        .map(|p| p.no.clone())
        .collect();
    let orders = world
        .orders
        .iter()
        .filter(|o| o.state == OrderState::Accepted);
    let to: Vec<String> = made
        .iter()
        .cloned()
        .chain(orders.map(|o| o.no.clone()))
        .collect();
    let open = |p: &&crate::domain::purchase::Purchase| {
        item.is_none_or(|i| i.id == p.item_id) && purchase::arrival(world, p).open.is_positive()
    };
    let lines = world.purchases.iter().filter(open);
    let lines = lines.map(|p| format!("{}/{}", p.no, p.line)).collect();
    Form::new(
        FormKind::Give,
        item.map_or(0, |i| i.id),
        cx.say(m::FORM_GIVE),
    )
    .text("item", w::MATERIAL, item.map_or("", |i| i.code.as_str()))
    .required()
    .known(world.items.iter().map(|i| i.code.clone()).collect())
    .amount("qty", w::QTY, None)
    .required()
    .text("to", m::GIVE_TO, "")
    .required()
    .hint(m::HINT_TO)
    .known(to)
    .text("from", m::GIVE_FROM, "")
    .hint(m::HINT_FROM)
    .known(made)
    .text("of", m::GIVE_OF, "")
    .hint(m::HINT_OF)
    .known(lines)
    .note("reason", w::REASON, "")
}

pub(super) fn save_give(v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let code = v.text("item");
    let item = cx.world.items.iter().find(|i| i.code == code);
    let item = item.ok_or_else(|| Refusal::at("item", Problem::UnknownItem { code }))?;
    let of = v.text("of");
    let purchase_id = match of.as_str() {
        "" => None,
        named => Some(
            line_named(cx.world, named).ok_or(Refusal::at("of", Problem::Not(m::NO_SUCH_LINE)))?,
        ),
    };
    let from = match v.text("from").as_str() {
        "" => None,
        named => Some(keeper(cx.world, named, "from")?),
    };
    Ok(Command::Reallocate(Box::new(Reallocate {
        item_id: item.id,
        purchase_id,
        from,
        to: keeper(cx.world, &v.text("to"), "to")?,
        qty: v.amount_or_zero("qty")?,
        keep: Vec::new(),
        reason: v.text("reason"),
    })))
}

/// `PO-0210/1`; the line may be left out where it is the first.
fn line_named(world: &World, named: &str) -> Option<i64> {
    let (no, line) = named.split_once('/').unwrap_or((named, "1"));
    let line: i64 = line.trim().parse().ok()?;
    let mut lines = world.purchases.iter();
    lines
        .find(|p| p.no == no.trim() && p.line == line)
        .map(|p| p.id)
}

/// A production order by its number, or an order line; the line may be left out where it is the
/// only one. An order line whose production order is alone means that one.
fn keeper(world: &World, named: &str, field: &'static str) -> Result<Keeper, Refusal> {
    let unknown = || Refusal::at(field, Problem::Not(m::NO_SUCH_KEEPER));
    if let Some(made) = world.production_orders.iter().find(|p| p.no == named) {
        return Ok(Keeper::Production(made.id));
    }
    let (no, line) = named.split_once('/').unwrap_or((named, ""));
    let order = world
        .orders
        .iter()
        .find(|o| o.no == no.trim())
        .ok_or_else(unknown)?;
    let mut lines: Vec<_> = world.order_lines.of(order.id).collect();
    if !line.is_empty() {
        let wanted: i64 = line.trim().parse().map_err(|_e| unknown())?;
        lines.retain(|l| l.no == wanted);
    }
    let [line] = lines.as_slice() else {
        return Err(unknown());
    };
    let live = |p: &&crate::domain::production::ProductionOrder| {
        production::is_live(production::standing(world, p))
    };
    let made: Vec<i64> = world
        .production_orders
        .of(line.id)
        .filter(live)
        .map(|p| p.id)
        .collect();
    Ok(match made.as_slice() {
        [one] => Keeper::Production(*one),
        _ => Keeper::OrderLine(line.id),
    })
}

pub(super) fn substitute(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let item = cx.world.items.get(id)?;
    let known = cx.world.substitutes.of(id).next();
    let other = known.and_then(|s| cx.world.items.get(s.substitute_id));
    let title = m::FORM_SUBSTITUTE.fill(cx.lang, &[&format!("{} {}", item.code, item.name)]);
    let codes = cx
        .world
        .items
        .iter()
        .filter(|i| i.id != id)
        .map(|i| i.code.clone());
    let form = Form::new(FormKind::Substitute, id, title)
        .text(
            "substitute",
            m::SUBSTITUTE,
            other.map_or("", |o| o.code.as_str()),
        )
        .required()
        .known(codes.collect())
        .amount(
            "factor",
            m::FACTOR,
            Some(known.map_or(crate::domain::quantity::Qty::ONE, |s| s.factor)),
        )
        .required()
        .text(
            "approved_by",
            m::APPROVED_BY,
            known.map_or("", |s| s.approved_by.as_str()),
        )
        .hint(m::HINT_APPROVED);
    Some(form)
}

pub(super) fn save_substitute(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::SaveSubstitute(SaveSubstitute {
        item_id: form.subject,
        substitute: v.text("substitute"),
        factor: v.amount_or_zero("factor")?,
        approved_by: v.text("approved_by"),
    }))
}

/// Which supplier's list is placed, up to which release date.
pub(super) fn order_list(cx: &Cx<'_>, supplier: i64) -> Form {
    let name = cx
        .world
        .suppliers
        .get(supplier)
        .map_or("", |s| s.name.as_str());
    let names = cx.world.suppliers.iter().map(|s| s.name.clone()).collect();
    let by = cx.today().checked_add_days(chrono::Days::new(7));
    Form::new(FormKind::OrderList, supplier, cx.say(m::FORM_ORDER_LIST))
        .text("supplier", w::SUPPLIER, name)
        .known(names)
        .hint(m::NO_SUPPLIER)
        .date("by", m::DUE_BY, by)
        .hint(w::HINT_DATE)
        .required()
}
