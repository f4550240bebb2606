//! The chase list in the Materials panel: open lines by expected loss, and why some had better wait.

use super::super::Long;
use super::*;
use crate::domain::codes::Subject as About;
use crate::domain::rule::chase;
use crate::overlay::forms::followup::chase_about;
use crate::text::chasing as c;

const CHASES: &[Column] = &[
    column(w::SUPPLIER, Width::Fill(1), 0),
    column(w::NAME, Width::Fill(1), 1),
    number(w::SHORT, 8, 3),
    column(c::NEEDED, Width::Fixed(8), 2),
    column(c::SAYS, Width::Fixed(8), 0),
    column(c::BELIEVED, Width::Fixed(8), 0),
    number(c::CHANCE, 6, 0),
    column(c::BLOCKS, Width::Fill(1), 4),
    number(c::SETS, 7, 5),
    number(c::LOSS, 8, 0),
    column(c::ASKED, Width::Fixed(8), 6),
    column(c::NEXT, Width::Fixed(8), 7),
    column(c::HELD_BACK, Width::Fixed(18), 0),
];

/// What can be done with a line that is chased, or with a supplier.
pub(super) const ACTIONS: &[Action] = &[
    Action::Chase,
    Action::CopyMessage,
    Action::Promise,
    Action::Receive,
    Action::Deposit,
    Action::Snooze,
    Action::RaiseException,
];

/// The lines that a production order waits for; all of them where there is none.
pub(super) fn chases(cx: &Cx<'_>, made: Option<i64>) -> Part {
    let waits = |line: &&chase::Line| {
        made.is_none() || line.waiting.iter().any(|w| w.production_order_id == made)
    };
    let mine: Vec<&chase::Line> = cx.outlook.chases.iter().filter(waits).collect();
    let due = mine.iter().filter(|l| l.hold.is_none()).count();
    Part {
        kind: PartKind::Chases,
        title: c::PART_CHASES,
        count: Some(due),
        content: Content::Long(Long {
            columns: CHASES,
            ids: mine.iter().map(|l| l.purchase_id).collect(),
            empty: Some(c::EMPTY_CHASES),
        }),
    }
}

/// The cells of a line.
pub(super) fn cells(cx: &Cx<'_>, purchase: i64) -> Vec<Cell> {
    let mut all = cx.outlook.chases.iter();
    let line = all.find(|l| l.purchase_id == purchase);
    line.and_then(|line| row(cx, line)).unwrap_or_default()
}

fn row(cx: &Cx<'_>, line: &chase::Line) -> Option<Vec<Cell>> {
    let bought = cx.world.purchases.get(line.purchase_id)?;
    let supplier = cx.world.suppliers.find(line.supplier_id);
    let (orders, sets) = c::blocks(cx.world, cx.outlook, line);
    let mut chance = percent(line.chance.round_to(2));
    chance.role = match line.chance.0 {
        500_000.. => Role::Bad,
        200_000.. => Role::Warn,
        _ => Role::Base,
    };
    let mut believed = near(cx, Some(line.p80));
    if line.needed.is_some_and(|needed| line.p80 > needed) {
        believed.role = Role::Bad;
    }
    let held = line.hold.map(|h| c::hold(cx.world, h, cx.today(), cx.lang));
    let mut cells = vec![
        supplier.map_or_else(
            || word(c::NO_SUPPLIER, Role::Warn, cx.lang),
            |s| text(s.name.clone()),
        ),
        text(item_name(cx, bought.item_id)),
        qty(line.open),
        near(cx, line.needed),
        near(cx, line.says),
        believed,
        chance,
        text(orders),
        qty_or_blank(sets),
        qty(line.loss.round_to(1)),
        near(cx, line.asked),
        near(cx, line.next),
        text(held.unwrap_or_default()),
    ];
    if line.hold.is_some() {
        cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
    }
    Some(cells)
}

/// A date as short as can be.
fn near(cx: &Cx<'_>, date: Option<chrono::NaiveDate>) -> Cell {
    let said = date.map(|d| text(c::near(d, cx.today())).by(d.to_string()));
    said.unwrap_or_else(|| dim("—").by("9999"))
}

/// The purchase line that a row of the chases or of the suppliers means.
pub(super) fn chosen<'a>(cx: &Cx<'a>, spot: &Spot) -> Option<&'a Purchase> {
    let id = match spot.part {
        PartKind::Chases => spot.part_row,
        PartKind::Suppliers => suppliers::line_of(cx, spot.part_row)?,
        _ => return None,
    };
    cx.world.purchases.get(id)
}

/// What is done otherwise here than with a purchase line elsewhere: the message is to the supplier
/// about everything that is open with him.
pub(super) fn act(cx: &Cx<'_>, action: Action, spot: &Spot) -> Option<Reply> {
    if !matches!(spot.part, PartKind::Chases | PartKind::Suppliers) {
        return None;
    }
    let line = chosen(cx, spot);
    let supplier = match spot.part {
        PartKind::Suppliers => suppliers::supplier_of(cx, spot.part_row),
        _ => line.and_then(|p| p.supplier_id),
    };
    match action {
        Action::CopyMessage => Some(match cx.world.suppliers.find(supplier) {
            Some(s) => Reply::Copy(c::message(cx.world, s, cx.today(), cx.lang)),
            None => Reply::Refuse(w::NO_PURCHASE),
        }),
        Action::Open => Some(match line {
            Some(p) => chase(cx, p),
            None => Reply::Refuse(w::NO_PURCHASE),
        }),
        Action::Chase if line.is_none() => Some(Reply::Refuse(w::NO_PURCHASE)),
        _ => None,
    }
}

fn chase(cx: &Cx<'_>, line: &Purchase) -> Reply {
    let form = chase_about(cx, About::Purchase, line.id, line.order_id);
    Reply::Form(Box::new(form))
}
