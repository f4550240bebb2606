//! Forms of shipments: planned, booked, shipped, cancelled; cartons, papers, letter of credit.

use std::collections::BTreeMap;

use chrono::NaiveTime;

use super::super::form::{FieldKind, Form, FormKind, Values};
use super::options;
use crate::command::packing::{PackCartons, SavePaper};
use crate::command::shipment::{Book, CancelShipment, SaveShipment, Ship};
use crate::command::{Command, Problem, Refusal, found};
use crate::domain::codes::{Department, PaperKind};
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::progress::{Carton, Credit, Shipment};
use crate::domain::quantity::{Micro, Qty};
use crate::domain::rule::shipment::packing::{self, Fill};
use crate::domain::rule::shipment::{self as rule, papers};
use crate::panel::Cx;
use crate::text::{blocks as said, datein, shipping as words, words as w};
use crate::widget::grid::{self, GridColumn, Stop};

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

/// `600x400x350` from the three lengths; empty where there are none.
fn box_text(c: &Carton) -> String {
    if c.length_mm == 0 {
        return String::new();
    }
    format!("{}x{}x{}", c.length_mm, c.width_mm, c.height_mm)
}

fn read_box(text: &str) -> Result<[i64; 3], Refusal> {
    if text.is_empty() {
        return Ok([0; 3]);
    }
    let wrong = || Refusal::at("box", Problem::Not(words::BAD_BOX));
    let plain = datein::fold_width(text).to_lowercase();
    let parts: Vec<i64> = plain
        .split(['x', '*', '×', ' '])
        .filter(|part| !part.trim().is_empty())
        .map(|part| part.trim().parse().ok().ok_or_else(wrong))
        .collect::<Result<_, _>>()?;
    match parts.as_slice() {
        [l, w, h] if parts.iter().all(|n| (1..=100_000).contains(n)) => Ok([*l, *w, *h]),
        _ => Err(wrong()),
    }
}

/// Fills cartons with what is not packed yet; starts as the customer's last cartons were.
pub(super) fn pack(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let s = cx.world.shipments.get(id)?;
    let order = cx.world.orders.get(s.order_id)?;
    let same = |c: &&Carton| {
        let shipment = cx.world.shipments.get(c.shipment_id);
        let of = shipment.and_then(|s| cx.world.orders.get(s.order_id));
        of.is_some_and(|o| o.id == order.id || o.customer_id == order.customer_id)
    };
    let fullest = |c: &&Carton| (c.shipment_id, c.per_carton);
    let last = cx.world.cartons.iter().filter(same).max_by_key(fullest);
    let piece = last.map(|c| c.net_kg.over(c.per_carton));
    let tare = last.map(|c| (c.gross_kg - c.net_kg).floor_zero());
    let rests = vec![
        ("own".to_owned(), cx.say(words::REST_OWN).to_owned()),
        ("mixed".to_owned(), cx.say(words::REST_MIXED).to_owned()),
    ];
    let form = Form::new(FormKind::Pack, id, words::FORM_PACK.fill(cx.lang, &[&s.no]))
        .amount("per_carton", words::PER_CARTON, last.map(|c| c.per_carton))
        .required()
        .choice("rest", words::REST, rests, "own")
        .text("box", words::BOX, last.map(box_text).unwrap_or_default())
        .hint(words::HINT_BOX)
        .amount("piece_kg", words::PIECE_KG, piece)
        .amount("tare_kg", words::TARE_KG, tare);
    Some(form)
}

pub(super) fn save_pack(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let s = found(cx.world.shipments.get(form.subject), form.subject)?;
    let per_carton = v.amount_or_zero("per_carton")?;
    if !per_carton.is_positive() {
        return Err(Refusal::at("per_carton", Problem::NotPositive));
    }
    let how = Fill {
        per_carton,
        mixed: form.value("rest") == "mixed",
        size_mm: read_box(&v.text("box"))?,
        piece_kg: v.amount_or_zero("piece_kg")?,
        tare_kg: v.amount_or_zero("tare_kg")?,
    };
    // More cartons than a shipment takes are refused before they are made.
    let all = rule::total(cx.world, s);
    if all.0 / per_carton.0 > packing::CARTONS_MAX {
        return Err(Refusal::at(
            "per_carton",
            Problem::Not(words::TOO_MANY_CARTONS),
        ));
    }
    Ok(Command::PackCartons(PackCartons {
        shipment_id: s.id,
        rows: packing::fill(cx.world, s, &how),
    }))
}

pub(super) fn carton(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let c = cx.world.cartons.get(id)?;
    let s = cx.world.shipments.get(c.shipment_id)?;
    let title = words::FORM_CARTON.fill(cx.lang, &[&s.no]);
    let form = Form::new(FormKind::Carton, id, title)
        .text("colour", w::COLOUR, c.colour.as_str())
        .text("size", w::SIZE_RUN, c.size.as_str())
        .amount("per_carton", words::PER_CARTON, Some(c.per_carton))
        .required()
        .whole("cartons", words::CARTONS, Some(c.cartons))
        .required()
        .whole("first_no", words::FIRST_NO, Some(c.first_no))
        .required()
        .text("box", words::BOX, box_text(c))
        .hint(words::HINT_BOX)
        .amount("gross", words::GROSS, Some(c.gross_kg))
        .amount("net", words::NET, Some(c.net_kg));
    Some(form)
}

pub(super) fn save_carton(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let old = found(cx.world.cartons.get(form.subject), form.subject)?;
    let whole = |key| Ok::<_, Refusal>(v.whole(key)?.unwrap_or(0));
    let [length_mm, width_mm, height_mm] = read_box(&v.text("box"))?;
    Ok(Command::ChangeCartons(Box::new(Carton {
        colour: v.text("colour"),
        size: v.text("size"),
        per_carton: v.amount_or_zero("per_carton")?,
        cartons: whole("cartons")?,
        first_no: whole("first_no")?,
        length_mm,
        width_mm,
        height_mm,
        gross_kg: v.amount_or_zero("gross")?,
        net_kg: v.amount_or_zero("net")?,
        ..old.clone()
    })))
}

pub(super) fn paper(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let p = cx.world.export_papers.get(id)?;
    let s = cx.world.shipments.get(p.shipment_id)?;
    let name = words::paper_name(p.kind, &p.note, cx.lang);
    let title = words::FORM_PAPER.fill(cx.lang, &[&s.no, &name]);
    let form = Form::new(FormKind::Paper, id, title)
        .date("done_on", words::PAPER_DONE, p.done_on.or(Some(cx.today())))
        .text("number", words::NUMBER, p.number.as_str());
    Some(rest_of_paper(cx, form, p.due, p.owner, &p.note))
}

pub(super) fn new_paper(cx: &Cx<'_>, shipment: i64) -> Option<Form> {
    let s = cx.world.shipments.get(shipment)?;
    let title = words::FORM_NEW_PAPER.fill(cx.lang, &[&s.no]);
    let kinds = options(PaperKind::ALL, PaperKind::code, cx.lang);
    let form = Form::new(FormKind::NewPaper, shipment, title)
        .choice("kind", words::PAPER, kinds, PaperKind::Other.code())
        .date("done_on", words::PAPER_DONE, None)
        .text("number", words::NUMBER, "");
    Some(rest_of_paper(cx, form, None, Department::Shipping, ""))
}

fn rest_of_paper(
    cx: &Cx<'_>,
    form: Form,
    due: Option<chrono::NaiveDate>,
    owner: Department,
    note: &str,
) -> Form {
    let owners = options(Department::ALL, Department::code, cx.lang);
    form.date("due", words::DUE_BY, due)
        .hint(words::HINT_DUE)
        .choice("owner", words::MAKER, owners, owner.code())
        .note("note", w::NOTE, note)
}

pub(super) fn save_paper(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let old = match form.kind {
        FormKind::Paper => Some(found(
            cx.world.export_papers.get(form.subject),
            form.subject,
        )?),
        _ => None,
    };
    let kind = match old {
        Some(p) => p.kind,
        None => v.code("kind", PaperKind::of)?,
    };
    Ok(Command::SavePaper(Box::new(SavePaper {
        shipment_id: old.map_or(form.subject, |p| p.shipment_id),
        paper_id: old.map(|p| p.id),
        kind,
        owner: v.code("owner", Department::of)?,
        due: v.date("due")?,
        done_on: v.date("done_on")?,
        number: v.text("number"),
        note: v.text("note"),
    })))
}

/// How many days before or after each kind of paper is due.
pub(super) fn paper_days(cx: &Cx<'_>) -> Form {
    let mut form = Form::new(FormKind::PaperDays, 0, cx.say(words::FORM_PAPER_DAYS));
    for rule in papers::RULES {
        let rule = papers::rule_of(cx.world, rule.kind).unwrap_or(rule);
        let label = crate::text::Label::word(rule.kind);
        form = form
            .whole(rule.kind.code(), label, Some(rule.days))
            .required()
            .hint(words::anchor(rule.anchor));
    }
    form
}

pub(super) fn save_paper_days(v: &Values<'_>) -> Result<Command, Refusal> {
    let mut days = BTreeMap::new();
    for rule in papers::RULES {
        days.insert(rule.kind, v.whole(rule.kind.code())?.unwrap_or(rule.days));
    }
    Ok(Command::SavePaperDays(days))
}

pub(super) fn credit(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let known = cx.world.credits.of(order.id).next_back();
    let c = known.cloned().unwrap_or_else(|| Credit {
        order_id: order.id,
        in_units: true,
        ..Credit::default()
    });
    let flag = |yes, no| {
        vec![
            ("0".to_owned(), cx.say(no).to_owned()),
            ("1".to_owned(), cx.say(yes).to_owned()),
        ]
    };
    let code = |on: bool| if on { "1" } else { "0" };
    let title = words::FORM_CREDIT.fill(cx.lang, &[&order.no]);
    let percent = c.tolerance.times(Micro::whole(100));
    let days = Some(c.presentation_days).filter(|d| *d > 0);
    let form = Form::new(FormKind::Credit, order.id, title)
        .text("no", words::CREDIT_NO, c.no.as_str())
        .amount("amount", words::CREDIT_AMOUNT, c.amount)
        .choice(
            "about",
            words::CREDIT_ABOUT,
            flag(words::YES, words::NO),
            code(c.about),
        )
        .amount(
            "tolerance",
            words::CREDIT_TOLERANCE,
            Some(percent).filter(|p| p.is_positive()),
        )
        .choice(
            "in_units",
            words::CREDIT_UNITS,
            flag(words::YES, words::NO),
            code(c.in_units),
        )
        .choice(
            "no_partial",
            words::CREDIT_PARTIAL,
            flag(words::BARRED, words::ALLOWED),
            code(c.no_partial),
        )
        .date("latest", words::CREDIT_LATEST, c.latest_shipment)
        .date("expiry", words::CREDIT_EXPIRY, c.expiry)
        .whole("days", words::CREDIT_DAYS, days)
        .hint(words::HINT_DAYS);
    Some(form)
}

pub(super) fn save_credit(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let on = |key: &str| v.text(key) == "1";
    let percent = v.amount_or_zero("tolerance")?;
    if percent > Micro::whole(100) {
        let problem = Problem::NotWhole {
            least: 0,
            most: 100,
        };
        return Err(Refusal::at("tolerance", problem));
    }
    Ok(Command::SaveCredit(Box::new(Credit {
        order_id: form.subject,
        no: v.text("no"),
        amount: v.amount("amount")?,
        about: on("about"),
        tolerance: percent.over(Micro::whole(100)),
        in_units: on("in_units"),
        no_partial: on("no_partial"),
        latest_shipment: v.date("latest")?,
        expiry: v.date("expiry")?,
        presentation_days: v.whole("days")?.unwrap_or(0),
        ..Credit::default()
    })))
}
