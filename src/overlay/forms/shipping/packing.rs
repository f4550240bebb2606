//! Forms of cartons: filled with what is not packed yet, and changed.

use crate::command::packing::PackCartons;
use crate::command::{Command, Problem, Refusal, found};
use crate::domain::progress::Carton;
use crate::domain::rule::shipment as rule;
use crate::domain::rule::shipment::packing::{self, Fill};
use crate::overlay::form::{Form, FormKind, Values};
use crate::panel::Cx;
use crate::text::{datein, shipping as words, words as w};

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
pub(in crate::overlay::forms) fn pack(cx: &Cx<'_>, id: i64) -> Option<Form> {
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

pub(in crate::overlay::forms) fn save_pack(
    form: &Form,
    v: &Values<'_>,
    cx: &Cx<'_>,
) -> Result<Command, Refusal> {
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

pub(in crate::overlay::forms) fn carton(cx: &Cx<'_>, id: i64) -> Option<Form> {
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

pub(in crate::overlay::forms) fn save_carton(
    form: &Form,
    v: &Values<'_>,
    cx: &Cx<'_>,
) -> Result<Command, Refusal> {
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
