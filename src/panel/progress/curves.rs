//! Plan against actual as charts: of the whole order, then of each operation.

use crate::app::outlook::{Curve, OperationPace, curves, imbalance};
use crate::domain::order::Order;
use crate::domain::quantity::Qty;
use crate::panel::build::{fact, text};
use crate::panel::{Cell, Chart, Content, Curves, Cx, Part, PartKind};
use crate::text::{Word, format, progress as t, show, words as w};
use crate::theme::Role;

pub(super) fn part(cx: &Cx<'_>, order: &Order) -> Part {
    let mut charts = Vec::new();
    let made = super::operations::made(cx, order);
    if let Some((curve, mut each)) = curves(cx.world, cx.outlook, order, cx.now) {
        let title = t::WHOLE_ORDER.fill(cx.lang, &[&order.no]);
        let mut facts = stand(cx, &curve);
        if let Some((day, range)) = super::forecast(cx, &made) {
            let said = t::range(day, range, cx.today(), cx.lang);
            facts.push(fact(w::FORECAST, text(said), cx.lang));
        }
        charts.push(chart(cx, 0, title, &curve, facts));
        for (made, operation) in super::operations::all(cx, &made) {
            let curve = each.remove(&operation.id).unwrap_or_default();
            let title = t::OF_OPERATION.fill(
                cx.lang,
                &[&made.no, &operation.seq.to_string(), &operation.name],
            );
            let mut facts = stand(cx, &curve);
            if let Some(pace) = cx.outlook.paces.get(&operation.id) {
                facts.extend(paced(cx, pace));
            }
            charts.push(chart(cx, operation.id, title, &curve, facts));
        }
    }
    Part {
        kind: PartKind::Curve,
        title: t::PART_CURVE,
        count: None,
        content: Content::Curves(Curves { charts }),
    }
}

/// What should be made by now, what is, and the difference.
fn stand(cx: &Cx<'_>, curve: &Curve) -> Vec<(String, Cell)> {
    let Some((_, plan, actual)) = curve.now() else {
        return Vec::new();
    };
    let whole = |q: Qty| format::qty(q.round_to(0));
    let said = |word: Word, q: Qty, role| fact(word, Cell::new(whole(q), role), cx.lang);
    let mut out = vec![said(t::ACTUAL_NOW, actual, Role::Base)];
    if let Some(plan) = plan {
        out.push(said(t::PLAN_NOW, plan, Role::Base));
        if plan > actual {
            out.push(said(t::BEHIND, plan - actual, Role::Warn));
        } else if actual > plan {
            out.push(said(t::AHEAD, actual - plan, Role::Ok));
        }
    }
    out
}

fn paced(cx: &Cx<'_>, pace: &OperationPace) -> Vec<(String, Cell)> {
    let whole = |q: Qty| format::qty(q.round_to(0));
    let mut out = Vec::new();
    if pace.pace.rate_per_day.is_positive() {
        let role = if pace.is_slow() {
            Role::Bad
        } else {
            Role::Base
        };
        let rate = Cell::new(whole(pace.pace.rate_per_day), role);
        out.push(fact(t::LAST_RATE, rate, cx.lang));
        let carried = text(whole(pace.pace.carried_per_day));
        out.push(fact(t::CARRIED, carried, cx.lang));
    }
    let needed = pace
        .pace
        .required_per_day
        .filter(|_| pace.left.is_positive());
    if let Some(needed) = needed {
        out.push(fact(t::NEEDED, text(whole(needed)), cx.lang));
    }
    if let (Some(by), true) = (pace.needed_by, pace.left.is_positive()) {
        let by = show::day(by, cx.today(), cx.lang);
        out.push(fact(t::NEEDED_BY, text(by), cx.lang));
    }
    if let (Some(day), Some(range)) = (pace.finish(), pace.range()) {
        let role = if pace.late_days > 0 {
            Role::Bad
        } else {
            Role::Base
        };
        let said = t::range(day, range, cx.today(), cx.lang);
        out.push(fact(w::FORECAST, Cell::new(said, role), cx.lang));
    }
    out
}

fn chart(cx: &Cx<'_>, id: i64, title: String, curve: &Curve, facts: Vec<(String, Cell)>) -> Chart {
    let values = |list: &[Option<Qty>]| list.iter().map(|v| v.map(|q| q.0)).collect();
    let place = |day: chrono::NaiveDate| usize::try_from((day - curve.first).num_days()).ok();
    let finish = match id {
        0 => None,
        id => cx.outlook.paces.get(&id).and_then(OperationPace::finish),
    };
    let all = [&curve.plan, &curve.actual, &curve.forecast];
    let highest = all.iter().flat_map(|v| v.iter().flatten()).max().copied();
    let top = highest.unwrap_or_default().max(curve.target);
    Chart {
        id,
        title,
        facts,
        plan: values(&curve.plan),
        actual: values(&curve.actual),
        forecast: values(&curve.forecast),
        top: top.0,
        top_label: format::qty(top.round_to(0)),
        start_label: curve.first.format("%m-%d").to_string(),
        end_label: curve.last().format("%m-%d").to_string(),
        now: place(cx.today()),
        mark: finish.and_then(place),
    }
}

/// What should be looked at: operations silent for longer than usual, and those that hold up.
pub(super) fn watch(cx: &Cx<'_>, order: &Order) -> Vec<String> {
    let mut out = Vec::new();
    let all = super::operations::made(cx, order);
    for (_, operation) in super::operations::all(cx, &all) {
        let pace = cx.outlook.paces.get(&operation.id);
        if let Some(silence) = pace.filter(|p| p.is_silent()).and_then(|p| p.silence) {
            out.push(t::silent(&operation.name, silence, cx.lang));
        }
    }
    let name = |id: i64| cx.world.operations.get(id).map_or("", |o| o.name.as_str());
    for made in all {
        if let Some(found) = imbalance(cx.world, &cx.outlook.paces, made) {
            let (slow, ahead) = (name(found.holds_up), name(found.ahead));
            out.push(t::imbalance(slow, ahead, found.queue, found.days, cx.lang));
        }
    }
    out
}
