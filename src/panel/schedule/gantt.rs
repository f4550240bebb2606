//! The Gantt chart of the schedule.

use super::*;

/// Days shown in the Gantt chart before it is scrolled.
const GANTT_DAYS: u32 = 28;

/// Lines down, days across, the operations as bars; those of `selected` stand out.
pub(super) fn gantt(cx: &Cx<'_>, selected: i64) -> Part {
    let first = cx.today();
    let mut rows = Vec::new();
    let mut bars = Vec::new();
    for line in &cx.world.lines {
        let centre = cx.world.work_centres.get(line.work_centre_id);
        let infinite = centre.is_some_and(|c| c.infinite);
        let placed = cx
            .outlook
            .places
            .iter()
            .filter(|(_, p)| p.line_id == Some(line.id));
        let before = bars.len();
        for (id, place) in placed {
            let made = cx.world.production_orders.get(place.production_order_id);
            // The prefix that all of them share would leave no room for the number.
            let no = made
                .map(|p| {
                    p.no.trim_start_matches(number_rule::PRODUCTION_ORDER)
                        .to_owned()
                })
                .unwrap_or_default();
            let late = cx
                .outlook
                .finishes
                .get(&place.production_order_id)
                .is_some_and(|f| f.late_days > 0);
            let pinned = cx.world.operations.get(*id).is_some_and(|o| o.pinned);
            bars.push(Bar {
                row: rows.len(),
                starts: place.starts,
                ends: place.ends,
                label: if pinned { format!("*{no}") } else { no },
                role: if late { Role::Bad } else { Role::Accent },
                late,
                selected: place.production_order_id == selected,
            });
        }
        if bars.len() > before || !infinite {
            rows.push(line.code.clone());
        }
    }
    let working = cx.world.factory_calendar();
    let closed = first
        .iter_days()
        .take(GANTT_DAYS as usize * 4)
        .filter(|d| !working.is_working(*d))
        .collect();
    let last = bars.iter().map(|b| b.ends.date()).max().unwrap_or(first);
    let span = u32::try_from((last - first).num_days() + 2).unwrap_or(GANTT_DAYS);
    let days = span.clamp(7, GANTT_DAYS * 4);
    let picture = Gantt {
        rows,
        bars,
        first,
        days,
        closed,
        today: first,
    };
    Part {
        kind: PartKind::Gantt,
        title: w::PART_GANTT,
        count: None,
        content: Content::Gantt(picture),
    }
}

/// The last day a Gantt chart of `days` days shows.
#[must_use]
pub fn last_day(gantt: &Gantt) -> chrono::NaiveDate {
    gantt
        .first
        .checked_add_days(Days::new(gantt.days.into()))
        .unwrap_or(gantt.first)
}
