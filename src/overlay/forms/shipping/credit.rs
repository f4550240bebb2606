//! The form of an order's letter of credit.

use crate::command::{Command, Problem, Refusal};
use crate::domain::progress::Credit;
use crate::domain::quantity::Micro;
use crate::overlay::form::{Form, FormKind, Values};
use crate::panel::Cx;
use crate::text::shipping as words;

pub(in crate::overlay::forms) fn credit(cx: &Cx<'_>, order: i64) -> Option<Form> {
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

pub(in crate::overlay::forms) fn save_credit(
    form: &Form,
    v: &Values<'_>,
) -> Result<Command, Refusal> {
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
