//! Every change a user can make: rules checked, rows and journal written, in one transaction.
//!
//! One file per stage. A command is plain data, so that forms, imports and tests make the same
//! ones; [`apply`] is the only way to run one.

pub mod amend;
pub mod arrivals;
pub mod blocks;
pub mod capacity;
pub mod commitments;
pub mod entry;
pub mod exceptions;
pub mod facts;
pub mod followup;
pub mod goods;
pub mod handing;
pub mod inspection;
pub mod intake;
pub mod lessons;
pub mod materials;
pub mod milestone;
pub mod orders;
pub mod packing;
pub mod planning;
pub mod production;
pub mod progress;
pub mod refusal;
pub mod remedies;
pub mod rush;
pub mod samples;
pub mod schedule;
pub mod shelf;
pub mod shipment;
pub mod stock;
pub mod summary;

pub use refusal::{Problem, Refusal};

use std::collections::BTreeMap;

use crate::domain::codes::PaperKind;
use crate::domain::followup::Setting;
use crate::domain::progress::{Carton, Credit};
use crate::domain::rule::planning::PlanSettings;
use crate::domain::world::World;
use crate::store::{Change, Deed, Store, Tx};

/// A change a user asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    SaveOrder(Box<entry::SaveOrder>),
    SaveLine(Box<entry::SaveLine>),
    ImportOrders(Box<orders::ImportOrders>),
    SetOrder(orders::SetOrder),
    ReviewPoint(intake::ReviewPoint),
    FileDocument(Box<intake::FileDocument>),
    SetDocument(intake::SetDocument),
    RaiseQuery(intake::RaiseQuery),
    AnswerQuery(intake::AnswerQuery),
    Amend(Box<amend::Amend>),
    Acknowledge(amend::Acknowledge),
    SaveFacts(Box<facts::SaveFacts>),
    SaveAliases(Box<facts::SaveAliases>),
    MakeMilestones(milestone::MakeMilestones),
    SaveMilestone(Box<milestone::SaveMilestone>),
    SaveTemplate(milestone::SaveTemplate),
    AddMargin(milestone::AddMargin),
    SaveExpected(intake::SaveExpected),
    SaveSample(Box<samples::SaveSample>),
    UseLesson(lessons::UseLesson),
    JudgeLesson(lessons::JudgeLesson),
    SaveLesson(Box<lessons::SaveLesson>),
    MergeLessons(lessons::MergeLessons),
    RetireLesson(lessons::RetireLesson),
    Commit(Box<commitments::Commit>),
    Authorise(commitments::Authorise),
    AskDepartments(Box<capacity::Ask>),
    RecordAnswer(Box<capacity::RecordAnswer>),
    Decide(Box<capacity::Decide>),
    SaveBlock(Box<blocks::SaveBlock>),
    RemoveBlock {
        block_id: i64,
    },
    MakeProduction {
        order_id: i64,
    },
    Release(production::Release),
    SetProduction(production::SetProduction),
    SplitProduction(production::Split),
    MergeProduction(production::Merge),
    ResizeProduction(production::Resize),
    AcceptPlan(schedule::AcceptPlan),
    PinOperation {
        operation_id: i64,
        pinned: bool,
    },
    MoveOperation(planning::MoveOperation),
    SetPlanRules(Box<PlanSettings>),
    AcceptRush(Box<rush::AcceptRush>),
    PlanParts(rush::PlanParts),
    PlacePurchase(Box<materials::PlacePurchase>),
    RecordPromise(materials::RecordPromise),
    Receive(materials::Receive),
    ClosePurchase {
        purchase_id: i64,
    },
    CountStock(stock::CountStock),
    PlaceList(Box<materials::PlaceList>),
    ChangePurchase(Box<materials::ChangePurchase>),
    InspectHeld(goods::InspectHeld),
    SendBack(goods::SendBack),
    Reallocate(Box<stock::Reallocate>),
    DropReservation {
        reservation_id: i64,
    },
    SaveSubstitute(stock::SaveSubstitute),
    TakePromises(Box<arrivals::Take<arrivals::TakePromise>>),
    TakeReceipts(Box<arrivals::Take<arrivals::TakeReceipt>>),
    TakeCounts(Box<arrivals::Take<arrivals::TakeCount>>),
    TakePurchases(Box<arrivals::Take<arrivals::TakePurchase>>),
    ReportProgress(progress::ReportProgress),
    TakeFigures(Box<arrivals::Take<progress::TakeFigures>>),
    SaveInspection(Box<inspection::SaveInspection>),
    DropInspection {
        inspection_id: i64,
    },
    SaveShipment(Box<shipment::SaveShipment>),
    Ship(Box<shipment::Ship>),
    Book(Box<shipment::Book>),
    CancelShipment(shipment::CancelShipment),
    SaveCredit(Box<Credit>),
    PackCartons(packing::PackCartons),
    ChangeCartons(Box<Carton>),
    DropCartons {
        carton_id: i64,
    },
    MakePapers {
        shipment_id: i64,
    },
    SavePaper(Box<packing::SavePaper>),
    DropPaper {
        paper_id: i64,
    },
    SavePaperDays(BTreeMap<PaperKind, i64>),
    RaiseException(Box<exceptions::Raise>),
    WorkException(Box<exceptions::Work>),
    DecideException(exceptions::DecideOn),
    CloseException(Box<exceptions::Close>),
    ReopenException {
        exception_id: i64,
    },
    SaveRemedy(Box<remedies::Remedy>),
    DropRemedy(remedies::Piece),
    Escalate(exceptions::Escalate),
    TellCustomer(exceptions::Tell),
    MergeException {
        exception_id: i64,
        into: i64,
    },
    SetEscalation(Box<crate::domain::rule::escalation::Rules>),
    Chase(followup::LogChase),
    RecordDeposit(followup::RecordDeposit),
    Snooze(followup::PutOff),
    /// Brings back what was put off.
    Wake {
        subject: crate::domain::codes::Subject,
        subject_id: i64,
    },
    WriteSummary(Box<summary::WriteSummary>),
    Shelve(shelf::Shelve),
    TakeDown {
        order_id: i64,
    },
    HandOver(Box<handing::HandOver>),
}

impl Command {
    /// Whether what it moves in the plan is shown before it runs.
    #[must_use]
    pub const fn moves_plan(&self) -> bool {
        matches!(
            self,
            Self::SetPlanRules(_) | Self::MoveOperation(_) | Self::SaveBlock(_)
        )
    }
}

/// What a command did.
#[derive(Debug, Clone)]
pub struct Done {
    pub change: Change,
    /// The sentence of the journal.
    pub deed: Deed,
    /// The order to show next, where the command made or concerns one.
    pub order_id: Option<i64>,
}

/// Runs a command against the file.
///
/// `world` is what the user saw; rows are read again inside the transaction before they are
/// written, and a row that moved on since refuses the change.
///
/// # Errors
/// The rule that is broken, or what the file refuses; nothing is written then.
pub fn apply(store: &mut Store, world: &World, command: &Command) -> Result<Done, Refusal> {
    match command {
        Command::SaveOrder(c) => entry::save(store, world, c),
        Command::SaveLine(c) => entry::save_line(store, world, c),
        Command::ImportOrders(c) => orders::import(store, world, c),
        Command::SetOrder(c) => orders::set(store, world, c),
        Command::ReviewPoint(c) => intake::review_point(store, world, c),
        Command::FileDocument(c) => intake::file_document(store, world, c),
        Command::SetDocument(c) => intake::set_document(store, world, c),
        Command::RaiseQuery(c) => intake::raise_query(store, world, c),
        Command::AnswerQuery(c) => intake::answer_query(store, world, c),
        Command::Amend(c) => amend::amend(store, world, c),
        Command::Acknowledge(c) => amend::acknowledge(store, world, c),
        Command::SaveFacts(c) => facts::save(store, world, c),
        Command::SaveAliases(c) => facts::save_aliases(store, world, c),
        Command::MakeMilestones(c) => milestone::make(store, world, c),
        Command::SaveMilestone(c) => milestone::save(store, world, c),
        Command::SaveTemplate(c) => milestone::save_template(store, world, c),
        Command::AddMargin(c) => milestone::add_buffer(store, world, c),
        Command::SaveExpected(c) => intake::save_expected(store, world, c),
        Command::SaveSample(c) => samples::save(store, world, c),
        Command::UseLesson(c) => lessons::use_lesson(store, world, c),
        Command::JudgeLesson(c) => lessons::judge(store, world, *c),
        Command::SaveLesson(c) => lessons::save(store, world, c),
        Command::MergeLessons(c) => lessons::merge(store, world, *c),
        Command::RetireLesson(c) => lessons::retire(store, world, c),
        Command::Commit(c) => commitments::commit(store, world, c),
        Command::Authorise(c) => commitments::authorise(store, world, c),
        Command::AskDepartments(c) => capacity::ask(store, world, c),
        Command::RecordAnswer(c) => capacity::record_answer(store, world, c),
        Command::Decide(c) => capacity::decide(store, world, c),
        Command::SaveBlock(c) => blocks::save(store, world, c),
        Command::RemoveBlock { block_id } => blocks::remove(store, world, *block_id),
        Command::MakeProduction { order_id } => production::make(store, world, *order_id),
        Command::Release(c) => production::release(store, world, c),
        Command::SetProduction(c) => production::set(store, world, c),
        Command::SplitProduction(c) => production::split(store, world, c),
        Command::MergeProduction(c) => production::merge(store, world, c),
        Command::ResizeProduction(c) => production::resize(store, world, c),
        Command::AcceptPlan(c) => schedule::accept(store, world, c),
        Command::PinOperation {
            operation_id,
            pinned,
        } => schedule::pin(store, world, *operation_id, *pinned),
        Command::MoveOperation(c) => planning::move_operation(store, world, c),
        Command::SetPlanRules(c) => planning::set_rules(store, world, c),
        Command::AcceptRush(c) => rush::accept(store, world, c),
        Command::PlanParts(c) => rush::parts(store, world, c),
        Command::PlacePurchase(c) => materials::place(store, world, c),
        Command::RecordPromise(c) => materials::promise(store, world, c),
        Command::Receive(c) => materials::receive(store, world, c),
        Command::ClosePurchase { purchase_id } => materials::close(store, world, *purchase_id),
        Command::CountStock(c) => stock::count(store, world, c),
        Command::PlaceList(c) => materials::place_list(store, world, c),
        Command::ChangePurchase(c) => materials::change(store, world, c),
        Command::InspectHeld(c) => goods::inspect(store, world, c),
        Command::SendBack(c) => goods::send_back(store, world, c),
        Command::Reallocate(c) => stock::reallocate(store, world, c),
        Command::DropReservation { reservation_id } => {
            stock::drop_reservation(store, world, *reservation_id)
        }
        Command::SaveSubstitute(c) => stock::save_substitute(store, world, c),
        Command::TakePromises(c) => arrivals::promises(store, world, c),
        Command::TakeReceipts(c) => arrivals::receipts(store, world, c),
        Command::TakeCounts(c) => arrivals::counts(store, world, c),
        Command::TakePurchases(c) => arrivals::purchases(store, world, c),
        Command::ReportProgress(c) => progress::report(store, world, c),
        Command::TakeFigures(c) => progress::take(store, world, c),
        Command::SaveInspection(c) => inspection::save(store, world, c),
        Command::DropInspection { inspection_id } => inspection::drop(store, world, *inspection_id),
        Command::SaveShipment(c) => shipment::save(store, world, c),
        Command::Ship(c) => shipment::ship(store, world, c),
        Command::Book(c) => shipment::book(store, world, c),
        Command::CancelShipment(c) => shipment::cancel(store, world, c),
        Command::SaveCredit(c) => shipment::credit(store, world, c),
        Command::PackCartons(c) => packing::pack(store, world, c),
        Command::ChangeCartons(c) => packing::change(store, world, c),
        Command::DropCartons { carton_id } => packing::drop_cartons(store, world, *carton_id),
        Command::MakePapers { shipment_id } => packing::make_papers(store, world, *shipment_id),
        Command::SavePaper(c) => packing::paper(store, world, c),
        Command::DropPaper { paper_id } => packing::drop_paper(store, world, *paper_id),
        Command::SavePaperDays(c) => packing::days(store, world, c),
        Command::RaiseException(c) => exceptions::raise(store, world, c),
        Command::WorkException(c) => exceptions::work(store, world, c),
        Command::DecideException(c) => exceptions::decide(store, world, c),
        Command::CloseException(c) => exceptions::close(store, world, c),
        Command::ReopenException { exception_id } => {
            exceptions::reopen(store, world, *exception_id)
        }
        Command::SaveRemedy(c) => remedies::save(store, world, c),
        Command::DropRemedy(c) => remedies::drop_piece(store, world, *c),
        Command::Escalate(c) => exceptions::escalate(store, world, c),
        Command::TellCustomer(c) => exceptions::tell(store, world, c),
        Command::MergeException { exception_id, into } => {
            exceptions::merge(store, world, *exception_id, *into)
        }
        Command::SetEscalation(c) => exceptions::set_escalation(store, world, c),
        Command::Chase(c) => followup::chase(store, world, c),
        Command::RecordDeposit(c) => followup::deposit(store, world, c),
        Command::Snooze(c) => followup::snooze(store, world, c),
        Command::Wake {
            subject,
            subject_id,
        } => followup::wake(store, world, *subject, *subject_id),
        Command::WriteSummary(c) => summary::save(store, world, c),
        Command::Shelve(c) => shelf::shelve(store, world, *c),
        Command::TakeDown { order_id } => shelf::take_down(store, *order_id),
        Command::HandOver(c) => handing::hand_over(store, world, c),
    }
}

/// The row of that id, or a refusal that says it is gone.
pub(crate) fn found<T: crate::domain::record::Record>(
    row: Option<&T>,
    id: i64,
) -> Result<&T, Refusal> {
    row.ok_or_else(|| {
        crate::store::StoreError::Missing {
            table: T::TABLE,
            id,
        }
        .into()
    })
}

/// A text that has to be there.
pub(crate) fn required(field: &'static str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        Err(Refusal::at(field, Problem::Required))
    } else {
        Ok(())
    }
}

/// Sets a setting of the factory.
pub(crate) fn put_setting(
    tx: &mut Tx<'_>,
    world: &World,
    key: String,
    value: String,
) -> Result<(), Refusal> {
    match world.settings.iter().find(|s| s.key == key) {
        Some(old) => tx.update(&Setting {
            value,
            ..old.clone()
        })?,
        None => {
            tx.insert(&Setting {
                key,
                value,
                ..Setting::default()
            })?;
        }
    }
    Ok(())
}

/// A quantity that has to be more than zero.
pub(crate) fn positive(
    field: &'static str,
    qty: crate::domain::quantity::Qty,
) -> Result<(), Refusal> {
    if qty.is_positive() {
        Ok(())
    } else {
        Err(Refusal::at(field, Problem::NotPositive))
    }
}

/// A date that cannot lie ahead, such as that of a receipt.
pub(crate) fn not_ahead(
    field: &'static str,
    date: chrono::NaiveDate,
    today: chrono::NaiveDate,
) -> Result<(), Refusal> {
    if date > today {
        Err(Refusal::at(field, Problem::DateAhead { date, today }))
    } else {
        Ok(())
    }
}

/// Writes under one deed and packs the outcome.
pub(crate) fn write(
    store: &mut Store,
    deed: Deed,
    order_id: Option<i64>,
    f: impl FnOnce(&mut crate::store::Tx<'_>) -> Result<(), Refusal>,
) -> Result<Done, Refusal> {
    let ((), change) = store.write(&deed, f)?;
    Ok(Done {
        change,
        deed,
        order_id,
    })
}
