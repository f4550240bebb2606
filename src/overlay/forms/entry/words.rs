//! Values found in the customer's words, put into the order form where nothing stands yet.
//!
//! Each is carried with the words it was found in: the form shows them while its field has the
//! keys, so that a person confirms a value by reading one line.

use super::complete::complete_row;
use crate::overlay::editor::from_key;
use crate::overlay::form::{FieldKind, Form};
use crate::panel::Cx;
use crate::transfer::extract::{self, Field, Found};
use crate::widget::grid;

/// The field of the form, or the column of its table, that a found value belongs into.
const fn place(field: Field) -> &'static str {
    match field {
        Field::CustomerPo => "customer_po",
        Field::RequestedDate => "requested_date",
        Field::Currency => "currency",
        Field::PriceTerms => "price_terms",
        Field::PaymentTerms => "payment_terms",
        Field::DeliveryMethod => "delivery_method",
        Field::Item => "item",
        Field::Name => "name",
        Field::Qty => "qty",
        Field::Unit => "unit",
        Field::UnitPrice => "unit_price",
    }
}

/// Fills what the words say and nobody has filled yet.
pub(super) fn take_words(form: &mut Form, cx: &Cx<'_>) {
    let words = form.value("words").to_owned();
    if words.trim().is_empty() {
        return;
    }
    let codes: Vec<&str> = cx.world.items.iter().map(|i| i.code.as_str()).collect();
    let found = extract::find(&words, cx.today(), &codes);
    for hit in found.iter().filter(|hit| hit.line.is_none()) {
        put(form, hit);
    }
    put_lines(form, &found, cx);
}

fn put(form: &mut Form, hit: &Found) {
    let key = place(hit.field);
    let guessed = form
        .hidden
        .get(&format!("guess:{key}"))
        .cloned()
        .unwrap_or_default();
    let Some(field) = form.fields.iter_mut().find(|f| f.key == key) else {
        return;
    };
    // What the customer says counts before what their last order said.
    if field.value.trim().is_empty() || field.value == guessed {
        field.value.clone_from(&hit.value);
        form.hidden.insert(from_key(key), hit.words.clone());
    }
}

/// The lines, where the table is still empty: a line half typed is never mixed with found ones.
fn put_lines(form: &mut Form, found: &[Found], cx: &Cx<'_>) {
    let Some(field) = form.fields.iter_mut().find(|f| f.key == "lines") else {
        return;
    };
    let FieldKind::Grid(columns) = &field.kind else {
        return;
    };
    if !grid::read(columns, &field.value).is_empty() {
        return;
    }
    let count = found
        .iter()
        .filter_map(|f| f.line)
        .max()
        .map_or(0, |n| n + 1);
    let mut rows = vec![vec![String::new(); columns.len()]; count];
    for hit in found {
        let cell = hit
            .line
            .and_then(|line| rows.get_mut(line))
            .and_then(|row| {
                let at = columns.iter().position(|c| c.key == place(hit.field))?;
                row.get_mut(at)
            });
        if let Some(cell) = cell {
            *cell = hit.value.replace(['\t', '\n'], " ");
        }
    }
    field.value = grid::write(columns, &rows);
    for row in 0..count {
        let said: Vec<&Found> = found.iter().filter(|f| f.line == Some(row)).collect();
        let starts = said.iter().map(|f| f.at.start).min();
        let ends = said.iter().map(|f| f.at.end).max();
        if let (Some(from), Some(to)) = (starts, ends)
            && let Some(words) = form.value("words").get(from..to).map(str::to_owned)
        {
            form.hidden.insert(from_key(&format!("lines.{row}")), words);
        }
        complete_row(form, row, cx);
    }
}
