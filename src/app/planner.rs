//! The planner's thread: takes a copy of the data, computes, sends the outcome back.
//!
//! It owns no database handle and writes nothing. The newest job wins: a running one is cancelled,
//! a waiting one is replaced. A panic in it is caught and said.
//!
//! Planning takes several times the memory of a plan. Each step of a job runs on a thread of its
//! own, which is gone with all it used once the plan is copied: the system gets that memory back,
//! since nothing that stays lies between it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
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

/// A block for which the allocator puts small pieces together, too small to have pages of its own.
const TIDY_BYTES: usize = 100 * 1024;

struct Job {
    number: u64,
    world: World,
    /// The plan that is shown until this one is there.
    before: Outlook,
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

    /// The thread with what it computes for a step of a job, from the plan of the step before.
    fn serving<E: Send + 'static>(
        events: SyncSender<E>,
        make: impl Fn(Planned) -> E + Send + 'static,
        compute: impl Fn(&Job, Step, Option<&Outlook>, &(dyn Fn() -> bool + Sync)) -> Option<Outlook>
        + Send
        + Sync
        + 'static,
    ) -> std::io::Result<Self> {
        let (jobs, inbox) = channel::<Job>();
        let newest = Arc::new(AtomicU64::new(0));
        let current = Arc::clone(&newest);
        thread::Builder::new()
            .name("planner".to_owned())
            .spawn(move || {
                while let Some(mut job) = latest(&inbox) {
                    let number = job.number;
                    let cancelled = || current.load(Ordering::Relaxed) != number;
                    let mut shown = std::mem::take(&mut job.before);
                    // The plan by rules alone is there at once; the improved one follows, then the
                    // chances by it, then what exceptions cost by it.
                    let mut plan: Option<Outlook> = None;
                    for step in Step::ALL {
                        let known = plan.as_ref();
                        // Most of a plan is as it was before the change.
                        let like: Vec<&Outlook> = known.into_iter().chain([&shown]).collect();
                        let made = apart(
                            || compute(&job, step, known, &cancelled),
                            |made| made.as_ref().map(|made| made.copied(&like)),
                        );
                        let planned = match made {
                            Ok(Some(outlook)) => {
                                shown = outlook.clone().after(&shown);
                                plan = Some(outlook);
                                Planned::Ready {
                                    job: number,
                                    outlook: Box::new(shown.clone()),
                                }
                            }
                            Ok(None) => break,
                            Err(_) => Planned::Failed { job: number },
                        };
                        let failed = matches!(planned, Planned::Failed { .. });
                        if events.send(make(planned)).is_err() {
                            return;
                        }
                        // What follows would stand on a plan that is not there.
                        if failed {
                            break;
                        }
                    }
                }
            })?;
        Ok(Self { jobs, newest })
    }

    /// Computes from these data; an older job is cancelled. Returns the job's number.
    ///
    /// `before` is the plan on the screen: what a first plan lacks is taken from it.
    pub fn request(&self, world: &World, before: &Outlook, now: Moment, stands_on: i64) -> u64 {
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        // A thread that is gone computes nothing; the panels say that no plan is there.
        let _ = self.jobs.send(Job {
            number,
            world: world.clone(),
            before: before.clone(),
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

/// Runs `work` on a thread of its own; returns what `copy` makes of its outcome on this one.
///
/// What `work` made is taken apart by the thread that made it, after it was copied.
///
/// # Errors
/// The panic of `work`, or that of finding no thread for it: both are reported as panics are.
fn apart<T: Send + Sync, C>(
    work: impl FnOnce() -> T + Send,
    copy: impl FnOnce(&T) -> C,
) -> thread::Result<C> {
    let work = AssertUnwindSafe(|| on_a_thread(work, copy));
    catch_unwind(work).unwrap_or_else(Err)
}

/// # Panics
/// Where the system gives no thread.
fn on_a_thread<T: Send + Sync, C>(
    work: impl FnOnce() -> T + Send,
    copy: impl FnOnce(&T) -> C,
) -> thread::Result<C> {
    thread::scope(|scope| {
        let (done, made) = sync_channel::<Arc<T>>(0);
        let (copied, over) = sync_channel::<()>(0);
        let named = || thread::Builder::new().name("plan".to_owned());
        let worker = named().spawn_scoped(scope, move || {
            let outcome = Arc::new(work());
            // Who does not take it has nothing more to copy either.
            if done.send(Arc::clone(&outcome)).is_ok() {
                let _ = over.recv();
            }
        });
        let worker = worker.unwrap_or_else(|error| panic!("no thread for a plan: {error}"));
        let copy = made.recv().map(|outcome| copy(&outcome));
        drop(copied);
        let joined = worker.join();
        // The allocator of glibc has a pool (arena) for each thread, and the next thread gets that of
        // the one that ended last. What a thread gave back in small pieces at its end is put together
        // when somebody takes a larger block there, and the free end of the pool goes to the system
        // when that is given back. With another allocator this does nothing.
        let tidy = || drop(std::hint::black_box(Vec::<u8>::with_capacity(TIDY_BYTES)));
        let _ = named().spawn_scoped(scope, tidy).map(|tidy| tidy.join());
        match copy {
            Ok(copy) => joined.map(|()| copy),
            Err(gone) => Err(joined.err().unwrap_or_else(|| Box::new(gone))),
        }
    })
}

/// What is computed for a job, one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Rules,
    Improved,
    Chances,
    Impacts,
}

impl Step {
    const ALL: [Self; 4] = [Self::Rules, Self::Improved, Self::Chances, Self::Impacts];
}

/// What a step makes of the plan of the step before.
fn compute(
    job: &Job,
    step: Step,
    plan: Option<&Outlook>,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Outlook> {
    let (world, now) = (&job.world, job.now);
    let moves = match step {
        Step::Rules => 0,
        Step::Improved => gather::MOVES,
        Step::Chances => {
            let plan = plan?.clone();
            return gather::with_chances(world, now, plan, gather::MOVES, cancelled);
        }
        Step::Impacts => {
            // Without an exception that costs anything there is nothing more to compute.
            let plan = plan.filter(|plan| !plan.impacts_current)?.clone();
            return Some(Outlook {
                impacts: Arc::new(gather::impacts(world, now, &plan, cancelled)?),
                impacts_current: true,
                ..plan
            });
        }
    };
    let needs = plan.map(Outlook::needs);
    let outlook = gather::outlook_on(world, now, needs, moves, cancelled)?;
    Some(Outlook {
        stands_on: Some(job.stands_on),
        computed_for: Some(now),
        improved: moves > 0,
        impacts_current: !gather::has_impacts(world),
        ..outlook
    })
}

#[cfg(test)]
mod tests {
    use super::super::impact::Impact;
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_plan_that_panics_is_said_and_the_next_one_is_computed() {
        let (tx, rx) = sync_channel(8);
        let planner = Planner::serving(
            tx,
            |planned| planned,
            |job, step, _, _| {
                assert!(job.number != 1 || step != Step::Improved, "on purpose");
                Some(Outlook::default())
            },
        )
        .unwrap();
        let now = Moment::parse("2026-11-23T08:00").unwrap();
        let ask = || planner.request(&World::default(), &Outlook::default(), now, 0);
        let told = |job| match rx.recv().unwrap() {
            Planned::Ready { job: of, .. } => (of == job, true),
            Planned::Failed { job: of } => (of == job, false),
        };
        let first = ask();
        assert_eq!(told(first), (true, true));
        assert_eq!(told(first), (true, false), "what failed is said");
        let second = ask();
        for _ in Step::ALL {
            assert_eq!(told(second), (true, true), "nothing more came of the first");
        }
    }

    #[test]
    fn what_a_plan_lacks_stands_until_it_is_computed() {
        let impacts = |id| Arc::new(BTreeMap::from([(id, Impact::default())]));
        let (tx, rx) = sync_channel(8);
        let planner = Planner::serving(
            tx,
            |planned| planned,
            move |_, step, plan, _| {
                Some(match step {
                    Step::Rules => Outlook::default(),
                    Step::Improved => Outlook {
                        improved: true,
                        ..plan?.needs()
                    },
                    Step::Chances => Outlook {
                        chances_current: true,
                        ..plan?.clone()
                    },
                    Step::Impacts => Outlook {
                        impacts: impacts(2),
                        impacts_current: true,
                        ..plan?.clone()
                    },
                })
            },
        )
        .unwrap();
        let before = Outlook {
            impacts: impacts(7),
            ..Outlook::default()
        };
        let now = Moment::parse("2026-11-23T08:00").unwrap();
        planner.request(&World::default(), &before, now, 0);
        let told: Vec<Outlook> = Step::ALL
            .iter()
            .map(|_| match rx.recv() {
                Ok(Planned::Ready { outlook, .. }) => *outlook,
                other => panic!("{other:?}"),
            })
            .collect();
        for early in &told[..3] {
            assert_eq!(early.impacts, before.impacts);
        }
        assert_eq!(told[3].impacts, impacts(2));
        for pair in told.windows(2) {
            assert!(
                Arc::ptr_eq(&pair[0].explosion, &pair[1].explosion),
                "the needs of a job are kept once"
            );
        }
        assert!(Arc::ptr_eq(&told[1].places, &told[3].places));
        assert!(
            Arc::ptr_eq(&before.places, &told[0].places),
            "what is as it was before is not kept twice"
        );
        assert!(!Arc::ptr_eq(&before.impacts, &told[3].impacts));
    }

    #[test]
    fn work_apart_leaves_a_copy_and_says_its_panic() {
        let name = || thread::current().id();
        let made = apart(|| (vec![1, 2], name()), |(made, at)| (made.clone(), *at));
        let (made, at) = made.unwrap();
        assert_eq!(made, [1, 2]);
        assert_ne!(at, name());
        let panicked = apart(|| assert!(made.is_empty(), "on purpose"), |()| ());
        assert!(panicked.is_err());
    }
}
