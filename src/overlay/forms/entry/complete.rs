//! What follows from a field or cell that is left: the customer's terms, an article's name and price.

use super::super::super::form::{FieldKind, Form, FormKind};
use super::words::take_words;
use super::{CUSTOMARY, SIZES_MAX, columns, size_run};
use crate::command::orders::customer_named;
use crate::domain::order::{Order, OrderLine};
use crate::domain::quantity::Micro;
use crate::panel::Cx;
use crate::text::{Lang, datein};
use crate::widget::grid;

/// Fills a field that nobody has filled; a later guess may take the place of an earlier one.
pub(super) fn guess(form: &mut Form, key: &str, value: &str) {
    let name = format!("guess:{key}");
    let before = form.hidden.get(&name).cloned().unwrap_or_default();
    let Some(field) = form.fields.iter_mut().find(|f| f.key == key) else {
        return;
    };
    if field.value.trim().is_empty() || field.value == before {
        value.clone_into(&mut field.value);
        form.hidden.insert(name, value.to_owned());
    }
}

/// Fills in what follows from the field, or the cell, that is being left.
pub(in crate::overlay::forms) fn complete(
    form: &mut Form,
    field: &str,
    cell: Option<(usize, &str)>,
    cx: &Cx<'_>,
) {
    match field {
        "customer" if form.kind == FormKind::NewOrder => customary(form, cx),
        "words" if form.kind == FormKind::NewOrder => take_words(form, cx),
        "requested_date" => spread_date(form),
        "lines" => {
            if let Some((row, "item")) = cell {
                complete_row(form, row, cx);
            }
        }
        _ => {}
    }
    arrange(form, cx.lang);
}

/// The value that was given to the rows last, among the values that a form carries along.
pub(super) const SPREAD: &str = "spread_date";

/// Gives the date of the head to the rows: to all of them at first, later to those that still have
/// the one it replaces, so that a row with a date of its own, or part deliveries, keeps it.
fn spread_date(form: &mut Form) {
    let date = form.value("requested_date").trim().to_owned();
    let before = form.hidden.get(SPREAD).filter(|b| !b.is_empty()).cloned();
    if date.is_empty() || before.as_ref() == Some(&date) {
        return;
    }
    let Some(field) = form.fields.iter_mut().find(|f| f.key == "lines") else {
        return;
    };
    let FieldKind::Grid(columns) = &field.kind else {
        return;
    };
    let Some(at) = columns.iter().position(|c| c.key == "requested_date") else {
        return;
    };
    let mut rows = grid::read(columns, &field.value);
    for cells in &mut rows {
        let filled = cells.iter().any(|cell| !cell.trim().is_empty());
        if let Some(cell) = cells.get_mut(at).filter(|_| filled)
            && (cell.trim().is_empty()
                || before.as_ref().map_or(!cell.contains('@'), |b| b == cell))
        {
            cell.clone_from(&date);
        }
    }
    field.value = grid::write(columns, &rows);
    form.hidden.insert(SPREAD.to_owned(), date);
}

/// Gives the table the columns of the size run.
fn arrange(form: &mut Form, lang: Lang) {
    let run = run_of(form.value("sizes"));
    let new = columns(&run, form.kind != FormKind::NewOrder, lang);
    let Some(field) = form.fields.iter_mut().find(|f| f.key == "lines") else {
        return;
    };
    let FieldKind::Grid(old) = &mut field.kind else {
        return;
    };
    // A size that has quantities stays, even where the run no longer names it.
    let rows = grid::read(old, &field.value);
    let used = |at: usize| {
        rows.iter()
            .any(|r| r.get(at).is_some_and(|c| !c.is_empty()))
    };
    let lost = old.iter().enumerate().find(|(at, c)| {
        c.key.starts_with("size:") && !new.iter().any(|n| n.key == c.key) && used(*at)
    });
    if lost.is_some() || *old == new {
        return;
    }
    let text = field.value.clone();
    let rows = grid::read(&new, &text);
    field.value = grid::write(&new, &rows);
    *old = new;
}

fn run_of(text: &str) -> Vec<String> {
    let mut run: Vec<String> = Vec::new();
    let text = datein::fold_width(text);
    for size in text.split([' ', ',', '/', ';', '，', '\t']) {
        if !size.is_empty() && run.len() < SIZES_MAX && !run.iter().any(|s| s == size) {
            run.push(size.to_owned());
        }
    }
    run
}

/// The terms of the customer's last order.
fn customary(form: &mut Form, cx: &Cx<'_>) {
    let Some(customer) = customer_named(cx.world, form.value("customer")) else {
        return;
    };
    let of = |o: &&Order| o.customer_id == Some(customer.id);
    let Some(last) = cx.world.orders.iter().rev().find(of) else {
        return;
    };
    let run = size_run(cx, last.id).join(" ");
    for key in CUSTOMARY {
        let value = match key {
            "currency" => &last.currency,
            "price_terms" => &last.price_terms,
            "payment_terms" => &last.payment_terms,
            "delivery_method" => &last.delivery_method,
            "packaging" => &last.packaging,
            "ship_to" => &last.ship_to,
            _ => &run,
        };
        guess(form, key, value);
    }
}

/// What an article brings with it into its row, where the cells are still empty.
pub(super) fn complete_row(form: &mut Form, row: usize, cx: &Cx<'_>) {
    let customer = customer_named(cx.world, form.value("customer")).map(|c| c.id);
    let date = form.value("requested_date").to_owned();
    let form_subject = form.subject;
    let Some(field) = form.fields.iter_mut().find(|f| f.key == "lines") else {
        return;
    };
    let FieldKind::Grid(columns) = &field.kind else {
        return;
    };
    let mut rows = grid::read(columns, &field.value);
    let above = row.checked_sub(1).and_then(|at| rows.get(at)).cloned();
    let Some(cells) = rows.get_mut(row) else {
        return;
    };
    let place = |key: &str| columns.iter().position(|c| c.key == key);
    let cell = |cells: &[String], key: &str| -> String {
        place(key)
            .and_then(|at| cells.get(at))
            .cloned()
            .unwrap_or_default()
    };
    let code = cell(cells, "item");
    if code.trim().is_empty() {
        return;
    }
    if is_stale_name(
        form_subject,
        &cell(cells, "no"),
        &code,
        &cell(cells, "name"),
        cx,
    ) && let Some(cell) = place("name").and_then(|at| cells.get_mut(at))
    {
        cell.clear();
    }
    let item = cx
        .world
        .items
        .iter()
        .find(|i| i.code.eq_ignore_ascii_case(code.trim()));
    let before = last_line(cx, customer, code.trim());
    let from_above = |key: &str| above.as_ref().map(|r| cell(r, key)).unwrap_or_default();
    let mut fill = |key: &str, value: String| {
        if let Some(cell) = place(key).and_then(|at| cells.get_mut(at))
            && cell.trim().is_empty()
        {
            *cell = value;
        }
    };
    let unit = item
        .map(|i| i.unit.clone())
        .or_else(|| before.map(|l| l.unit.clone()));
    let name = item
        .map(|i| i.name.clone())
        .or_else(|| before.map(|l| l.name.clone()));
    fill("name", name.unwrap_or_default());
    fill("unit", unit.unwrap_or_else(|| from_above("unit")));
    let price = before.and_then(|l| l.unit_price).map(Micro::text);
    fill("unit_price", price.unwrap_or_default());
    let percent = before.map(|l| l.over_pct.times(Micro::whole(100)));
    let percent = percent.filter(|p| !p.is_zero()).map(Micro::text);
    fill(
        "tolerance",
        percent.unwrap_or_else(|| from_above("tolerance")),
    );
    fill(
        "requested_date",
        if date.is_empty() {
            from_above("requested_date")
        } else {
            date
        },
    );
    if let Some(item) = item
        && let Some(cell) = place("item").and_then(|at| cells.get_mut(at))
    {
        cell.clone_from(&item.code);
    }
    field.value = grid::write(columns, &rows);
}

/// Whether a name was filled in for another article than the one that stands there now.
fn is_stale_name(order: i64, no: &str, code: &str, name: &str, cx: &Cx<'_>) -> bool {
    let stored = cx
        .world
        .order_lines
        .of(order)
        .find(|l| l.no.to_string() == no);
    if stored.is_some_and(|l| l.item_code == code.trim()) {
        return false;
    }
    let of_other =
        |i: &crate::domain::item::Item| i.name == name && !i.code.eq_ignore_ascii_case(code.trim());
    cx.world.items.iter().any(of_other)
}

/// The latest line of that article that the customer ordered.
fn last_line<'a>(cx: &Cx<'a>, customer: Option<i64>, code: &str) -> Option<&'a OrderLine> {
    let orders = cx.world.orders.iter().rev();
    let mut theirs = orders.filter(|o| customer.is_some() && o.customer_id == customer);
    theirs.find_map(|o| {
        let mut lines = cx.world.order_lines.of(o.id);
        lines.find(|l| l.item_code.eq_ignore_ascii_case(code))
    })
}
