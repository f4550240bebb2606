//! What a sound file can never hold: sums, references and states that the commands guarantee.
//!
//! Only what no command and no undo can bring about is a finding here, so that a finding always
//! means damage, a change behind the program's back, or an interchange file at odds with itself.

use std::collections::BTreeMap;

use crate::domain::codes::{OrderState, ProductionState, ReceiptKind, Subject};
use crate::domain::quantity::Qty;
use crate::domain::world::World;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// `SQLite`'s own check says so; `found` is its sentence.
    Sqlite,
    /// A row refers to one that is not there.
    Dangling,
    /// A row that cannot be read into a record; `found` says why.
    Unreadable,
    /// The journal has a row that the table has not.
    RowLost,
    /// The table has a row that no change made.
    RowUnknown,
    /// A value is not what the journal wrote last.
    ValueDiffers,
    /// A row was saved more or less often than the journal says.
    RevisionDiffers,
    /// A line of the journal cannot be read; `found` is the change.
    JournalUnreadable,
    /// A line of the journal does not follow from those before; `found` is the change.
    JournalBroken,
    /// Undo and what it took back do not name each other.
    ChainBroken,
    /// A number could be given a second time.
    NumberReused,
    /// A chase or snooze is about a row that is not there.
    SubjectGone,
    /// A kept file is not there.
    FileLost,
    /// A kept file is not what was filed.
    FileChanged,
    /// Two rows that belong to one order belong to different ones.
    OtherOrder,
    /// A figure corrects one of another operation.
    OtherOperation,
    /// Rows refer to each other in a circle.
    Circle,
    /// More goods were inspected than were held.
    InspectedMore,
    /// More goods went back than were rejected or accepted.
    ReturnedMore,
    /// The shares of a merged production order are more than it makes.
    SharesMore,
    /// A quantity that cannot be less than nothing is.
    Negative,
    /// A shipment left and was cancelled.
    ShippedAndCancelled,
    /// A cancelled order has goods that left.
    CancelledShipped,
    /// A production order has figures, but was not released.
    MadeUnreleased,
    /// A production order was released, but on no day.
    ReleasedNoDay,
}

/// What to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// The file itself is broken: carry what can be read to a new one, or put a copy back.
    Salvage,
    /// The contents were changed past the program: put the latest copy back.
    Restore,
    /// The contents contradict themselves: set right what is named, or undo it.
    SetRight,
    /// A kept file has to be copied from where it still is.
    CopyFile,
}

impl Fault {
    /// What to do about it.
    #[must_use]
    pub const fn remedy(self) -> Remedy {
        match self {
            Self::Sqlite | Self::Unreadable | Self::JournalUnreadable => Remedy::Salvage,
            Self::FileLost | Self::FileChanged => Remedy::CopyFile,
            Self::SubjectGone
            | Self::OtherOrder
            | Self::OtherOperation
            | Self::Circle
            | Self::InspectedMore
            | Self::ReturnedMore
            | Self::SharesMore
            | Self::Negative
            | Self::ShippedAndCancelled
            | Self::CancelledShipped
            | Self::MadeUnreleased
            | Self::ReleasedNoDay => Remedy::SetRight,
            _ => Remedy::Restore,
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub fault: Fault,
    /// Empty where it is about the file as a whole.
    pub table: String,
    /// Zero where it is about no one row.
    pub row: i64,
    /// How people call the row; empty where it has no such name.
    pub name: String,
    /// Empty where it is about the whole row.
    pub field: String,
    /// What stands there.
    pub found: String,
    /// What should stand there.
    pub expected: String,
}

impl Finding {
    /// About a row.
    #[must_use]
    pub fn new(fault: Fault, table: &str, row: i64) -> Self {
        Self {
            fault,
            table: table.to_owned(),
            row,
            name: String::new(),
            field: String::new(),
            found: String::new(),
            expected: String::new(),
        }
    }

    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    #[must_use]
    pub fn field(mut self, field: &str) -> Self {
        field.clone_into(&mut self.field);
        self
    }

    #[must_use]
    pub fn found(mut self, found: impl ToString) -> Self {
        self.found = found.to_string();
        self
    }

    #[must_use]
    pub fn expected(mut self, expected: impl ToString) -> Self {
        self.expected = expected.to_string();
        self
    }
}

/// Everything that the rows of a file contradict each other in.
#[must_use]
pub fn contradictions(world: &World) -> Vec<Finding> {
    let mut found = Vec::new();
    purchases(world, &mut found);
    production(world, &mut found);
    shipments(world, &mut found);
    subjects(world, &mut found);
    same_order(world, &mut found);
    circles(world, &mut found);
    found
}

fn purchases(world: &World, out: &mut Vec<Finding>) {
    for line in &world.purchases {
        let (mut held, mut rejected, mut accepted) = (Qty::ZERO, Qty::ZERO, Qty::ZERO);
        for r in world.receipts.of(line.id) {
            for (field, qty) in [
                ("accepted", r.accepted),
                ("rejected", r.rejected),
                ("held", r.held),
                ("credited", r.credited),
            ] {
                if qty.is_negative() {
                    let one = Finding::new(Fault::Negative, "receipt", r.id).called(&line.no);
                    out.push(one.field(field).found(qty.text()));
                }
            }
            match r.kind {
                ReceiptKind::Arrival => {
                    held += r.held;
                    rejected += r.rejected;
                    accepted += r.accepted;
                }
                ReceiptKind::Inspection => {
                    held -= r.accepted + r.rejected;
                    rejected += r.rejected;
                    accepted += r.accepted;
                }
                ReceiptKind::Return => {
                    // What went back from the stock was found bad first.
                    accepted -= r.accepted;
                    rejected -= r.rejected;
                }
            }
        }
        let at = |fault, qty: Qty| {
            let one = Finding::new(fault, "purchase", line.id).called(&line.no);
            one.found(qty.floor_zero().text())
                .expected((Qty::ZERO - qty).floor_zero().text())
        };
        if held.is_negative() {
            out.push(at(Fault::InspectedMore, held));
        }
        for left in [rejected, accepted] {
            if left.is_negative() {
                out.push(at(Fault::ReturnedMore, left));
            }
        }
    }
}

fn production(world: &World, out: &mut Vec<Finding>) {
    for made in &world.production_orders {
        let at = |fault| Finding::new(fault, "production_order", made.id).called(&made.no);
        let shares: Qty = world
            .production_order_lines
            .of(made.id)
            .map(|s| s.qty)
            .sum();
        if shares > made.qty {
            let one = at(Fault::SharesMore).field("qty");
            out.push(one.found(shares.text()).expected(made.qty.text()));
        }
        if made.state == ProductionState::Released && made.released_on.is_none() {
            out.push(at(Fault::ReleasedNoDay).field("released_on"));
        }
        let reported = world
            .operations
            .of(made.id)
            .any(|o| world.progress.of(o.id).next().is_some());
        if made.state == ProductionState::Proposed && reported {
            out.push(at(Fault::MadeUnreleased).field("state"));
        }
    }
    for figure in &world.progress {
        let at = |fault| Finding::new(fault, "progress", figure.id);
        for (field, qty) in [
            ("good", figure.good),
            ("defect", figure.defect),
            ("rework", figure.rework),
            ("scrap", figure.scrap),
        ] {
            if qty.is_negative() {
                out.push(at(Fault::Negative).field(field).found(qty.text()));
            }
        }
        if let Some(earlier) = world.progress.find(figure.corrects)
            && earlier.operation_id != figure.operation_id
        {
            let one = at(Fault::OtherOperation).field("corrects");
            out.push(
                one.found(earlier.operation_id)
                    .expected(figure.operation_id),
            );
        }
    }
}

fn shipments(world: &World, out: &mut Vec<Finding>) {
    for s in &world.shipments {
        let at = |fault| Finding::new(fault, "shipment", s.id).called(&s.no);
        if s.shipped_on.is_some() && s.cancelled_on.is_some() {
            out.push(at(Fault::ShippedAndCancelled).field("cancelled_on"));
        }
        let order = world.orders.get(s.order_id);
        let cancelled = order.is_some_and(|o| o.state == OrderState::Cancelled);
        let goods = world.shipment_lines.of(s.id).any(|l| l.qty.is_positive());
        if cancelled && s.shipped_on.is_some() && goods {
            let one = at(Fault::CancelledShipped).field("shipped_on");
            out.push(one.found(order.map_or("", |o| o.no.as_str())));
        }
    }
    for line in &world.shipment_lines {
        if line.qty.is_negative() {
            let one = Finding::new(Fault::Negative, "shipment_line", line.id);
            out.push(one.field("qty").found(line.qty.text()));
        }
    }
}

/// Whether the row that a chase or snooze is about is there.
fn is_there(world: &World, subject: Subject, id: i64) -> bool {
    match subject {
        Subject::Order => world.orders.get(id).is_some(),
        Subject::Purchase => world.purchases.get(id).is_some(),
        Subject::Query => world.queries.get(id).is_some(),
        Subject::Answer => world.answers.get(id).is_some(),
        Subject::Document => world.documents.get(id).is_some(),
        Subject::Sample => world.samples.get(id).is_some(),
        Subject::Exception => world.exceptions.get(id).is_some(),
        Subject::ProductionOrder => world.production_orders.get(id).is_some(),
        Subject::Shipment => world.shipments.get(id).is_some(),
        Subject::Milestone => world.milestones.get(id).is_some(),
    }
}

fn subjects(world: &World, out: &mut Vec<Finding>) {
    let chases = world.chases.iter();
    let chases = chases.map(|c| ("chase", c.id, c.subject, c.subject_id));
    let snoozes = world.snoozes.iter();
    let snoozes = snoozes.map(|s| ("snooze", s.id, s.subject, s.subject_id));
    for (table, id, subject, about) in chases.chain(snoozes) {
        // Zero: an interchange file did not say what it was about.
        if about != 0 && !is_there(world, subject, about) {
            let one = Finding::new(Fault::SubjectGone, table, id).field("subject_id");
            out.push(one.found(format!("{} {about}", subject.code())));
        }
    }
}

/// Rows that hang on two others, which have to be of one order.
fn same_order(world: &World, out: &mut Vec<Finding>) {
    let line = |id: Option<i64>| world.order_lines.find(id).map(|l| l.order_id);
    let shipment = |id: i64| world.shipments.get(id).map(|s| s.order_id);
    let document = |id: Option<i64>| world.documents.find(id).map(|d| d.order_id);
    let number = |id: i64| world.orders.get(id).map_or("", |o| o.no.as_str());
    let mut pair = |table, id, field, own: Option<i64>, other: Option<i64>| {
        if let (Some(own), Some(other)) = (own, other)
            && own != other
        {
            let one = Finding::new(Fault::OtherOrder, table, id).field(field);
            out.push(one.found(number(other)).expected(number(own)));
        }
    };
    for l in &world.shipment_lines {
        let (own, other) = (shipment(l.shipment_id), line(Some(l.order_line_id)));
        pair("shipment_line", l.id, "order_line_id", own, other);
    }
    for c in &world.cartons {
        let (own, other) = (shipment(c.shipment_id), line(c.order_line_id));
        pair("carton", c.id, "order_line_id", own, other);
    }
    for f in &world.facts {
        let (own, other) = (Some(f.order_id), document(Some(f.document_id)));
        pair("fact", f.id, "document_id", own, other);
    }
    for p in &world.review_points {
        let (own, other) = (Some(p.order_id), document(p.document_id));
        pair("review_point", p.id, "document_id", own, other);
    }
}

/// Chains of rows of one table that come back to where they began.
fn circles(world: &World, out: &mut Vec<Finding>) {
    let orders = world.orders.iter().map(|o| (o.id, o.repeat_of));
    circle("orders", "repeat_of", orders, out);
    let figures = world.progress.iter().map(|p| (p.id, p.corrects));
    circle("progress", "corrects", figures, out);
    let inspections = world.inspections.iter().map(|i| (i.id, i.re_of));
    circle("inspection", "re_of", inspections, out);
    let exceptions = world.exceptions.iter().map(|e| (e.id, e.merged_into));
    circle("exception", "merged_into", exceptions, out);
}

fn circle(
    table: &str,
    field: &str,
    links: impl Iterator<Item = (i64, Option<i64>)>,
    out: &mut Vec<Finding>,
) {
    let links: BTreeMap<i64, i64> = links.filter_map(|(a, b)| Some((a, b?))).collect();
    // Each chain is walked once: what was seen leads nowhere new.
    let mut seen: BTreeMap<i64, i64> = BTreeMap::new();
    for start in links.keys() {
        let mut at = *start;
        while let Some(next) = links.get(&at) {
            match seen.get(&at) {
                Some(walk) if walk == start => {
                    let one = Finding::new(Fault::Circle, table, at).field(field);
                    out.push(one.found(*next));
                    break;
                }
                Some(_) => break,
                None => {
                    seen.insert(at, *start);
                    at = *next;
                }
            }
        }
    }
}
