//! How good the finish forecast is on histories whose rate is known, and what it costs.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::expect_used
)]

use std::time::Instant;

mod histories;

use histories::{Chance, GOAL, NOISES, Score};

/// Histories of each kind.
const HISTORIES: usize = 4_000;

fn main() {
    let calendar = histories::calendar();
    println!("forecast at half done, {HISTORIES} histories each: share within one working day");
    let mut missed = false;
    for (at, noise) in NOISES.iter().enumerate() {
        let mut chance = Chance::new(7);
        let mut score = Score::default();
        while score.count < HISTORIES {
            if let Some(history) = histories::history(noise, &mut chance, &calendar) {
                score.add(&history, &calendar);
            }
        }
        let near = score.share(score.near);
        let verdict = match at {
            at if at >= GOAL => "no goal",
            _ if near >= 0.9 => "goal 90 % met",
            _ => "GOAL 90 % MISSED",
        };
        missed |= at < GOAL && near < 0.9;
        println!(
            "  {:<58} {:5.1} %  mean {:.2} days off  range holds {:5.1} %  {verdict}",
            noise.name,
            100.0 * near,
            score.mean_off(),
            100.0 * score.share(score.inside),
        );
    }
    cost(&calendar);
    assert!(!missed, "the forecast is not good enough");
}

fn cost(calendar: &gendan::domain::calendar::Calendar) {
    let mut chance = Chance::new(11);
    let all: Vec<_> =
        std::iter::repeat_with(|| histories::history(&NOISES[0], &mut chance, calendar))
            .flatten()
            .take(1_000)
            .collect();
    let start = Instant::now();
    for history in &all {
        std::hint::black_box(histories::told(history, calendar));
    }
    println!(
        "  1,000 paces, each with its calendar: {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    let now = gendan::plan::input::day_start(all[0].today);
    let time = gendan::plan::forecast::OpenTime::of(calendar, now);
    let start = Instant::now();
    for history in &all {
        let pace = gendan::plan::forecast::pace_in(&history.reports, history.left, now, &time);
        std::hint::black_box(pace);
    }
    println!(
        "  1,000 paces in one calendar: {:.2} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
}
