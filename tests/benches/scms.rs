//! Real deliveries (10,324 lines of a public procurement record), forecast year by year from the
//! years before: what the benchmark prints and a test asserts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    dead_code
)]

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use gendan::domain::quantity::{MICRO, Micro, Rate};
use gendan::domain::rule::supplier::{Delivery, Said, Slips};

/// Reads the lines: vendor, shipment mode (what they are compared by), scheduled and actual day.
pub(crate) fn read(cases: &Path) -> Vec<Delivery> {
    let path = cases.join("cases/scms.csv");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_path(&path)
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|h| h == name).expect(name);
    let (vendor, mode) = (at("Vendor"), at("Shipment Mode"));
    let (promised, came) = (
        at("Scheduled Delivery Date"),
        at("Delivered to Client Date"),
    );
    let mut vendors: BTreeMap<String, i64> = BTreeMap::new();
    let day = |text: &str| NaiveDate::parse_from_str(text, "%d-%b-%y").unwrap();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let next = i64::try_from(vendors.len()).unwrap() + 1;
        Delivery {
            supplier: *vendors.entry(row[vendor].to_owned()).or_insert(next),
            kind: row[mode].to_owned(),
            said: Said::First,
            promised: day(&row[promised]),
            came: Some(day(&row[came])),
        }
    });
    rows.collect()
}

/// One delivery as it was forecast before its year began.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tried {
    pub(crate) year: i32,
    pub(crate) chance: Rate,
    /// The late share of everything delivered before, said of every delivery.
    pub(crate) base: Rate,
    pub(crate) late: bool,
    /// Whether it came by the day said to be kept by four fifths.
    pub(crate) by_p80: bool,
}

/// Fits on everything up to the end of the year before and tries the year, for each year.
pub(crate) fn walk(all: &[Delivery], years: std::ops::RangeInclusive<i32>) -> Vec<Tried> {
    let mut out = Vec::new();
    for year in years {
        let eve = NaiveDate::from_ymd_opt(year - 1, 12, 31).unwrap();
        let known: Vec<&Delivery> = all.iter().filter(|d| d.promised <= eve).collect();
        let slips = Slips::fit(known.iter().copied(), eve);
        let came = known.iter().filter(|d| d.came.unwrap() <= eve);
        let late = came.clone().filter(|d| d.came.unwrap() > d.promised);
        let base = share(late.count(), came.count());
        for d in all.iter().filter(|d| d.promised.year() == year) {
            let odds = slips.odds(Said::First, Some(d.supplier), Some(&d.kind));
            let slip = (d.came.unwrap() - d.promised).num_days();
            out.push(Tried {
                year,
                chance: odds.beyond(0),
                base,
                late: slip > 0,
                by_p80: slip <= odds.quantile(80),
            });
        }
    }
    out
}

pub(crate) fn share(part: usize, whole: usize) -> Rate {
    let whole = i64::try_from(whole.max(1)).unwrap();
    Micro(i64::try_from(part).unwrap() * MICRO / whole)
}

/// The share of late deliveries, which no constant forecast made beforehand can beat.
pub(crate) fn late_share(tried: &[Tried]) -> Rate {
    share(tried.iter().filter(|t| t.late).count(), tried.len())
}
