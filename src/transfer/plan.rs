//! From a preview to the command that brings its orders in.

use super::draft::{Evidence, LineDraft, OrderDraft, Preview};
use crate::command::orders::{ImportOrder, ImportOrders};
use crate::domain::codes::{Channel, DocumentKind};
use crate::domain::followup::SourceFile;
use crate::domain::moment::Moment;
use crate::domain::order::{LineSize, Order, OrderLine};
use crate::domain::quantity::Qty;
use crate::store::{Store, StoreError};

/// Keeps the file and its attachments as evidence and makes the command.
///
/// # Errors
/// Where the folder of filed documents cannot be written.
pub fn command(
    store: &Store,
    file: &Evidence,
    preview: &Preview,
) -> Result<ImportOrders, StoreError> {
    let hash = store.keep_file(&file.bytes)?;
    let mail = file.name.to_lowercase().ends_with(".eml");
    let kind = if mail { "eml" } else { "sheet" };
    let source = SourceFile {
        hash: hash.clone(),
        name: file.name.clone(),
        kind: kind.to_owned(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        filed_at: store.clock().now(),
        ..SourceFile::default()
    };
    let mut documents = Vec::new();
    if mail {
        documents.push((hash, file.name.clone(), DocumentKind::Mail));
        for attachment in &preview.attachments {
            let hash = store.keep_file(&attachment.bytes)?;
            documents.push((
                hash,
                attachment.name.clone(),
                DocumentKind::CustomerOrderSheet,
            ));
        }
    } else {
        documents.push((hash, file.name.clone(), DocumentKind::CustomerOrderSheet));
    }
    let now = store.clock().now();
    let orders = preview
        .drafts
        .iter()
        .map(|draft| order(draft, mail, now, &documents))
        .collect();
    Ok(ImportOrders { source, orders })
}

fn order(
    draft: &OrderDraft,
    mail: bool,
    now: Moment,
    documents: &[(String, String, DocumentKind)],
) -> ImportOrder {
    let received_at = draft.received_at.map_or(now, Moment);
    let row = if draft.place.row > 0 {
        draft.place.row.to_string()
    } else {
        String::new()
    };
    let order = Order {
        no: draft.order_no.clone(),
        customer_po: draft.customer_po.clone(),
        customer_po_date: draft.order_date,
        channel: if mail { Channel::Email } else { Channel::Other },
        received_at: Some(received_at),
        received_from: draft.received_from.clone(),
        words: draft.words.clone(),
        currency: draft.currency.clone(),
        price_terms: draft.price_terms.clone(),
        payment_terms: draft.payment_terms.clone(),
        delivery_method: draft.delivery_method.clone(),
        packaging: draft.packaging.clone(),
        ship_to: draft.ship_to.clone(),
        remarks: draft.remarks.clone(),
        source_place: format!("{} {row}", draft.place.sheet).trim().to_owned(),
        ..Order::default()
    };
    let lines = draft
        .lines
        .iter()
        .zip(1..)
        .map(|(one, no)| line(one, no))
        .collect();
    ImportOrder {
        order,
        customer: draft.customer.clone(),
        lines,
        documents: documents.to_vec(),
    }
}

fn line(draft: &LineDraft, no: i64) -> (OrderLine, Vec<LineSize>) {
    let line = OrderLine {
        no,
        item_code: draft.item.clone(),
        name: draft.name.clone(),
        spec: draft.spec.clone(),
        qty: draft.qty.unwrap_or(Qty::ZERO),
        unit: draft.unit.clone(),
        unit_price: draft.unit_price,
        amount: draft.amount,
        requested_date: draft.requested_date,
        job_no: draft.job_no.clone(),
        note: draft.note.clone(),
        ..OrderLine::default()
    };
    let mut sizes: Vec<LineSize> = draft
        .sizes
        .iter()
        .map(|(size, qty)| LineSize {
            colour: draft.colour.clone(),
            size: size.clone(),
            qty: *qty,
            ..LineSize::default()
        })
        .collect();
    if sizes.is_empty() && !draft.colour.is_empty() {
        sizes.push(LineSize {
            colour: draft.colour.clone(),
            qty: line.qty,
            ..LineSize::default()
        });
    }
    (line, sizes)
}
