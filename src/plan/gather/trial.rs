//! The earliest date of an order that is still open: as one more job on the computed plan.

use super::*;

/// The earliest date of each order that is still open, as one more job on the computed plan.
pub(super) fn promises(
    world: &World,
    now: Moment,
    input: &PlanInput,
    plan: &PlanOutcome,
    out: &mut Outlook,
) {
    let mut book = Book::new(input, plan);
    for order in world
        .orders
        .iter()
        .filter(|o| o.state == OrderState::Open && !o.on_hold)
    {
        let mut best = Promise::default();
        for line in world.order_lines.of(order.id) {
            let Some(job) = trial(world, order, line, now) else {
                continue;
            };
            let found = book.promise(&job);
            let date = found.finish.map(end_day_of);
            if best.date.is_none() || date > best.date {
                best = told(&job, &found, date);
            }
        }
        if best.date.is_some() {
            out.promises.insert(order.id, best);
        }
    }
}

/// The promise of one order with everything a program may ask of it.
#[derive(Debug, Clone)]
pub struct Answer {
    pub date: Option<NaiveDate>,
    pub chain: Vec<Link>,
    /// The answer as the interchange format fixes it.
    pub json: serde_json::Value,
}

/// The earliest date of an order, with the binding chains and the levers; `None` where no line of
/// it has a routing.
#[must_use]
pub fn promise_of(world: &World, now: Moment, order: &Order) -> Option<Answer> {
    use serde_json::json;
    let input = input(world, now, &kit::kits(&supply::input(world, now.date())));
    let mut stop = |_| Signal::Go { ppm: 0 };
    let mut planner = Planner::new(&input);
    planner.rules(&mut stop);
    planner.improve(Effort::Moves(MOVES), &mut stop);
    let plan = planner.outcome();
    let mut book = Book::new(&input, &plan);
    let mut best: Option<(Job, crate::plan::promise::Promise)> = None;
    for line in world.order_lines.of(order.id) {
        let Some(job) = trial(world, order, line, now) else {
            continue;
        };
        let found = book.promise_with_levers(&job);
        if best.as_ref().is_none_or(|(_, b)| found.finish > b.finish) {
            best = Some((job, found));
        }
    }
    let (job, found) = best?;
    let date = found.finish.map(end_day_of);
    let simple = told(&job, &found, date);
    let link = |l: &Link| {
        json!({ "what": l.what, "from": l.from.text(), "to": l.to.text(),
            "why": { "kind": l.bound.code(), "by": l.by } })
    };
    let chain = |c: &crate::plan::promise::Chain| {
        let links: Vec<_> = c
            .links
            .iter()
            .map(|l| {
                let why = l.waits_for.as_ref();
                json!({ "what": format!("{} {}", l.seq, l.work_centre), "from": moment(l.span.start).text(),
                    "to": moment(l.span.end).text(),
                    "why": why.map(|w| json!({ "kind": w.kind.code(), "by": w.by.code() })) })
            })
            .collect();
        json!({ "date": end_day_of(c.finish).to_string(), "chain": links })
    };
    let quantity: Vec<_> = found
        .quantity_by_date
        .iter()
        .map(|(at, qty)| json!({ "date": end_day_of(*at).to_string(), "qty": qty.text() }))
        .collect();
    let levers: Vec<_> = found
        .levers
        .iter()
        .map(
            |l| json!({ "what": planning::lever(&l.kind, Lang::En), "days_gained": l.days_gained }),
        )
        .collect();
    let json = json!({
        "date": date.map(|d| d.to_string()),
        "quantity_by_date": quantity,
        "chain": simple.chain.iter().map(link).collect::<Vec<_>>(),
        "next_chains": found.chains.iter().skip(1).map(chain).collect::<Vec<_>>(),
        "levers": levers,
    });
    Some(Answer {
        date,
        chain: simple.chain,
        json,
    })
}

fn told(job: &Job, found: &crate::plan::promise::Promise, date: Option<NaiveDate>) -> Promise {
    let name = |seq: i64| {
        job.operations
            .iter()
            .find(|o| o.seq == seq)
            .map(|o| o.name.clone())
            .unwrap_or_default()
    };
    let link = |o: &crate::plan::promise::PromisedOperation| Link {
        what: format!("{} {}", name(o.seq), o.line).trim().to_owned(),
        from: moment(o.start),
        to: moment(o.end),
        bound: bound(o.why.kind),
        by: o.why.by.code(),
    };
    Promise {
        date,
        unlimited: found.unlimited.map(end_day_of),
        chain: found.operations.iter().map(link).collect(),
    }
}

/// An order line as if it were made: its routing, its parts by lead time where stock does not do.
fn trial(world: &World, order: &Order, line: &OrderLine, now: Moment) -> Option<Job> {
    let item = world.items.find(line.item_id)?;
    let today = now.date();
    let first = world.routing_steps.of(item.id).map(|s| s.seq).min()?;
    let (ready, by) = parts_ready(world, item, line.qty, today);
    let step = |s: &crate::domain::item::RoutingStep| {
        let centre = world.work_centres.get(s.work_centre_id);
        let code = centre.map(|c| c.code.clone()).unwrap_or_default();
        let way = match s.outsource_days {
            Some(days) => Way::Outside {
                supplier: code,
                days,
                calendar: None,
            },
            None => Way::Centre {
                centre: code,
                setup_minutes: s.setup_minutes,
                minutes_per_unit: s.minutes_per_unit,
                minutes_per_lot: Micro::ZERO,
            },
        };
        let waits = s.seq == first && ready > today;
        Operation {
            seq: s.seq,
            name: s.name.clone(),
            ways: vec![way],
            qty: line.qty,
            wait_after_minutes: s.wait_minutes.0 / Micro::ONE.0,
            transfer_qty: s.transfer_qty,
            material: waits.then(|| Material {
                ready: due_minute(ready),
                item: by.clone(),
                reference: ready.to_string(),
            }),
            ..Operation::default()
        }
    };
    let due =
        delivery::line_due(line).or_else(|| today.checked_add_days(Days::new(NO_DATE_DAYS)))?;
    Some(Job {
        id: format!("{}/{}", order.no, line.no),
        order: order.no.clone(),
        item: item.code.clone(),
        family: item.family.clone(),
        weight: delivery::weight(world, order),
        release: minute_of(now.0),
        due: due_minute(due),
        operations: world.routing_steps.of(item.id).map(step).collect(),
        ..Job::default()
    })
}

/// When the parts of a trial could be there: today where free stock does, else after the lead time.
fn parts_ready(
    world: &World,
    item: &crate::domain::item::Item,
    qty: Qty,
    today: NaiveDate,
) -> (NaiveDate, String) {
    let calendar = world.factory_calendar();
    let mut latest = (today, String::new());
    for line in world.bom_lines.of(item.id) {
        let Some(part) = world.items.get(line.component_id) else {
            continue;
        };
        let need = supply::component_need(world, item, line, qty);
        if purchase::usable(part) >= need {
            continue;
        }
        let lead = i32::try_from(part.lead_days).unwrap_or(0).min(3_650);
        let date = calendar.add_days(today, lead).unwrap_or(today);
        if date > latest.0 {
            latest = (date, part.name.clone());
        }
    }
    latest
}
