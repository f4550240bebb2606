//! The form of a way out: what would be done, and what the plan would make of it.

use super::named::{KNOWN_MAX, live, made_named, open_purchases, operation_named, operations};
use super::named::{place, place_of, places, purchase_named};
use super::{moment, revision, title, written};
use crate::command::remedies::Remedy;
use crate::command::{Command, Problem, Refusal};
use crate::domain::exception::{Exception, ExceptionOption};
use crate::domain::exception_codes::OptionKind;
use crate::overlay::form::{Form, FormKind, Values};
use crate::overlay::forms::exceptions::yes_no;
use crate::overlay::forms::options;
use crate::panel::Cx;
use crate::text::{chasing, failure as said, words as w};

fn option_fields(form: Form, cx: &Cx<'_>, e: &Exception, o: &ExceptionOption) -> Form {
    let kinds = options(OptionKind::ALL, OptionKind::code, cx.lang);
    let own = o.production_order_id.or(e.production_order_id);
    let made = cx.world.production_orders.find(own);
    let seq = if o.seq > 0 {
        Some(o.seq)
    } else {
        made.and_then(|p| cx.world.operations.of(p.id).map(|x| x.seq).min())
    };
    let operation = match (made, seq) {
        (Some(made), Some(seq)) => format!("{}/{seq}", made.no),
        _ => String::new(),
    };
    let line = cx.world.purchases.find(o.purchase_id.or(e.purchase_id));
    let place = place(o.work_centre_id, o.line_id);
    let flag = |on: bool| if on { "1" } else { "" };
    form.choice("kind", said::KIND, kinds, o.kind.code())
        .note("text", said::TEXT, o.text.as_str())
        .required()
        .choice("where", said::WHERE, places(cx), &place)
        .only("kind", &["overtime"])
        .text("from", said::FROM, written(o.starts))
        .hint(said::HINT_MOMENT)
        .only("kind", &["overtime"])
        .text("to", said::UNTIL, written(o.ends))
        .hint(said::HINT_MOMENT)
        .only("kind", &["overtime"])
        .text("operation", said::OPERATION, operation)
        .hint(said::HINT_OPERATION)
        .known(operations(cx))
        .only("kind", &["other_line"])
        .choice("line", said::TO_LINE, places(cx), &place)
        .only("kind", &["other_line"])
        .text(
            "made",
            said::MADE,
            made.map(|p| p.no.clone()).unwrap_or_default(),
        )
        .known(live(cx).map(|p| p.no.clone()).take(KNOWN_MAX).collect())
        .only("kind", &["parts"])
        .amount(
            "qty",
            said::FIRST_PART,
            o.qty.is_positive().then_some(o.qty),
        )
        .only("kind", &["parts"])
        .text(
            "purchase",
            said::PURCHASE_LINE,
            line.map(chasing::line_name).unwrap_or_default(),
        )
        .known(open_purchases(cx))
        .only("kind", &["expedite"])
        .date("arrives", said::ARRIVES, o.arrives)
        .hint(w::HINT_DATE)
        .only("kind", &["expedite"])
        .date("date", said::DONE_BY, o.date)
        .hint(w::HINT_DATE)
        .amount("cost", said::COST, o.cost)
        .text("risk", said::RISK, o.risk.as_str())
        .choice(
            "concession",
            said::CONCESSION,
            yes_no(cx.lang),
            flag(o.concession),
        )
        .choice(
            "lower_price",
            said::LOWER_PRICE,
            yes_no(cx.lang),
            flag(o.lower_price),
        )
        .choice("chosen", said::CHOSEN, yes_no(cx.lang), flag(o.chosen))
}

pub(in crate::overlay::forms) fn new_option(cx: &Cx<'_>, exception: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(exception)?;
    let form = Form::new(FormKind::NewWayOut, e.id, title(cx, said::FORM_OPTION, e));
    Some(option_fields(form, cx, e, &ExceptionOption::default()))
}

pub(in crate::overlay::forms) fn edit_option(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.exception_options.get(id)?;
    let e = cx.world.exceptions.get(row.exception_id)?;
    let form = Form::new(FormKind::WayOut, id, title(cx, said::FORM_OPTION, e));
    let form = option_fields(form, cx, e, row);
    Some(form.hide("revision", row.revision.to_string()))
}

pub(in crate::overlay::forms) fn save_option(
    form: &Form,
    v: &Values<'_>,
    cx: &Cx<'_>,
) -> Result<Command, Refusal> {
    let old = (form.kind == FormKind::WayOut).then(|| cx.world.exception_options.get(form.subject));
    let mut row = ExceptionOption {
        exception_id: form.subject,
        ..ExceptionOption::default()
    };
    if let Some(old) = old.flatten() {
        (row.id, row.exception_id) = (old.id, old.exception_id);
        row.revision = revision(v);
    }
    row.kind = v.code("kind", OptionKind::of)?;
    row.text = v.text("text");
    row.date = v.date("date")?;
    row.cost = v.amount("cost")?;
    row.risk = v.text("risk");
    row.concession = v.text("concession") == "1";
    row.lower_price = v.text("lower_price") == "1";
    row.chosen = v.text("chosen") == "1";
    match row.kind {
        OptionKind::Words => {}
        OptionKind::Overtime => {
            (row.work_centre_id, row.line_id) = place_of(&v.text("where"));
            row.starts = moment(v, "from", cx, false)?;
            row.ends = moment(v, "to", cx, true)?;
        }
        OptionKind::OtherLine => {
            (row.production_order_id, row.seq) = operation_named(cx, v)?;
            (row.work_centre_id, row.line_id) = place_of(&v.text("line"));
        }
        OptionKind::Parts => {
            let no = v.text("made");
            row.production_order_id = made_named(cx, &no).map(|p| p.id);
            if !no.is_empty() && row.production_order_id.is_none() {
                return Err(Refusal::at("made", Problem::Not(said::NO_SUCH_ORDER)));
            }
            row.qty = v.amount_or_zero("qty")?;
        }
        OptionKind::Expedite => {
            row.purchase_id = purchase_named(cx, v)?;
            row.arrives = v.date("arrives")?;
        }
    }
    Ok(Command::SaveRemedy(Box::new(Remedy::Option(row))))
}
