//! `list ledger`, `list pareto`: who cost how many days, day by day and summed up.

use super::*;
use crate::app::ledger as late;
use crate::domain::rule::ledger::Ledger;
use crate::domain::rule::ledger::pareto::{self, By, Period};
use crate::text::ledger as said;

/// The charged days of all late orders, or of one, in a period.
pub(super) fn ledger(setting: &Setting, l: &Loaded, order: Option<i64>, period: Period) -> Rows {
    let today = setting.clock.today();
    let mut ledgers = late::all(&l.world, &l.outlook, today);
    ledgers.retain(|ledger| mine(order, Some(ledger.order_id)));
    let rows = pareto::charges(&ledgers, &period).map(|(order, charge)| {
        vec![
            order_no(&l.world, Some(order)),
            date(Some(charge.from)),
            date(Some(charge.last())),
            Value::from(charge.days()),
            Value::from(said::code(charge.whose)),
            Value::from(said::who(&l.world, order, charge.whose, setting.lang)),
            Value::from(said::sentence(&l.world, &charge, today, setting.lang)),
            Value::from(said::evidence(&l.world, charge.evidence, setting.lang)),
        ]
    });
    let names = [
        "order",
        "from",
        "to",
        "days",
        "charged_to",
        "who",
        "why",
        "evidence",
    ];
    named(&names, rows.collect())
}

/// Days and exceptions by cause, supplier or department.
pub(super) fn pareto(
    setting: &Setting,
    l: &Loaded,
    order: Option<i64>,
    by: LoadBy,
    period: Period,
) -> Rows {
    let today = setting.clock.today();
    let mut ledgers: Vec<Ledger> = late::all(&l.world, &l.outlook, today);
    ledgers.retain(|ledger| mine(order, Some(ledger.order_id)));
    let by = match by {
        LoadBy::Supplier => By::Supplier,
        LoadBy::Department => By::Department,
        LoadBy::Cause | LoadBy::Week | LoadBy::Day => By::Cause,
    };
    let bars = pareto::bars(&l.world, &ledgers, by, period);
    let rows = bars.iter().map(|bar| {
        vec![
            Value::from(said::bar(&l.world, bar.whose, by, setting.lang)),
            Value::from(bar.days),
            Value::from(bar.share.text()),
            Value::from(bar.cumulative.text()),
            Value::from(bar.orders.len()),
            Value::from(bar.exceptions),
        ]
    });
    let names = ["by", "days", "share", "cumulative", "orders", "exceptions"];
    named(&names, rows.collect())
}
