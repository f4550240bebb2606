//! Requirements: per item and day from the gross need to the planned quantity and its release.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::super::Long;
use super::subject::Subject;
use super::*;
use crate::app::outlook::{For, Requirement, Source};
use crate::text::explosion as rules;

const COLUMNS: &[Column] = &[
    column(w::MATERIAL, Width::Fixed(10), 0),
    column(w::NAME, Width::Fill(2), 2),
    column(m::NEED_DATE, Width::Fixed(10), 0),
    number(m::GROSS, 9, 0),
    number(w::STOCK, 8, 0),
    number(w::ON_ORDER, 8, 0),
    number(m::NET, 8, 0),
    column(m::LOT_RULE, Width::Fill(1), 3),
    number(m::PLANNED, 9, 0),
    column(m::RELEASE_BY, Width::Fixed(10), 0),
    column(m::SOURCE, Width::Fixed(6), 4),
];

/// More than days since year one: so item and day make one row id.
const DAYS: i64 = 10_000_000;

/// The row of an item's need on a day; the same after every computation.
pub(super) fn row_id(item: i64, date: NaiveDate) -> i64 {
    item.saturating_mul(DAYS) + i64::from(date.num_days_from_ce())
}

/// Item and day of a row.
pub(super) fn of_row(row: i64) -> Option<(i64, NaiveDate)> {
    let days = i32::try_from(row.rem_euclid(DAYS)).ok()?;
    Some((
        row.div_euclid(DAYS),
        NaiveDate::from_num_days_from_ce_opt(days)?,
    ))
}

pub(super) fn part(cx: &Cx<'_>, subject: Subject<'_>) -> Part {
    let needs = subject.needs(cx);
    let ids = match subject {
        Subject::All => cx.outlook.requirements.iter().map(id).collect(),
        _ => of_needs(cx, &needs),
    };
    let planned = |r: &&Requirement| !r.make && r.qty_planned.is_positive();
    let count = match subject {
        Subject::All => cx.outlook.requirements.iter().filter(planned).count(),
        _ => 0,
    };
    Part {
        kind: PartKind::Requirements,
        title: m::PART_REQUIREMENTS,
        count: (count > 0).then_some(count),
        content: Content::Long(Long {
            columns: COLUMNS,
            ids,
            empty: Some(m::EMPTY_REQUIREMENTS),
        }),
    }
}

fn id(requirement: &Requirement) -> i64 {
    row_id(requirement.item_id, requirement.need_date)
}

/// The rows at every level that are for these needs.
fn of_needs(cx: &Cx<'_>, needs: &BTreeSet<i64>) -> Vec<i64> {
    let mine = |to: For| matches!(to, For::Need(id) if needs.contains(&id));
    let rows = cx.outlook.explosion.rows.iter();
    let rows = rows.filter(|r| r.pegs.iter().any(|p| mine(p.to)));
    rows.map(|r| row_id(r.item, r.need_date)).collect()
}

pub(super) fn cells(cx: &Cx<'_>, row: i64) -> Vec<Cell> {
    let found = of_row(row).and_then(|(item, date)| cx.outlook.requirement(item, date));
    let Some((need, behind)) = found else {
        return Vec::new();
    };
    let item = cx.world.items.get(need.item_id);
    let planned = need.qty_planned.is_positive();
    let release = match (planned, behind.late_days > 0) {
        (false, _) => dim(""),
        (true, false) => due(Some(need.release_date), cx),
        (true, true) => {
            let mut cell = due(Some(need.release_date), cx);
            cell.role = Role::Bad;
            cell
        }
    };
    let mut net = qty_or_blank(need.net);
    if behind.shortage.is_positive() {
        net.role = Role::Bad;
    }
    let source = match behind.source {
        Source::Buy => rules::BUY,
        Source::Make => rules::MAKE,
        Source::Phantom => rules::PHANTOM,
        Source::Customer => rules::CUSTOMER_SUPPLIED,
    };
    vec![
        text(item.map(|i| i.code.clone()).unwrap_or_default()),
        text(item.map(|i| i.name.clone()).unwrap_or_default()),
        day(Some(need.need_date), cx),
        qty(need.gross),
        qty_or_blank(need.from_stock),
        qty_or_blank(need.from_on_order),
        net,
        dim(if need.net.is_positive() || planned {
            crate::text::need::rules(&behind.rules, cx.lang)
        } else {
            String::new()
        }),
        qty_or_blank(need.qty_planned),
        release,
        word(source, Role::Dim, cx.lang),
    ]
}
