//! What to do better, derived from the numbers of a period.

use std::collections::BTreeMap;

use super::count::Look;
use super::*;

/// The points of a heading, those with most behind them first.
pub(super) fn points(look: &Look<'_>, heading: Heading) -> Vec<Point> {
    let mut out = Vec::new();
    match heading {
        Heading::Acceptance => out.extend(slow(look)),
        Heading::Scheduling => out.extend(late_production(look)),
        Heading::Materials => out.extend(supplier(look)),
        Heading::Progress => out.extend(late_orders(look)),
        Heading::Exceptions => out.extend(responsible(look)),
        Heading::Difficulties => {
            let silent = |e: &crate::domain::exception::Exception| {
                e.closed_on.is_some() && e.solution.trim().is_empty()
            };
            let exceptions = number(look.of_raised(silent).len());
            out.extend((exceptions > 0).then_some(Point::Unsolved { exceptions }));
        }
        Heading::Causes => out.extend(cause(look)),
    }
    out.extend(repeated(look, heading));
    out
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The key with the most, the first of equals.
fn most<K: Ord + Copy>(sums: BTreeMap<K, (i64, i64)>) -> Option<(K, (i64, i64))> {
    sums.into_iter()
        .min_by_key(|(key, (n, days))| (std::cmp::Reverse((*days, *n)), *key))
}

fn slow(look: &Look<'_>) -> Option<Point> {
    let mut sums: BTreeMap<Department, (i64, i64)> = BTreeMap::new();
    for case in look.answered() {
        if let CaseOf::Query(id) = case.of
            && let Some(query) = look.world.queries.get(id)
        {
            let sum = sums.entry(query.department).or_default();
            sum.0 += 1;
            sum.1 += case.days.unwrap_or(0);
        }
    }
    let (department, (queries, days)) = most(sums)?;
    (days > 0).then_some(Point::SlowAnswers {
        department,
        queries,
        days,
    })
}

fn late_production(look: &Look<'_>) -> Option<Point> {
    let all = look.finished();
    let late = || all.iter().filter_map(|c| c.days).filter(|d| *d > 0);
    let count = number(late().count());
    (count > 0).then(|| Point::LateProduction {
        late: count,
        made: number(all.len()),
        days: late().sum(),
    })
}

fn supplier(look: &Look<'_>) -> Option<Point> {
    let mut sums: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for (case, _) in look.slips() {
        let CaseOf::Purchase(id) = case.of else {
            continue;
        };
        let line = look.world.purchases.get(id);
        let days = case.days.filter(|d| *d > 0);
        if let (Some(supplier), Some(days)) = (line.and_then(|p| p.supplier_id), days) {
            let sum = sums.entry(supplier).or_default();
            sum.0 += 1;
            sum.1 += days;
        }
    }
    let (supplier_id, (lines, days)) = most(sums)?;
    Some(Point::Supplier {
        supplier_id,
        lines,
        days,
    })
}

fn late_orders(look: &Look<'_>) -> Option<Point> {
    let all = look.delivered(Base::LatestPromise);
    let late = number(all.iter().filter(|(_, o)| !o.in_full_on_time).count());
    (late > 0).then(|| Point::LateOrders {
        late,
        due: number(all.len()),
    })
}

fn responsible(look: &Look<'_>) -> Option<Point> {
    let mut sums: BTreeMap<Department, (i64, i64)> = BTreeMap::new();
    for (e, _) in look.raised() {
        sums.entry(e.department).or_default().1 += 1;
    }
    let (department, (_, exceptions)) = most(sums)?;
    Some(Point::Responsible {
        department,
        exceptions,
    })
}

fn cause(look: &Look<'_>) -> Option<Point> {
    let mut sums: BTreeMap<CauseClass, (i64, i64)> = BTreeMap::new();
    let mut all = 0;
    for (e, _) in look.raised() {
        if let Some(cause) = e.cause {
            sums.entry(cause).or_default().1 += 1;
            all += 1;
        }
    }
    let (cause, (_, exceptions)) = most(sums)?;
    Some(Point::Cause {
        cause,
        exceptions,
        all,
    })
}

fn repeated(look: &Look<'_>, heading: Heading) -> Vec<Point> {
    let mut times: BTreeMap<i64, i64> = BTreeMap::new();
    for case in look.lessons(heading, true) {
        if let CaseOf::Lesson { lesson_id, .. } = case.of {
            *times.entry(lesson_id).or_default() += 1;
        }
    }
    let mut list: Vec<(i64, i64)> = times.into_iter().collect();
    list.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
    let point = |(lesson_id, times)| Point::Repeated { lesson_id, times };
    list.into_iter().take(CASES_MAX).map(point).collect()
}
