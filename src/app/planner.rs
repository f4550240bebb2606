//! The planner's thread: takes a copy of the data, computes, sends the outcome back.
//!
//! It owns no database handle and writes nothing. The newest job wins: a running one is cancelled,
//! a waiting one is replaced. A panic in it is caught and reported as an empty outcome with a word.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;

use super::outlook::Outlook;
use crate::domain::moment::Moment;
use crate::domain::world::World;
use crate::plan::gather;

/// What the thread sends back.
#[derive(Debug)]
pub enum Planned {
    /// A plan, with the number of the job it answers.
    Ready { job: u64, outlook: Box<Outlook> },
    /// The planner failed on this job; the report is in the state folder.
    Failed { job: u64 },
}

struct Job {
    number: u64,
    world: World,
    now: Moment,
    stands_on: i64,
}

/// The thread's handle; it ends when this is dropped.
#[derive(Debug)]
pub struct Planner {
    jobs: Sender<Job>,
    newest: Arc<AtomicU64>,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Job {}", self.number)
    }
}

impl Planner {
    /// Starts the thread; `make` turns each outcome into the caller's event.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn spawn<E: Send + 'static>(
        events: SyncSender<E>,
        make: impl Fn(Planned) -> E + Send + 'static,
    ) -> std::io::Result<Self> {
        Self::serving(events, make, compute)
    }

    /// The thread with what it computes for a step of a job.
    fn serving<E: Send + 'static>(
        events: SyncSender<E>,
        make: impl Fn(Planned) -> E + Send + 'static,
        compute: impl Fn(&Job, Step, Option<Outlook>, &dyn Fn() -> bool) -> Option<Outlook>
        + Send
        + 'static,
    ) -> std::io::Result<Self> {
        let (jobs, inbox) = channel::<Job>();
        let newest = Arc::new(AtomicU64::new(0));
        let current = Arc::clone(&newest);
        thread::Builder::new()
            .name("planner".to_owned())
            .spawn(move || {
                while let Some(job) = latest(&inbox) {
                    // The plan by rules alone is there at once; the improved one follows, then what
                    // exceptions cost by it.
                    let mut plan: Option<Outlook> = None;
                    for step in Step::ALL {
                        let number = job.number;
                        let cancelled = || current.load(Ordering::Relaxed) != number;
                        let outcome = catch_unwind(AssertUnwindSafe(|| {
                            compute(&job, step, plan.take(), &cancelled)
                        }));
                        if let Ok(Some(outlook)) = &outcome {
                            plan = step.leaves(outlook);
                        }
                        let planned = match outcome {
                            Ok(Some(outlook)) => Planned::Ready {
                                job: number,
                                outlook: Box::new(outlook),
                            },
                            Ok(None) => break,
                            Err(_) => Planned::Failed { job: number },
                        };
                        if events.send(make(planned)).is_err() {
                            return;
                        }
                    }
                }
            })?;
        Ok(Self { jobs, newest })
    }

    /// Computes from these data; an older job is cancelled. Returns the job's number.
    pub fn request(&self, world: &World, now: Moment, stands_on: i64) -> u64 {
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        // A thread that is gone computes nothing; the panels say that no plan is there.
        let _ = self.jobs.send(Job {
            number,
            world: world.clone(),
            now,
            stands_on,
        });
        number
    }

    /// Whether a job is still the newest.
    #[must_use]
    pub fn is_newest(&self, job: u64) -> bool {
        self.newest.load(Ordering::Relaxed) == job
    }
}

impl Drop for Planner {
    fn drop(&mut self) {
        self.newest.fetch_add(1, Ordering::Relaxed);
    }
}

/// Waits for a job and takes the last of those that wait.
pub(super) fn latest<T>(inbox: &Receiver<T>) -> Option<T> {
    let first = inbox.recv().ok()?;
    Some(inbox.try_iter().last().unwrap_or(first))
}

/// What is computed for a job, one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Rules,
    Improved,
    Impacts,
}

impl Step {
    const ALL: [Self; 3] = [Self::Rules, Self::Improved, Self::Impacts];

    /// What the next step takes of the outcome of this one.
    fn leaves(self, outlook: &Outlook) -> Option<Outlook> {
        match self {
            Self::Rules => Some(outlook.needs()),
            Self::Improved => (!outlook.impacts_current).then(|| outlook.clone()),
            Self::Impacts => None,
        }
    }
}

fn compute(
    job: &Job,
    step: Step,
    plan: Option<Outlook>,
    cancelled: &dyn Fn() -> bool,
) -> Option<Outlook> {
    let moves = match step {
        Step::Rules => 0,
        Step::Improved => gather::MOVES,
        Step::Impacts => {
            let plan = plan?;
            return Some(Outlook {
                impacts: gather::impacts(&job.world, job.now, &plan, cancelled)?,
                impacts_current: true,
                ..plan
            });
        }
    };
    let outlook = gather::outlook_on(&job.world, job.now, plan, moves, cancelled)?;
    Some(Outlook {
        stands_on: Some(job.stands_on),
        computed_for: Some(job.now),
        improved: moves > 0,
        // Without an exception that costs anything there is nothing more to compute.
        impacts_current: !gather::has_impacts(&job.world),
        ..outlook
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;
    use std::sync::mpsc::sync_channel;

    #[test]
    fn a_plan_that_panics_is_said_and_the_next_one_is_computed() {
        let (tx, rx) = sync_channel(8);
        let planner = Planner::serving(
            tx,
            |planned| planned,
            |job, step, _, _| {
                assert!(job.number != 1 || step != Step::Improved, "on purpose");
                (step != Step::Impacts).then(Outlook::default)
            },
        )
        .unwrap();
        let now = Moment::parse("2026-11-23T08:00").unwrap();
        let ask = || planner.request(&World::default(), now, 0);
        let told = |job| match rx.recv().unwrap() {
            Planned::Ready { job: of, .. } => (of == job, true),
            Planned::Failed { job: of } => (of == job, false),
        };
        let first = ask();
        assert_eq!(told(first), (true, true));
        assert_eq!(told(first), (true, false), "what failed is said");
        let second = ask();
        assert_eq!([told(second), told(second)], [(true, true), (true, true)]);
    }
}
