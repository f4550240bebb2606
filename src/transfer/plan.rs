//! From a preview to the command that brings its orders in.

use std::collections::BTreeMap;

use super::compare::Standing;
use super::draft::{Evidence, LineDraft, OrderDraft, Preview, Remembered, sheet_mark};
use super::headings::{Field, Kind, Mapping};
use crate::command::entry::LineEntry;
use crate::command::orders::{ImportOrder, ImportOrders};
use crate::domain::codes::{Channel, DocumentKind};
use crate::domain::followup::{HeadingMap, SourceFile};
use crate::domain::moment::Moment;
use crate::domain::order::{LineSize, Order, OrderLine, ScheduleLine};
use crate::domain::quantity::Qty;
use crate::domain::world::World;
use crate::store::{Store, StoreError};

/// Keeps the file and its attachments as evidence and makes the command for the orders that are
/// new.
///
/// # Errors
/// Where the folder of filed documents cannot be written.
pub fn command(
    store: &Store,
    file: &Evidence,
    preview: &Preview,
    standings: &[Standing],
) -> Result<ImportOrders, StoreError> {
    let mail = file.name.to_lowercase().ends_with(".eml");
    let source = source(store, file, if mail { "eml" } else { "sheet" })?;
    let hash = source.hash.clone();
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
        .zip(standings)
        .filter(|(_, standing)| **standing == Standing::New)
        .map(|(draft, _)| order(draft, mail, now, &documents))
        .collect();
    Ok(ImportOrders {
        source,
        orders,
        mapping: None,
    })
}

/// Keeps a file by content and makes the row of it.
///
/// # Errors
/// Where the folder of filed documents cannot be written.
pub fn source(store: &Store, file: &Evidence, kind: &str) -> Result<SourceFile, StoreError> {
    Ok(SourceFile {
        hash: store.keep_file(&file.bytes)?,
        name: file.name.clone(),
        kind: kind.to_owned(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        filed_at: store.clock().now(),
        ..SourceFile::default()
    })
}

/// What users said before about headings.
#[must_use]
pub fn remembered(world: &World) -> Vec<Remembered> {
    let one = |row: &HeadingMap| {
        let fields: BTreeMap<String, String> = serde_json::from_str(&row.map).ok()?;
        let mapping = fields
            .into_iter()
            .filter_map(|(heading, field)| Some((heading, Field::of(&field)?)));
        Some(Remembered {
            who: row.sender.clone(),
            kind: Kind::of(&row.kind)?,
            mapping: mapping.collect(),
        })
    };
    world.heading_maps.iter().filter_map(one).collect()
}

/// What the user said about the headings of a file, to be kept for the next from there.
#[must_use]
pub fn mapping(preview: &Preview, mapping: &Mapping) -> Option<HeadingMap> {
    if mapping.is_empty() || preview.mapped.is_empty() {
        return None;
    }
    let fields: BTreeMap<&str, &str> = mapping
        .iter()
        .map(|(heading, field)| (heading.as_str(), field.name()))
        .collect();
    let sender = if preview.sender.is_empty() {
        sheet_mark(&preview.mapped)
    } else {
        preview.sender.clone()
    };
    Some(HeadingMap {
        sender,
        kind: preview.kind.code().to_owned(),
        map: serde_json::to_string(&fields).ok()?,
        ..HeadingMap::default()
    })
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

/// A line as it is written; what hangs on it goes with it.
pub(super) fn line(draft: &LineDraft, no: i64) -> LineEntry {
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
    let schedule = draft.schedule.iter().map(|part| ScheduleLine {
        qty: part.qty,
        requested_date: part.date,
        ..ScheduleLine::default()
    });
    LineEntry {
        row: 0,
        line,
        sizes,
        schedule: schedule.collect(),
    }
}
