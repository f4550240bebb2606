//! The order form: header and all lines with their colours and sizes, typed like a spreadsheet.
//!
//! A row with an article or a name begins a line of the order; a row with only a colour goes on
//! with the line above it. The size run of the header makes the columns of sizes. What follows from
//! what is typed is filled in when a cell is left: the customer's last terms, an item's name and
//! unit, its last price for the customer.

mod complete;
mod read;
mod words;

use std::collections::BTreeMap;

use super::super::form::{Form, FormKind};
use super::orders::{terms, who};
use crate::domain::codes::{Channel, OrderState};
use crate::domain::order::{LineSize, Order, OrderLine};
use crate::domain::quantity::{Micro, Qty};
use crate::panel::Cx;
use crate::text::{Lang, Word, words as w};
use crate::widget::grid::{self, GridColumn, Stop};

pub(super) use complete::complete;
use complete::guess;
pub(super) use read::{Cells, save};

/// Sizes in a run.
const SIZES_MAX: usize = 40;
/// Header fields that a customer's next order nearly always shares with the last one.
const CUSTOMARY: [&str; 7] = [
    "currency",
    "price_terms",
    "payment_terms",
    "delivery_method",
    "packaging",
    "ship_to",
    "sizes",
];

/// A new order; `like` is the order it repeats.
pub(super) fn new(cx: &Cx<'_>, like: i64) -> Form {
    let old = cx.world.orders.get(like);
    let order = Order {
        channel: Channel::Phone,
        received_at: Some(cx.now),
        customer_po: String::new(),
        customer_po_date: None,
        received_from: String::new(),
        words: String::new(),
        no: String::new(),
        ..old.cloned().unwrap_or_default()
    };
    let title = match old {
        Some(old) => w::FORM_REPEAT.fill(cx.lang, &[&old.no]),
        None => cx.say(w::FORM_NEW_ORDER).to_owned(),
    };
    let form = Form::new(FormKind::NewOrder, like, title);
    let mut form = fields(form, cx, &order, like);
    form = form.text("paper", w::FILE, "").hint(w::HINT_PATH);
    if old.is_none() {
        // A fair first guess until the customer is known.
        let last = cx.world.orders.iter().next_back();
        guess(
            &mut form,
            "currency",
            last.map_or("", |o| o.currency.as_str()),
        );
    }
    form
}

pub(super) fn edit(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let order = cx.world.orders.get(id)?;
    let accepted = order.state == OrderState::Accepted;
    let (kind, title) = if accepted {
        (FormKind::Amend, w::FORM_AMEND)
    } else {
        (FormKind::EditOrder, w::FORM_EDIT_ORDER)
    };
    let title = title.fill(cx.lang, &[&order.no]);
    let form = fields(Form::new(kind, id, title), cx, order, id);
    let form = form.hide("revision", order.revision.to_string());
    Some(if accepted {
        form.note("reason", w::AMEND_REASON, "").hint(w::HINT_AMEND)
    } else {
        form
    })
}

/// All fields; the lines are those of the order `lines_of`.
fn fields(form: Form, cx: &Cx<'_>, order: &Order, lines_of: i64) -> Form {
    let repeats = form.kind == FormKind::NewOrder;
    let run = size_run(cx, lines_of);
    let columns = columns(&run, !repeats, cx.lang);
    let rows = rows(cx, lines_of, &columns, repeats);
    let items = cx.world.items.iter().filter(|i| i.make);
    let items = items.map(|i| i.code.clone()).collect();
    let form = who(form, cx, order)
        .date("requested_date", w::REQUESTED_DATE, None)
        .hint(w::HINT_DATE_OF_LINES)
        .hide(complete::SPREAD, "")
        .text("sizes", w::SIZE_RUN, run.join(" "))
        .hint(w::HINT_SIZE_RUN)
        .grid(
            "lines",
            w::PART_LINES,
            columns.clone(),
            grid::write(&columns, &rows),
        )
        .known(items)
        .amount("total", w::TOTAL_QTY, None)
        .hint(w::HINT_TOTAL_QTY);
    terms(form, cx, order)
}

/// The sizes of an order's lines, in the order in which they were entered.
fn size_run(cx: &Cx<'_>, order: i64) -> Vec<String> {
    let mut run: Vec<String> = Vec::new();
    for line in cx.world.order_lines.of(order) {
        for size in cx.world.line_sizes.of(line.id) {
            if !size.size.is_empty() && !run.contains(&size.size) {
                run.push(size.size.clone());
            }
        }
    }
    run
}

/// The columns of the table of lines for a run of sizes.
fn columns(run: &[String], existing: bool, lang: Lang) -> Vec<GridColumn> {
    let column = |key: &str, title: Word, cells: u16, right: bool, stop: Stop| GridColumn {
        key: key.to_owned(),
        title: title.text(lang).to_owned(),
        cells,
        right,
        stop,
    };
    let sized = if run.is_empty() {
        Stop::Extra
    } else {
        Stop::Usual
    };
    let summed = if run.is_empty() {
        Stop::Usual
    } else {
        Stop::Extra
    };
    let mut columns = vec![
        column("no", w::LINE_MARK, 3, true, Stop::Never),
        column("item", w::ITEM, 11, false, Stop::Usual),
        column("name", w::NAME, 10, false, Stop::Usual),
        column("colour", w::COLOUR, 7, false, sized),
    ];
    columns.extend(run.iter().map(|size| GridColumn {
        key: format!("size:{size}"),
        title: size.clone(),
        cells: 5,
        right: true,
        stop: Stop::Usual,
    }));
    columns.extend([
        column("qty", w::QTY, 8, true, summed),
        column("unit", w::UNIT, 4, false, Stop::Usual),
        column("unit_price", w::UNIT_PRICE, 8, true, Stop::Usual),
        column("requested_date", w::REQUESTED_DATE, 11, false, Stop::Usual),
        column("amount", w::AMOUNT, 10, true, Stop::Extra),
        column("tolerance", w::TOLERANCE, 6, true, Stop::Extra),
        column("spec", w::SPEC, 20, false, Stop::Extra),
    ]);
    if existing {
        columns.push(column(
            "cancelled_qty",
            w::CANCELLED_QTY,
            9,
            true,
            Stop::Extra,
        ));
    }
    columns
}

/// The rows of an order's lines; a repeated order leaves dates open.
fn rows(cx: &Cx<'_>, order: i64, columns: &[GridColumn], repeats: bool) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for line in cx.world.order_lines.of(order) {
        let sizes: Vec<&LineSize> = cx.world.line_sizes.of(line.id).collect();
        let mut colours: Vec<&str> = Vec::new();
        for size in &sizes {
            if !colours.contains(&size.colour.as_str()) {
                colours.push(&size.colour);
            }
        }
        let mut cells = line_cells(cx, line, repeats);
        for (at, colour) in colours.iter().enumerate() {
            let of = || sizes.iter().filter(|s| s.colour == *colour);
            let sum: Qty = of().map(|s| s.qty).sum();
            // Sizes that do not add up show it: the first colour keeps what the line says.
            let stated = if colours.len() == 1 { line.qty } else { sum };
            cells.insert("qty".to_owned(), stated.text());
            cells.insert("colour".to_owned(), (*colour).to_owned());
            for size in of().filter(|s| !s.size.is_empty()) {
                cells.insert(format!("size:{}", size.size), size.qty.text());
            }
            if at + 1 < colours.len() {
                out.push(std::mem::take(&mut cells));
            }
        }
        out.push(cells);
    }
    let cell = |row: &BTreeMap<String, String>, c: &GridColumn| {
        row.get(&c.key).cloned().unwrap_or_default()
    };
    out.iter()
        .map(|row| columns.iter().map(|c| cell(row, c)).collect())
        .collect()
}

fn line_cells(cx: &Cx<'_>, line: &OrderLine, repeats: bool) -> BTreeMap<String, String> {
    let parts: Vec<String> = cx
        .world
        .schedule_lines
        .of(line.id)
        .filter_map(|s| Some(format!("{}@{}", s.qty.text(), s.requested_date?)))
        .collect();
    let date = line
        .requested_date
        .map(|d| d.to_string())
        .unwrap_or_default();
    let percent = line.over_pct.times(Micro::whole(100));
    let known = |m: Option<Micro>| m.map(Micro::text).unwrap_or_default();
    let mut cells = BTreeMap::from([
        ("item".to_owned(), line.item_code.clone()),
        ("name".to_owned(), line.name.clone()),
        ("qty".to_owned(), line.qty.text()),
        ("unit".to_owned(), line.unit.clone()),
        ("unit_price".to_owned(), known(line.unit_price)),
        ("spec".to_owned(), line.spec.clone()),
        (
            "tolerance".to_owned(),
            known((!percent.is_zero()).then_some(percent)),
        ),
    ]);
    if !repeats {
        let date = if parts.is_empty() {
            date
        } else {
            parts.join(" ")
        };
        cells.insert("no".to_owned(), line.no.to_string());
        cells.insert("amount".to_owned(), known(line.amount));
        let cancelled = line.cancelled_qty;
        let cancelled = (!cancelled.is_zero()).then_some(cancelled);
        cells.insert("cancelled_qty".to_owned(), known(cancelled));
        cells.insert("requested_date".to_owned(), date);
    }
    cells
}
