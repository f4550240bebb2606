//! The fixed lists of the trade, as codes that a person can read in the file.
//!
//! Each is stored by its code, in snake case. The words for the screen are in `text::label`.

use serde::{Deserialize, Serialize};

/// The departments that hand over to the merchandiser.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Department {
    Sales,
    Technical,
    Purchasing,
    Warehouse,
    #[default]
    Production,
    Qc,
    Shipping,
    Finance,
}

impl Department {
    pub const ALL: &'static [Self] = &[
        Self::Sales,
        Self::Technical,
        Self::Purchasing,
        Self::Warehouse,
        Self::Production,
        Self::Qc,
        Self::Shipping,
        Self::Finance,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Technical => "technical",
            Self::Purchasing => "purchasing",
            Self::Warehouse => "warehouse",
            Self::Production => "production",
            Self::Qc => "qc",
            Self::Shipping => "shipping",
            Self::Finance => "finance",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The classes of customers; each has a default weight in planning.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum CustomerClass {
    A,
    B,
    #[default]
    C,
}

impl CustomerClass {
    pub const ALL: &'static [Self] = &[Self::A, Self::B, Self::C];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
            Self::C => "c",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The ways by which an order came in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Email,
    Phone,
    Fax,
    #[default]
    Other,
}

impl Channel {
    pub const ALL: &'static [Self] = &[Self::Email, Self::Phone, Self::Fax, Self::Other];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Fax => "fax",
            Self::Other => "other",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The ways in which part deliveries are allowed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    #[default]
    Split,
    All,
    NoneLate,
}

impl Policy {
    pub const ALL: &'static [Self] = &[Self::Split, Self::All, Self::NoneLate];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::All => "all",
            Self::NoneLate => "none-late",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The decisions about an order; progress is derived, never stored.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    #[default]
    Open,
    Accepted,
    Declined,
    Cancelled,
    Closed,
}

impl OrderState {
    pub const ALL: &'static [Self] = &[
        Self::Open,
        Self::Accepted,
        Self::Declined,
        Self::Cancelled,
        Self::Closed,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Closed => "closed",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The nine review points of an order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PointKind {
    #[default]
    NameSpec,
    Quantity,
    UnitPrice,
    Amount,
    DeliveryDate,
    DeliveryMethod,
    PriceTerms,
    PaymentTerms,
    Packaging,
}

impl PointKind {
    pub const ALL: &'static [Self] = &[
        Self::NameSpec,
        Self::Quantity,
        Self::UnitPrice,
        Self::Amount,
        Self::DeliveryDate,
        Self::DeliveryMethod,
        Self::PriceTerms,
        Self::PaymentTerms,
        Self::Packaging,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NameSpec => "name_spec",
            Self::Quantity => "quantity",
            Self::UnitPrice => "unit_price",
            Self::Amount => "amount",
            Self::DeliveryDate => "delivery_date",
            Self::DeliveryMethod => "delivery_method",
            Self::PriceTerms => "price_terms",
            Self::PaymentTerms => "payment_terms",
            Self::Packaging => "packaging",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The what the merchandiser found at a review point.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PointResult {
    #[default]
    Pending,
    Ok,
    Query,
    Waived,
}

impl PointResult {
    pub const ALL: &'static [Self] = &[Self::Pending, Self::Ok, Self::Query, Self::Waived];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Ok => "ok",
            Self::Query => "query",
            Self::Waived => "waived",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The documents that belong to an order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    CustomerOrderSheet,
    ProcessSheet,
    FinalApprovedSample,
    ApprovalComments,
    CorrectionNotice,
    CustomerSample,
    Drawing,
    Mail,
    #[default]
    Other,
}

impl DocumentKind {
    pub const ALL: &'static [Self] = &[
        Self::CustomerOrderSheet,
        Self::ProcessSheet,
        Self::FinalApprovedSample,
        Self::ApprovalComments,
        Self::CorrectionNotice,
        Self::CustomerSample,
        Self::Drawing,
        Self::Mail,
        Self::Other,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CustomerOrderSheet => "customer_order_sheet",
            Self::ProcessSheet => "process_sheet",
            Self::FinalApprovedSample => "final_approved_sample",
            Self::ApprovalComments => "approval_comments",
            Self::CorrectionNotice => "correction_notice",
            Self::CustomerSample => "customer_sample",
            Self::Drawing => "drawing",
            Self::Mail => "mail",
            Self::Other => "other",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The where a filed document stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    #[default]
    Received,
    InQuestion,
    Confirmed,
    Superseded,
}

impl DocumentState {
    pub const ALL: &'static [Self] = &[
        Self::Received,
        Self::InQuestion,
        Self::Confirmed,
        Self::Superseded,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InQuestion => "in_question",
            Self::Confirmed => "confirmed",
            Self::Superseded => "superseded",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The samples that are approved before and during production.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum SampleKind {
    #[default]
    Proto,
    Fit,
    SizeSet,
    LabDip,
    PreProduction,
    Shipment,
}

impl SampleKind {
    pub const ALL: &'static [Self] = &[
        Self::Proto,
        Self::Fit,
        Self::SizeSet,
        Self::LabDip,
        Self::PreProduction,
        Self::Shipment,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proto => "proto",
            Self::Fit => "fit",
            Self::SizeSet => "size_set",
            Self::LabDip => "lab_dip",
            Self::PreProduction => "pre_production",
            Self::Shipment => "shipment",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The outcomes of an approval.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    #[default]
    Waiting,
    Approved,
    ApprovedWithComments,
    Rejected,
}

impl Verdict {
    pub const ALL: &'static [Self] = &[
        Self::Waiting,
        Self::Approved,
        Self::ApprovedWithComments,
        Self::Rejected,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::ApprovedWithComments => "approved_with_comments",
            Self::Rejected => "rejected",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The decisions that close a capacity review.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    #[default]
    Accept,
    Counter,
    Decline,
}

impl DecisionKind {
    pub const ALL: &'static [Self] = &[Self::Accept, Self::Counter, Self::Decline];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Counter => "counter",
            Self::Decline => "decline",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The decisions about a production order; progress is derived.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ProductionState {
    #[default]
    Proposed,
    Released,
    Cancelled,
}

impl ProductionState {
    pub const ALL: &'static [Self] = &[Self::Proposed, Self::Released, Self::Cancelled];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Released => "released",
            Self::Cancelled => "cancelled",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The conventions for adding scrap to a need.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum WastageRule {
    #[default]
    Multiply,
    Divide,
}

impl WastageRule {
    pub const ALL: &'static [Self] = &[Self::Multiply, Self::Divide];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Multiply => "multiply",
            Self::Divide => "divide",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The reasons why capacity differs from the calendar.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    #[default]
    Others,
    Overtime,
    Downtime,
}

impl BlockKind {
    pub const ALL: &'static [Self] = &[Self::Others, Self::Overtime, Self::Downtime];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Others => "others",
            Self::Overtime => "overtime",
            Self::Downtime => "downtime",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The how firm a date is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Firmness {
    #[default]
    Written,
    Spoken,
    Estimated,
    Unknown,
}

impl Firmness {
    pub const ALL: &'static [Self] = &[Self::Written, Self::Spoken, Self::Estimated, Self::Unknown];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Spoken => "spoken",
            Self::Estimated => "estimated",
            Self::Unknown => "unknown",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// What a line about received goods tells.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptKind {
    /// Goods came.
    #[default]
    Arrival,
    /// Held goods were inspected.
    Inspection,
    /// Goods went back to the supplier.
    Return,
}

impl ReceiptKind {
    pub const ALL: &'static [Self] = &[Self::Arrival, Self::Inspection, Self::Return];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Inspection => "inspection",
            Self::Return => "return",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The ways of chasing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ChaseHow {
    #[default]
    Chat,
    Phone,
    Mail,
    Visit,
}

impl ChaseHow {
    pub const ALL: &'static [Self] = &[Self::Chat, Self::Phone, Self::Mail, Self::Visit];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::Visit => "visit",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The answers to a chase.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ChaseResult {
    Accepted,
    Rescheduled,
    Partial,
    Substituted,
    Rejected,
    #[default]
    NoAnswer,
}

impl ChaseResult {
    pub const ALL: &'static [Self] = &[
        Self::Accepted,
        Self::Rescheduled,
        Self::Partial,
        Self::Substituted,
        Self::Rejected,
        Self::NoAnswer,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rescheduled => "rescheduled",
            Self::Partial => "partial",
            Self::Substituted => "substituted",
            Self::Rejected => "rejected",
            Self::NoAnswer => "no_answer",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The inspections before shipment.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum InspectionKind {
    Initial,
    Middle,
    #[default]
    Final,
}

impl InspectionKind {
    pub const ALL: &'static [Self] = &[Self::Initial, Self::Middle, Self::Final];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Middle => "middle",
            Self::Final => "final",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The outcomes of an inspection.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum InspectionResult {
    #[default]
    Pending,
    Passed,
    Failed,
}

impl InspectionResult {
    pub const ALL: &'static [Self] = &[Self::Pending, Self::Passed, Self::Failed];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Passed => "passed",
            Self::Failed => "failed",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The export papers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    CustomsDeclaration,
    BillOfLading,
    AirWaybill,
    /// Of rail, road or courier.
    Waybill,
    PackingList,
    CommercialInvoice,
    CertificateOfOrigin,
    InsurancePolicy,
    /// The documents that are presented under a letter of credit.
    LetterOfCredit,
    /// The documents that a bank collects on (D/P, D/A).
    Collection,
    #[default]
    Other,
}

impl PaperKind {
    pub const ALL: &'static [Self] = &[
        Self::CustomsDeclaration,
        Self::BillOfLading,
        Self::AirWaybill,
        Self::Waybill,
        Self::PackingList,
        Self::CommercialInvoice,
        Self::CertificateOfOrigin,
        Self::InsurancePolicy,
        Self::LetterOfCredit,
        Self::Collection,
        Self::Other,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CustomsDeclaration => "customs_declaration",
            Self::BillOfLading => "bill_of_lading",
            Self::AirWaybill => "air_waybill",
            Self::Waybill => "waybill",
            Self::PackingList => "packing_list",
            Self::CommercialInvoice => "commercial_invoice",
            Self::CertificateOfOrigin => "certificate_of_origin",
            Self::InsurancePolicy => "insurance_policy",
            Self::LetterOfCredit => "letter_of_credit",
            Self::Collection => "collection",
            Self::Other => "other",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The severities of an exception, worst first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Critical,
    Major,
    #[default]
    Minor,
}

impl Severity {
    pub const ALL: &'static [Self] = &[Self::Critical, Self::Major, Self::Minor];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Major => "major",
            Self::Minor => "minor",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The whose cause an exception had.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum CauseClass {
    #[default]
    Customer,
    Supplier,
    Department,
    Ourselves,
    External,
}

impl CauseClass {
    pub const ALL: &'static [Self] = &[
        Self::Customer,
        Self::Supplier,
        Self::Department,
        Self::Ourselves,
        Self::External,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Supplier => "supplier",
            Self::Department => "department",
            Self::Ourselves => "ourselves",
            Self::External => "external",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The six panels, and Today over all.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    #[default]
    Today,
    Intake,
    Capacity,
    Schedule,
    Materials,
    Progress,
    Exceptions,
}

impl Stage {
    pub const ALL: &'static [Self] = &[
        Self::Today,
        Self::Intake,
        Self::Capacity,
        Self::Schedule,
        Self::Materials,
        Self::Progress,
        Self::Exceptions,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Intake => "intake",
            Self::Capacity => "capacity",
            Self::Schedule => "schedule",
            Self::Materials => "materials",
            Self::Progress => "progress",
            Self::Exceptions => "exceptions",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}

/// The things that can be chased, snoozed or linked.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    #[default]
    Order,
    Purchase,
    Query,
    Answer,
    Document,
    Sample,
    Exception,
    ProductionOrder,
    Shipment,
    Milestone,
}

impl Subject {
    pub const ALL: &'static [Self] = &[
        Self::Order,
        Self::Purchase,
        Self::Query,
        Self::Answer,
        Self::Document,
        Self::Sample,
        Self::Exception,
        Self::ProductionOrder,
        Self::Shipment,
        Self::Milestone,
    ];

    /// The code in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Purchase => "purchase",
            Self::Query => "query",
            Self::Answer => "answer",
            Self::Document => "document",
            Self::Sample => "sample",
            Self::Exception => "exception",
            Self::ProductionOrder => "production_order",
            Self::Shipment => "shipment",
            Self::Milestone => "milestone",
        }
    }

    /// The value of a code, if there is one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|v| v.code() == code)
    }
}
