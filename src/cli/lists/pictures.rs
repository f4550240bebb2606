//! `list schedule` and `list load`: the numbers of the Gantt chart and of the load map.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::*;
use crate::app::outlook::{percent, week_of};
use crate::domain::rule::production;

/// The periods of `list load`, the bars of `list pareto`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum LoadBy {
    #[default]
    Week,
    Day,
    Cause,
    Supplier,
    Department,
}

pub(super) fn schedule(l: &Loaded, order: Option<i64>) -> Rows {
    let mut rows = Vec::new();
    for (id, place) in l.outlook.places.iter() {
        let Some(operation) = l.world.operations.get(*id) else {
            continue;
        };
        let Some(made) = l.world.production_orders.get(place.production_order_id) else {
            continue;
        };
        let owner = production::owner(&l.world, made).map(|(o, _)| o.id);
        if !mine(order, owner) {
            continue;
        }
        let (centre, line) = place_of(l, place);
        let finish = l.outlook.finishes.get(&made.id);
        rows.push(vec![
            Value::from(made.no.clone()),
            order_no(&l.world, owner),
            Value::from(operation.seq),
            Value::from(operation.name.clone()),
            centre,
            line,
            Value::from(place.starts.text()),
            Value::from(place.ends.text()),
            Value::from(place.bound.code()),
            Value::from(place.by.clone()),
            Value::from(place.work_minutes),
            Value::from(place.float_minutes),
            Value::from(place.latest_start.text()),
            Value::from(finish.map_or(0, |f| f.late_days)),
            Value::from(place.critical),
            Value::from(operation.pinned),
        ]);
    }
    let names = [
        "production_order",
        "order",
        "seq",
        "operation",
        "work_centre",
        "line",
        "start",
        "end",
        "why",
        "by",
        "work_minutes",
        "float_minutes",
        "latest_start",
        "late_days",
        "critical",
        "pinned",
    ];
    named(&names, rows)
}

/// The load of every work centre; with an order, also what it would add.
pub(super) fn loads(l: &Loaded, by: LoadBy, order: Option<i64>) -> Rows {
    let (all, period) = match by {
        LoadBy::Day => (&l.outlook.load_days, "day"),
        _ => (&l.outlook.loads, "week"),
    };
    let mut adds: BTreeMap<(i64, NaiveDate), i64> = BTreeMap::new();
    let promise = order.and_then(|id| l.outlook.promises.get(&id));
    for add in promise.map(|p| p.adds.as_slice()).unwrap_or_default() {
        let from = match by {
            LoadBy::Day => add.day,
            _ => week_of(add.day),
        };
        *adds.entry((add.work_centre_id, from)).or_insert(0) += add.minutes;
    }
    let row = |load: &crate::app::outlook::Load| {
        let centre = l.world.work_centres.get(load.work_centre_id);
        let added = adds.get(&(load.work_centre_id, load.from)).copied();
        let with = load.used_minutes + added.unwrap_or(0);
        vec![
            Value::from(centre.map(|c| c.code.clone()).unwrap_or_default()),
            Value::from(load.from.to_string()),
            Value::from(load.available_minutes),
            Value::from(load.used_minutes),
            Value::from(load.percent()),
            Value::from(load.wanted_minutes),
            Value::from(load.wanted_percent()),
            Value::from(load.blocked_minutes),
            Value::from(load.overtime_minutes),
            Value::from(added.unwrap_or(0)),
            Value::from(percent(with, load.available_minutes)),
        ]
    };
    let names = [
        "work_centre",
        period,
        "available_minutes",
        "used_minutes",
        "percent",
        "wanted_minutes",
        "wanted_percent",
        "blocked_minutes",
        "overtime_minutes",
        "added_minutes",
        "percent_with_order",
    ];
    named(&names, all.iter().map(row).collect())
}
