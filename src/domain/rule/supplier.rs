//! How suppliers keep their word: how far deliveries came from the promised day, what never came,
//! what was accepted; and what that says about a word that stands now.
//!
//! Slips are calendar days from the promised day to the day on which the whole line was there,
//! negative where it came early. First words and last words are counted apart: a word that is
//! moved shortly before the goods come is always kept, and says little about the first one.
//! Recent deliveries count more: the weight of one falls to a half in a year, in a straight line
//! between the halvings. Own deliveries are filled up from the group, see [`Odds::shrunk`]: a
//! supplier's deliveries of a kind from all of his, his from all of that kind, those from
//! everybody's, and these from a plain assumption ([`ASSUMED`]). `cargo bench --bench suppliers`
//! shows how far the answers can be believed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::odds::{FEW, Odds};
use super::purchase as lines;
use crate::domain::purchase::{Promise, Purchase};
use crate::domain::quantity::{MICRO, Micro, Qty, Rate};
use crate::domain::world::World;

/// Days in which the weight of a delivery falls to a half.
const HALF_LIFE_DAYS: i64 = 365;
/// Halvings after which a delivery counts no more.
const HALVINGS_MAX: i64 = 20;
/// Slips before anything was delivered, in thousandths: nine of ten on the day, the others up to a
/// month late. It weighs what is missing to five deliveries, and one delivery beyond.
const ASSUMED: [(i64, i64); 5] = [(0, 900), (3, 25), (7, 25), (14, 25), (30, 25)];

/// Which of the supplier's words about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    First,
    /// The one that stood when the goods came.
    Last,
}

/// What became of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub supplier: i64,
    /// What suppliers are compared by: the family of the item.
    pub kind: String,
    pub said: Said,
    pub promised: NaiveDate,
    /// When all of it was there; `None`: not yet.
    pub came: Option<NaiveDate>,
}

/// Weights by days of slip, in millionths of one delivery.
type Seen = BTreeMap<i64, i64>;

/// Slips of all deliveries up to a day, to be asked for odds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slips {
    first: Levels,
    last: Levels,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Levels {
    all: Odds,
    kinds: BTreeMap<String, Seen>,
    suppliers: BTreeMap<i64, Seen>,
    both: BTreeMap<(i64, String), Seen>,
}

impl Slips {
    /// Gathers what was known on `today`.
    ///
    /// What has not come counts with the days it is late so far; what is not due yet says nothing.
    #[must_use]
    pub fn fit<'a>(
        deliveries: impl Iterator<Item = &'a Delivery> + Clone,
        today: NaiveDate,
    ) -> Self {
        let levels = |said| Levels::fit(deliveries.clone().filter(|d| d.said == said), today);
        Self {
            first: levels(Said::First),
            last: levels(Said::Last),
        }
    }

    /// The odds of the slip of a word.
    #[must_use]
    pub fn odds(&self, said: Said, supplier: Option<i64>, kind: Option<&str>) -> Odds {
        match said {
            Said::First => self.first.odds(supplier, kind),
            Said::Last => self.last.odds(supplier, kind),
        }
    }
}

impl Levels {
    fn fit<'a>(deliveries: impl Iterator<Item = &'a Delivery>, today: NaiveDate) -> Self {
        let (mut all, mut kinds) = (Seen::new(), BTreeMap::<String, Seen>::new());
        let mut suppliers = BTreeMap::<i64, Seen>::new();
        let mut both = BTreeMap::<(i64, String), Seen>::new();
        for d in deliveries {
            let Some((slip, weight)) = slip(d, today) else {
                continue;
            };
            for seen in [
                &mut all,
                kinds.entry(d.kind.clone()).or_default(),
                suppliers.entry(d.supplier).or_default(),
                both.entry((d.supplier, d.kind.clone())).or_default(),
            ] {
                *seen.entry(slip).or_default() += weight;
            }
        }
        let assumed = Odds::of(ASSUMED).unwrap_or_else(|| Odds::sure(0));
        Self {
            all: Odds::shrunk(&all, &assumed),
            kinds,
            suppliers,
            both,
        }
    }

    fn odds(&self, supplier: Option<i64>, kind: Option<&str>) -> Odds {
        let of_kind = kind.and_then(|k| self.kinds.get(k));
        let of_supplier = supplier.and_then(|s| self.suppliers.get(&s));
        let of_both = supplier
            .zip(kind)
            .and_then(|(s, k)| self.both.get(&(s, k.to_owned())));
        [of_kind, of_supplier, of_both]
            .into_iter()
            .flatten()
            .fold(self.all.clone(), |group, own| Odds::shrunk(own, &group))
    }
}

/// Slip and weight of a delivery as known on a day; `None` where it says nothing yet.
fn slip(d: &Delivery, today: NaiveDate) -> Option<(i64, i64)> {
    match d.came.filter(|came| *came <= today) {
        Some(came) => Some((
            (came - d.promised).num_days(),
            weight((today - came).num_days()),
        )),
        None => {
            let so_far = (today - d.promised).num_days();
            (so_far > 0).then_some((so_far, MICRO))
        }
    }
}

/// The weight of what happened so many days ago, in millionths.
fn weight(age: i64) -> i64 {
    let (halvings, rest) = (age.max(0) / HALF_LIFE_DAYS, age.max(0) % HALF_LIFE_DAYS);
    if halvings > HALVINGS_MAX {
        return 0;
    }
    let whole = MICRO >> halvings;
    whole - whole * rest / (2 * HALF_LIFE_DAYS)
}

/// The day on which a line was there within its tolerance; `None` while it is not.
#[must_use]
pub fn came(world: &World, line: &Purchase) -> Option<NaiveDate> {
    let least = line.qty - line.qty.times(line.under_pct);
    let mut receipts: Vec<_> = world.receipts.of(line.id).collect();
    receipts.sort_by_key(|r| (r.date, r.id));
    let (mut sum, mut there) = (Qty::ZERO, None);
    for r in receipts {
        sum += lines::settles(r);
        // What goes back opens the line again.
        there = (sum >= least).then_some(there.unwrap_or(r.date));
    }
    there
}

/// The day that the first word named for the whole line; parts said on one day belong together.
#[must_use]
pub fn first_word(world: &World, line: &Purchase) -> Option<NaiveDate> {
    let first = lines::promises(world, line).0?;
    if first.qty.is_zero() {
        return Some(first.date);
    }
    let parts = world.promises.of(line.id);
    let parts = parts.filter(|p| p.said_on == first.said_on && !p.qty.is_zero());
    parts.map(|p| p.date).max()
}

/// The day by which all that is open is promised, by the words said up to a day.
///
/// A word about a part leaves the rest to the word before it; a rest that nobody spoke of is taken
/// to come with the last part.
#[must_use]
pub fn last_word(world: &World, line: &Purchase, until: NaiveDate, open: Qty) -> Option<NaiveDate> {
    let mut words: Vec<&Promise> = world.promises.of(line.id).collect();
    words.retain(|p| p.said_on <= until);
    words.sort_by_key(|p| std::cmp::Reverse((p.said_on, p.id)));
    let (mut covered, mut date) = (Qty::ZERO, None);
    for word in words {
        date = date.max(Some(word.date));
        covered += word.qty;
        if word.qty.is_zero() || covered >= open {
            break;
        }
    }
    date
}

/// Whether the supplier has moved the day since the first word.
#[must_use]
pub fn is_moved(world: &World, line: &Purchase) -> bool {
    let mut dates: Vec<_> = world.promises.of(line.id).map(|p| p.date).collect();
    dates.dedup();
    dates.len() > 1
}

/// What suppliers are compared by.
#[must_use]
pub fn kind<'a>(world: &'a World, line: &Purchase) -> &'a str {
    world
        .items
        .get(line.item_id)
        .map_or("", |i| i.family.as_str())
}

/// What became of every word about every line.
///
/// A line that was closed before all of it came says nothing about days.
#[must_use]
pub fn deliveries(world: &World, today: NaiveDate) -> Vec<Delivery> {
    let mut out = Vec::new();
    for line in &world.purchases {
        let came = came(world, line);
        let (Some(supplier), Some(first)) = (line.supplier_id, first_word(world, line)) else {
            continue;
        };
        if came.is_none() && line.closed {
            continue;
        }
        let last = last_word(world, line, came.unwrap_or(today), line.qty).unwrap_or(first);
        for (said, promised) in [(Said::First, first), (Said::Last, last)] {
            out.push(Delivery {
                supplier,
                kind: kind(world, line).to_owned(),
                said,
                promised,
                came,
            });
        }
    }
    out
}

/// How far deliveries came from a word: days that half, and four fifths, of them keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slip {
    pub p50: i64,
    pub p80: i64,
}

impl Slip {
    fn of(odds: &Odds) -> Self {
        Self {
            p50: odds.quantile(50),
            p80: odds.quantile(80),
        }
    }
}

/// How a supplier has kept his word so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    pub supplier_id: i64,
    pub first: Slip,
    pub last: Slip,
    /// Lines behind the slips: those that came, and those that are past their first day.
    pub samples: i64,
    /// Lines that came in full by their first promised day.
    pub on_time: i64,
    /// Lines past their first promised day that are still open, or were closed without all of it.
    pub missing: i64,
    /// Lines that came in full.
    pub came: i64,
    /// Share of what was received that was accepted; every line counts the same, because metres
    /// and pieces do not add up. `None` where nothing was judged.
    pub quality: Option<Rate>,
    /// Lines still to come.
    pub open: i64,
}

impl Record {
    /// In time of all that came or should have come; `None` where nothing was due.
    #[must_use]
    pub fn on_time_rate(&self) -> Option<Rate> {
        let due = self.came + self.missing;
        (due > 0).then(|| Micro::whole(self.on_time).over(Micro::whole(due)))
    }

    /// Whether the group fills up the slips.
    #[must_use]
    pub const fn is_thin(&self) -> bool {
        self.samples < FEW
    }
}

/// The record of every supplier that something was bought from, by id.
#[must_use]
pub fn records(world: &World, slips: &Slips, today: NaiveDate) -> Vec<Record> {
    let mut out: BTreeMap<i64, (Record, Vec<Rate>)> = BTreeMap::new();
    for line in &world.purchases {
        let Some(supplier) = line.supplier_id else {
            continue;
        };
        let (record, judged) = out.entry(supplier).or_default();
        let arrival = lines::arrival(world, line);
        record.open += i64::from(arrival.open.is_positive());
        let received = arrival.accepted + arrival.rejected;
        if received.is_positive() {
            judged.push(arrival.accepted.over(received));
        }
        let Some(promised) = first_word(world, line) else {
            continue;
        };
        match came(world, line) {
            Some(came) => {
                record.samples += 1;
                record.came += 1;
                record.on_time += i64::from(came <= promised);
            }
            None if promised < today || line.closed => {
                record.samples += i64::from(!line.closed);
                record.missing += 1;
            }
            None => {}
        }
    }
    let finish = |(supplier, (record, judged)): (i64, (Record, Vec<Rate>))| {
        let slip = |said| Slip::of(&slips.odds(said, Some(supplier), None));
        let count = i64::try_from(judged.len()).unwrap_or(i64::MAX);
        let sum: Rate = judged.into_iter().sum();
        Record {
            supplier_id: supplier,
            first: slip(Said::First),
            last: slip(Said::Last),
            quality: (count > 0).then(|| Micro(sum.0 / count)),
            ..record
        }
    };
    out.into_iter().map(finish).collect()
}
