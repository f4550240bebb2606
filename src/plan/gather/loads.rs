//! How full each work centre is, by day and by week, and what an order in question would add.

use super::places::Ids;
use super::*;
use crate::app::outlook::{Add, week_of};
use crate::plan::problem::resources::Resources;
use crate::plan::promise::PromisedOperation;

/// Days of load that are computed: whole weeks from the Monday of this one.
const DAYS: usize = 26 * 7;

/// By week, work centre by work centre: sums of the days.
pub(super) fn loads(
    world: &World,
    input: &PlanInput,
    plan: &PlanOutcome,
    today: NaiveDate,
    out: &mut Outlook,
) {
    let ids = Ids::new(world);
    let (mut weeks, mut days): (Vec<Load>, Vec<Load>) = (Vec::new(), Vec::new());
    let monday = week_of(today);
    let who = |list: Vec<(String, i64, i64)>| -> Vec<(i64, i64)> {
        let one =
            |(no, seq, minutes): (String, i64, i64)| Some((ids.operation(&no, seq)?, minutes));
        list.into_iter().filter_map(one).collect()
    };
    for centre in load::load(input, plan, Period::Day, monday, DAYS) {
        let Some(id) = ids.centres.get(centre.work_centre.as_str()) else {
            continue;
        };
        let row = world.work_centres.get(*id);
        let blocks = row
            .map(|c| blocks::by_day(world, c, input.now, (monday, DAYS)))
            .unwrap_or_default();
        for period in centre.periods {
            let (blocked_minutes, overtime_minutes) =
                blocks.get(&period.first_day).copied().unwrap_or_default();
            let day = Load {
                work_centre_id: *id,
                from: period.first_day,
                available_minutes: period.available,
                used_minutes: period.used,
                wanted_minutes: period.wanted,
                blocked_minutes,
                overtime_minutes,
                used_by: who(period.by),
                wanted_by: who(period.wanted_by),
            };
            let week = week_of(day.from);
            match weeks.last_mut() {
                Some(last) if (last.work_centre_id, last.from) == (*id, week) => last.take(&day),
                _ => weeks.push(Load {
                    from: week,
                    ..day.clone()
                }),
            }
            days.push(day);
        }
    }
    (out.loads, out.load_days) = (Arc::new(weeks), Arc::new(days));
}

/// Turns promised operations into minutes of work centres by day.
pub(super) struct Adds<'a> {
    ids: Ids<'a>,
    resources: Resources<'a>,
}

impl<'a> Adds<'a> {
    pub(super) fn new(world: &'a World, input: &'a PlanInput) -> Self {
        Self {
            ids: Ids::new(world),
            resources: Resources::new(input),
        }
    }

    /// The minutes of the operations of an order, all its lines together.
    pub(super) fn of<'o>(
        &self,
        operations: impl IntoIterator<Item = &'o PromisedOperation>,
    ) -> Vec<Add> {
        let mut sums: BTreeMap<(i64, NaiveDate), i64> = BTreeMap::new();
        for o in operations {
            let Some(centre) = self.ids.centres.get(o.work_centre.as_str()) else {
                continue;
            };
            let days = load::days_of(&self.resources, &o.work_centre, &o.line, (o.start, o.end));
            for (day, minutes) in days {
                *sums.entry((*centre, day)).or_insert(0) += minutes;
            }
        }
        sums.into_iter()
            .map(|((work_centre_id, day), minutes)| Add {
                work_centre_id,
                day,
                minutes,
            })
            .collect()
    }
}
