//! How full each work centre is.

use super::*;

pub(super) fn loads(
    world: &World,
    input: &PlanInput,
    plan: &PlanOutcome,
    today: NaiveDate,
    out: &mut Outlook,
) {
    let back = u64::from(today.weekday().num_days_from_monday());
    let monday = today.checked_sub_days(Days::new(back)).unwrap_or(today);
    for centre in load::load(input, plan, Period::Week, monday, WEEKS) {
        let Some(row) = world
            .work_centres
            .iter()
            .find(|c| c.code == centre.work_centre)
        else {
            continue;
        };
        for period in centre.periods {
            out.loads.push(Load {
                work_centre_id: row.id,
                week: period.first_day,
                available_minutes: period.available,
                used_minutes: period.used,
            });
        }
    }
}
