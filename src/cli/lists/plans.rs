//! `plan` and `promise`: what is computed, for people and for programs.

use super::*;
use crate::domain::rule::{delivery, production};
use crate::domain::world::Scope;

use crate::app::outlook::RushedOrder;

pub(in crate::cli) fn plan(setting: &Setting, format: Format, accept: bool) -> Result<(), Failure> {
    let access = if accept { Access::Write } else { Access::Read };
    let mut l = load(setting, access, true, Scope::OffShelf)?;
    match format {
        Format::Json => print(&crate::text::safe::escaped_json(&format!(
            "{:#}\n",
            plan_json(&l)
        )))?,
        _ => write(&schedule(&l, None), format)?,
    }
    let late = l
        .outlook
        .finishes
        .values()
        .filter(|f| f.late_days > 0)
        .count();
    let count = l.outlook.finishes.len().to_string();
    crate::cli::data::say(&PLAN_SAID.fill(setting.lang, &[&count, &late.to_string()]));
    for finding in &l.outlook.findings {
        crate::cli::data::say(match setting.lang {
            crate::text::Lang::Zh => &finding.text_zh,
            crate::text::Lang::En => &finding.text_en,
        });
    }
    if !accept {
        return Ok(());
    }
    let placements: Vec<Placement> = l
        .outlook
        .places
        .iter()
        .map(|(id, p)| Placement {
            operation_id: *id,
            line_id: p.line_id,
            starts: p.starts,
            ends: p.ends,
        })
        .collect();
    let command = Command::AcceptPlan(AcceptPlan {
        placements,
        note: String::new(),
    });
    command::apply(&mut l.store, &l.world, &command)
        .map_err(|refused| Failure(refusal::sentence(&refused, setting.lang)))?;
    crate::cli::data::say(ACCEPTED.text(setting.lang));
    Ok(())
}

/// The plan as INTERCHANGE fixes it.
fn plan_json(l: &Loaded) -> Value {
    let mut list = Vec::new();
    let (mut weighted, mut late) = (crate::domain::quantity::Micro::ZERO, 0);
    for (id, finish) in l.outlook.finishes.iter() {
        let Some(made) = l.world.production_orders.get(*id) else {
            continue;
        };
        let operation = |(at, place): (&i64, &Place)| {
            let operation = l.world.operations.get(*at)?;
            let (centre, line) = place_of(l, place);
            Some(json!({
                "seq": operation.seq, "work_centre": centre, "line": line,
                "start": place.starts.text(), "end": place.ends.text(),
                "why": { "kind": place.bound.code(), "by": place.by },
            }))
        };
        let places = l
            .outlook
            .places
            .iter()
            .filter(|(_, p)| p.production_order_id == *id);
        let operations: Vec<Value> = places.filter_map(operation).collect();
        if finish.late_days > 0 {
            late += 1;
            let weight =
                production::owner(&l.world, made).map(|(o, _)| delivery::weight(&l.world, o));
            let days = crate::domain::quantity::Micro::whole(finish.late_days);
            weighted += weight
                .unwrap_or(crate::domain::quantity::Micro::ONE)
                .times(days);
        }
        list.push(json!({
            "no": made.no, "start": finish.starts.text(), "finish": finish.ends.text(),
            "due": date(finish.due), "late_days": finish.late_days, "operations": operations,
        }));
    }
    // As far as there is work: the weeks after it would only thin it out.
    let last = l.outlook.finishes.values().map(|f| f.ends.date()).max();
    let loads = || l.outlook.loads.iter().filter(|x| Some(x.from) <= last);
    let used: i64 = loads().map(|x| x.used_minutes).sum();
    let available: i64 = loads().map(|x| x.available_minutes).sum();
    let utilisation =
        crate::domain::quantity::Micro(used).over(crate::domain::quantity::Micro(available));
    json!({
        "production_orders": list,
        "totals": {
            "orders": l.outlook.finishes.len(), "late": late,
            "weighted_late_days": weighted.text(), "utilisation": utilisation.text(),
        },
    })
}

/// Writes the earliest date of an order; with `rushed`, who would make way for it too.
pub(in crate::cli) fn promise(
    setting: &Setting,
    no: &str,
    rushed: bool,
    format: Format,
) -> Result<(), Failure> {
    let l = load(setting, Access::Read, true, Scope::OffShelf)?;
    let order = l.world.orders.iter().find(|o| o.no == no);
    let Some(order) = order else {
        return Err(Failure(NO_ORDER.fill(setting.lang, &[no])));
    };
    let planned = gather::promise_of_planned(&l.world, &l.outlook, order);
    let found = l.outlook.promises.get(&order.id).or(planned.as_ref());
    let Some(found) = found.filter(|p| p.date.is_some()) else {
        return Err(Failure(NO_DATE.fill(setting.lang, &[no])));
    };
    let pushed = if rushed && l.outlook.promises.contains_key(&order.id) {
        gather::rush(&l.world, setting.clock.now(), &l.outlook, order)
    } else {
        None
    };
    if format == Format::Json {
        let mut json = gather::promise_json(found);
        if let (Some(pushed), Some(all)) = (&pushed, json.as_object_mut()) {
            all.insert("rush".to_owned(), rush_json(pushed));
        }
        return print(&crate::text::safe::escaped_json(&format!("{json:#}\n")));
    }
    if let Some(pushed) = pushed {
        return rush_rows(setting, &pushed, found.due, format);
    }
    let rows = found.chain.iter().map(|link| {
        vec![
            Value::from(link.what.clone()),
            Value::from(link.from.text()),
            Value::from(link.to.text()),
            Value::from(crate::text::bound::because(
                link.bound,
                &link.by,
                setting.lang,
            )),
        ]
    });
    write(
        &named(&["what", "from", "to", "why"], rows.collect()),
        format,
    )?;
    crate::cli::data::say(&found.date.map(|d| d.to_string()).unwrap_or_default());
    Ok(())
}

/// Who makes way for a rush order, as the screen shows it.
fn rush_rows(
    setting: &Setting,
    pushed: &RushedOrder,
    asked: Option<chrono::NaiveDate>,
    format: Format,
) -> Result<(), Failure> {
    let row = |v: &crate::app::outlook::Victim| {
        vec![
            Value::from(v.no.clone()),
            Value::from(v.order_no.clone()),
            date(v.due),
            Value::from(v.finish_before.text()),
            Value::from(v.finish_after.text()),
            Value::from(v.late_days_before),
            Value::from(v.late_days_after),
        ]
    };
    let names = [
        "production_order",
        "order",
        "due",
        "finish_before",
        "finish_after",
        "late_days_before",
        "late_days_after",
    ];
    write(
        &named(&names, pushed.victims.iter().map(row).collect()),
        format,
    )?;
    for sentence in crate::text::weighed::rush(pushed, asked, setting.lang) {
        crate::cli::data::say(&sentence);
    }
    Ok(())
}

fn rush_json(pushed: &RushedOrder) -> Value {
    let victim = |v: &crate::app::outlook::Victim| {
        json!({ "no": v.no, "order": v.order_no, "due": date(v.due),
            "finish_before": v.finish_before.text(), "finish_after": v.finish_after.text(),
            "late_days_before": v.late_days_before, "late_days_after": v.late_days_after })
    };
    json!({ "date": pushed.date.to_string(), "quiet": date(pushed.quiet),
        "victims": pushed.victims.iter().map(victim).collect::<Vec<_>>() })
}

/// Production orders by the accepted plan, the computed one and the promises.
pub(super) fn comparison(l: &Loaded, order: Option<i64>) -> Rows {
    let row = |c: crate::plan::gather::Compared| {
        vec![
            Value::from(c.no),
            order_no(&l.world, c.order_id),
            date(c.requested),
            date(c.first_promise),
            date(c.latest_promise),
            date(c.accepted),
            date(Some(c.computed)),
            Value::from(c.days),
            Value::from(c.late_days),
        ]
    };
    let rows = gather::compared(&l.world, &l.outlook)
        .into_iter()
        .filter(|c| mine(order, c.order_id))
        .map(row)
        .collect();
    let names = [
        "production_order",
        "order",
        "requested_date",
        "first_promise",
        "latest_promise",
        "accepted_end",
        "computed_end",
        "days_later",
        "late_days",
    ];
    named(&names, rows)
}

/// The accepted plans, newest first, with how calm each was.
pub(super) fn baselines(l: &Loaded) -> Rows {
    let row = |b: crate::domain::rule::baseline::Baseline| {
        let plan = l.world.plans.get(b.plan_id);
        vec![
            Value::from(plan.map(|p| p.accepted_at.text())),
            Value::from(plan.map(|p| p.accepted_by.clone())),
            Value::from(b.placed),
            Value::from(b.known),
            Value::from(b.moved),
            Value::from(b.stability.text()),
            Value::from(b.later),
            Value::from(b.earlier),
            Value::from(plan.map(|p| p.note.clone())),
        ]
    };
    let rows = crate::domain::rule::baseline::history(&l.world);
    let names = [
        "accepted_at",
        "accepted_by",
        "placed",
        "known",
        "moved",
        "stability",
        "later",
        "earlier",
        "note",
    ];
    named(&names, rows.into_iter().map(row).collect())
}

/// What each planning principle does to the plan.
pub(super) fn rules(setting: &Setting, l: &Loaded) -> Rows {
    let row = |e: &crate::app::outlook::PrincipleEffect| {
        vec![
            Value::from(crate::text::planning::effect_name(e, setting.lang)),
            Value::from(e.late),
            Value::from(e.weighted_late_days.text()),
            Value::from(e.changeovers),
            Value::from(e.gain),
            Value::from(e.lose),
        ]
    };
    let found = gather::principles(&l.world, setting.clock.now());
    let names = [
        "rules",
        "late",
        "weighted_late_days",
        "changeovers",
        "earlier",
        "later",
    ];
    named(&names, found.iter().map(row).collect())
}
