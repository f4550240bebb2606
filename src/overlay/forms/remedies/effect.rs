//! The form of an effect: what an exception takes from the plan.

use super::named::{made_named, open_purchases, operation_named, operations};
use super::named::{place, place_of, places, purchase_named};
use super::{moment, revision, title, written};
use crate::command::remedies::Remedy;
use crate::command::{Command, Problem, Refusal};
use crate::domain::exception::{Exception, ExceptionEffect};
use crate::domain::exception_codes::EffectKind;
use crate::domain::quantity::Micro;
use crate::overlay::form::{Form, FormKind, Values};
use crate::overlay::forms::options;
use crate::panel::Cx;
use crate::text::{chasing, failure as said, words as w};

/// Which effects lose time, are about goods bought, pieces made, a day.
const TIME: &[&str] = &["outage", "absence"];
const GOODS: &[&str] = &["delay", "shortage"];
const PIECES: &[&str] = &["loss", "rework"];
const DAY: &[&str] = &["delay", "hold"];
const AMOUNT: &[&str] = &["shortage", "loss", "rework"];

/// The fields of an effect; which are asked follows from its kind. `none` allows none.
pub(in crate::overlay::forms) fn effect_fields(
    form: Form,
    cx: &Cx<'_>,
    e: &ExceptionEffect,
    none: bool,
) -> Form {
    let mut kinds = options(EffectKind::ALL, EffectKind::code, cx.lang);
    if none {
        kinds.insert(0, (String::new(), cx.say(said::NO_EFFECT).to_owned()));
    }
    let line = cx.world.purchases.find(e.purchase_id);
    let made = cx.world.production_orders.find(e.production_order_id);
    let order = cx.world.orders.find(e.order_id).map(|o| o.no.clone());
    let operation = match made {
        Some(made) if e.seq > 0 => format!("{}/{}", made.no, e.seq),
        _ => String::new(),
    };
    let held = made.map(|p| p.no.clone()).or(order).unwrap_or_default();
    let percent = e.share.times(Micro::whole(100)).0 / Micro::ONE.0;
    let kind = if none { "" } else { e.kind.code() };
    form.choice("effect", said::EFFECT, kinds, kind)
        .choice(
            "where",
            said::WHERE,
            places(cx),
            &place(e.work_centre_id, e.line_id),
        )
        .only("effect", TIME)
        .text("from", said::FROM, written(e.starts.or(Some(cx.now))))
        .hint(said::HINT_MOMENT)
        .only("effect", TIME)
        .text("to", said::UNTIL, written(e.ends))
        .hint(said::HINT_MOMENT)
        .only("effect", TIME)
        .whole("percent", said::PERCENT, (percent > 0).then_some(percent))
        .only("effect", &["absence"])
        .text(
            "purchase",
            said::PURCHASE_LINE,
            line.map(chasing::line_name).unwrap_or_default(),
        )
        .known(open_purchases(cx))
        .only("effect", GOODS)
        .text("operation", said::OPERATION, operation)
        .hint(said::HINT_OPERATION)
        .known(operations(cx))
        .only("effect", PIECES)
        .text("held", said::HELD, held)
        .only("effect", &["hold"])
        .date("until", said::NEW_DAY, e.date)
        .hint(w::HINT_DATE)
        .only("effect", DAY)
        .amount("lost", said::LOST_QTY, e.qty.is_positive().then_some(e.qty))
        .only("effect", AMOUNT)
}

/// The effect that the fields say.
pub(in crate::overlay::forms) fn effect(
    kind: EffectKind,
    v: &Values<'_>,
    cx: &Cx<'_>,
) -> Result<ExceptionEffect, Refusal> {
    let mut e = ExceptionEffect {
        kind,
        entered_on: cx.today(),
        ..ExceptionEffect::default()
    };
    match kind {
        EffectKind::Outage | EffectKind::Absence => {
            (e.work_centre_id, e.line_id) = place_of(&v.text("where"));
            e.starts = moment(v, "from", cx, false)?;
            e.ends = moment(v, "to", cx, true)?;
            if kind == EffectKind::Absence {
                let percent = v.whole("percent")?.unwrap_or(0).min(1_000);
                e.share = Micro::whole(percent).over(Micro::whole(100));
            }
        }
        EffectKind::Delay | EffectKind::Shortage => e.purchase_id = purchase_named(cx, v)?,
        EffectKind::Loss | EffectKind::Rework => {
            (e.production_order_id, e.seq) = operation_named(cx, v)?;
        }
        EffectKind::Hold => {
            let no = v.text("held");
            let order = cx
                .world
                .orders
                .iter()
                .find(|o| o.no.eq_ignore_ascii_case(&no));
            e.order_id = order.map(|o| o.id);
            e.production_order_id = made_named(cx, &no).map(|p| p.id);
            if !no.is_empty() && e.order_id.is_none() && e.production_order_id.is_none() {
                return Err(Refusal::at("held", Problem::Not(said::NO_SUCH_ORDER)));
            }
        }
    }
    if matches!(kind, EffectKind::Delay | EffectKind::Hold) {
        e.date = v.date("until")?;
    }
    if AMOUNT.contains(&kind.code()) {
        e.qty = v.amount_or_zero("lost")?;
    }
    Ok(e)
}

/// The effect that what an exception is about suggests.
fn likely(e: &Exception) -> ExceptionEffect {
    let kind = match (e.purchase_id, e.production_order_id, e.order_id) {
        (Some(_), ..) => EffectKind::Delay,
        (None, Some(_), _) => EffectKind::Loss,
        (None, None, Some(_)) => EffectKind::Hold,
        _ => EffectKind::Outage,
    };
    ExceptionEffect {
        kind,
        purchase_id: e.purchase_id,
        production_order_id: e.production_order_id,
        order_id: e.order_id,
        ..ExceptionEffect::default()
    }
}

pub(in crate::overlay::forms) fn new_effect(cx: &Cx<'_>, exception: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(exception)?;
    let form = Form::new(FormKind::NewEffect, e.id, title(cx, said::FORM_EFFECT, e));
    Some(effect_fields(form, cx, &likely(e), false))
}

pub(in crate::overlay::forms) fn edit_effect(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.exception_effects.get(id)?;
    let e = cx.world.exceptions.get(row.exception_id)?;
    let form = Form::new(FormKind::Effect, id, title(cx, said::FORM_EFFECT, e));
    let form = effect_fields(form, cx, row, false);
    Some(form.hide("revision", row.revision.to_string()))
}

pub(in crate::overlay::forms) fn save_effect(
    form: &Form,
    v: &Values<'_>,
    cx: &Cx<'_>,
) -> Result<Command, Refusal> {
    let kind = v.code("effect", EffectKind::of)?;
    let mut row = effect(kind, v, cx)?;
    row.exception_id = form.subject;
    if form.kind == FormKind::Effect {
        (row.id, row.revision) = (form.subject, revision(v));
        let old = cx.world.exception_effects.get(row.id);
        row.exception_id = old.map_or(0, |e| e.exception_id);
    }
    Ok(Command::SaveRemedy(Box::new(Remedy::Effect(row))))
}
