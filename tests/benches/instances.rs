//! Scheduling instances in the `planbench-1` format as planner input.
#![allow(dead_code)] // Shared by a bench and a test that use different parts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use gendan::domain::calendar::{Calendar, Shift};
use gendan::domain::quantity::{MICRO, Micro};
use gendan::plan::input::{
    DAY, DeliveryPolicy, Job, Line, Minute, Operation, OperationState, PlanInput, PlanOptions,
    Release, Way, WorkCentre, day_of, minute_of,
};
use serde::Deserialize;

/// One line of an instance file.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Instance {
    pub(crate) family: String,
    pub(crate) name: String,
    pub(crate) t0: Option<String>,
    pub(crate) machines: Vec<usize>,
    #[serde(default)]
    pub(crate) calendars: Vec<Vec<(i64, i64)>>,
    #[serde(default)]
    pub machine_calendar: Vec<usize>,
    pub(crate) jobs: Vec<InstanceJob>,
    pub(crate) best: BestKnown,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct InstanceJob {
    pub(crate) r: i64,
    pub(crate) d: i64,
    pub(crate) w: i64,
    pub(crate) ops: Vec<Vec<(usize, i64)>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct BestKnown {
    pub(crate) value: i64,
    pub(crate) status: String,
}

/// Reads all instances of a folder's `.jsonl` files, by file name.
pub(crate) fn read_folder(folder: &Path) -> Vec<Instance> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|e| e.path()).collect())
        .unwrap_or_default();
    files.retain(|f| f.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for line in text.lines().filter(|l| !l.trim().is_empty()) {
            all.push(serde_json::from_str(line).unwrap());
        }
    }
    all
}

/// The minute an instance counts from.
pub(crate) fn origin(instance: &Instance) -> Minute {
    let text = instance.t0.as_deref().unwrap_or("2026-03-02T00:00");
    minute_of(format!("{text}:00").parse::<NaiveDateTime>().unwrap())
}

/// Open windows since `origin` as a calendar whose week is closed.
fn calendar(code: String, origin: Minute, windows: &[(i64, i64)]) -> Calendar {
    let mut days: BTreeMap<_, Vec<Shift>> = BTreeMap::new();
    for &(start, end) in windows {
        let (mut at, end) = (origin + start, origin + end);
        while at < end {
            let midnight = at.div_euclid(DAY) * DAY;
            let until = end.min(midnight + DAY);
            days.entry(day_of(at)).or_default().push(Shift {
                start: u16::try_from(at - midnight).unwrap(),
                end: u16::try_from(until - midnight).unwrap(),
            });
            at = until;
        }
    }
    Calendar {
        code,
        week: std::array::from_fn(|_| vec![]),
        days,
    }
}

/// The instance as planner input: now is its origin, every line has speed one.
pub(crate) fn input(instance: &Instance) -> PlanInput {
    let origin = origin(instance);
    let mut calendars = vec![Calendar::always("always")];
    for (n, windows) in instance.calendars.iter().enumerate() {
        calendars.push(calendar(format!("c{n}"), origin, windows));
    }
    let centres = (0..instance.machines.len())
        .map(|m| WorkCentre {
            code: format!("m{m}"),
            calendar: match instance.machine_calendar.get(m) {
                Some(c) => format!("c{c}"),
                None => "always".into(),
            },
            lines: (0..instance.machines[m])
                .map(|l| Line {
                    code: format!("m{m}.{l}"),
                    operators: 1,
                    efficiency: Micro::ONE,
                    ..Line::default()
                })
                .collect(),
            ..WorkCentre::default()
        })
        .collect();
    PlanInput {
        now: origin,
        calendars,
        centres,
        jobs: (0..instance.jobs.len())
            .map(|j| job(j, &instance.jobs[j], origin))
            .collect(),
        accepted: vec![],
        options: PlanOptions::default(),
    }
}

fn job(n: usize, job: &InstanceJob, origin: Minute) -> Job {
    Job {
        id: format!("J{n:05}"),
        order: format!("O{n}"),
        item: String::new(),
        family: String::new(),
        weight: Micro(job.w * MICRO),
        release: origin + job.r,
        release_by: Release::Free,
        due: origin + job.d,
        policy: DeliveryPolicy::All,
        frozen_until: None,
        operations: job
            .ops
            .iter()
            .enumerate()
            .map(|(k, ways)| Operation {
                seq: 10 * (k as i64 + 1),
                ways: ways
                    .iter()
                    .map(|(m, minutes)| Way::Centre {
                        centre: format!("m{m}"),
                        setup_minutes: Micro::ZERO,
                        minutes_per_unit: Micro::ZERO,
                        minutes_per_lot: Micro::whole(*minutes),
                    })
                    .collect(),
                state: OperationState::Open,
                ..Operation::default()
            })
            .collect(),
    }
}
