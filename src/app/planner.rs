//! The planner's thread: takes a copy of the data, computes, sends the outcome back.
//!
//! It owns no database handle and writes nothing. The newest job wins: a running one is cancelled,
//! a waiting one is replaced. A panic in it is caught and said.
//!
//! Planning takes several times the memory of a plan. Each step of a job runs on a thread of its
//! own, which is gone with all it used once the plan is copied: the system gets that memory back,
//! since nothing that stays lies between it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use super::impact::Impact;
use super::outlook::Outlook;
use crate::domain::moment::Moment;
use crate::domain::world::World;
use crate::plan::gather;

/// What the thread sends back.
#[derive(Debug)]
pub enum Planned {
    /// A plan, with the number of the job it answers.
    Ready { job: u64, outlook: Arc<Outlook> },
    /// What open exceptions cost by the plan that was sent last.
    Impacts {
        job: u64,
        impacts: BTreeMap<i64, Impact>,
    },
    /// The planner failed on this job; the report is in the state folder.
    Failed { job: u64 },
}

impl Planned {
    /// The job it answers.
    #[must_use]
    pub const fn job(&self) -> u64 {
        match self {
            Self::Ready { job, .. } | Self::Impacts { job, .. } | Self::Failed { job } => *job,
        }
    }
}

struct Job {
    number: u64,
    world: World,
    /// The plan that is shown until this one is there.
    before: Arc<Outlook>,
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
        compute: impl Fn(&Job, Step, Option<&Outlook>, &(dyn Fn() -> bool + Sync)) -> Option<Made>
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
                    let mut before = std::mem::take(&mut job.before);
                    // The plan by rules alone is there at once; the improved one follows, then what
                    // exceptions cost by it.
                    let mut plan: Option<Arc<Outlook>> = None;
                    for step in Step::ALL {
                        let known = plan.as_deref();
                        let made = apart(
                            || compute(&job, step, known, &cancelled),
                            |made| made.as_ref().map(|made| made.copied(known)),
                        );
                        let planned = match made {
                            Ok(Some(Made::Plan(outlook))) => {
                                let outlook = Arc::new(outlook.after(&before));
                                before = Arc::clone(&outlook);
                                plan = Some(Arc::clone(&outlook));
                                Planned::Ready {
                                    job: number,
                                    outlook,
                                }
                            }
                            Ok(Some(Made::Impacts(impacts))) => {
                                // Whoever shows the plan adds them to it, and is its only owner.
                                (plan, before) = (None, Arc::default());
                                Planned::Impacts {
                                    job: number,
                                    impacts,
                                }
                            }
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
    ///
    /// `before` is the plan on the screen: what a first plan lacks is taken from it.
    pub fn request(
        &self,
        world: &World,
        before: &Arc<Outlook>,
        now: Moment,
        stands_on: i64,
    ) -> u64 {
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        // A thread that is gone computes nothing; the panels say that no plan is there.
        let _ = self.jobs.send(Job {
            number,
            world: world.clone(),
            before: Arc::clone(before),
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
/// The panic of `work`.
fn apart<T: Send + Sync, C>(
    work: impl FnOnce() -> T + Send,
    copy: impl FnOnce(&T) -> C,
) -> thread::Result<C> {
    thread::scope(|scope| {
        let (done, made) = sync_channel::<Arc<T>>(0);
        let (copied, over) = sync_channel::<()>(0);
        let worker = scope.spawn(move || {
            let outcome = Arc::new(work());
            // Who does not take it has nothing more to copy either.
            if done.send(Arc::clone(&outcome)).is_ok() {
                let _ = over.recv();
            }
        });
        let copy = made.recv().map(|outcome| copy(&outcome));
        drop(copied);
        let joined = worker.join();
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
    Impacts,
}

impl Step {
    const ALL: [Self; 3] = [Self::Rules, Self::Improved, Self::Impacts];
}

/// What a step makes.
enum Made {
    Plan(Box<Outlook>),
    Impacts(BTreeMap<i64, Impact>),
}

impl Made {
    /// A copy that shares nothing with it but what both have from `known`.
    fn copied(&self, known: Option<&Outlook>) -> Self {
        match self {
            Self::Plan(outlook) => Self::Plan(Box::new(outlook.copied(known))),
            Self::Impacts(impacts) => Self::Impacts(impacts.clone()),
        }
    }
}

fn compute(
    job: &Job,
    step: Step,
    plan: Option<&Outlook>,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Made> {
    let moves = match step {
        Step::Rules => 0,
        Step::Improved => gather::MOVES,
        Step::Impacts => {
            // Without an exception that costs anything there is nothing more to compute.
            let plan = plan.filter(|plan| !plan.impacts_current)?;
            return gather::impacts(&job.world, job.now, plan, cancelled).map(Made::Impacts);
        }
    };
    let needs = plan.map(Outlook::needs);
    let outlook = gather::outlook_on(&job.world, job.now, needs, moves, cancelled)?;
    Some(Made::Plan(Box::new(Outlook {
        stands_on: Some(job.stands_on),
        computed_for: Some(job.now),
        improved: moves > 0,
        impacts_current: !gather::has_impacts(&job.world),
        ..outlook
    })))
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
                (step != Step::Impacts).then(|| Made::Plan(Box::default()))
            },
        )
        .unwrap();
        let now = Moment::parse("2026-11-23T08:00").unwrap();
        let ask = || planner.request(&World::default(), &Arc::default(), now, 0);
        let told = |job| match rx.recv().unwrap() {
            Planned::Failed { job: of } => (of == job, false),
            made => (made.job() == job, true),
        };
        let first = ask();
        assert_eq!(told(first), (true, true));
        assert_eq!(told(first), (true, false), "what failed is said");
        let second = ask();
        assert_eq!([told(second), told(second)], [(true, true), (true, true)]);
    }

    #[test]
    fn what_a_first_plan_lacks_stands_until_it_is_computed() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let chances = move |percent| {
            let chance = crate::app::outlook::Chance {
                due: day,
                percent,
                p50: day,
                p80: day,
                late_days: Default::default(),
                exact: true,
                items: Vec::new(),
            };
            BTreeMap::from([(1, chance)])
        };
        let (tx, rx) = sync_channel(8);
        let planner = Planner::serving(
            tx,
            |planned| planned,
            move |_, step, plan, _| {
                Some(match step {
                    Step::Rules => Made::Plan(Box::default()),
                    Step::Improved => Made::Plan(Box::new(Outlook {
                        improved: true,
                        chances: chances(90),
                        ..plan?.needs()
                    })),
                    Step::Impacts => Made::Impacts(BTreeMap::from([(2, Impact::default())])),
                })
            },
        )
        .unwrap();
        let before = Arc::new(Outlook {
            chances: chances(50),
            impacts: BTreeMap::from([(7, Impact::default())]),
            ..Outlook::default()
        });
        let now = Moment::parse("2026-11-23T08:00").unwrap();
        planner.request(&World::default(), &before, now, 0);
        let Ok(Planned::Ready { outlook: first, .. }) = rx.recv() else {
            panic!()
        };
        assert_eq!(first.chances, before.chances);
        assert_eq!(first.impacts, before.impacts);
        let Ok(Planned::Ready { outlook, .. }) = rx.recv() else {
            panic!()
        };
        assert_eq!(outlook.chances, chances(90));
        assert_eq!(outlook.impacts, before.impacts);
        assert!(
            Arc::ptr_eq(&outlook.explosion, &first.explosion),
            "the needs of a job are kept once"
        );
        let Ok(Planned::Impacts { impacts, .. }) = rx.recv() else {
            panic!()
        };
        assert_eq!(impacts.keys().collect::<Vec<_>>(), [&2]);
        let (mut first, mut outlook) = (first, outlook);
        drop(before);
        assert!(
            Arc::get_mut(&mut first).is_some() && Arc::get_mut(&mut outlook).is_some(),
            "nobody but the screen holds a plan whose impacts have come"
        );
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
