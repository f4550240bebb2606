//! Pins, running operations and frozen days: what planning must leave where it is.

use crate::plan::finding::{DATE_REACH, Fault, Finding, Place};
use crate::plan::input::{Accepted, DAY, Minute, Operation, OperationState, PlanInput, Way};
use crate::plan::problem::compile::{number, op_index};
use crate::plan::problem::resources::Resources;
use crate::plan::problem::{Bank, Fixed, NONE, Problem, ReadyBy, Reserved};

/// Gives every pinned, running or frozen operation its line and time, in order of start.
pub(super) fn place_fixed(input: &PlanInput, resources: &Resources<'_>, problem: &mut Problem) {
    note_accepted(input, resources, problem);
    let mut held: Vec<(Minute, u32, u32)> = Vec::new();
    for n in 0..problem.ops.len() {
        let Some((op, operation)) = source(input, problem, n) else {
            continue;
        };
        let wish = wish_of(input, problem, n, operation);
        let line = match &wish.line {
            Some(code) => {
                let found = find_line(operation, resources, code);
                if found.is_none() {
                    let on = place(input, problem, n);
                    let fault = Fault::NoSuchLine(code.clone());
                    problem.findings.push(Finding { on, fault });
                }
                found.or(wish.slot)
            }
            None => wish.slot,
        };
        if let Some(slot) = problem.ops.get_mut(n) {
            slot.only_line = line.unwrap_or(NONE);
        }
        if let Some(start) = wish.start {
            held.push((start, op, line.unwrap_or(NONE)));
        }
    }
    held.sort_unstable();
    for (start, op, line) in held {
        hold(input, problem, op, start, line);
    }
}

fn source<'a>(input: &'a PlanInput, problem: &Problem, n: usize) -> Option<(u32, &'a Operation)> {
    let op = problem.ops.get(n)?;
    let job = problem.jobs.get(op.job as usize)?;
    let operation = input
        .jobs
        .get(job.source as usize)?
        .operations
        .get(op.source as usize)?;
    Some((number(n), operation))
}

fn place(input: &PlanInput, problem: &Problem, n: usize) -> Place {
    let job = problem
        .ops
        .get(n)
        .and_then(|o| problem.jobs.get(o.job as usize))
        .and_then(|j| input.jobs.get(j.source as usize));
    Place::Operation {
        job: job.map_or_else(String::new, |j| j.id.clone()),
        seq: source(input, problem, n).map_or(0, |s| s.1.seq),
    }
}

/// Where an operation has to stay.
#[derive(Default)]
struct Wish {
    line: Option<String>,
    /// A line that is known by number already.
    slot: Option<u32>,
    start: Option<Minute>,
}

fn wish_of(input: &PlanInput, problem: &Problem, n: usize, operation: &Operation) -> Wish {
    if let OperationState::Running { line, started } = &operation.state {
        return Wish {
            line: Some(line.clone()),
            slot: None,
            start: Some((*started).min(input.now)),
        };
    }
    let pinned = operation
        .pin
        .as_ref()
        .map_or_else(Wish::default, |pin| Wish {
            line: pin.line.clone(),
            slot: None,
            start: pin.start,
        });
    if pinned.start.is_some() {
        return pinned;
    }
    let Some(op) = problem.ops.get(n) else {
        return pinned;
    };
    let (Some(start), line) = (op.accepted_start, op.accepted_line) else {
        return pinned;
    };
    let job = problem
        .jobs
        .get(op.job as usize)
        .and_then(|j| input.jobs.get(j.source as usize));
    let until = job.and_then(|j| j.frozen_until).unwrap_or(Minute::MIN);
    let days = problem
        .lines
        .get(line as usize)
        .and_then(|l| problem.banks.get(l.bank as usize))
        .and_then(|b| input.centres.get(b.centre as usize))
        .map_or(0, |c| c.frozen_days);
    let zone = input.now.saturating_add(days.max(0).saturating_mul(DAY));
    // What should have started already and did not is not frozen: it has to move.
    let inside = start >= input.now && (start < until || (days > 0 && start < zone));
    // A line the user has pinned since then is a wish to move it.
    let elsewhere = match (&pinned.line, line_code(input, problem, line)) {
        (Some(wish), Some(code)) => wish != code,
        _ => false,
    };
    if inside && !elsewhere {
        return Wish {
            line: None,
            slot: (line != NONE).then_some(line),
            start: Some(start),
        };
    }
    pinned
}

fn line_code<'a>(input: &'a PlanInput, problem: &Problem, line: u32) -> Option<&'a str> {
    let slot = problem.lines.get(line as usize)?;
    let bank = problem.banks.get(slot.bank as usize)?;
    let centre = input.centres.get(bank.centre as usize)?;
    centre
        .lines
        .get(slot.line as usize)
        .map(|l| l.code.as_str())
}

fn find_line(operation: &Operation, resources: &Resources<'_>, code: &str) -> Option<u32> {
    operation.ways.iter().find_map(|w| match w {
        Way::Centre { centre, .. } => resources.line_codes.get(&(centre.as_str(), code)).copied(),
        Way::Outside { .. } => None,
    })
}

/// Notes line and start of the plan in force on each operation.
fn note_accepted(input: &PlanInput, resources: &Resources<'_>, problem: &mut Problem) {
    if input.accepted.is_empty() {
        return;
    }
    let index = op_index(input, problem);
    let near = |t: Minute| t.saturating_sub(input.now).saturating_abs() <= DATE_REACH;
    for accepted in input.accepted.iter().filter(|a| near(a.start)) {
        let Some(n) = index.get(&(accepted.job.clone(), accepted.seq)) else {
            continue;
        };
        let line = accepted_line(input, problem, resources, *n, accepted);
        if let Some(op) = problem.ops.get_mut(*n as usize) {
            op.accepted_line = line.unwrap_or(NONE);
            op.accepted_start = Some(accepted.start);
        }
    }
}

fn accepted_line(
    input: &PlanInput,
    problem: &Problem,
    resources: &Resources<'_>,
    op: u32,
    accepted: &Accepted,
) -> Option<u32> {
    let banks = || {
        problem
            .ways_of(op)
            .iter()
            .filter_map(|w| Some((w.bank, problem.banks.get(w.bank as usize)?)))
    };
    if accepted.line.is_empty() {
        // Work outside and drying have no line's code, but a place without limit.
        let code = |b: &Bank| {
            input
                .centres
                .get(b.centre as usize)
                .map(|c| c.code.as_str())
        };
        let unlimited = |b: &(u32, &Bank)| b.1.infinite;
        return banks()
            .filter(unlimited)
            .find(|b| code(b.1) == Some(&accepted.centre))
            .or_else(|| banks().filter(unlimited).find(|b| code(b.1).is_none()))
            .map(|b| b.1.first_line);
    }
    let key = (accepted.centre.as_str(), accepted.line.as_str());
    let line = resources.line_codes.get(&key).copied()?;
    let bank = problem.lines.get(line as usize)?.bank;
    banks().any(|b| b.0 == bank).then_some(line)
}

/// Reserves the line of one operation; without a line, the first that is free then.
fn hold(input: &PlanInput, problem: &mut Problem, op: u32, start: Minute, line: u32) {
    let line = if line == NONE {
        free_line(problem, op, start)
    } else {
        line
    };
    let running = source(input, problem, op as usize)
        .is_some_and(|(_, o)| matches!(o.state, OperationState::Running { .. }));
    // A running operation has its rest still to do from now on.
    let from = if running { input.now } else { start };
    let end = end_on(problem, op, line, from);
    let infinite = problem.bank_of(line).infinite;
    let overlap = problem.lines.get(line as usize).and_then(|l| {
        l.reserved
            .iter()
            .find(|r| r.start < end && start < r.end)
            .map(|r| r.op)
    });
    if let Some(other) = overlap.filter(|_| !infinite) {
        let with = match place(input, problem, other as usize) {
            Place::Operation { job, seq } => format!("{job}/{seq}"),
            _ => String::new(),
        };
        let on = place(input, problem, op as usize);
        let fault = Fault::PinsOverlap { with };
        problem.findings.push(Finding { on, fault });
    }
    if let Some(slot) = problem.lines.get_mut(line as usize).filter(|_| !infinite) {
        let reserved = Reserved { start, end, op };
        let at = slot.reserved.partition_point(|r| *r < reserved);
        slot.reserved.insert(at, reserved);
    }
    if let Some(o) = problem.ops.get_mut(op as usize) {
        o.fixed = Some(Fixed { line, start, end });
        o.ready_by = ReadyBy::Pin;
        o.only_line = line;
    }
}

fn end_on(problem: &Problem, op: u32, line: u32, from: Minute) -> Minute {
    let way = problem.way_on(op, line);
    problem.timeline_of(line).advance(from, way.work)
}

fn free_line(problem: &Problem, op: u32, start: Minute) -> u32 {
    let lines = || {
        problem
            .ways_of(op)
            .iter()
            .flat_map(|w| problem.lines_of_bank(w.bank))
    };
    let free = |line: &u32| {
        let end = end_on(problem, op, *line, start);
        problem
            .lines
            .get(*line as usize)
            .is_some_and(|l| l.reserved.iter().all(|r| r.end <= start || end <= r.start))
    };
    lines().find(free).or_else(|| lines().next()).unwrap_or(0)
}
