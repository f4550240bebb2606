//! Forms of inspections: planned, result, done again.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::inspection::SaveInspection;
use crate::command::{Command, Refusal, found};
use crate::domain::codes::{InspectionKind, InspectionResult};
use crate::domain::order::Order;
use crate::domain::progress::Inspection;
use crate::domain::quantity::Qty;
use crate::domain::rule::aql::{Aql, Level};
use crate::domain::rule::inspection::{self as rule, Aqls};
use crate::domain::rule::{production, shipment};
use crate::panel::Cx;
use crate::text::{Label, datein, shipping as words, words as w};

/// The lots that can be inspected: what is open of the order, a production order, a shipment.
fn lots(cx: &Cx<'_>, order: &Order) -> Vec<(String, String, Qty)> {
    let open = rule::lot(cx.world, order);
    let mut out = vec![(String::new(), cx.say(words::WHOLE_ORDER).to_owned(), open)];
    for made in production::of_order(cx.world, order) {
        out.push((format!("mo:{}", made.id), made.no.clone(), made.qty));
    }
    for s in cx.world.shipments.of(order.id) {
        if s.cancelled_on.is_none() {
            let qty = shipment::total(cx.world, s);
            out.push((format!("sh:{}", s.id), s.no.clone(), qty));
        }
    }
    out
}

fn levels() -> Vec<(String, String)> {
    let code = |l: &Level| (l.code().to_owned(), l.code().to_owned());
    Level::ALL.iter().map(code).collect()
}

fn aqls(first: Option<&str>) -> Vec<(String, String)> {
    let none = first.map(|text| ("0".to_owned(), text.to_owned()));
    let all = Aql::all().map(|a| (a.code().to_owned(), a.code().to_owned()));
    none.into_iter().chain(all).collect()
}

/// The fields that say what is inspected, and how much of it.
fn begin(cx: &Cx<'_>, form: Form, order: &Order, i: &Inspection) -> Form {
    let of = match (i.shipment_id, i.production_order_id) {
        (Some(id), _) => format!("sh:{id}"),
        (_, Some(id)) => format!("mo:{id}"),
        _ => String::new(),
    };
    let named = lots(cx, order);
    let named = named.into_iter().map(|(code, name, _)| (code, name));
    let kinds = options(InspectionKind::ALL, InspectionKind::code, cx.lang);
    let (usual_level, usual) = rule::terms(cx.world, order);
    let level = Level::of(&i.level).unwrap_or(usual_level);
    let own = Aqls::read(&i.aql).unwrap_or(usual);
    let code = |aql: Option<Aql>| aql.map_or("0", Aql::code);
    let (none, skip) = (cx.say(words::NONE_ALLOWED), cx.say(words::NOT_COUNTED));
    form.choice("kind", w::KIND, kinds, i.kind.code())
        .choice("of", words::LOT_OF, named.collect(), &of)
        .amount(
            "lot",
            words::LOT,
            Some(i.lot).filter(|lot| lot.is_positive()),
        )
        .required()
        .choice("level", words::LEVEL, levels(), level.code())
        .choice(
            "critical_aql",
            words::AQL_CRITICAL,
            aqls(Some(none)),
            code(own.critical),
        )
        .choice("major_aql", words::AQL_MAJOR, aqls(None), own.major.code())
        .choice(
            "minor_aql",
            words::AQL_MINOR,
            aqls(Some(skip)),
            code(own.minor),
        )
}

/// Words that begin a title, so that it can be made again.
fn titled(cx: &Cx<'_>, form: Form, i: &Inspection) -> Form {
    let limits = rule::limits_of(i);
    let title = format!("{} — {}", form.title, words::limits_named(&limits, cx.lang));
    let base = form.title.clone();
    let form = form.hide("base", base);
    Form { title, ..form }
}

/// What a new inspection of an order starts as.
fn fresh(cx: &Cx<'_>, order: &Order) -> Inspection {
    let (level, aqls) = rule::terms(cx.world, order);
    let mut i = Inspection {
        order_id: order.id,
        kind: InspectionKind::Final,
        lot: rule::lot(cx.world, order),
        level: level.code().to_owned(),
        aql: aqls.text(),
        ..Inspection::default()
    };
    i.sample = sample(&i);
    i
}

/// The pieces to look at: the largest sample of any class.
fn sample(i: &Inspection) -> i64 {
    let limits = rule::limits_of(i);
    limits.iter().map(|l| l.n).max().unwrap_or(0)
}

pub(super) fn plan(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let title = words::FORM_PLAN_INSPECTION.fill(cx.lang, &[&order.no]);
    let form = Form::new(FormKind::PlanInspection, order.id, title);
    let i = fresh(cx, order);
    let form = begin(cx, form, order, &i)
        .date("planned", words::PLANNED_ON, Some(cx.today()))
        .required()
        .whole("sample", w::SAMPLE_SIZE, Some(i.sample))
        .note("note", w::NOTE, "");
    Some(titled(cx, form, &i))
}

/// A new result, or that of the inspection which waits on the order.
pub(super) fn inspect(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let title = w::FORM_INSPECT.fill(cx.lang, &[&order.no]);
    let form = Form::new(FormKind::Inspect, order.id, title);
    Some(result(cx, form, order, &fresh(cx, order)))
}

/// The result of an inspection, planned or corrected.
pub(super) fn edit(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let i = cx.world.inspections.get(id)?;
    let order = cx.world.orders.get(i.order_id)?;
    let title = words::FORM_RESULT.fill(cx.lang, &[&order.no]);
    let mut i = i.clone();
    if i.sample == 0 {
        i.sample = sample(&i);
    }
    let form = Form::new(FormKind::Inspection, id, title);
    Some(result(cx, form, order, &i))
}

/// The next round of an inspection that failed: the same lot on the same terms, nothing counted.
pub(super) fn again(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let failed = cx.world.inspections.get(id)?;
    let order = cx.world.orders.get(failed.order_id)?;
    let title = words::FORM_RE_INSPECT.fill(cx.lang, &[&order.no]);
    let form = Form::new(FormKind::ReInspect, id, title);
    let i = Inspection {
        planned: Some(cx.today()),
        done_on: None,
        critical: 0,
        major: 0,
        minor: 0,
        defects: String::new(),
        note: String::new(),
        override_reason: String::new(),
        result: InspectionResult::Pending,
        ..failed.clone()
    };
    let form = begin(cx, form, order, &i)
        .date("planned", words::PLANNED_ON, Some(cx.today()))
        .required()
        .whole("sample", w::SAMPLE_SIZE, Some(i.sample))
        .note("note", w::NOTE, "");
    Some(titled(cx, form, &i))
}

fn result(cx: &Cx<'_>, form: Form, order: &Order, i: &Inspection) -> Form {
    let of = |r: InspectionResult| (r.code().to_owned(), r.word().text(cx.lang).to_owned());
    let mut verdicts = vec![(String::new(), cx.say(words::COMPUTED).to_owned())];
    verdicts.extend([of(InspectionResult::Passed), of(InspectionResult::Failed)]);
    let own = if i.override_reason.is_empty() {
        ""
    } else {
        i.result.code()
    };
    let count = |n: i64| Some(n).filter(|n| *n > 0);
    let form = begin(cx, form, order, i)
        .date("date", words::DONE_ON, i.done_on.or(Some(cx.today())))
        .required()
        .whole("sample", w::SAMPLE_SIZE, count(i.sample))
        .required()
        .whole("critical", w::CRITICAL, count(i.critical))
        .whole("major", w::MAJOR, count(i.major))
        .whole("minor", w::MINOR, count(i.minor))
        .note("defects", words::DEFECTS, i.defects.as_str())
        .choice("result", words::VERDICT, verdicts, own)
        .text(
            "override_reason",
            words::WHY_OTHER,
            i.override_reason.as_str(),
        )
        .note("note", w::NOTE, i.note.as_str());
    titled(cx, form, i)
}

/// Another lot, level or AQL proposes another sample and other limits.
pub(super) fn complete(form: &mut Form, field: &str, cx: &Cx<'_>) {
    let terms = [
        "of",
        "lot",
        "level",
        "critical_aql",
        "major_aql",
        "minor_aql",
    ];
    if !terms.contains(&field) {
        return;
    }
    let before = sample_of(form);
    if field == "of"
        && let Some(order) = order_of(form, cx)
    {
        let of = form.value("of").to_owned();
        let lot = lots(cx, order).into_iter().find(|(code, ..)| *code == of);
        if let Some((_, _, qty)) = lot.filter(|(_, _, qty)| qty.is_positive()) {
            set(form, "lot", qty.text());
        }
    }
    let now = stated(form);
    let (limits, proposed) = (rule::limits_of(&now), sample(&now));
    let typed = form.value("sample").trim().to_owned();
    let own = typed.parse::<i64>().is_ok_and(|n| n != before);
    if !own || form.hidden.get("proposed").is_some_and(|p| *p == typed) {
        set(form, "sample", proposed.to_string());
        form.hidden
            .insert("proposed".to_owned(), proposed.to_string());
    }
    let base = form.hidden.get("base").cloned().unwrap_or_default();
    form.title = format!("{base} — {}", words::limits_named(&limits, cx.lang));
}

fn set(form: &mut Form, key: &str, value: String) {
    if let Some(slot) = form.fields.iter_mut().find(|f| f.key == key) {
        slot.value = value;
    }
}

/// The sample that was proposed last; what the form opened with counts too.
fn sample_of(form: &Form) -> i64 {
    let proposed = form.hidden.get("proposed").and_then(|p| p.parse().ok());
    proposed.unwrap_or_else(|| form.value("sample").trim().parse().unwrap_or(0))
}

/// The terms that stand in the form.
fn stated(form: &Form) -> Inspection {
    Inspection {
        lot: datein::parse_amount(form.value("lot")).unwrap_or_default(),
        level: form.value("level").to_owned(),
        aql: aql_text(form),
        ..Inspection::default()
    }
}

fn aql_text(form: &Form) -> String {
    let value = |key: &str| form.value(key).to_owned();
    [
        value("critical_aql"),
        value("major_aql"),
        value("minor_aql"),
    ]
    .join("/")
}

fn order_of<'a>(form: &Form, cx: &Cx<'a>) -> Option<&'a Order> {
    let id = match form.kind {
        FormKind::Inspection | FormKind::ReInspect => {
            cx.world.inspections.get(form.subject)?.order_id
        }
        _ => form.subject,
    };
    cx.world.orders.get(id)
}

pub(super) fn save(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let order = found(order_of(form, cx), form.subject)?;
    let whole = |key| Ok::<_, Refusal>(v.whole(key)?.unwrap_or(0));
    let of = v.text("of");
    let id = |mark: &str| of.strip_prefix(mark).and_then(|id| id.parse().ok());
    let planning = matches!(form.kind, FormKind::PlanInspection | FormKind::ReInspect);
    let old = (form.kind == FormKind::Inspection).then_some(form.subject);
    let (planned, done_on) = if planning {
        (Some(v.needed_date("planned")?), None)
    } else {
        let planned = cx.world.inspections.find(old).and_then(|i| i.planned);
        (planned, Some(v.needed_date("date")?))
    };
    Ok(Command::SaveInspection(Box::new(SaveInspection {
        inspection_id: old,
        order_id: order.id,
        production_order_id: id("mo:"),
        shipment_id: id("sh:"),
        re_of: (form.kind == FormKind::ReInspect).then_some(form.subject),
        kind: v.code("kind", InspectionKind::of)?,
        planned,
        done_on,
        lot: v.amount_or_zero("lot")?,
        level: v.text("level"),
        aql: aql_text(form),
        sample: whole("sample")?,
        critical: whole("critical")?,
        major: whole("major")?,
        minor: whole("minor")?,
        result: InspectionResult::of(&v.text("result")),
        override_reason: v.text("override_reason"),
        defects: v.text("defects"),
        note: v.text("note"),
    })))
}
