//! What the planner computed, in the terms of the file: for panels, commands and the command line.
//!
//! Made by `plan::gather` from one state of the data; says which. Nothing of it is stored until a
//! plan is accepted.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::moment::Moment;
use crate::domain::quantity::{Micro, Money, Qty, Rate};
use crate::domain::rule::planning::Principle;
use crate::domain::rule::{chase, supplier};
pub use crate::plan::explode::{
    Cover, Explosion, For, Lot, Message, Origin, ParentLot, ParentUse, Source, Supply,
};
pub use crate::plan::forecast::{Curve, Finishing, OperationPace, curves, imbalance};
pub use crate::plan::kit::{KitGain, KitOperation, KitStep};
pub use crate::plan::outcome::Hold;
pub use crate::plan::promise::LeverKind;
use crate::plan::sequence::Ranking;
use crate::text::Lang;

pub use super::impact::Impact;
pub use crate::plan::gather::{Compared, compared, promise_of_planned};

/// What binds an operation to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    Material,
    Capacity,
    Predecessor,
    Calendar,
    Pin,
    Release,
}

impl Bound {
    /// The code in the interchange format.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Material => "material",
            Self::Capacity => "capacity",
            Self::Predecessor => "predecessor",
            Self::Calendar => "calendar",
            Self::Pin => "pin",
            Self::Release => "release",
        }
    }
}

/// Where an operation is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub production_order_id: i64,
    pub work_centre_id: Option<i64>,
    pub line_id: Option<i64>,
    pub starts: Moment,
    pub ends: Moment,
    pub bound: Bound,
    /// By what: a material, an operation, a holiday; as text.
    pub by: String,
    /// The operation that it waits for, where one binds its start.
    pub waits_for: Option<i64>,
    /// Open minutes it holds its line, setup and changeover included.
    pub work_minutes: i64,
    /// Part of `work_minutes` that a change of family costs.
    pub changeover_minutes: i64,
    /// Minutes it can slip without making any order late, or later than it is.
    pub float_minutes: i64,
    /// The latest it may start, backward from due along the routing alone.
    pub latest_start: Moment,
    pub latest_finish: Moment,
    pub hold: Hold,
    /// Which principle put it here; none where nothing was to be decided.
    pub decided: Option<crate::plan::outcome::Principle>,
    /// On the chain that binds the finish of its production order.
    pub critical: bool,
}

/// When a production order is finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    pub starts: Moment,
    pub ends: Moment,
    pub due: Option<NaiveDate>,
    pub late_days: i64,
}

/// The load of a work centre in a day or a week.
///
/// *Used* is counted where the plan puts the work, so it never exceeds what is available: what
/// does not fit stands later. *Wanted* is counted where the work would have to stand to be in
/// time, backward from the latest finish of each operation; what should have been done before now
/// is wanted at once. More wanted than available is overload.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Load {
    pub work_centre_id: i64,
    /// The day, or the Monday of the week.
    pub from: NaiveDate,
    /// Open minutes of all its lines, from now on.
    pub available_minutes: i64,
    pub used_minutes: i64,
    pub wanted_minutes: i64,
    /// Minutes that others' orders and downtime have taken; not available.
    pub blocked_minutes: i64,
    /// Minutes that overtime has added; available.
    pub overtime_minutes: i64,
    /// Who uses it, most first: operation, minutes.
    pub used_by: Vec<(i64, i64)>,
    /// Who wants it, most first.
    pub wanted_by: Vec<(i64, i64)>,
}

/// Minutes that an order which is not made yet would add to a work centre on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Add {
    pub work_centre_id: i64,
    pub day: NaiveDate,
    pub minutes: i64,
}

impl Load {
    /// Used of available, in per cent; 999 where there is work and no time.
    #[must_use]
    pub fn percent(&self) -> i64 {
        percent(self.used_minutes, self.available_minutes)
    }

    /// Wanted of available, in per cent; 999 where there is work and no time.
    #[must_use]
    pub fn wanted_percent(&self) -> i64 {
        percent(self.wanted_minutes, self.available_minutes)
    }

    /// Adds another period of the same work centre.
    pub fn take(&mut self, other: &Self) {
        self.available_minutes += other.available_minutes;
        self.used_minutes += other.used_minutes;
        self.wanted_minutes += other.wanted_minutes;
        self.blocked_minutes += other.blocked_minutes;
        self.overtime_minutes += other.overtime_minutes;
        join(&mut self.used_by, &other.used_by);
        join(&mut self.wanted_by, &other.wanted_by);
    }
}

/// The Monday of the week of a day.
#[must_use]
pub fn week_of(day: NaiveDate) -> NaiveDate {
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(back)).unwrap_or(day)
}

/// A part of a whole in per cent, rounded down; 999 where there is a part and no whole.
#[must_use]
pub fn percent(part: i64, whole: i64) -> i64 {
    match (part, whole) {
        (0, _) => 0,
        (_, ..=0) => 999,
        (part, whole) => part.saturating_mul(100) / whole,
    }
}

/// Adds minutes to those of the same operations, most first.
fn join(all: &mut Vec<(i64, i64)>, more: &[(i64, i64)]) {
    let mut sums: BTreeMap<i64, i64> = all.iter().copied().collect();
    for (operation, minutes) in more {
        *sums.entry(*operation).or_insert(0) += minutes;
    }
    *all = sums.into_iter().collect();
    all.sort_by_key(|(operation, minutes)| (std::cmp::Reverse(*minutes), *operation));
}

/// The earliest date an order that is still open could be promised for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Promise {
    pub date: Option<NaiveDate>,
    /// The date with free capacity everywhere.
    pub unlimited: Option<NaiveDate>,
    /// The requested date it is measured by.
    pub due: Option<NaiveDate>,
    /// Days after the requested date; zero where it is in time.
    pub late_days: i64,
    /// The operations of the line that decides, where they would stand.
    pub chain: Vec<Link>,
    /// What binds the date first, then what would bind it once that is lifted.
    pub chains: Vec<Chain>,
    /// What would help, most days first.
    pub levers: Vec<Lever>,
    /// What can be delivered when, within the order's policy.
    pub quantity_by_date: Vec<(NaiveDate, Qty)>,
    /// When all material can be there by netting; `None` where only the customer could tell.
    pub material_ready: Option<NaiveDate>,
    /// The material that decides it; empty where what is there will do.
    pub material_by: String,
    /// Working days of the longest routing if nothing had to be waited for.
    pub operation_days: i64,
    /// The load it would add, by work centre and day.
    pub adds: Vec<Add>,
}

/// One step of what binds a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub what: String,
    pub from: Moment,
    pub to: Moment,
    pub bound: Bound,
    pub by: String,
}

/// One way through an order from now to its finish, without holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The finish, had all chains before it been lifted.
    pub date: NaiveDate,
    /// The wait that costs most; none where only work is left.
    pub binding: Option<(Bound, String)>,
    pub links: Vec<Stretch>,
}

/// A stretch of a chain: work, or a wait and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub seq: i64,
    /// Name of the operation.
    pub operation: String,
    /// Code of the work centre or supplier.
    pub work_centre: String,
    pub from: Moment,
    pub to: Moment,
    /// What is waited for; `None` while work is done.
    pub waits: Option<(Bound, String)>,
}

/// Something that would bring a promise forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    pub kind: LeverKind,
    /// The line of the order it acts on.
    pub line_id: i64,
    /// The order's date with it.
    pub date: NaiveDate,
    pub days_gained: i64,
    pub meets_due: bool,
    /// What it costs, where a price is known.
    pub cost: Option<Money>,
}

impl Lever {
    /// The extra time that an overtime lever stands for; none for the others.
    #[must_use]
    pub fn extra_time(&self) -> Vec<(Moment, Moment)> {
        let LeverKind::Overtime { spans, .. } = &self.kind else {
            return Vec::new();
        };
        let at = |minute| Moment(crate::plan::input::instant_of(minute));
        spans.iter().map(|s| (at(s.start), at(s.end))).collect()
    }
}

/// What a change would move in the plan, told before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weighed {
    pub late_before: usize,
    pub late_after: usize,
    /// Σ weight × late days.
    pub weighted_before: Micro,
    pub weighted_after: Micro,
    /// Operations that start on another day or line.
    pub moved_operations: usize,
    /// Production orders that finish at another time, those that get latest first.
    pub orders: Vec<Moved>,
    pub operations: Vec<MovedOperation>,
    /// Open orders whose earliest date changes: id, before, after.
    pub promises: Vec<(i64, Option<NaiveDate>, Option<NaiveDate>)>,
    /// What the planner finds wrong only with the change.
    pub findings: Vec<Finding>,
}

/// A production order that a change moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub no: String,
    pub order_id: Option<i64>,
    pub order_no: String,
    pub due: Option<NaiveDate>,
    pub finish_before: Option<Moment>,
    pub finish_after: Option<Moment>,
    pub late_days_before: i64,
    pub late_days_after: i64,
    /// What holds it at its later place, where it gets later.
    pub because: Option<(Bound, String)>,
}

/// An operation that a change moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedOperation {
    pub operation_id: i64,
    pub line_before: String,
    pub line_after: String,
    pub starts_before: Moment,
    pub starts_after: Moment,
    pub ends_after: Moment,
}

/// An open order pushed into the plan (插单), and who pays for it; nothing of it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RushedOrder {
    pub order_id: i64,
    /// The plan it was pushed into, see [`Outlook::stands_on`].
    pub stands_on: Option<i64>,
    /// Its date if the others make way.
    pub date: NaiveDate,
    /// Its date without touching anybody.
    pub quiet: Option<NaiveDate>,
    /// Where its own operations would stand.
    pub own: Vec<RushPlace>,
    /// Operations of others that move: operation, line, start, end.
    pub places: Vec<(i64, Option<i64>, Moment, Moment)>,
    /// Production orders that finish later, the dearest first.
    pub victims: Vec<Victim>,
}

impl RushedOrder {
    /// Production orders that become late by it, or later than they were.
    #[must_use]
    pub fn made_late(&self) -> usize {
        let worse = |v: &&Victim| v.late_days_after > v.late_days_before;
        self.victims.iter().filter(worse).count()
    }
}

/// Where an operation of a rush order would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RushPlace {
    pub order_line_id: i64,
    pub seq: i64,
    pub line_id: Option<i64>,
    pub starts: Moment,
    pub ends: Moment,
}

/// A production order that pays for a rush.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Victim {
    pub no: String,
    pub order_id: Option<i64>,
    pub order_no: String,
    pub due: Option<NaiveDate>,
    pub weight: Micro,
    pub finish_before: Moment,
    pub finish_after: Moment,
    pub late_days_before: i64,
    pub late_days_after: i64,
}

/// The plan with one rule turned round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipleEffect {
    /// The principle that is turned round; none: the factory's own rules, or a plain ranking.
    pub principle: Option<Principle>,
    /// A plain way of ranking in place of all rules.
    pub ranking: Option<Ranking>,
    /// Whether the principle takes part in this plan.
    pub on: bool,
    pub late: usize,
    pub weighted_late_days: Micro,
    pub changeovers: usize,
    /// Orders that finish earlier, and later, than by the factory's own rules.
    pub gain: usize,
    pub lose: usize,
}

/// What has to be bought or made of an item by a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    pub item_id: i64,
    pub need_date: NaiveDate,
    pub gross: Qty,
    pub from_stock: Qty,
    pub from_on_order: Qty,
    pub net: Qty,
    /// Whether it is made here.
    pub make: bool,
    pub qty_planned: Qty,
    pub release_date: NaiveDate,
    /// What lot rule acted, as text: `lot-for-lot`, `moq` ..
    pub rule: String,
    pub pegs: Vec<Peg>,
}

/// For which order line a requirement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peg {
    pub order_id: Option<i64>,
    pub line_no: i64,
    pub qty: Qty,
}

/// Whether the parts of a production order are there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kit {
    pub needed_sets: Qty,
    pub buildable_sets: Qty,
    /// Share of the items that are there in full.
    pub item_rate: Rate,
    pub ready: Option<NaiveDate>,
    /// The same, if everything missing is ordered today; `None` where the customer has to send it.
    pub possible: Option<NaiveDate>,
    /// Items that hold it up.
    pub blocking: Vec<i64>,
    /// Per item: needed, covered now.
    pub parts: Vec<KitPart>,
    /// What must be there for each operation to begin.
    pub operations: Vec<KitOperation>,
    /// How the sets grow as open purchases come in.
    pub steps: Vec<KitStep>,
    /// What each item that holds it up would bring, if it alone were there.
    pub gains: Vec<KitGain>,
}

/// One material of a production order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitPart {
    pub item_id: i64,
    /// The operation that takes it; `None`: the first.
    pub operation: Option<i64>,
    pub need: Qty,
    /// Allotted to this production order from stock.
    pub covered: Qty,
    /// Allotted to it from what is on order, with the day it is expected.
    pub coming: Vec<(Supply, Option<NaiveDate>, Qty)>,
    /// Neither there nor on order.
    pub uncovered: Qty,
    /// Sets it would allow now if all else were there.
    pub sets: Qty,
    /// When the rest is covered by what is on order; `None`: nothing on order covers it.
    pub ready: Option<NaiveDate>,
}

impl KitPart {
    /// How much of what is on order is for this production order.
    #[must_use]
    pub fn on_order(&self) -> Qty {
        self.coming.iter().map(|(_, _, qty)| *qty).sum()
    }
}

/// How likely an order is on time, from what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chance {
    /// The earliest date that counts of its lines.
    pub due: NaiveDate,
    /// In whole per cent.
    pub percent: i64,
    /// The days by which it has left with one half, and with four fifths.
    pub p50: NaiveDate,
    pub p80: NaiveDate,
    /// Expected days after its due.
    pub late_days: Micro,
    /// Whether every outcome was gone through, rather than some drawn.
    pub exact: bool,
    /// What is uncertain of it, what would bring most if it went as planned first.
    pub items: Vec<ChanceItem>,
}

impl Chance {
    /// What raises the chance most, or brings the day nearer where nothing raises it.
    #[must_use]
    pub fn first(&self) -> Option<&ChanceItem> {
        self.items.first().filter(|i| i.gain > 0 || i.days > 0)
    }
}

/// Something uncertain, and what it would bring if it went as planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChanceItem {
    pub of: ChanceOf,
    /// Points of the chance.
    pub gain: i64,
    /// Days by which the day that four fifths keep comes nearer.
    pub days: i64,
    /// When it itself is through.
    pub p50: NaiveDate,
    pub p80: NaiveDate,
}

/// What may hold an order up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChanceOf {
    /// An open purchase line.
    Purchase(i64),
    /// A material that nobody has ordered yet.
    Unordered {
        production_order_id: i64,
        item_id: i64,
    },
    Operation(i64),
    /// An order line whose production has not begun.
    NotBegun(i64),
    Sample(i64),
    Query(i64),
    /// The decision that an exception waits for.
    Exception(i64),
    Milestone(i64),
    /// From the last piece to the ship, of an order.
    Shipping(i64),
}

/// Something in the data that the planner could not use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub text_zh: String,
    pub text_en: String,
}

impl Finding {
    /// The finding in one language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.text_zh,
            Lang::En => &self.text_en,
        }
    }
}

/// All of it.
///
/// What is needed, and the kits, are the same for every plan of the same data, which share them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlook {
    /// Journal number of the change it stands on; `None`: nothing computed yet.
    pub stands_on: Option<i64>,
    /// The "now" it was computed for.
    pub computed_for: Option<Moment>,
    /// Whether the plan by rules has been improved.
    pub improved: bool,
    pub places: BTreeMap<i64, Place>,
    pub finishes: BTreeMap<i64, Finish>,
    /// How each operation is getting on, by what was reported.
    pub paces: BTreeMap<i64, OperationPace>,
    /// When each production order is finished at the reported rates.
    pub finishings: BTreeMap<i64, Finishing>,
    /// By week, work centre by work centre.
    pub loads: Vec<Load>,
    /// By day, work centre by work centre; the weeks are their sums.
    pub load_days: Vec<Load>,
    pub promises: BTreeMap<i64, Promise>,
    pub requirements: Arc<Vec<Requirement>>,
    /// What stands behind each requirement: the row of the same place in it.
    pub explosion: Arc<Explosion>,
    /// By item: the place of its first requirement, and how many it has.
    pub by_item: Arc<BTreeMap<i64, (usize, usize)>>,
    pub kits: Arc<BTreeMap<i64, Kit>>,
    /// Open purchase lines, worst expected loss first, those that had better wait at the end.
    pub chases: Vec<chase::Line>,
    /// The on-time chance of live orders, by id of the order; the first plan has none yet.
    pub chances: BTreeMap<i64, Chance>,
    /// How suppliers kept their word, by id of the supplier.
    pub suppliers: Vec<supplier::Record>,
    pub findings: Vec<Finding>,
    /// What open exceptions cost, by id; computed after the plan.
    pub impacts: BTreeMap<i64, Impact>,
    /// Whether `impacts` stand on this plan.
    pub impacts_current: bool,
}

impl Outlook {
    /// What another plan of the same data has in common with this one, and nothing else.
    #[must_use]
    pub fn needs(&self) -> Self {
        Self {
            requirements: Arc::clone(&self.requirements),
            explosion: Arc::clone(&self.explosion),
            by_item: Arc::clone(&self.by_item),
            kits: Arc::clone(&self.kits),
            ..Self::default()
        }
    }

    /// A copy that shares nothing with it but the needs that both have from `known`.
    #[must_use]
    pub fn copied(&self, known: Option<&Self>) -> Self {
        let copy = self.clone();
        if known.is_some_and(|known| Arc::ptr_eq(&known.explosion, &self.explosion)) {
            return copy;
        }
        Self {
            requirements: Arc::new(Vec::clone(&self.requirements)),
            explosion: Arc::new(Explosion::clone(&self.explosion)),
            by_item: Arc::new(BTreeMap::clone(&self.by_item)),
            kits: Arc::new(BTreeMap::clone(&self.kits)),
            ..copy
        }
    }

    /// The same with what it has not computed itself: that of the plan before it stands until then.
    ///
    /// A plan by rules comes without chances, and no plan has what exceptions cost at first.
    #[must_use]
    pub fn after(mut self, before: &Self) -> Self {
        if !self.improved && self.chances.is_empty() {
            self.chances.clone_from(&before.chances);
        }
        if !self.impacts_current {
            self.impacts.clone_from(&before.impacts);
        }
        self
    }

    /// The requirements of an item, in order of date.
    #[must_use]
    pub fn of_item(&self, item: i64) -> &[Requirement] {
        let (first, count) = self.by_item.get(&item).copied().unwrap_or_default();
        self.requirements
            .get(first..first + count)
            .unwrap_or_default()
    }

    /// The requirement of an item for a day, with what stands behind it.
    #[must_use]
    pub fn requirement(
        &self,
        item: i64,
        day: NaiveDate,
    ) -> Option<(&Requirement, &crate::plan::explode::Row)> {
        let (first, count) = self.by_item.get(&item).copied()?;
        let rows = self.requirements.get(first..first + count)?;
        let at = rows.binary_search_by_key(&day, |r| r.need_date).ok()?;
        Some((rows.get(at)?, self.explosion.rows.get(first + at)?))
    }

    /// When an item has to be ordered at the latest: the first release of a planned lot.
    #[must_use]
    pub fn order_by(&self, item: i64) -> Option<NaiveDate> {
        let planned = self
            .of_item(item)
            .iter()
            .filter(|r| r.qty_planned.is_positive());
        planned.map(|r| r.release_date).min()
    }

    /// Whether the computed plan puts an operation elsewhere than the accepted one.
    #[must_use]
    pub fn moves(&self, operation: &crate::domain::production::Operation) -> bool {
        self.places.get(&operation.id).is_some_and(|place| {
            operation.starts != Some(place.starts)
                || operation.ends != Some(place.ends)
                || operation.line_id != place.line_id
        })
    }

    /// The operations that bind the start of one, back to a root, and the operation itself: each
    /// waits for the one before it in the answer.
    #[must_use]
    pub fn chain(&self, operation: i64) -> Vec<i64> {
        let mut chain = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut at = Some(operation);
        // Pins of the user may bind each other in a ring.
        while let Some(id) = at.filter(|id| seen.insert(*id)) {
            chain.push(id);
            at = self.places.get(&id).and_then(|p| p.waits_for);
        }
        chain.reverse();
        chain
    }
}
