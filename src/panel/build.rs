//! Cells and facts that several panels show in the same way.

use chrono::NaiveDate;

use super::{Cell, Cx};
use crate::domain::order::Order;
use crate::domain::quantity::{Money, Qty, Rate};
use crate::domain::rule::delivery;
use crate::text::{Label, Lang, Word, format, show};
use crate::theme::Role;

/// Plain text.
#[must_use]
pub fn text(value: impl Into<String>) -> Cell {
    Cell::new(value, Role::Base)
}

/// Text of less weight.
#[must_use]
pub fn dim(value: impl Into<String>) -> Cell {
    Cell::new(value, Role::Dim)
}

/// The word of a code.
#[must_use]
pub fn code<T: Label>(value: T, lang: Lang) -> Cell {
    text(value.word().text(lang))
}

/// A word.
#[must_use]
pub fn word(value: Word, role: Role, lang: Lang) -> Cell {
    Cell::new(value.text(lang), role)
}

/// A quantity, sorted by size.
#[must_use]
pub fn qty(value: Qty) -> Cell {
    text(format::qty(value)).by(sort_key(value.0))
}

/// A quantity, or nothing where it is zero.
#[must_use]
pub fn qty_or_blank(value: Qty) -> Cell {
    if value.is_zero() {
        text("").by(sort_key(0))
    } else {
        qty(value)
    }
}

/// A sum of money.
#[must_use]
pub fn money(value: Money, currency: &str) -> Cell {
    text(show::money(value, currency)).by(sort_key(value.0))
}

/// A share as per cent.
#[must_use]
pub fn percent(value: Rate) -> Cell {
    let role = if value >= Rate::ONE {
        Role::Ok
    } else {
        Role::Base
    };
    Cell::new(format::percent(value), role).by(sort_key(value.0))
}

/// A number that sorts as text in the order of numbers.
#[must_use]
pub fn sort_key(value: i64) -> String {
    format!("{:020}", i128::from(value) - i128::from(i64::MIN))
}

/// A date, or a dash where there is none; dates without a value sort last.
#[must_use]
pub fn day(value: Option<NaiveDate>, cx: &Cx<'_>) -> Cell {
    match value {
        Some(date) => text(show::day(date, cx.today(), cx.lang)).by(date.to_string()),
        None => dim("—").by("9999"),
    }
}

/// A date by which something is due: late is bad, soon is a warning.
#[must_use]
pub fn due(value: Option<NaiveDate>, cx: &Cx<'_>) -> Cell {
    let mut cell = day(value, cx);
    if let Some(date) = value {
        let days = (date - cx.today()).num_days();
        cell.role = match days {
            ..0 => Role::Bad,
            0..=3 => Role::Warn,
            _ => Role::Base,
        };
    }
    cell
}

/// Days late as a number with its sign; nothing where it is in time.
#[must_use]
pub fn late(days: i64, lang: Lang) -> Cell {
    match days {
        1.. => Cell::new(show::late(days, lang), Role::Bad).by(sort_key(-days)),
        _ => text("").by(sort_key(-days)),
    }
}

/// The customer's name.
#[must_use]
pub fn customer(cx: &Cx<'_>, order: &Order) -> Cell {
    match cx.world.customers.find(order.customer_id) {
        Some(customer) => text(customer.name.clone()),
        None => word(crate::text::words::TO_BE_ASKED, Role::Warn, cx.lang),
    }
}

/// The first product of an order, with how many more there are.
#[must_use]
pub fn product(cx: &Cx<'_>, order: &Order) -> Cell {
    let mut lines = cx.world.order_lines.of(order.id);
    let Some(first) = lines.next() else {
        return dim("—");
    };
    let name = if first.name.is_empty() {
        &first.item_code
    } else {
        &first.name
    };
    match lines.count() {
        0 => text(name.clone()),
        more => text(format!("{name} +{more}")),
    }
}

/// A fact of the head: label and value.
#[must_use]
pub fn fact(label: Word, value: Cell, lang: Lang) -> (String, Cell) {
    (label.text(lang).to_owned(), value)
}

/// The order in a few facts, the same in every panel.
#[must_use]
pub fn order_head(cx: &Cx<'_>, order: &Order) -> Vec<(String, Cell)> {
    use crate::text::words as w;
    let qty_all = delivery::order_qty(cx.world, order);
    let unit = cx
        .world
        .order_lines
        .of(order.id)
        .next()
        .map(|l| l.unit.clone())
        .unwrap_or_default();
    let mut head = vec![
        fact(
            w::ORDER_NO,
            Cell::new(order.no.clone(), Role::Title),
            cx.lang,
        ),
        fact(w::CUSTOMER, customer(cx, order), cx.lang),
        fact(w::CUSTOMER_PO, text(order.customer_po.clone()), cx.lang),
        fact(w::PRODUCT, product(cx, order), cx.lang),
        fact(
            w::QTY,
            text(
                format!("{} {unit}", format::qty(qty_all.ordered))
                    .trim()
                    .to_owned(),
            ),
            cx.lang,
        ),
        fact(
            w::REQUESTED_DATE,
            day(delivery::requested(cx.world, order), cx),
            cx.lang,
        ),
        fact(
            w::PROMISED_DATE,
            day(delivery::promised(cx.world, order), cx),
            cx.lang,
        ),
        fact(w::STATE, state(cx, order), cx.lang),
    ];
    let amount = delivery::order_amount(cx.world, order);
    if !amount.is_zero() {
        head.push(fact(w::AMOUNT, money(amount, &order.currency), cx.lang));
    }
    head
}

/// The decision about an order, holds included.
#[must_use]
pub fn state(cx: &Cx<'_>, order: &Order) -> Cell {
    use crate::domain::codes::OrderState as S;
    if order.on_hold {
        return word(crate::text::words::ON_HOLD_STATE, Role::Warn, cx.lang);
    }
    let role = match order.state {
        S::Open => Role::Warn,
        S::Accepted => Role::Ok,
        S::Declined | S::Cancelled | S::Closed => Role::Dim,
    };
    word(order.state.word(), role, cx.lang)
}

/// The columns of a diary.
pub const JOURNAL: &[super::Column] = &[
    super::column(crate::text::words::TIME, super::Width::Fixed(12), 0),
    super::column(crate::text::words::WHO, super::Width::Fixed(10), 2),
    super::column(crate::text::words::ORDER_NO, super::Width::Fixed(10), 1),
    super::column(crate::text::words::DONE_WHAT, super::Width::Fill(1), 0),
];

/// A line of the journal as a row.
#[must_use]
pub fn journal_row(line: &crate::store::journal::Line, cx: &Cx<'_>) -> super::Row {
    let sentence = crate::text::diary::sentence(line, cx.lang);
    let role = if line.undone { Role::Dim } else { Role::Base };
    super::Row {
        id: line.id,
        cells: vec![
            dim(crate::text::diary::local(&line.at)),
            dim(line.who.clone()),
            text(line.order_no.clone()),
            Cell::new(sentence, role),
        ],
    }
}
