//! Forms of what hangs on an exception: its effect on the plan, a way out, an action, evidence.

use chrono::NaiveTime;

use super::super::form::{Form, FormKind, Values};
use super::exceptions::yes_no;
use super::options;
use crate::command::remedies::Remedy;
use crate::command::{Command, Problem, Refusal};
use crate::domain::exception::{
    Exception, ExceptionAction, ExceptionEffect, ExceptionEvidence, ExceptionOption,
};
use crate::domain::exception_codes::{ActionKind, EffectKind, OptionKind};
use crate::domain::moment::Moment;
use crate::domain::production::ProductionOrder;
use crate::domain::quantity::Micro;
use crate::domain::rule::{production, purchase};
use crate::panel::Cx;
use crate::text::{Word, chasing, datein, failure as said, words as w};

/// Values that a field proposes at most.
const KNOWN_MAX: usize = 200;

/// Which effects lose time, are about goods bought, pieces made, a day.
const TIME: &[&str] = &["outage", "absence"];
const GOODS: &[&str] = &["delay", "shortage"];
const PIECES: &[&str] = &["loss", "rework"];
const DAY: &[&str] = &["delay", "hold"];
const AMOUNT: &[&str] = &["shortage", "loss", "rework"];

/// A moment as a field shows it.
#[must_use]
pub(crate) fn written(at: Option<Moment>) -> String {
    at.map(|m| m.0.format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// Day and time from a field; a day alone starts at midnight, or lasts to its end; a time alone is
/// today's.
pub(super) fn moment(
    v: &Values<'_>,
    key: &'static str,
    cx: &Cx<'_>,
    end: bool,
) -> Result<Option<Moment>, Refusal> {
    let text = v.text(key).replace('：', ":");
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Refusal::at(key, Problem::Not(said::NOT_A_MOMENT));
    let (day, time) = match text.rsplit_once(char::is_whitespace) {
        Some((day, time)) if time.contains(':') => (day.trim(), time),
        None if text.contains(':') => ("", text.as_str()),
        _ => (text.as_str(), ""),
    };
    let day = if day.is_empty() {
        cx.today()
    } else {
        datein::parse_date(day, cx.today()).ok().ok_or_else(wrong)?
    };
    if time.is_empty() {
        let last = if end {
            day.succ_opt().unwrap_or(day)
        } else {
            day
        };
        return Ok(Some(Moment::start_of(last)));
    }
    let time = NaiveTime::parse_from_str(time, "%H:%M")
        .ok()
        .ok_or_else(wrong)?;
    Ok(Some(Moment(day.and_time(time))))
}

/// Work centres and lines, as `centre` or `centre/line`.
fn places(cx: &Cx<'_>) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "—".to_owned())];
    for centre in &cx.world.work_centres {
        let whole = crate::text::picture::BLOCK_LINE_ALL;
        all.push((
            centre.id.to_string(),
            format!("{} · {}", centre.name, cx.say(whole)),
        ));
        for line in cx.world.lines.of(centre.id) {
            let code = format!("{}/{}", centre.id, line.id);
            all.push((code, format!("{} · {}", centre.name, line.code)));
        }
    }
    all
}

/// A work centre with a line of it, as [`places`] write them.
#[must_use]
pub(crate) fn place(centre: Option<i64>, line: Option<i64>) -> String {
    match (centre, line) {
        (Some(centre), Some(line)) => format!("{centre}/{line}"),
        (Some(centre), None) => centre.to_string(),
        _ => String::new(),
    }
}

fn place_of(text: &str) -> (Option<i64>, Option<i64>) {
    let (centre, line) = text.split_once('/').unwrap_or((text, ""));
    (centre.parse().ok(), line.parse().ok())
}

/// Purchase lines that are still open, as they are called.
fn open_purchases(cx: &Cx<'_>) -> Vec<String> {
    let open =
        |p: &&crate::domain::purchase::Purchase| purchase::arrival(cx.world, p).open.is_positive();
    let lines = cx
        .world
        .purchases
        .iter()
        .filter(open)
        .map(chasing::line_name);
    lines.take(KNOWN_MAX).collect()
}

fn live<'a>(cx: &Cx<'a>) -> impl Iterator<Item = &'a ProductionOrder> {
    let world = cx.world;
    let live = move |p: &&ProductionOrder| production::is_live(production::standing(world, p));
    world.production_orders.iter().filter(live)
}

fn operations(cx: &Cx<'_>) -> Vec<String> {
    let all = live(cx).flat_map(|p| {
        let own = cx.world.operations.of(p.id);
        own.map(move |o| format!("{}/{}", p.no, o.seq))
    });
    all.take(KNOWN_MAX).collect()
}

fn purchase_named(cx: &Cx<'_>, v: &Values<'_>) -> Result<Option<i64>, Refusal> {
    let text = v.text("purchase");
    if text.is_empty() {
        return Ok(None);
    }
    let mut lines = cx.world.purchases.iter();
    let found = lines.find(|p| chasing::line_name(p).eq_ignore_ascii_case(&text));
    let found = found.or_else(|| cx.world.purchases.iter().find(|p| p.no == text));
    match found {
        Some(line) => Ok(Some(line.id)),
        None => Err(Refusal::at(
            "purchase",
            Problem::Not(said::NO_SUCH_PURCHASE),
        )),
    }
}

fn made_named<'a>(cx: &Cx<'a>, no: &str) -> Option<&'a ProductionOrder> {
    let mut all = cx.world.production_orders.iter();
    all.find(|p| p.no.eq_ignore_ascii_case(no.trim()))
}

fn operation_named(cx: &Cx<'_>, v: &Values<'_>) -> Result<(Option<i64>, i64), Refusal> {
    let text = v.text("operation");
    if text.is_empty() {
        return Ok((None, 0));
    }
    let found = text.rsplit_once('/').and_then(|(no, seq)| {
        let made = made_named(cx, no)?;
        let seq: i64 = seq.trim().parse().ok()?;
        let known = cx.world.operations.of(made.id).any(|o| o.seq == seq);
        known.then_some((Some(made.id), seq))
    });
    found.ok_or_else(|| Refusal::at("operation", Problem::Not(said::NO_SUCH_OPERATION)))
}

/// The fields of an effect; which are asked follows from its kind. `none` allows none.
pub(super) fn effect_fields(form: Form, cx: &Cx<'_>, e: &ExceptionEffect, none: bool) -> Form {
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
pub(super) fn effect(
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

fn title(cx: &Cx<'_>, word: Word, e: &Exception) -> String {
    word.fill(cx.lang, &[&e.no])
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

pub(super) fn new_effect(cx: &Cx<'_>, exception: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(exception)?;
    let form = Form::new(FormKind::NewEffect, e.id, title(cx, said::FORM_EFFECT, e));
    Some(effect_fields(form, cx, &likely(e), false))
}

pub(super) fn edit_effect(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.exception_effects.get(id)?;
    let e = cx.world.exceptions.get(row.exception_id)?;
    let form = Form::new(FormKind::Effect, id, title(cx, said::FORM_EFFECT, e));
    let form = effect_fields(form, cx, row, false);
    Some(form.hide("revision", row.revision.to_string()))
}

fn revision(v: &Values<'_>) -> i64 {
    v.text("revision").parse().unwrap_or(0)
}

pub(super) fn save_effect(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
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

pub(super) fn new_option(cx: &Cx<'_>, exception: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(exception)?;
    let form = Form::new(FormKind::NewWayOut, e.id, title(cx, said::FORM_OPTION, e));
    Some(option_fields(form, cx, e, &ExceptionOption::default()))
}

pub(super) fn edit_option(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.exception_options.get(id)?;
    let e = cx.world.exceptions.get(row.exception_id)?;
    let form = Form::new(FormKind::WayOut, id, title(cx, said::FORM_OPTION, e));
    let form = option_fields(form, cx, e, row);
    Some(form.hide("revision", row.revision.to_string()))
}

pub(super) fn save_option(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
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

fn action_fields(form: Form, cx: &Cx<'_>, row: &ExceptionAction) -> Form {
    let kinds = options(ActionKind::ALL, ActionKind::code, cx.lang);
    form.note("text", said::TEXT, row.text.as_str())
        .required()
        .choice("kind", said::KIND, kinds, row.kind.code())
        .text("owner", w::OWNER, row.owner.as_str())
        .date("due", said::DUE, row.due)
        .hint(w::HINT_DATE)
        .date("done_on", said::DONE_ON, row.done_on)
        .hint(w::HINT_DATE)
        .date("verified_on", said::VERIFIED_ON, row.verified_on)
        .hint(w::HINT_DATE)
        .note("result", said::RESULT, row.result.as_str())
}

pub(super) fn new_action(cx: &Cx<'_>, exception: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(exception)?;
    let row = ExceptionAction {
        owner: e.owner.clone(),
        due: e.act_by,
        ..ExceptionAction::default()
    };
    let form = Form::new(FormKind::NewAction, e.id, title(cx, said::FORM_ACTION, e));
    Some(action_fields(form, cx, &row))
}

pub(super) fn edit_action(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.exception_actions.get(id)?;
    let e = cx.world.exceptions.get(row.exception_id)?;
    let form = Form::new(FormKind::Action, id, title(cx, said::FORM_ACTION, e));
    let form = action_fields(form, cx, row);
    Some(form.hide("revision", row.revision.to_string()))
}

pub(super) fn save_action(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let old = (form.kind == FormKind::Action).then(|| cx.world.exception_actions.get(form.subject));
    let mut row = old.flatten().cloned().unwrap_or(ExceptionAction {
        exception_id: form.subject,
        ..ExceptionAction::default()
    });
    if row.id != 0 {
        row.revision = revision(v);
    }
    row.kind = v.code("kind", ActionKind::of)?;
    row.text = v.text("text");
    row.owner = v.text("owner");
    row.due = v.date("due")?;
    row.done_on = v.date("done_on")?;
    row.verified_on = v.date("verified_on")?;
    row.result = v.text("result");
    Ok(Command::SaveRemedy(Box::new(Remedy::Action(row))))
}

fn evidence_fields(form: Form, row: &ExceptionEvidence) -> Form {
    form.text("path", said::FILE, "")
        .hint(w::HINT_PATH)
        .text("title", w::TITLE, row.title.as_str())
        .date("date", said::DATE, row.date)
        .hint(w::HINT_DATE)
        .note("note", w::NOTE, row.note.as_str())
}

pub(super) fn new_evidence(cx: &Cx<'_>, exception: i64) -> Option<Form> {
    let e = cx.world.exceptions.get(exception)?;
    let row = ExceptionEvidence {
        date: Some(cx.today()),
        ..ExceptionEvidence::default()
    };
    let form = Form::new(
        FormKind::NewEvidence,
        e.id,
        title(cx, said::FORM_EVIDENCE, e),
    );
    Some(evidence_fields(form, &row))
}

pub(super) fn edit_evidence(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.exception_evidence.get(id)?;
    let e = cx.world.exceptions.get(row.exception_id)?;
    let form = Form::new(FormKind::Evidence, id, title(cx, said::FORM_EVIDENCE, e));
    Some(evidence_fields(form, row).hide("revision", row.revision.to_string()))
}

pub(super) fn save_evidence(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let edits = form.kind == FormKind::Evidence;
    let old = edits.then(|| cx.world.exception_evidence.get(form.subject));
    let mut row = old.flatten().cloned().unwrap_or(ExceptionEvidence {
        exception_id: form.subject,
        ..ExceptionEvidence::default()
    });
    if row.id != 0 {
        row.revision = revision(v);
    }
    row.title = v.text("title");
    row.date = v.date("date")?;
    row.note = v.text("note");
    let remedy = Remedy::Evidence(row, v.text("path"));
    Ok(Command::SaveRemedy(Box::new(remedy)))
}
