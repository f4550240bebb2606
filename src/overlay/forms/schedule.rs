//! Forms of production orders: release in spite of what is missing, lots, merging, quantity.

use super::super::form::{Form, FormKind, Values};
use crate::app::gate as materials;
use crate::command::production::{Merge, Release, Resize, Split};
use crate::command::{Command, Problem, Refusal};
use crate::domain::production::ProductionOrder;
use crate::domain::quantity::Qty;
use crate::domain::rule::lots::{self, Lot, Rows};
use crate::domain::rule::{gate, production};
use crate::panel::Cx;
use crate::text::{datein, production as words, refusal, say, words as w};

/// The most production orders that one form offers to merge.
const PARTNERS_MAX: usize = 12;
const PARTNER_KEYS: [&str; PARTNERS_MAX] = [
    "with1", "with2", "with3", "with4", "with5", "with6", "with7", "with8", "with9", "with10",
    "with11", "with12",
];

/// Materials that the gate shows as missing, by item.
pub(crate) fn short(cx: &Cx<'_>, made: &ProductionOrder) -> Vec<i64> {
    let item = |item: gate::Item| match item.missing {
        gate::Missing::Material { item_id, .. } => Some(item_id),
        _ => None,
    };
    let short = materials::materials(cx.world, cx.outlook, made).into_iter();
    short.filter_map(item).collect()
}

pub(super) fn release(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let made = cx.world.production_orders.get(id)?;
    let gate = materials::gate(cx.world, cx.outlook, made, cx.today());
    let counted = gate::counted(gate.iter().map(|item| &item.missing));
    let missing = refusal::obstacles(&counted, cx.lang);
    let title = w::FORM_RELEASE.fill(cx.lang, &[&made.no, &missing]);
    let short: Vec<String> = short(cx, made).iter().map(i64::to_string).collect();
    let form = Form::new(FormKind::Release, id, title)
        .note("override_reason", w::OVERRIDE_REASON, "")
        .hide("short", short.join(" "));
    Some(if gate.is_empty() {
        form
    } else {
        form.required()
    })
}

pub(super) fn save(form: &Form, v: &Values<'_>) -> Command {
    let short = form.hidden.get("short").map_or("", String::as_str);
    Command::Release(Release {
        production_order_id: form.subject,
        override_reason: v.text("override_reason"),
        short: short.split(' ').filter_map(|id| id.parse().ok()).collect(),
    })
}

pub(super) fn split(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let made = cx.world.production_orders.get(id)?;
    let done = production::most_done(cx.world, made);
    let title = if done.is_zero() {
        words::FORM_SPLIT.fill(cx.lang, &[&made.no, &made.qty.text()])
    } else {
        words::FORM_SPLIT_BEGUN.fill(cx.lang, &[&made.no, &made.qty.text(), &done.text()])
    };
    let option = |code: &str, word| (code.to_owned(), cx.say(word).to_owned());
    let mut ways = vec![
        option("typed", words::HOW_TYPED),
        option("equal", words::HOW_EQUAL),
    ];
    if lots::by_rows(cx.world, made, Rows::Colours).len() > 1 {
        ways.push(option("colours", words::HOW_COLOURS));
    }
    if lots::by_rows(cx.world, made, Rows::Sizes).len() > 1 {
        ways.push(option("sizes", words::HOW_SIZES));
    }
    if lots::by_lines(cx.world, made).len() > 1 {
        ways.push(option("lines", words::HOW_LINES));
    }
    let form = Form::new(FormKind::SplitProduction, id, title)
        .choice("how", words::HOW, ways, "typed")
        .text("lots", words::LOTS, "")
        .hint(words::LOTS_HINT);
    Some(form)
}

pub(super) fn save_split(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let made = crate::command::found(cx.world.production_orders.get(form.subject), form.subject)?;
    let typed = v.text("lots");
    let lots = match form.value("how") {
        "equal" => {
            let n: usize = typed.trim().parse().unwrap_or(0);
            lots::equal(made.qty, n.min(lots::LOTS_MAX + 1))
        }
        "colours" => lots::by_rows(cx.world, made, Rows::Colours),
        "sizes" => lots::by_rows(cx.world, made, Rows::Sizes),
        "lines" => lots::by_lines(cx.world, made),
        _ => lots::typed(made.qty, &quantities(&typed)?),
    };
    if lots.is_empty() {
        return Err(Refusal::at("lots", Problem::Not(say::TWO_LOTS)));
    }
    Ok(Command::SplitProduction(Split {
        production_order_id: made.id,
        lots: drop_empty_notes(lots),
    }))
}

/// Quantities parted by blanks or plus signs.
fn quantities(text: &str) -> Result<Vec<Qty>, Refusal> {
    let parted = |c: char| c.is_whitespace() || matches!(c, '+' | '＋' | '、' | ';' | '；' | '/');
    let parts = text.split(parted).filter(|part| !part.is_empty());
    parts
        .map(|part| datein::parse_amount(part).map_err(|e| Refusal::at("lots", Problem::Amount(e))))
        .collect()
}

/// A single colour that the customer left without a name says nothing in a note.
fn drop_empty_notes(mut lots: Vec<Lot>) -> Vec<Lot> {
    for lot in &mut lots {
        lot.note = lot.note.trim().to_owned();
    }
    lots
}

pub(super) fn merge(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let made = cx.world.production_orders.get(id)?;
    let title = words::FORM_MERGE.fill(cx.lang, &[&made.no]);
    let mut form = Form::new(FormKind::MergeProduction, id, title);
    let offered: Vec<&ProductionOrder> = production::partners(cx.world, made)
        .take(PARTNERS_MAX)
        .collect();
    if offered.is_empty() {
        return None;
    }
    for (key, other) in PARTNER_KEYS.into_iter().zip(&offered) {
        let due = production::due(cx.world, other).map(|d| d.to_string());
        let order = production::owner(cx.world, other).map_or("", |(o, _)| o.no.as_str());
        let about = format!(
            "{} · {} · {} · {}",
            other.no,
            order,
            other.qty.text(),
            due.unwrap_or_default()
        );
        let options = vec![
            (String::new(), format!("{} {about}", cx.say(words::NO))),
            (
                other.id.to_string(),
                format!("{} {about}", cx.say(words::YES)),
            ),
        ];
        form = form.choice(key, w::PRODUCTION_NO, options, "");
    }
    Some(form)
}

pub(super) fn save_merge(form: &Form) -> Command {
    let chosen = form.fields.iter().filter_map(|f| f.value.parse().ok());
    Command::MergeProduction(Merge {
        production_order_id: form.subject,
        with: chosen.collect(),
    })
}

pub(super) fn resize(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let made = cx.world.production_orders.get(id)?;
    let mut ordered = Qty::ZERO;
    let mut in_production = Qty::ZERO;
    for (_, line, _) in production::owners(cx.world, made) {
        let both = production::both(cx.world, line);
        ordered += both.ordered;
        in_production += both.in_production;
    }
    let title =
        words::FORM_RESIZE.fill(cx.lang, &[&made.no, &ordered.text(), &in_production.text()]);
    let form = Form::new(FormKind::ResizeProduction, id, title)
        .amount("qty", w::QTY, Some(made.qty))
        .required();
    Some(form)
}

pub(super) fn save_resize(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    Ok(Command::ResizeProduction(Resize {
        production_order_id: form.subject,
        qty: v.amount_or_zero("qty")?,
    }))
}
