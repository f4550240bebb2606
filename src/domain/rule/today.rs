//! The list of the morning: one line a thing, worst expected loss first.
//!
//! ```text
//! loss of a cause = weight of the order × severity × days
//! days            = the larger of
//!                     days late if nothing is done today: days late + 1; none while there is time
//!                     chance that the order is late × days it is late when it is
//! loss of a line  = the largest of its causes
//! ```
//! What is late already is late for certain: its chance is one. The chance of an order is that of
//! the plan (`plan::forecast`); an order without one counts by what is late of it. The severity
//! counts for exceptions alone, one for all else. An open purchase line has the expected loss of
//! [`super::chase`], which knows who waits for it, and a day of one order. All are millionths,
//! products rounded half up.
//!
//! Lines of the same loss stand by stage, then by subject. Within a line what is broken leads, then
//! what was promised, then what is due, then what is waited for.
//!
//! A line is held back where all of it is asking somebody who was asked a moment ago, or with whom
//! a day was agreed that has not come, or, for a supplier, who waits for us. It is put off until the
//! day that was said, or until it needs attention for something that it did not then: it became
//! late, its exception became worse.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::attention::{self, Attention, Kind, Reason};
use super::chase::{self, Hold, Patience};
use super::delivery;
use crate::domain::codes::{OrderState, Stage, Subject};
use crate::domain::followup::Snooze;
use crate::domain::quantity::Micro;
use crate::domain::world::World;

/// Lines that fit a morning.
pub const MORNING: usize = 9;
/// The chance in per cent of missing its date from which an order is listed for it.
pub const AT_RISK_PERCENT: i64 = 30;

/// What the plan says about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Risk {
    /// The chance of missing the date, in per cent.
    pub percent: i64,
    pub due: NaiveDate,
    /// Chance × days late when late.
    pub late_days: Micro,
}

/// What is known beside the facts.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// By order.
    pub risks: &'a BTreeMap<i64, Risk>,
    pub chases: &'a [chase::Line],
}

/// A line of the list: a thing with everything it needs attention for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Why it stands where it does.
    pub lead: Attention,
    /// The other causes, worst first.
    pub also: Vec<Attention>,
    pub loss: Micro,
    /// What the plan says of its order.
    pub risk: Option<Risk>,
}

impl Line {
    #[must_use]
    pub const fn subject(&self) -> (Subject, i64) {
        (self.lead.subject, self.lead.subject_id)
    }

    /// All causes, the leading one first.
    pub fn causes(&self) -> impl Iterator<Item = &Attention> + Clone {
        std::iter::once(&self.lead).chain(&self.also)
    }

    /// Days late of the cause that is latest; negative while there is time for all of them.
    #[must_use]
    pub fn days(&self) -> i64 {
        self.causes().map(|a| a.days).max().unwrap_or(0)
    }

    /// The silence, where it has been longer than usual.
    #[must_use]
    pub fn silence(&self) -> Option<super::silence::Silence> {
        self.causes().find_map(|a| match a.reason {
            Reason::NoNews(silence) => Some(silence),
            _ => None,
        })
    }
}

/// The list, and what is kept out of it for now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Today {
    pub open: Vec<Line>,
    /// What had better wait, with the reason.
    pub held: Vec<(Line, Hold)>,
    /// What was put off, the next to come back first.
    pub snoozed: Vec<(Line, Snooze)>,
}

impl Today {
    /// Every line, wherever it stands.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        let held = self.held.iter().map(|(line, _)| line);
        let snoozed = self.snoozed.iter().map(|(line, _)| line);
        self.open.iter().chain(held).chain(snoozed)
    }

    /// The causes of what is open, then of what is held back: what was put off says nothing.
    #[must_use]
    pub fn causes(&self) -> Vec<Attention> {
        let held = self.held.iter().map(|(line, _)| line);
        let mut open: Vec<Attention> = self.open.iter().flat_map(Line::causes).cloned().collect();
        attention::sort(&mut open);
        open.extend(held.flat_map(Line::causes).cloned());
        open
    }

    /// How many lines need something in a stage, and whether any of that is late.
    #[must_use]
    pub fn count(&self, stage: Stage) -> (usize, bool) {
        let mine = |a: &&Attention| stage == Stage::Today || a.stage == stage;
        let mut all = (0, false);
        for line in &self.open {
            let mut causes = line.causes().filter(mine).peekable();
            all.0 += usize::from(causes.peek().is_some());
            all.1 |= causes.any(|a| a.days > 0);
        }
        all
    }
}

/// The expected loss of a cause.
#[must_use]
pub fn loss(a: &Attention, risk: Option<&Risk>) -> Micro {
    let order = risk.map_or(Micro::ZERO, |r| r.late_days);
    a.weight.times(a.days_at_stake().max(order))
}

/// Makes the list of everything that needs attention; see the module for the order.
#[must_use]
pub fn list(
    world: &World,
    mut causes: Vec<Attention>,
    given: &Given<'_>,
    today: NaiveDate,
) -> Today {
    causes.extend(at_risk(world, given, today));
    let chases: BTreeMap<i64, &chase::Line> =
        given.chases.iter().map(|l| (l.purchase_id, l)).collect();
    let bought = |a: &Attention| {
        let line = (a.subject == Subject::Purchase).then(|| chases.get(&a.subject_id));
        line.flatten().copied()
    };
    for a in &mut causes {
        a.loss = match bought(a) {
            Some(line) => line.loss + Micro::ONE,
            None => loss(a, a.order_id.and_then(|id| given.risks.get(&id))),
        };
    }
    // Those of a thing one after another, the worst first.
    let on = |a: &Attention| (a.subject, a.subject_id);
    causes.sort_by_cached_key(|a| {
        let among = (std::cmp::Reverse(a.loss), a.kind, a.stage, a.reason, a.row);
        (on(a), among)
    });
    let mut causes = causes.into_iter().peekable();
    let patience = Patience::of(world);
    let mut out = Today::default();
    while let Some(lead) = causes.next() {
        let thing = on(&lead);
        let risk = lead.order_id.and_then(|id| given.risks.get(&id));
        let also = std::iter::from_fn(|| causes.next_if(|a| on(a) == thing));
        let mut also: Vec<Attention> = also.collect();
        also.shrink_to_fit();
        let line = Line {
            also,
            loss: lead.loss,
            risk: risk.copied(),
            lead,
        };
        let bought = bought(&line.lead);
        if let Some(snooze) = put_off(world, &line, today) {
            out.snoozed.push((line, snooze.clone()));
        } else if let Some(hold) = held(world, &line, bought, &patience, today) {
            out.held.push((line, hold));
        } else {
            out.open.push(line);
        }
    }
    out.open.shrink_to_fit();
    out.open.sort_by_cached_key(place);
    out.held.sort_by_cached_key(|(line, _)| place(line));
    out.snoozed
        .sort_by_cached_key(|(line, snooze)| (snooze.until, place(line)));
    out
}

fn place(line: &Line) -> (std::cmp::Reverse<Micro>, Stage, Subject, i64) {
    let (subject, id) = line.subject();
    (std::cmp::Reverse(line.loss), line.lead.stage, subject, id)
}

/// Orders that will probably miss their date, where that lies ahead.
fn at_risk(world: &World, given: &Given<'_>, today: NaiveDate) -> Vec<Attention> {
    let mut out = Vec::new();
    for (id, risk) in given.risks {
        let order = world.orders.get(*id);
        let Some(order) = order.filter(|o| o.state == OrderState::Accepted && !o.on_hold) else {
            continue;
        };
        let likely = risk.percent >= AT_RISK_PERCENT && risk.late_days.is_positive();
        if !likely || risk.due < today || delivery::is_shipped(world, order) {
            continue;
        }
        let reason = Reason::AtRisk(risk.percent);
        let days = (today - risk.due).num_days();
        out.push(Attention {
            stage: Stage::Progress,
            reason,
            kind: reason.kind(days),
            order_id: Some(order.id),
            subject: Subject::Order,
            subject_id: order.id,
            row: order.id,
            about: risk.due.to_string(),
            days,
            weight: delivery::weight(world, order),
            loss: Micro::ZERO,
        });
    }
    out
}

/// The snooze that still holds: its day has not come, and nothing new has come up.
fn put_off<'a>(world: &'a World, line: &Line, today: NaiveDate) -> Option<&'a Snooze> {
    let (subject, id) = line.subject();
    let mut own = world.snoozes.of(id);
    let snooze = own.find(|s| s.subject == subject && s.until > today)?;
    let known: Vec<&str> = snooze.seen.split_whitespace().collect();
    let now = attention::marks(world, line.causes());
    // A file from elsewhere may not say what was known.
    let worse = !known.is_empty() && now.iter().any(|m| !known.contains(&m.as_str()));
    (!worse).then_some(snooze)
}

/// Why a line had better wait.
fn held(
    world: &World,
    line: &Line,
    bought: Option<&chase::Line>,
    patience: &Patience,
    today: NaiveDate,
) -> Option<Hold> {
    let waits = |hold: &Hold| !matches!(hold, Hold::PutOff(_));
    if let Some(bought) = bought {
        return bought.hold.filter(waits);
    }
    let asking = line
        .causes()
        .all(|a| a.reason.is_asking() && a.kind != Kind::Promised);
    let (subject, id) = line.subject();
    let hold = asking.then(|| chase::asked(world, subject, id, patience, today));
    hold.flatten()
}
