//! The first look at an order: nine review points, the documents it needs, open questions.
//!
//! A point that a rule can decide is decided by the rule until the user says otherwise; the rule
//! is named, so that nobody has to trust it blindly.

use chrono::NaiveDate;

use super::delivery;
use super::milestone::template;
use crate::domain::codes::{Channel, DocumentKind, DocumentState, PointKind, PointResult};
use crate::domain::document::{Document, Query};
use crate::domain::order::Order;
use crate::domain::quantity::Qty;
use crate::domain::world::World;

/// What a rule found at a review point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A value is there; a person has to compare it with the papers.
    Present,
    /// A value is missing.
    Missing,
    /// Quantity × price equals the stated amount on every line.
    AmountAgrees,
    /// It does not, on the line of that number.
    AmountDiffers { line: i64 },
    /// A quantity is zero, or the sizes do not add up, on the line of that number.
    QuantityWrong { line: i64 },
    /// The requested date lies ahead.
    DateAhead,
    /// It is past, or today.
    DatePast { line: i64 },
}

impl Finding {
    /// The result a rule may set by itself.
    #[must_use]
    pub const fn result(self) -> PointResult {
        match self {
            Self::AmountAgrees | Self::DateAhead => PointResult::Ok,
            Self::AmountDiffers { .. }
            | Self::QuantityWrong { .. }
            | Self::DatePast { .. }
            | Self::Missing => PointResult::Query,
            Self::Present => PointResult::Pending,
        }
    }
}

/// A review point as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point<'a> {
    pub kind: PointKind,
    /// The value in the order, as text.
    pub value: String,
    pub finding: Finding,
    /// The user's result, or the rule's where the user has not spoken.
    pub result: PointResult,
    /// Whether the user has spoken.
    pub by_user: bool,
    pub reason: String,
    /// Id of the stored point, if there is one.
    pub id: Option<i64>,
    /// The paper it was compared with, or is to be compared with.
    pub source: Option<&'a Document>,
}

impl Point<'_> {
    /// Whether nothing more is to be done here.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        matches!(self.result, PointResult::Ok | PointResult::Waived)
    }
}

/// The nine review points of an order, in the order of the trade.
///
/// The date rule needs the day on which the order is looked at.
#[must_use]
pub fn points<'a>(world: &'a World, order: &Order, today: NaiveDate) -> Vec<Point<'a>> {
    let stored = |kind| world.review_points.of(order.id).find(|p| p.point == kind);
    let paper = order_paper(world, order);
    let one = |&kind: &PointKind| {
        let finding = finding(world, order, kind, today);
        let said = stored(kind).filter(|p| p.result != PointResult::Pending);
        Point {
            kind,
            value: value(world, order, kind),
            finding,
            result: said.map_or_else(|| finding.result(), |p| p.result),
            by_user: said.is_some(),
            reason: said.map(|p| p.reason.clone()).unwrap_or_default(),
            id: stored(kind).map(|p| p.id),
            source: said
                .and_then(|p| world.documents.find(p.document_id))
                .or(paper),
        }
    };
    PointKind::ALL.iter().map(one).collect()
}

/// The paper that says what the customer ordered: the newest order sheet, else the newest mail.
#[must_use]
pub fn order_paper<'a>(world: &'a World, order: &Order) -> Option<&'a Document> {
    let newest = |kind: DocumentKind| {
        let live = world.documents.of(order.id);
        live.filter(|d| d.kind == kind && d.state != DocumentState::Superseded)
            .max_by_key(|d| (d.version, d.id))
    };
    newest(DocumentKind::CustomerOrderSheet).or_else(|| newest(DocumentKind::Mail))
}

/// The points of an order that are neither passed nor waived, in the order of the trade.
///
/// Asked of every order at every change, so no value is put into words for it.
pub fn unsettled(
    world: &World,
    order: &Order,
    today: NaiveDate,
) -> impl Iterator<Item = PointKind> {
    let said = move |kind| {
        let mut stored = world.review_points.of(order.id);
        stored.find(|p| p.point == kind && p.result != PointResult::Pending)
    };
    let open = move |kind: &PointKind| {
        let found = || finding(world, order, *kind, today).result();
        let result = said(*kind).map_or_else(found, |p| p.result);
        !matches!(result, PointResult::Ok | PointResult::Waived)
    };
    PointKind::ALL.iter().copied().filter(open)
}

/// The value of a point in the order, as text.
fn value(world: &World, order: &Order, kind: PointKind) -> String {
    let first = world.order_lines.of(order.id).next();
    match kind {
        PointKind::NameSpec => {
            let named = first.map(|l| format!("{} {}", l.name, l.spec));
            named.unwrap_or_default().trim().to_owned()
        }
        PointKind::Quantity => delivery::order_qty(world, order).ordered.text(),
        PointKind::UnitPrice => first
            .and_then(|l| l.unit_price)
            .map(|p| format!("{} {p}", order.currency))
            .unwrap_or_default(),
        PointKind::Amount => {
            let sum = delivery::order_amount(world, order).text_fixed(2);
            format!("{} {sum}", order.currency).trim().to_owned()
        }
        PointKind::DeliveryDate => delivery::requested(world, order)
            .map(|d| d.to_string())
            .unwrap_or_default(),
        PointKind::DeliveryMethod => order.delivery_method.clone(),
        PointKind::PriceTerms => order.price_terms.clone(),
        PointKind::PaymentTerms => order.payment_terms.clone(),
        PointKind::Packaging => order.packaging.clone(),
    }
}

/// What the rule finds at a point.
fn finding(world: &World, order: &Order, kind: PointKind, today: NaiveDate) -> Finding {
    let mut lines = world.order_lines.of(order.id).peekable();
    let there = |is: bool| {
        if is {
            Finding::Present
        } else {
            Finding::Missing
        }
    };
    let named = |text: &str| there(!text.trim().is_empty());
    let some = lines.peek().is_some();
    match kind {
        PointKind::NameSpec => {
            there(some && !lines.any(|l| l.name.is_empty() && l.item_code.is_empty()))
        }
        PointKind::Quantity => quantity(world, order),
        PointKind::UnitPrice => there(some && !lines.any(|l| l.unit_price.is_none())),
        PointKind::Amount => amount(world, order),
        PointKind::DeliveryDate => date(world, order, today),
        PointKind::DeliveryMethod => named(&order.delivery_method),
        PointKind::PriceTerms => named(&order.price_terms),
        PointKind::PaymentTerms => named(&order.payment_terms),
        PointKind::Packaging => named(&order.packaging),
    }
}

fn quantity(world: &World, order: &Order) -> Finding {
    let mut finding = Finding::Missing;
    for line in world.order_lines.of(order.id) {
        let mut sizes = world.line_sizes.of(line.id).peekable();
        let adds_up = sizes.peek().is_none() || sizes.map(|s| s.qty).sum::<Qty>() == line.qty;
        if !line.qty.is_positive() || !adds_up {
            return Finding::QuantityWrong { line: line.no };
        }
        finding = Finding::Present;
    }
    finding
}

fn amount(world: &World, order: &Order) -> Finding {
    let mut finding = Finding::Missing;
    for line in world.order_lines.of(order.id) {
        match (line.amount, delivery::computed_amount(line)) {
            (Some(stated), Some(computed)) if stated.round_to(2) == computed => {
                finding = Finding::AmountAgrees;
            }
            (Some(_), Some(_)) => return Finding::AmountDiffers { line: line.no },
            (None, Some(_)) => finding = Finding::Present,
            (_, None) => return Finding::Missing,
        }
    }
    finding
}

fn date(world: &World, order: &Order, today: NaiveDate) -> Finding {
    let mut finding = Finding::Missing;
    for line in world.order_lines.of(order.id) {
        match line.requested_date {
            None => return Finding::Missing,
            Some(date) if date <= today => return Finding::DatePast { line: line.no },
            Some(_) => finding = Finding::DateAhead,
        }
    }
    finding
}

/// The documents an order of any product needs before production.
pub const EXPECTED: &[DocumentKind] = &[
    DocumentKind::CustomerOrderSheet,
    DocumentKind::ProcessSheet,
    DocumentKind::FinalApprovedSample,
    DocumentKind::ApprovalComments,
];

/// One line of the document checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked<'a> {
    pub kind: DocumentKind,
    /// The newest version that is not superseded; none: missing.
    pub document: Option<&'a Document>,
    pub expected: bool,
}

/// The setting that holds the documents a product family needs: their codes, parted by blanks.
#[must_use]
pub fn expected_setting(family: &str) -> String {
    format!("documents:{family}")
}

/// The documents an order needs: those of its product family where somebody has said so.
#[must_use]
pub fn expected(world: &World, order: &Order) -> Vec<DocumentKind> {
    let key = expected_setting(&template::family(world, order));
    match world.settings.iter().find(|s| s.key == key) {
        Some(own) => own
            .value
            .split_whitespace()
            .filter_map(DocumentKind::of)
            .collect(),
        None => EXPECTED.to_vec(),
    }
}

/// The checklist: what is expected, filed or not, then what else is filed.
#[must_use]
pub fn checklist<'a>(world: &'a World, order: &Order) -> Vec<Checked<'a>> {
    let live = || {
        world
            .documents
            .of(order.id)
            .filter(|d| d.state != DocumentState::Superseded)
    };
    let mut list: Vec<Checked<'a>> = expected(world, order)
        .into_iter()
        .map(|kind| Checked {
            kind,
            document: live()
                .filter(|d| d.kind == kind)
                .max_by_key(|d| (d.version, d.id)),
            expected: true,
        })
        .collect();
    let others = live().filter(|d| {
        !list
            .iter()
            .any(|c| c.document.is_some_and(|e| e.id == d.id))
    });
    let others: Vec<Checked<'a>> = others
        .map(|d| Checked {
            kind: d.kind,
            document: Some(d),
            expected: false,
        })
        .collect();
    list.extend(others);
    list
}

/// Expected documents that are not there.
#[must_use]
pub fn missing_documents(world: &World, order: &Order) -> Vec<DocumentKind> {
    checklist(world, order)
        .into_iter()
        .filter(|c| c.expected && c.document.is_none())
        .map(|c| c.kind)
        .collect()
}

/// A phone or fax order stays unconfirmed until a written order sheet is filed.
#[must_use]
pub fn needs_written_confirmation(world: &World, order: &Order) -> bool {
    order.channel == Channel::Phone
        && !world.documents.of(order.id).any(|d| {
            d.kind == DocumentKind::CustomerOrderSheet && d.state != DocumentState::Superseded
        })
}

/// Questions without an answer.
pub fn open_queries<'a>(world: &'a World, order: &Order) -> impl Iterator<Item = &'a Query> {
    world
        .queries
        .of(order.id)
        .filter(|q| q.answered_on.is_none())
}

/// Why an order may not go to the factory yet; empty where it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    NotAccepted,
    OnHold,
    PointsOpen(usize),
    DocumentsMissing(usize),
    QueriesOpen(usize),
    NoWrittenConfirmation,
    /// So many critical facts on which papers contradict each other.
    FactsConflict(usize),
    /// So many samples that the customer has to approve first.
    ApprovalsMissing(usize),
    /// So many materials that are not there when they are needed, as the plan was shown.
    MaterialsShort(usize),
}

impl Obstacle {
    /// The same with one more of its kind; what cannot be counted stays as it is.
    #[must_use]
    pub const fn one_more(self) -> Self {
        match self {
            Self::PointsOpen(n) => Self::PointsOpen(n + 1),
            Self::DocumentsMissing(n) => Self::DocumentsMissing(n + 1),
            Self::QueriesOpen(n) => Self::QueriesOpen(n + 1),
            Self::FactsConflict(n) => Self::FactsConflict(n + 1),
            Self::ApprovalsMissing(n) => Self::ApprovalsMissing(n + 1),
            Self::MaterialsShort(n) => Self::MaterialsShort(n + 1),
            one => one,
        }
    }
}

/// What still stands between an order and its release to production, counted; [`super::gate`] names
/// each.
#[must_use]
pub fn obstacles(world: &World, order: &Order, today: NaiveDate) -> Vec<Obstacle> {
    super::gate::counted(super::gate::of_order(world, order, today).iter())
}
