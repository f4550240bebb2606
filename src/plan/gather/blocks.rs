//! Capacity blocks as times of lines: what is closed, what is open beside the shifts.
//!
//! A block without minutes takes, or adds, its whole span on its line, or on every line of its
//! work centre. A block of `n` minutes takes the last `n` open minutes of the span, or adds the
//! first `n` that are not open yet; where no line is named the `n` minutes are shared among the
//! lines of the centre, the same number each as far as they have it. Blocks add up: what one has
//! taken the next cannot take again. Overtime comes first, then closing, each in order of entry;
//! the time that exceptions take follows.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{BlockKind, Micro, Span, World, minute_of};
use crate::domain::calendar::Calendar;
use crate::domain::resource::{CapacityBlock, WorkCentre};
use crate::domain::rule::effect;
use crate::plan::input::{DAY, Minute, day_of, day_start};
use crate::plan::timeline::spans::{subtract, unite};

/// Days of a span in which minutes are looked for: further than any plan.
const SPAN_DAYS: i64 = 1_200;

/// The times of one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Times {
    pub line: i64,
    pub closed: Vec<Span>,
    pub overtime: Vec<Span>,
}

/// The times of every line of a work centre, in order of the lines.
pub(super) fn times(world: &World, centre: &WorkCentre) -> Vec<Times> {
    let lines: Vec<_> = world.lines.of(centre.id).collect();
    let mut all: Vec<Times> = lines
        .iter()
        .map(|line| Times {
            line: line.id,
            ..Times::default()
        })
        .collect();
    let found = effect::blocks(world, centre);
    if found.is_empty() {
        return all;
    }
    let calendars: Vec<Arc<Calendar>> = lines
        .iter()
        .map(|l| world.calendar_or_own(l.calendar_id.or(centre.calendar_id)))
        .collect();
    let blocks = || found.iter().map(AsRef::as_ref);
    let overtime = |b: &&CapacityBlock| b.kind == BlockKind::Overtime;
    // Whole spans first: minutes go where time is left.
    let (whole, some): (Vec<_>, Vec<_>) = blocks().filter(overtime).partition(|b| minutes(b) == 0);
    for block in whole.into_iter().chain(some) {
        let free = |times: &Times, calendar: &Calendar| {
            let span = span(block);
            subtract(&[span], &open(times, calendar, span))
        };
        let parts = parts(block, &all, &calendars, &free);
        for (times, spans) in all.iter_mut().zip(parts) {
            times.overtime = unite(&times.overtime, &first(&spans.0, spans.1));
        }
    }
    let (whole, some): (Vec<_>, Vec<_>) = blocks()
        .filter(|b| !overtime(b))
        .partition(|b| minutes(b) == 0);
    for block in whole.into_iter().chain(some) {
        let free = |times: &Times, calendar: &Calendar| open(times, calendar, span(block));
        let parts = parts(block, &all, &calendars, &free);
        for (times, spans) in all.iter_mut().zip(parts) {
            times.closed = unite(&times.closed, &last(&spans.0, spans.1));
        }
    }
    all
}

/// Minutes taken and minutes added by day, over all lines, from `now` on.
pub(super) fn by_day(
    world: &World,
    centre: &WorkCentre,
    now: Minute,
    (first, days): (NaiveDate, usize),
) -> BTreeMap<NaiveDate, (i64, i64)> {
    let mut out = BTreeMap::new();
    if effect::blocks(world, centre).is_empty() {
        return out;
    }
    let days: Vec<NaiveDate> = first.iter_days().take(days).collect();
    for times in times(world, centre) {
        let line = world.lines.get(times.line).and_then(|l| l.calendar_id);
        let calendar = world.calendar_or_own(line.or(centre.calendar_id));
        let bare = Times {
            line: times.line,
            ..Times::default()
        };
        let late = Times {
            overtime: times.overtime.clone(),
            ..bare.clone()
        };
        for day in &days {
            let start = day_start(*day);
            let within = Span {
                start: start.max(now),
                end: start + DAY,
            };
            let plain = length(&open(&bare, &calendar, within));
            let more = length(&open(&late, &calendar, within));
            let left = length(&open(&times, &calendar, within));
            if more != plain || left != more {
                let sums = out.entry(*day).or_insert((0, 0));
                sums.0 += more - left;
                sums.1 += more - plain;
            }
        }
    }
    out
}

fn length(spans: &[Span]) -> Minute {
    spans.iter().map(|s| s.end - s.start).sum()
}

/// The span of a block; one that ends where it starts lasts its minutes.
pub(super) fn span(block: &CapacityBlock) -> Span {
    let start = minute_of(block.starts.0);
    let end = minute_of(block.ends.0);
    Span {
        start,
        end: if end > start {
            end
        } else {
            start + minutes(block)
        },
    }
}

/// Whole minutes of a block; zero: the whole span.
pub(super) const fn minutes(block: &CapacityBlock) -> Minute {
    block.minutes.0 / Micro::ONE.0
}

/// Per line the spans that a block may use there, and how many minutes of them it uses.
fn parts(
    block: &CapacityBlock,
    all: &[Times],
    calendars: &[Arc<Calendar>],
    free: &dyn Fn(&Times, &Calendar) -> Vec<Span>,
) -> Vec<(Vec<Span>, Minute)> {
    let mine = |times: &Times| block.line_id.is_none_or(|id| id == times.line);
    let mut parts: Vec<(Vec<Span>, Minute)> = all
        .iter()
        .zip(calendars)
        .map(|(times, calendar)| {
            let spans = match (mine(times), minutes(block)) {
                (false, _) => Vec::new(),
                (true, 0) => vec![span(block)],
                (true, _) => free(times, calendar),
            };
            let length = length(&spans);
            (spans, length)
        })
        .collect();
    if minutes(block) > 0 {
        let mut order: Vec<usize> = (0..parts.len()).filter(|n| has(&parts, *n) > 0).collect();
        order.sort_by_key(|n| (has(&parts, *n), *n));
        let mut left = minutes(block);
        let mut lines = Minute::try_from(order.len()).unwrap_or(0);
        for n in order {
            // The shortest come first, so what they cannot give falls to the others.
            let share = has(&parts, n).min(left / lines.max(1));
            left -= share;
            lines -= 1;
            if let Some(part) = parts.get_mut(n) {
                part.1 = share;
            }
        }
    }
    parts
}

fn has(parts: &[(Vec<Span>, Minute)], n: usize) -> Minute {
    parts.get(n).map_or(0, |p| p.1)
}

/// What is open within a span: shifts and overtime without what is closed.
fn open(times: &Times, calendar: &Calendar, within: Span) -> Vec<Span> {
    let mut shifts = Vec::new();
    if within.end <= within.start {
        return shifts;
    }
    let mut day = day_of(within.start);
    for _ in 0..SPAN_DAYS {
        if day_start(day) >= within.end {
            break;
        }
        let midnight = day_start(day);
        shifts.extend(calendar.shifts_on(day).iter().map(|s| Span {
            start: midnight + i64::from(s.start),
            end: midnight + i64::from(s.end),
        }));
        let Some(next) = day.succ_opt() else { break };
        day = next;
    }
    let all = subtract(&unite(&shifts, &times.overtime), &times.closed);
    let cut = all.into_iter().map(|s| Span {
        start: s.start.max(within.start),
        end: s.end.min(within.end),
    });
    cut.filter(|s| s.end > s.start).collect()
}

/// The first `n` minutes of sorted spans.
fn first(spans: &[Span], n: Minute) -> Vec<Span> {
    let mut left = n;
    let mut out = Vec::new();
    for span in spans {
        let take = left.min(span.end - span.start);
        if take <= 0 {
            break;
        }
        out.push(Span {
            start: span.start,
            end: span.start + take,
        });
        left -= take;
    }
    out
}

/// The last `n` minutes of sorted spans.
fn last(spans: &[Span], n: Minute) -> Vec<Span> {
    let mut left = n;
    let mut out = Vec::new();
    for span in spans.iter().rev() {
        let take = left.min(span.end - span.start);
        if take <= 0 {
            break;
        }
        out.push(Span {
            start: span.end - take,
            end: span.end,
        });
        left -= take;
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;
    use crate::domain::resource::Line;
    use crate::domain::world::Rows;
    use proptest::prelude::*;

    /// A centre of three lines on the factory's own calendar.
    fn world(blocks: Vec<CapacityBlock>) -> World {
        let line = |id| Line {
            id,
            work_centre_id: 1,
            code: format!("L{id}"),
            ..Line::default()
        };
        let numbered = (1..).zip(blocks).map(|(id, b)| CapacityBlock {
            id,
            work_centre_id: 1,
            ..b
        });
        World {
            work_centres: Rows::new(vec![WorkCentre {
                id: 1,
                code: "SEW".into(),
                ..WorkCentre::default()
            }]),
            lines: Rows::new((1..=3).map(line).collect()),
            capacity_blocks: Rows::new(numbered.collect()),
            ..World::default()
        }
    }

    fn block(line: Option<i64>, kind: BlockKind, minutes: i64) -> CapacityBlock {
        let at = |text: &str| Moment::parse(text).unwrap();
        CapacityBlock {
            line_id: line,
            kind,
            starts: at("2026-11-25T00:00"),
            ends: at("2026-11-26T00:00"),
            minutes: Micro::whole(minutes),
            ..CapacityBlock::default()
        }
    }

    fn lengths(world: &World, overtime: bool) -> Vec<i64> {
        let sum = |spans: &[Span]| spans.iter().map(|s| s.end - s.start).sum::<i64>();
        times(world, world.work_centres.get(1).unwrap())
            .iter()
            .map(|t| sum(if overtime { &t.overtime } else { &t.closed }))
            .collect()
    }

    #[test]
    fn minutes_are_the_last_open_ones_of_the_span_and_blocks_add_up() {
        let others = || block(Some(2), BlockKind::Others, 60);
        let world = world(vec![others(), others()]);
        let line = times(&world, world.work_centres.get(1).unwrap()).remove(1);
        let shifts = world.factory_calendar();
        let day = "2026-11-25".parse().unwrap();
        let close = i64::from(shifts.shifts_on(day).last().unwrap().end);
        let end = day_start(day) + close;
        let closed = Span {
            start: end - 120,
            end,
        };
        assert_eq!(line.closed, [closed]);
    }

    #[test]
    fn without_a_line_minutes_are_shared_and_a_whole_span_takes_every_line() {
        let spread = world(vec![block(None, BlockKind::Others, 100)]);
        assert_eq!(lengths(&spread, false), [33, 33, 34]);
        let whole = world(vec![block(None, BlockKind::Downtime, 0)]);
        assert_eq!(lengths(&whole, false), [1_440, 1_440, 1_440]);
        let late = world(vec![block(None, BlockKind::Overtime, 90)]);
        assert_eq!(lengths(&late, true), [30, 30, 30]);
        // What a line has lost already falls to the others.
        let mixed = world(vec![
            block(None, BlockKind::Others, 300),
            block(Some(1), BlockKind::Downtime, 0),
        ]);
        assert_eq!(lengths(&mixed, false), [1_440, 150, 150]);
    }

    proptest! {
        #[test]
        fn no_minute_is_lost_and_none_is_taken_twice(
            wishes in proptest::collection::vec((proptest::option::of(1i64..=3), 1i64..900), 1..6),
        ) {
            let blocks = wishes.iter().map(|(l, n)| block(*l, BlockKind::Others, *n)).collect();
            let open = i64::from(world(Vec::new()).factory_calendar()
                .open_minutes("2026-11-25".parse().unwrap()));
            let mut left = [open; 3];
            for (line, n) in &wishes {
                let mut n = *n;
                let mine = |at: usize| line.is_none_or(|l| l == at as i64 + 1);
                // One minute each in turn, from the line that has most.
                let mut turns: Vec<usize> = (0..3).filter(|at| mine(*at)).collect();
                turns.sort_by_key(|at| std::cmp::Reverse((left[*at], *at)));
                while n > 0 && turns.iter().any(|at| left[*at] > 0) {
                    for at in turns.iter().copied() {
                        if n > 0 && left[at] > 0 {
                            left[at] -= 1;
                            n -= 1;
                        }
                    }
                }
            }
            let taken: i64 = lengths(&world(blocks), false).iter().sum();
            prop_assert_eq!(taken, 3 * open - left.iter().sum::<i64>());
        }
    }
}
