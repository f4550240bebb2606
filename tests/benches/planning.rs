//! Prints how far plans are from the best known values, and how long planning takes.
//!
//! Instances: `GENDAN_CASES/cases/planning` and any folder in `GENDAN_PLANNING_CASES`.
//! `GENDAN_FAMILY` takes only groups that begin so, `GENDAN_MOST` so many instances of each group
//! (10), `GENDAN_SECONDS` other times (0.1,1,5), `GENDAN_VERBOSE` prints every instance.
//! Times of the gap tables are processor seconds of one thread.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

#[path = "instances.rs"]
mod instances;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use gendan::plan::impact::ripple;
use gendan::plan::input::{DAY, Span, day_of};
use gendan::plan::load::{Period, load};
use gendan::plan::promise::{Book, rush};
use gendan::plan::sequence::{Effort, Planner, Signal};
use instances::{Instance, input, read_folder};

fn main() {
    let mut instances = Vec::new();
    for folder in [
        std::env::var("GENDAN_CASES").map(|c| format!("{c}/cases/planning")),
        std::env::var("GENDAN_PLANNING_CASES"),
    ]
    .into_iter()
    .flatten()
    {
        instances.extend(read_folder(&PathBuf::from(folder)));
    }
    if instances.is_empty() {
        println!("no instances: set GENDAN_CASES or GENDAN_PLANNING_CASES");
        return;
    }
    on_a_factory(&instances);
    let only = std::env::var("GENDAN_FAMILY").unwrap_or_default();
    instances.retain(|i| group(i).starts_with(&only));
    let most: usize = std::env::var("GENDAN_MOST").map_or(10, |v| v.parse().unwrap());
    let budgets: Vec<f64> = std::env::var("GENDAN_SECONDS").map_or(vec![0.1, 1.0, 5.0], |v| {
        v.split(',').map(|s| s.parse().unwrap()).collect()
    });
    let mut groups: BTreeMap<String, Vec<Instance>> = BTreeMap::new();
    for i in instances {
        groups.entry(group(&i)).or_default().push(i);
    }
    for (name, list) in groups {
        let every = list.len().div_ceil(most).max(1);
        let list: Vec<&Instance> = list.iter().step_by(every).collect();
        gaps(&name, &list, &budgets);
    }
}

/// Seconds this thread has had a processor; wall time where the system does not tell.
///
/// Other work on the machine then changes the figures little.
struct Spent {
    wall: Instant,
    processor: Option<f64>,
    read: Instant,
    last: f64,
}

impl Spent {
    fn start() -> Self {
        let wall = Instant::now();
        Self {
            wall,
            processor: Self::processor(),
            read: wall,
            last: 0.0,
        }
    }

    fn processor() -> Option<f64> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        let nanos: f64 = text.split_whitespace().next()?.parse().ok()?;
        Some(nanos / 1e9)
    }

    fn seconds(&mut self) -> f64 {
        let now = Instant::now();
        // Reading the system's count costs more than a move; between reads the wall counts.
        if (now - self.read).as_secs_f64() > 0.001 || self.last == 0.0 {
            self.read = now;
            self.last = match (Self::processor(), self.processor) {
                (Some(at), Some(from)) => at - from,
                _ => (now - self.wall).as_secs_f64(),
            };
        }
        self.last
    }
}

/// Family and, for factories, the number of orders.
fn group(i: &Instance) -> String {
    if i.family.starts_with("factory") {
        format!("{} {:>4}", i.family, i.jobs.len())
    } else if i.family == "jsp-twt" || i.family == "smwt" {
        let tail = i.name.rsplit_once('-').map_or("", |n| n.1);
        if i.family == "smwt" {
            format!("{} {:>3}", i.family, i.jobs.len())
        } else {
            format!("{} {tail}", i.family)
        }
    } else if i.family == "jsp-tt" {
        // The two sets have best values from different sources.
        format!(
            "{} {}",
            i.family,
            if i.name.starts_with("gla") {
                "lawrence"
            } else {
                "pfvt"
            }
        )
    } else {
        i.family.clone()
    }
}

/// What the screens ask of a plan of a thousand orders.
fn on_a_factory(instances: &[Instance]) {
    let largest = instances
        .iter()
        .filter(|i| i.family == "factory")
        .max_by_key(|i| i.jobs.iter().map(|j| j.ops.len()).sum::<usize>());
    let Some(instance) = largest else { return };
    let mut data = input(instance);
    let extra = data.jobs.split_off(data.jobs.len() * 9 / 10);
    println!(
        "{}: {} orders, {} operations; {} orders asked for",
        instance.name,
        data.jobs.len(),
        data.jobs.iter().map(|j| j.operations.len()).sum::<usize>(),
        extra.len()
    );
    let (planner, took) = timed(|| Planner::new(&data));
    row("first full plan", took);
    let (plan, took) = timed(|| planner.outcome());
    row("its reasons and dates", took);
    let (mut book, took) = timed(|| Book::new(&data, &plan));
    row("busy book for promises", took);
    let mut times = [vec![], vec![], vec![]];
    for job in &extra {
        times[0].push(timed(|| book.promise(job)).1);
        times[1].push(timed(|| book.promise_with_levers(job)).1);
    }
    for job in extra.iter().take(10) {
        times[2].push(timed(|| rush(&data, &plan, job)).1);
    }
    for (name, list) in ["promise", "promise with levers", "rush with victims"]
        .iter()
        .zip(&mut times)
    {
        list.sort_by(f64::total_cmp);
        let at = |share: usize| list[(list.len() - 1) * share / 100];
        println!(
            "  {name:<28} median {:8.2} ms  p99 {:8.2} ms",
            at(50),
            at(99)
        );
    }
    let mut broken = data.clone();
    broken.centres[0].lines[0].closed.push(Span {
        start: data.now,
        end: data.now + 5 * DAY,
    });
    let ((_, difference), took) = timed(|| ripple(&broken, &plan));
    row("ripple of a broken line", took);
    println!("  {:<28} {} orders", "moved by it", difference.orders.len());
    let weeks = timed(|| load(&data, &plan, Period::Week, day_of(data.now), 52)).1;
    row("load of 52 weeks", weeks);
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed().as_secs_f64() * 1000.0)
}

fn row(name: &str, millis: f64) {
    println!("  {name:<28} {millis:8.2} ms");
}

fn gaps(name: &str, list: &[&Instance], budgets: &[f64]) {
    let mut rows: Vec<(String, Vec<f64>, usize, usize, f64)> = vec![];
    let verbose = std::env::var("GENDAN_VERBOSE").is_ok();
    for stage in 0..=budgets.len() {
        let title = match stage {
            0 => "rules".to_owned(),
            n => format!("{} s", budgets[n - 1]),
        };
        let (mut gap, mut solved, mut zeros, mut rate) = (vec![], 0, 0, 0.0);
        for i in list {
            let data = input(i);
            let mut spent = Spent::start();
            let start = Instant::now();
            let mut planner = Planner::new(&data);
            let first = start.elapsed();
            let allowed = if stage == 0 { 1e9 } else { budgets[stage - 1] };
            planner.rules(&mut |_| {
                if spent.seconds() < allowed {
                    Signal::Go { ppm: 0 }
                } else {
                    Signal::Stop
                }
            });
            let ruled = start.elapsed();
            if stage > 0 {
                let begin = spent.seconds();
                let whole = (allowed - begin).max(1e-9);
                let moves = planner.improve(Effort::Watch, &mut |_| {
                    let share = (spent.seconds() - begin) / whole;
                    if share >= 1.0 {
                        Signal::Stop
                    } else {
                        Signal::Go {
                            ppm: (share * 1e6) as u32,
                        }
                    }
                });
                rate += moves as f64 / whole / 1000.0;
            } else {
                rate += first.as_secs_f64() * 1000.0;
            }
            if verbose {
                println!(
                    "   {:22} {title:>6} cost {} best {} first {:.1} ms rules {:.1} ms",
                    i.name,
                    planner.cost(),
                    i.best.value,
                    first.as_secs_f64() * 1e3,
                    ruled.as_secs_f64() * 1e3
                );
            }
            if i.best.value > 0 {
                gap.push((planner.cost() - i.best.value) as f64 * 100.0 / i.best.value as f64);
            } else {
                zeros += 1;
                solved += usize::from(planner.cost() == 0);
            }
        }
        rows.push((title, gap, solved, zeros, rate / list.len() as f64));
    }
    println!("{name} ({} instances)", list.len());
    for (title, mut gap, solved, zeros, rate) in rows {
        gap.sort_by(f64::total_cmp);
        let mean = gap.iter().sum::<f64>() / gap.len().max(1) as f64;
        let median = gap.get(gap.len() / 2).copied().unwrap_or(0.0);
        println!(
            "  {title:>7}  mean {mean:8.2} %  median {median:8.2} %  worst {:8.1} %  zero {solved}/{zeros}  {rate:.1} {}",
            gap.last().copied().unwrap_or(0.0),
            if title == "rules" {
                "ms to the first plan"
            } else {
                "k moves/s"
            }
        );
    }
}
