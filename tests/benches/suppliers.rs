//! How far the chance of a late delivery can be believed: `cargo bench --bench suppliers`.
//!
//! Reads `cases/scms.csv` in the folder that `GENDAN_CASES` names. The first years are only
//! learned from; each later year is forecast from what was known when it began.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod scms;

use std::path::PathBuf;
use std::time::Instant;

use gendan::domain::quantity::{Micro, Rate};
use gendan::plan::forecast::calibration;
use scms::{Tried, late_share, read, share, walk};

const YEARS: std::ops::RangeInclusive<i32> = 2009..=2015;

fn main() {
    let Some(cases) = std::env::var_os("GENDAN_CASES").map(PathBuf::from) else {
        println!("GENDAN_CASES names no folder of cases, so there are no deliveries to try.");
        return;
    };
    let file = cases.join("cases/scms.csv");
    if !file.is_file() {
        println!(
            "{} is not there, so there are no deliveries to try.",
            file.display()
        );
        return;
    }
    let all = read(&cases);
    let begun = Instant::now();
    let tried = walk(&all, YEARS);
    println!(
        "{} deliveries, {} of them forecast in {:.0} ms, {} to {}, each year from the years before",
        all.len(),
        tried.len(),
        begun.elapsed().as_secs_f64() * 1_000.0,
        YEARS.start(),
        YEARS.end()
    );
    println!("\nreliability: chance of late as forecast, and how many were late");
    println!("  chance     deliveries  forecast  late");
    for (at, (n, forecast, late)) in chances(&tried).tenths.iter().enumerate() {
        if *n > 0 {
            let range = format!("{}-{} %", at * 10, at * 10 + 10);
            println!(
                "  {range:10} {n:9} {:>9} {:>6}",
                percent(*forecast),
                percent(*late)
            );
        }
    }
    println!("\n  year  deliveries  late    Brier   base rate  by P80");
    for year in YEARS {
        let of_year: Vec<Tried> = tried.iter().copied().filter(|t| t.year == year).collect();
        row(&year.to_string(), &of_year);
    }
    row("all", &tried);
    let hindsight: Vec<(Rate, bool)> = tried.iter().map(|t| (late_share(&tried), t.late)).collect();
    println!(
        "\nBrier of the late share of the tried years themselves, known only afterwards: {}",
        calibration(&hindsight).brier.text_fixed(4)
    );
}

fn chances(tried: &[Tried]) -> gendan::plan::forecast::Calibration {
    let pairs: Vec<(Rate, bool)> = tried.iter().map(|t| (t.chance, t.late)).collect();
    calibration(&pairs)
}

fn row(name: &str, tried: &[Tried]) {
    let base: Vec<(Rate, bool)> = tried.iter().map(|t| (t.base, t.late)).collect();
    println!(
        "  {name:5} {:9} {:>7} {:>8} {:>9} {:>8}",
        tried.len(),
        percent(late_share(tried)),
        chances(tried).brier.round_to(4).text_fixed(4),
        calibration(&base).brier.round_to(4).text_fixed(4),
        percent(share(
            tried.iter().filter(|t| t.by_p80).count(),
            tried.len()
        )),
    );
}

fn percent(share: Rate) -> String {
    format!(
        "{} %",
        share.times(Micro::whole(100)).round_to(1).text_fixed(1)
    )
}
