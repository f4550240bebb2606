//! What would bring a promised date forward: each lever is one more promise on a changed copy.
#![allow(clippy::indexing_slicing)]

use crate::domain::quantity::{MICRO, Micro, Qty};
use crate::plan::input::{DAY, DeliveryPolicy, Job, Minute, Span};
use crate::plan::outcome::WhyKind;
use crate::plan::promise::parts::{part_of, sorted};
use crate::plan::promise::{Book, Promise, Relaxed};

/// Minutes of overtime a day that are tried.
const OVERTIME_MINUTES: i64 = 180;
/// Days over which overtime is tried at most.
const OVERTIME_DAYS_MAX: i64 = 60;
/// Lots into which an order is split at most.
const LOTS_MAX: i64 = 3;

/// Something that could be done for an earlier date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    pub kind: LeverKind,
    /// The date with it.
    pub finish: Minute,
    pub minutes_gained: i64,
    /// Whole days between the dates without and with it.
    pub days_gained: i64,
    /// Whether it alone brings the order to its due date.
    pub meets_due: bool,
}

/// The kinds of levers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeverKind {
    /// So many minutes after the last shift of every working day, on all lines of a centre.
    Overtime {
        centre: String,
        minutes_a_day: i64,
        /// The extra time itself, as far as it lies before the finish it brings.
        spans: Vec<Span>,
    },
    /// As so many lots of equal size, each with its own setup.
    Split { lots: i64 },
    /// One more line, or a place outside, that is free when the order comes.
    AnotherLine { centre: String },
    /// Leave the line the order is pinned to.
    Unpin,
    /// The material is there when it is needed, at this minute or before.
    EarlierMaterial { item: String, wanted: Minute },
    /// The date or approval the release waits for comes at once.
    EarlierRelease { reference: String },
    /// So many pieces first; only where the policy allows parts.
    PartDelivery { pieces: Qty },
}

impl Book<'_> {
    /// Every lever that gains time, most first.
    pub(super) fn levers(&mut self, job: &Job, promise: &Promise) -> Vec<Lever> {
        let Some(finish) = promise.finish else {
            return Vec::new();
        };
        let mut found: Vec<(LeverKind, Minute)> = Vec::new();
        found.extend(self.lift_each(job, promise));
        found.extend(self.overtime(job, promise, finish));
        found.extend(self.split(job));
        found.extend(self.unpin(job));
        if job.policy != DeliveryPolicy::All {
            let first = promise.quantity_by_date.first().filter(|f| f.0 < finish);
            found.extend(
                first.map(|(at, pieces)| (LeverKind::PartDelivery { pieces: *pieces }, *at)),
            );
        }
        found.retain(|(_, end)| *end < finish);
        found.sort_by_key(|(kind, end)| (*end, kind.clone()));
        found
            .into_iter()
            .map(|(kind, end)| Lever {
                kind,
                finish: end,
                minutes_gained: finish - end,
                days_gained: (finish - 1).div_euclid(DAY) - (end - 1).div_euclid(DAY),
                meets_due: end <= job.due,
            })
            .collect()
    }

    /// Material, release and lines, each lifted alone.
    fn lift_each(&mut self, job: &Job, promise: &Promise) -> Vec<(LeverKind, Minute)> {
        let compiled = self.compile(job);
        let mut found: Vec<(LeverKind, Minute)> = Vec::new();
        let links = promise.chains.iter().flat_map(|c| c.links.iter());
        for link in links {
            let Some(why) = &link.waits_for else { continue };
            let mut relaxed = Relaxed::default();
            self.lift(&mut relaxed, link);
            let kind = match why.kind {
                WhyKind::Capacity => LeverKind::AnotherLine {
                    centre: link.work_centre.clone(),
                },
                WhyKind::Material => LeverKind::EarlierMaterial {
                    item: match &why.by {
                        crate::plan::outcome::By::Material { item, .. } => item.clone(),
                        _ => String::new(),
                    },
                    wanted: self.input.now,
                },
                WhyKind::Release if relaxed.release => LeverKind::EarlierRelease {
                    reference: why.by.code(),
                },
                _ => continue,
            };
            if found.iter().any(|(k, _)| *k == kind) {
                continue;
            }
            let placed = self.place(job, &compiled, &relaxed);
            if let Some(last) = placed.last() {
                found.push((kind, last.end));
            }
        }
        for (kind, end) in &mut found {
            if let LeverKind::EarlierMaterial { wanted, .. } = kind {
                *wanted = self.latest_material(job, *end).unwrap_or(*wanted);
            }
        }
        found
    }

    /// The latest day's end at which all material may come for the order to finish by `end`.
    fn latest_material(&mut self, job: &Job, end: Minute) -> Option<Minute> {
        let now = self.input.now;
        let mut late = job.clone();
        let latest = |l: &Job| {
            let own = l
                .operations
                .iter()
                .filter_map(|o| o.material.as_ref().map(|m| m.ready));
            own.chain([l.release]).max().unwrap_or(now)
        };
        let (mut low, mut high) = (0, (latest(job) - now).max(0) / DAY);
        while low < high {
            let days = low + (high - low + 1) / 2;
            let at = now + days * DAY;
            late.release = job.release.min(at);
            for (o, own) in late.operations.iter_mut().zip(&job.operations) {
                if let (Some(m), Some(was)) = (&mut o.material, &own.material) {
                    m.ready = was.ready.min(at);
                }
            }
            let compiled = self.compile(&late);
            let placed = self.place(&late, &compiled, &Relaxed::default());
            if placed.last().is_some_and(|p| p.end <= end) {
                low = days;
            } else {
                high = days - 1;
            }
        }
        Some(now + low * DAY)
    }

    /// Overtime on the centre that binds, and on the one with most work.
    fn overtime(
        &mut self,
        job: &Job,
        promise: &Promise,
        finish: Minute,
    ) -> Option<(LeverKind, Minute)> {
        let binding = promise.chains.first().filter(|c| {
            c.binding
                .as_ref()
                .is_some_and(|b| b.kind == WhyKind::Capacity)
        });
        let most_work = promise
            .operations
            .iter()
            .filter(|o| !o.line.is_empty())
            .max_by_key(|o| o.end - o.start)
            .map(|o| o.work_centre.clone());
        let centre = binding.map(|c| c.at_centre.clone()).or(most_work)?;
        let days = ((finish - self.input.now) / DAY + 1).clamp(1, OVERTIME_DAYS_MAX);
        let banks = self.resources.of_centre.get(centre.as_str())?.clone();
        let mut kept = Vec::new();
        let mut extra: Vec<Span> = Vec::new();
        for bank in &banks {
            let spans = self.after_hours(*bank, days);
            let timeline = self.resources.with_extra(*bank, &spans);
            extra.extend(&spans);
            let slot = &mut self.resources.banks[*bank as usize];
            kept.push(std::mem::replace(&mut slot.timeline, timeline));
        }
        let compiled = self.compile(job);
        let end = self
            .place(job, &compiled, &Relaxed::default())
            .last()
            .map(|p| p.end);
        for (bank, timeline) in banks.iter().zip(kept) {
            self.resources.banks[*bank as usize].timeline = timeline;
        }
        let end = end?;
        extra.retain(|span| span.start < end);
        extra.sort_unstable();
        extra.dedup();
        let kind = LeverKind::Overtime {
            centre,
            minutes_a_day: OVERTIME_MINUTES,
            spans: extra,
        };
        Some((kind, end))
    }

    /// The minutes after the last shift of each working day from now on.
    fn after_hours(&self, bank: u32, days: i64) -> Vec<Span> {
        let timeline = self.timeline(bank);
        let today = self.input.now.div_euclid(DAY) * DAY;
        (0..days)
            .map(|n| (today + n * DAY, today + (n + 1) * DAY))
            .filter(|(from, to)| timeline.open_between(*from, *to) > 0)
            .map(|(_, to)| timeline.last_close(to - 1))
            .map(|close| Span {
                start: close,
                end: close + OVERTIME_MINUTES,
            })
            .collect()
    }

    fn split(&mut self, job: &Job) -> Option<(LeverKind, Minute)> {
        let whole = sorted(job).last()?.left();
        let pieces = whole.0 / MICRO;
        (2..=LOTS_MAX)
            .filter(|lots| pieces >= *lots)
            .filter_map(|lots| {
                let jobs: Vec<Job> = (0..lots)
                    .map(|n| {
                        // Whole pieces; what does not divide goes to the first lots.
                        let own = pieces / lots + i64::from(n < pieces % lots);
                        part_of(job, Micro::whole(own))
                    })
                    .collect();
                let end = self.finishes(&jobs)?.into_iter().max()?;
                Some((LeverKind::Split { lots }, end))
            })
            .min_by_key(|(_, end)| *end)
    }

    fn unpin(&mut self, job: &Job) -> Option<(LeverKind, Minute)> {
        job.operations.iter().find(|o| o.pin.is_some())?;
        let mut free = job.clone();
        for o in &mut free.operations {
            o.pin = None;
        }
        let compiled = self.compile(&free);
        let end = self
            .place(&free, &compiled, &Relaxed::default())
            .last()?
            .end;
        Some((LeverKind::Unpin, end))
    }
}
