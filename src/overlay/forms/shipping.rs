//! Forms of shipments: planned, booked, shipped, cancelled; cartons, papers, letter of credit.

mod credit;
mod packing;
mod papers;

use chrono::NaiveTime;

use super::super::form::{FieldKind, Form, FormKind, Values};
use crate::command::shipment::{Book, CancelShipment, SaveShipment, Ship};
use crate::command::{Command, Problem, Refusal, found};
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::progress::Shipment;
use crate::domain::quantity::Qty;
use crate::domain::rule::shipment as rule;
use crate::panel::Cx;
use crate::text::{blocks as said, datein, shipping as words, words as w};
use crate::widget::grid::{self, GridColumn, Stop};

pub(super) use credit::{credit, save_credit};
pub(super) use packing::{carton, pack, save_carton, save_pack};
pub(super) use papers::{new_paper, paper, paper_days, save_paper, save_paper_days};

fn columns(cx: &Cx<'_>) -> Vec<GridColumn> {
    let column = |key: &str, title, cells, right, stop| GridColumn {
        key: key.to_owned(),
        title: cx.say(title).to_owned(),
        cells,
        right,
        stop,
    };
    vec![
        column("line", words::LINE, 4, true, Stop::Never),
        column("name", w::PRODUCT, 24, false, Stop::Never),
        column("open", words::LINE_OPEN, 10, true, Stop::Never),
        column("qty", w::SHIP_QTY, 10, true, Stop::Usual),
    ]
}

/// The order's lines with what is still open, and a quantity for each.
fn quantities(cx: &Cx<'_>, form: Form, order: &Order, of: Option<&Shipment>) -> Form {
    let columns = columns(cx);
    let row = |line: &crate::domain::order::OrderLine| {
        let open = rule::to_plan(cx.world, line, of.map(|s| s.id));
        let qty = of.map_or(open, |s| rule::of_line(cx.world, s, line.id));
        let shown = |q: Qty| if q.is_zero() { String::new() } else { q.text() };
        let name = line.name.replace(['\t', '\n'], " ");
        vec![line.no.to_string(), name, open.text(), shown(qty)]
    };
    let rows: Vec<Vec<String>> = cx.world.order_lines.of(order.id).map(row).collect();
    let text = grid::write(&columns, &rows);
    form.grid("lines", words::QUANTITIES, columns, text)
}

/// The quantities that stand in the form, by order line.
fn lines(form: &Form, cx: &Cx<'_>, order: i64) -> Result<Vec<(i64, Qty)>, Refusal> {
    let field = form.fields.iter().find(|f| f.key == "lines");
    let Some((FieldKind::Grid(columns), value)) = field.map(|f| (&f.kind, &f.value)) else {
        return Ok(Vec::new());
    };
    let place = |key: &str| columns.iter().position(|c| c.key == key);
    let mut out = Vec::new();
    for (at, row) in grid::read(columns, value).iter().enumerate() {
        let cell = |key: &str| {
            let found = place(key).and_then(|at| row.get(at));
            found.map(|c| c.trim().to_owned()).unwrap_or_default()
        };
        let typed = cell("qty");
        if typed.is_empty() {
            continue;
        }
        let wrong = |problem: Problem| {
            let problem = Box::new(problem);
            Refusal::at(
                "lines",
                Problem::InRow {
                    row: at,
                    column: "qty".to_owned(),
                    problem,
                },
            )
        };
        let no: Option<i64> = cell("line").parse().ok();
        let line = no.and_then(|no| cx.world.order_lines.of(order).find(|l| l.no == no));
        let line = line.ok_or_else(|| wrong(Problem::Not(words::UNKNOWN_LINE)))?;
        let qty = datein::parse_amount(&typed).map_err(|e| wrong(Problem::Amount(e)))?;
        if qty.is_negative() {
            return Err(wrong(Problem::NotPositive));
        }
        out.push((line.id, qty));
    }
    Ok(out)
}

/// A shipment that is not planned yet: shipped now, or planned.
pub(super) fn ship(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let title = w::FORM_SHIP.fill(cx.lang, &[&order.no]);
    let what = vec![
        ("ship".to_owned(), cx.say(words::STEP_SHIP).to_owned()),
        ("plan".to_owned(), cx.say(words::STEP_PLAN).to_owned()),
    ];
    let form = Form::new(FormKind::Ship, order.id, title)
        .choice("what", words::WHAT, what, "ship")
        .date("date", words::DATE, Some(cx.today()))
        .required();
    let form = quantities(cx, form, order, None)
        .text("method", w::DELIVERY_METHOD, order.delivery_method.as_str())
        .text("bl_no", w::BL_NO, "")
        .note("note", w::NOTE, "");
    Some(form)
}

/// A planned shipment that leaves.
pub(super) fn ship_planned(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let s = cx.world.shipments.get(id)?;
    let order = cx.world.orders.get(s.order_id)?;
    let title = words::FORM_SHIP_PLANNED.fill(cx.lang, &[&format!("{} {}", order.no, s.no)]);
    let form = Form::new(FormKind::ShipPlanned, id, title)
        .date("date", w::SHIPPED_ON, Some(cx.today()))
        .required();
    let form = quantities(cx, form, order, Some(s))
        .text("method", w::DELIVERY_METHOD, s.method.as_str())
        .text("bl_no", w::BL_NO, s.bl_no.as_str())
        .note("note", w::NOTE, s.note.as_str());
    Some(form)
}

/// Changes a shipment; of one that has left only what came to be known after.
pub(super) fn edit(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let s = cx.world.shipments.get(id)?;
    let order = cx.world.orders.get(s.order_id)?;
    let title = words::FORM_SHIPMENT.fill(cx.lang, &[&s.no]);
    let mut form = Form::new(FormKind::Shipment, id, title);
    if rule::is_pending(s) {
        form = form
            .date("date", words::PLANNED_ON, s.planned.or(Some(cx.today())))
            .required();
        form = quantities(cx, form, order, Some(s));
    }
    let form = form
        .text("bl_no", w::BL_NO, s.bl_no.as_str())
        .text("vessel", words::VESSEL, s.vessel.as_str())
        .text("method", w::DELIVERY_METHOD, s.method.as_str())
        .note("note", w::NOTE, s.note.as_str());
    Some(form)
}

pub(super) fn save_shipment(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let id = (form.kind != FormKind::Ship).then_some(form.subject);
    let old = cx.world.shipments.find(id);
    let order_id = match id {
        None => form.subject,
        Some(id) => found(old, id)?.order_id,
    };
    let date = match old {
        Some(s) if form.kind == FormKind::Shipment && !rule::is_pending(s) => {
            s.planned.or(s.shipped_on).unwrap_or(cx.today())
        }
        _ => v.needed_date("date")?,
    };
    let lines = lines(form, cx, order_id)?;
    let (method, bl_no, note) = (v.text("method"), v.text("bl_no"), v.text("note"));
    let plans = form.kind == FormKind::Shipment || form.value("what") == "plan";
    if plans {
        return Ok(Command::SaveShipment(Box::new(SaveShipment {
            shipment_id: id,
            order_id,
            planned: date,
            lines,
            method,
            vessel: v.text("vessel"),
            bl_no,
            note,
        })));
    }
    Ok(Command::Ship(Box::new(Ship {
        shipment_id: id,
        order_id,
        date,
        lines,
        method,
        bl_no,
        note,
    })))
}

pub(super) fn book(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let s = cx.world.shipments.get(id)?;
    let title = words::FORM_BOOK.fill(cx.lang, &[&s.no]);
    let time = s.cut_off.map(|at| at.0.format("%H:%M").to_string());
    let form = Form::new(FormKind::Book, id, title)
        .text("booking_no", words::BOOKING, s.booking_no.as_str())
        .text("vessel", words::VESSEL, s.vessel.as_str())
        .date("cut_off", words::CUT_OFF_DAY, s.cut_off.map(|at| at.date()))
        .text("time", words::CUT_OFF_TIME, time.unwrap_or_default())
        .hint(words::HINT_TIME)
        .date("date", words::PLANNED_ON, s.planned)
        .required()
        .text("method", w::DELIVERY_METHOD, s.method.as_str());
    Some(form)
}

pub(super) fn save_booking(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let time = v.text("time").replace('：', ":");
    let time = match time.as_str() {
        "" => NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default(),
        text => NaiveTime::parse_from_str(text, "%H:%M")
            .ok()
            .ok_or(Refusal::at("time", Problem::Not(said::NOT_A_TIME)))?,
    };
    let day = v.date("cut_off")?;
    Ok(Command::Book(Box::new(Book {
        shipment_id: form.subject,
        booking_no: v.text("booking_no"),
        vessel: v.text("vessel"),
        cut_off: day.map(|day| Moment(day.and_time(time))),
        planned: v.needed_date("date")?,
        method: v.text("method"),
    })))
}

pub(super) fn cancel(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let s = cx.world.shipments.get(id)?;
    let title = words::FORM_CANCEL_SHIPMENT.fill(cx.lang, &[&s.no]);
    let form = Form::new(FormKind::CancelShipment, id, title)
        .text("reason", w::REASON, "")
        .required();
    Some(form)
}

pub(super) fn save_cancel(form: &Form, v: &Values<'_>) -> Command {
    Command::CancelShipment(CancelShipment {
        shipment_id: form.subject,
        reason: v.text("reason"),
    })
}
