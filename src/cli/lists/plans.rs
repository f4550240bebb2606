//! `plan` and `promise`: what is computed, for people and for programs.

use super::*;

pub(in crate::cli) fn plan(setting: &Setting, format: Format, accept: bool) -> Result<(), Failure> {
    let access = if accept { Access::Write } else { Access::Read };
    let mut l = load(setting, access)?;
    match format {
        Format::Json => print(&format!("{:#}\n", plan_json(&l)))?,
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
    for (id, finish) in &l.outlook.finishes {
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
    let used: i64 = l.outlook.loads.iter().map(|x| x.used_minutes).sum();
    let available: i64 = l.outlook.loads.iter().map(|x| x.available_minutes).sum();
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

pub(in crate::cli) fn promise(setting: &Setting, no: &str, format: Format) -> Result<(), Failure> {
    let l = load(setting, Access::Read)?;
    let order = l.world.orders.iter().find(|o| o.no == no);
    let Some(order) = order else {
        return Err(Failure(NO_ORDER.fill(setting.lang, &[no])));
    };
    let planned = gather::promise_of_planned(&l.world, &l.outlook, order);
    let found = l.outlook.promises.get(&order.id).or(planned.as_ref());
    let Some(found) = found.filter(|p| p.date.is_some()) else {
        return Err(Failure(NO_DATE.fill(setting.lang, &[no])));
    };
    if format == Format::Json {
        return print(&format!("{:#}\n", gather::promise_json(found)));
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
