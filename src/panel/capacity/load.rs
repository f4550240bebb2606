//! The load of the work centres.

use super::*;

/// Weeks shown in the load picture.
const WEEKS_MAX: usize = 10;

pub(super) fn load(cx: &Cx<'_>) -> Part {
    let mut weeks: Vec<_> = cx.outlook.loads.iter().map(|l| l.week).collect();
    weeks.sort();
    weeks.dedup();
    weeks.truncate(WEEKS_MAX);
    let columns = weeks
        .iter()
        .map(|d| d.format("%m-%d").to_string())
        .collect();
    let rows = cx
        .world
        .work_centres
        .iter()
        .filter(|c| !c.infinite)
        .map(|centre| {
            let percent = |week: &chrono::NaiveDate| {
                let found = cx
                    .outlook
                    .loads
                    .iter()
                    .find(|l| l.work_centre_id == centre.id && l.week == *week);
                found.map_or(0, crate::app::outlook::Load::percent)
            };
            (centre.name.clone(), weeks.iter().map(percent).collect())
        });
    let heat = Heat {
        columns,
        rows: rows.collect(),
    };
    Part {
        kind: PartKind::Load,
        title: w::PART_LOAD,
        count: None,
        content: Content::Heat(heat),
    }
}
