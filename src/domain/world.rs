//! Everything that is known, in memory: the rows of all tables, ready to derive from.
//!
//! Loaded by the store; rules, plans, panels and reports read it. Nothing here writes.

mod calendars;
mod index;

use std::sync::Arc;

use chrono::NaiveDate;

use index::Index;

pub use self::calendars::Compiled;
use super::document::{Alias, Document, Fact, Milestone, Query, Sample};
use super::exception::{
    Exception, ExceptionAction, ExceptionEffect, ExceptionEvidence, ExceptionOption,
    ExceptionOrder, Lesson, LessonUse,
};
use super::followup::{Chase, Handover, HeadingMap, Setting, Snooze, SourceFile};
use super::item::{BomLine, Item, RoutingStep, Substitute, UnitFactor};
use super::order::{
    Acknowledgement, Amendment, Commitment, LineSize, Order, OrderLine, ScheduleLine,
};
use super::partner::{Customer, Supplier};
use super::past::{Deed, Hold};
use super::production::{Operation, Plan, PlanRow, ProductionOrder, ProductionOrderLine};
use super::progress::{Carton, Credit, ExportPaper, Inspection, Progress, Shipment, ShipmentLine};
use super::purchase::{Promise, Purchase, Receipt, Reservation};
use super::record::Record;
use super::resource::{CalendarDay, CalendarRow, CapacityBlock, Line, WorkCentre};
use super::review::{Answer, Decision, ReviewPoint, ReviewRound};

/// The rows of one table, in order of id, with an index by the row they belong to.
///
/// Never changed once made, and shared by its copies: a copy of the whole world for the planner
/// costs no more than a pointer a table.
#[derive(Debug, Clone, Default)]
pub struct Rows<T>(Arc<Indexed<T>>);

#[derive(Debug, Clone, Default)]
struct Indexed<T> {
    all: Vec<T>,
    by_parent: Index,
    by_other: Index,
}

impl<T: Record> Rows<T> {
    /// Takes rows in any order.
    #[must_use]
    pub fn new(mut all: Vec<T>) -> Self {
        all.sort_by_key(Record::id);
        // Rows stay as they are, and room for more would only be held.
        all.shrink_to_fit();
        let by_parent = Index::new(all.iter().map(Record::parent).zip(0..));
        let other = |(at, row): (usize, &T)| Some((row.other_parent()?, at));
        let by_other = Index::new(all.iter().enumerate().filter_map(other));
        Self(Arc::new(Indexed {
            all,
            by_parent,
            by_other,
        }))
    }

    /// Whether both are copies of the same.
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// All rows, oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.all.iter()
    }

    /// The row of that id.
    #[must_use]
    pub fn get(&self, id: i64) -> Option<&T> {
        let all = &self.0.all;
        // Numbers go up, so a row stands no farther on than counting from the first would have it.
        let most = id.checked_sub(all.first()?.id())?;
        let most = usize::try_from(most).ok()?.min(all.len() - 1);
        let there = all.get(most).filter(|row| row.id() == id);
        there.or_else(|| {
            let at = all.binary_search_by_key(&id, Record::id).ok()?;
            all.get(at)
        })
    }

    /// The row of that id, where there is an id.
    #[must_use]
    pub fn find(&self, id: Option<i64>) -> Option<&T> {
        id.and_then(|id| self.get(id))
    }

    /// The rows that belong to `parent`, oldest first.
    pub fn of(&self, parent: i64) -> impl DoubleEndedIterator<Item = &T> + Clone {
        let places = self.0.by_parent.of(parent).iter();
        places.filter_map(|at| self.0.all.get(*at as usize))
    }

    /// The rows whose [`Record::other_parent`] it is, oldest first.
    pub fn with(&self, other: i64) -> impl DoubleEndedIterator<Item = &T> + Clone {
        let places = self.0.by_other.of(other).iter();
        places.filter_map(|at| self.0.all.get(*at as usize))
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.all.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.all.is_empty()
    }
}

impl<'a, T: Record> IntoIterator for &'a Rows<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.all.iter()
    }
}

/// How much of the file a [`World`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Everything.
    #[default]
    Whole,
    /// Without the orders and purchase lines on the shelf, and what hangs on them.
    OffShelf,
    /// What is off the shelf, and of what is on it all to which anything happened since that day.
    Since(NaiveDate),
}

/// The rows of the file, all or those off the shelf.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub scope: Scope,
    pub customers: Rows<Customer>,
    pub suppliers: Rows<Supplier>,
    pub calendars: Rows<CalendarRow>,
    pub calendar_days: Rows<CalendarDay>,
    pub work_centres: Rows<WorkCentre>,
    pub lines: Rows<Line>,
    pub capacity_blocks: Rows<CapacityBlock>,
    pub items: Rows<Item>,
    pub bom_lines: Rows<BomLine>,
    pub routing_steps: Rows<RoutingStep>,
    pub substitutes: Rows<Substitute>,
    pub unit_factors: Rows<UnitFactor>,
    pub orders: Rows<Order>,
    pub order_lines: Rows<OrderLine>,
    pub schedule_lines: Rows<ScheduleLine>,
    pub line_sizes: Rows<LineSize>,
    pub commitments: Rows<Commitment>,
    pub amendments: Rows<Amendment>,
    pub acknowledgements: Rows<Acknowledgement>,
    pub review_points: Rows<ReviewPoint>,
    pub review_rounds: Rows<ReviewRound>,
    pub answers: Rows<Answer>,
    pub decisions: Rows<Decision>,
    pub documents: Rows<Document>,
    pub facts: Rows<Fact>,
    pub aliases: Rows<Alias>,
    pub queries: Rows<Query>,
    pub samples: Rows<Sample>,
    pub milestones: Rows<Milestone>,
    pub production_orders: Rows<ProductionOrder>,
    pub production_order_lines: Rows<ProductionOrderLine>,
    pub operations: Rows<Operation>,
    pub plans: Rows<Plan>,
    pub plan_rows: Rows<PlanRow>,
    pub purchases: Rows<Purchase>,
    pub promises: Rows<Promise>,
    pub receipts: Rows<Receipt>,
    pub reservations: Rows<Reservation>,
    pub progress: Rows<Progress>,
    pub inspections: Rows<Inspection>,
    pub shipments: Rows<Shipment>,
    pub shipment_lines: Rows<ShipmentLine>,
    pub cartons: Rows<Carton>,
    pub export_papers: Rows<ExportPaper>,
    pub credits: Rows<Credit>,
    pub exceptions: Rows<Exception>,
    pub exception_options: Rows<ExceptionOption>,
    pub exception_effects: Rows<ExceptionEffect>,
    pub exception_actions: Rows<ExceptionAction>,
    pub exception_evidence: Rows<ExceptionEvidence>,
    pub exception_orders: Rows<ExceptionOrder>,
    pub lessons: Rows<Lesson>,
    pub lesson_uses: Rows<LessonUse>,
    pub chases: Rows<Chase>,
    pub snoozes: Rows<Snooze>,
    pub handovers: Rows<Handover>,
    pub source_files: Rows<SourceFile>,
    pub heading_maps: Rows<HeadingMap>,
    pub settings: Rows<Setting>,
    /// When orders and production orders were on hold, from the journal; oldest first.
    pub holds: Vec<Hold>,
    /// The journal of one order, oldest first, where its story is to be told; else empty.
    pub deeds: Vec<Deed>,
    /// The calendars, made of their rows once.
    pub compiled: Compiled,
}
