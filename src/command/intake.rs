//! Intake: review points, documents, queries.

use chrono::NaiveDate;

use super::{Done, Problem, Refusal, found, required, write};
use crate::domain::codes::{Department, DocumentKind, DocumentState, PointKind, PointResult};
use crate::domain::document::{Document, Query};
use crate::domain::review;
use crate::domain::rule::milestone::template;
use crate::domain::rule::query;
use crate::domain::rule::shelf::last_numbers;
use crate::domain::rule::{intake, number};
use crate::domain::world::World;
use crate::store::files::FILE_BYTES_MAX;
use crate::store::{Deed, Store};
use crate::text::Did;

/// Sets the result of a review point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewPoint {
    pub order_id: i64,
    pub point: PointKind,
    pub result: PointResult,
    /// Needed for a waiver.
    pub reason: String,
}

/// Files a document of an order; a newer version supersedes the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDocument {
    pub order_id: i64,
    pub kind: DocumentKind,
    pub title: String,
    pub date: NaiveDate,
    pub note: String,
    /// Path of the file to keep; empty for a note alone.
    pub path: String,
}

/// Sets where a document stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetDocument {
    pub document_id: i64,
    pub state: DocumentState,
}

/// Says which documents the product family of an order needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveExpected {
    pub order_id: i64,
    pub kinds: Vec<DocumentKind>,
}

/// Puts a question to a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaiseQuery {
    pub order_id: i64,
    pub department: Department,
    pub topic: String,
    pub question: String,
    pub due: Option<NaiveDate>,
}

/// Records the answer to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerQuery {
    pub query_id: i64,
    pub answer: String,
    pub by: String,
    pub effect: String,
}

pub(super) fn review_point(
    store: &mut Store,
    world: &World,
    c: &ReviewPoint,
) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    if c.result == PointResult::Waived {
        required("reason", &c.reason)?;
    }
    let today = store.clock().today();
    let value = intake::points(world, order, today)
        .into_iter()
        .find(|p| p.kind == c.point)
        .map(|p| p.value);
    let value = value.unwrap_or_default();
    let document_id = intake::order_paper(world, order).map(|d| d.id);
    let stored = world
        .review_points
        .of(order.id)
        .find(|p| p.point == c.point);
    let deed = Deed::new(Did::PointReviewed, &[c.point.code(), c.result.code()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        match stored {
            Some(old) => {
                tx.update(&review::ReviewPoint {
                    result: c.result,
                    reason: c.reason.clone(),
                    value,
                    document_id,
                    ..old.clone()
                })?;
            }
            None => {
                let (point, result, reason) = (c.point, c.result, c.reason.clone());
                let new = review::ReviewPoint {
                    order_id: order.id,
                    point,
                    result,
                    reason,
                    value,
                    document_id,
                    ..Default::default()
                };
                tx.insert(&new)?;
            }
        }
        Ok(())
    })
}

pub(super) fn file_document(
    store: &mut Store,
    world: &World,
    c: &FileDocument,
) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    super::not_ahead("date", c.date, store.clock().today())?;
    if c.title.trim().is_empty() && c.note.trim().is_empty() {
        required("title", &c.path)?;
    }
    let (file_hash, file_name) = keep_file(store, "path", c.path.trim())?;
    let same = || {
        world
            .documents
            .of(order.id)
            .filter(|d| d.kind == c.kind && d.kind != DocumentKind::Other)
    };
    let version = same().map(|d| d.version).max().unwrap_or(0) + 1;
    let title = if c.title.trim().is_empty() {
        file_name.clone()
    } else {
        c.title.clone()
    };
    let deed = Deed::new(Did::DocumentFiled, &[c.kind.code()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        for old in same().filter(|d| d.state != DocumentState::Superseded) {
            tx.update(&Document {
                state: DocumentState::Superseded,
                ..old.clone()
            })?;
        }
        tx.insert(&Document {
            order_id: order.id,
            kind: c.kind,
            title,
            version,
            date: Some(c.date),
            file_hash,
            file_name,
            note: c.note.clone(),
            ..Document::default()
        })?;
        Ok(())
    })
}

/// Keeps the file at `path` by content; returns its content name and file name. A file that cannot
/// be read is a refusal of `field`.
pub(super) fn keep_file(
    store: &Store,
    field: &'static str,
    path: &str,
) -> Result<(String, String), Refusal> {
    if path.is_empty() {
        return Ok((String::new(), String::new()));
    }
    let refuse = |reason: String| {
        Refusal::at(
            field,
            Problem::File {
                path: path.to_owned(),
                reason,
            },
        )
    };
    let size = std::fs::metadata(path)
        .map_err(|e| refuse(e.to_string()))?
        .len();
    if size > FILE_BYTES_MAX {
        return Err(Refusal::at(
            field,
            Problem::FileTooLarge {
                path: path.to_owned(),
                most: FILE_BYTES_MAX,
            },
        ));
    }
    let bytes = std::fs::read(path).map_err(|e| refuse(e.to_string()))?;
    let name = std::path::Path::new(path)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok((store.keep_file(&bytes)?, name))
}

pub(super) fn set_document(
    store: &mut Store,
    world: &World,
    c: &SetDocument,
) -> Result<Done, Refusal> {
    let document = found(world.documents.get(c.document_id), c.document_id)?;
    let order = found(world.orders.get(document.order_id), document.order_id)?;
    let deed = Deed::new(Did::DocumentChanged, &[document.kind.code()]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        Ok(tx.update(&Document {
            state: c.state,
            ..document.clone()
        })?)
    })
}

pub(super) fn save_expected(
    store: &mut Store,
    world: &World,
    c: &SaveExpected,
) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    let key = intake::expected_setting(&template::family(world, order));
    let codes: Vec<&str> = c.kinds.iter().map(|k| k.code()).collect();
    let value = codes.join(" ");
    let deed = Deed::new(Did::SettingChanged, &[&key]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        super::put_setting(tx, world, key, value)
    })
}

pub(super) fn raise_query(
    store: &mut Store,
    world: &World,
    c: &RaiseQuery,
) -> Result<Done, Refusal> {
    let order = found(world.orders.get(c.order_id), c.order_id)?;
    required("question", &c.question)?;
    let today = store.clock().today();
    if let Some(date) = c.due
        && date < today
    {
        return Err(Refusal::at("due", Problem::DatePast { date, today }));
    }
    let no = number::next(
        number::QUERY,
        world
            .queries
            .iter()
            .map(|q| q.no.as_str())
            .chain(last_numbers(world)),
    );
    let deed = Deed::new(Did::QueryRaised, &[&no]).about(&order.no);
    write(store, deed, Some(order.id), |tx| {
        tx.insert(&Query {
            no,
            order_id: order.id,
            department: c.department,
            topic: c.topic.clone(),
            question: c.question.clone(),
            raised_on: today,
            due: c.due,
            ..Query::default()
        })?;
        Ok(())
    })
}

pub(super) fn answer_query(
    store: &mut Store,
    world: &World,
    c: &AnswerQuery,
) -> Result<Done, Refusal> {
    let query = found(world.queries.get(c.query_id), c.query_id)?;
    let order = found(world.orders.get(query.order_id), query.order_id)?;
    required("answer", &c.answer)?;
    let deed = Deed::new(Did::QueryAnswered, &[&query.no]).about(&order.no);
    let answered_on = Some(store.clock().today());
    let wrong = query::corrected(world, order.id, &query::effect(&c.effect));
    write(store, deed, Some(order.id), |tx| {
        if let Some(document) = wrong.filter(|d| d.state != DocumentState::Superseded) {
            tx.update(&Document {
                state: DocumentState::InQuestion,
                ..document.clone()
            })?;
        }
        Ok(tx.update(&Query {
            answered_on,
            answered_by: c.by.clone(),
            answer: c.answer.clone(),
            effect: c.effect.clone(),
            ..query.clone()
        })?)
    })
}
