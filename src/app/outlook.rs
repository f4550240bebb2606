//! What the planner computed, in the terms of the file: for panels, commands and the command line.
//!
//! Made by `plan::gather` from one state of the data; says which. Nothing of it is stored until a
//! plan is accepted.

mod chance;
mod load;
mod materials;
mod place;
mod promise;
mod rush;
mod weighed;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::moment::Moment;
use crate::domain::rule::{chase, supplier};
use crate::text::Lang;

pub use super::impact::Impact;
pub use crate::plan::explode::{
    Cover, Explosion, For, Lot, Message, Origin, ParentLot, ParentUse, Source, Supply,
};
pub use crate::plan::forecast::{Curve, Finishing, OperationPace, curves, imbalance};
pub use crate::plan::gather::{Compared, compared, promise_of_planned};
pub use crate::plan::kit::{KitGain, KitOperation, KitStep};
pub use crate::plan::outcome::Hold;
pub use crate::plan::promise::LeverKind;

pub use chance::{Chance, ChanceItem, ChanceOf};
pub use load::{Add, Load, percent, week_of};
pub use materials::{Kit, KitPart, Peg, Requirement};
pub use place::{Bound, Finish, Place};
pub use promise::{Chain, Lever, Link, Promise, Stretch};
pub use rush::{RushPlace, RushedOrder, Victim};
pub use weighed::{Moved, MovedOperation, PrincipleEffect, Weighed};

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
/// Its copies share what is large. What is needed, and the kits, are shared by all plans of one job,
/// see [`Outlook::needs`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlook {
    /// Journal number of the change it stands on; `None`: nothing computed yet.
    pub stands_on: Option<i64>,
    /// The "now" it was computed for.
    pub computed_for: Option<Moment>,
    /// Whether the plan by rules has been improved.
    pub improved: bool,
    pub places: Arc<BTreeMap<i64, Place>>,
    pub finishes: Arc<BTreeMap<i64, Finish>>,
    /// How each operation is getting on, by what was reported.
    pub paces: Arc<BTreeMap<i64, OperationPace>>,
    /// When each production order is finished at the reported rates.
    pub finishings: Arc<BTreeMap<i64, Finishing>>,
    /// By week, work centre by work centre.
    pub loads: Arc<Vec<Load>>,
    /// By day, work centre by work centre; the weeks are their sums.
    pub load_days: Arc<Vec<Load>>,
    pub promises: Arc<BTreeMap<i64, Promise>>,
    pub requirements: Arc<Vec<Requirement>>,
    /// What stands behind each requirement: the row of the same place in it.
    pub explosion: Arc<Explosion>,
    /// By item: the place of its first requirement, and how many it has.
    pub by_item: Arc<BTreeMap<i64, (usize, usize)>>,
    pub kits: Arc<BTreeMap<i64, Kit>>,
    /// Open purchase lines, worst expected loss first, those that had better wait at the end.
    pub chases: Arc<Vec<chase::Line>>,
    /// The on-time chance of live orders, by id of the order; computed after the plan.
    pub chances: Arc<BTreeMap<i64, Chance>>,
    /// Whether `chances` stand on this plan.
    pub chances_current: bool,
    /// How suppliers kept their word, by id of the supplier.
    pub suppliers: Vec<supplier::Record>,
    pub findings: Vec<Finding>,
    /// What open exceptions cost, by id; computed after the plan.
    pub impacts: Arc<BTreeMap<i64, Impact>>,
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

    /// A copy that shares nothing with it; what is the same in a plan of `like` is shared with that.
    #[must_use]
    pub fn copied(&self, like: &[&Self]) -> Self {
        fn own<'a, T: Clone + PartialEq + 'a>(
            mine: &Arc<T>,
            mut like: impl Iterator<Item = &'a Arc<T>>,
        ) -> Arc<T> {
            let same = like.find(|other| Arc::ptr_eq(other, mine) || ***other == **mine);
            same.map_or_else(|| Arc::new(T::clone(mine)), Arc::clone)
        }
        // Every field by name, so that a new one is not forgotten: what is shared keeps all the memory
        // it was made in.
        let Self {
            stands_on,
            computed_for,
            improved,
            places,
            finishes,
            paces,
            finishings,
            loads,
            load_days,
            promises,
            requirements,
            explosion,
            by_item,
            kits,
            chases,
            chances,
            chances_current,
            suppliers,
            findings,
            impacts,
            impacts_current,
        } = self;
        Self {
            stands_on: *stands_on,
            computed_for: *computed_for,
            improved: *improved,
            places: own(places, like.iter().map(|l| &l.places)),
            finishes: own(finishes, like.iter().map(|l| &l.finishes)),
            paces: own(paces, like.iter().map(|l| &l.paces)),
            finishings: own(finishings, like.iter().map(|l| &l.finishings)),
            loads: own(loads, like.iter().map(|l| &l.loads)),
            load_days: own(load_days, like.iter().map(|l| &l.load_days)),
            promises: own(promises, like.iter().map(|l| &l.promises)),
            requirements: own(requirements, like.iter().map(|l| &l.requirements)),
            explosion: own(explosion, like.iter().map(|l| &l.explosion)),
            by_item: own(by_item, like.iter().map(|l| &l.by_item)),
            kits: own(kits, like.iter().map(|l| &l.kits)),
            chases: own(chases, like.iter().map(|l| &l.chases)),
            chances: own(chances, like.iter().map(|l| &l.chances)),
            chances_current: *chances_current,
            suppliers: suppliers.clone(),
            findings: findings.clone(),
            impacts: own(impacts, like.iter().map(|l| &l.impacts)),
            impacts_current: *impacts_current,
        }
    }

    /// The same with what it has not computed yet: that of the plan before it stands until then.
    #[must_use]
    pub fn after(mut self, before: &Self) -> Self {
        if !self.chances_current {
            self.chances = Arc::clone(&before.chances);
        }
        if !self.impacts_current {
            self.impacts = Arc::clone(&before.impacts);
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
