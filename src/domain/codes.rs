//! The fixed lists of the trade, as codes that a person can read in the file.
//!
//! Each is stored by its code. The words for the screen are in `text::label`.

/// Fixed lists: each value with its code in the file, in the order of the screens.
///
/// `ALL` has the values in that order, `code` and `of` go from a value to its code and back; serde
/// reads and writes the codes.
macro_rules! codes {
    ($(
        $(#[$list:meta])*
        pub enum $name:ident { $($(#[$value:meta])* $variant:ident = $code:literal,)+ }
    )+) => { $(
        $(#[$list])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default,
            ::serde::Serialize, ::serde::Deserialize,
        )]
        pub enum $name { $($(#[$value])* #[serde(rename = $code)] $variant,)+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code in the file.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The value of a code, if there is one.
            #[must_use]
            pub fn of(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.code() == code)
            }
        }
    )+ };
}
pub(super) use codes;

codes! {
    /// The departments that hand over to the merchandiser.
    pub enum Department {
        Sales = "sales",
        Technical = "technical",
        Purchasing = "purchasing",
        Warehouse = "warehouse",
        #[default]
        Production = "production",
        Qc = "qc",
        Shipping = "shipping",
        Finance = "finance",
    }

    /// The classes of customers; each has a default weight in planning.
    pub enum CustomerClass {
        A = "a",
        B = "b",
        #[default]
        C = "c",
    }

    /// The ways by which an order came in.
    pub enum Channel {
        Email = "email",
        Phone = "phone",
        Fax = "fax",
        #[default]
        Other = "other",
    }

    /// The ways in which part deliveries are allowed.
    pub enum Policy {
        #[default]
        Split = "split",
        All = "all",
        NoneLate = "none-late",
    }

    /// The decisions about an order; progress is derived, never stored.
    pub enum OrderState {
        #[default]
        Open = "open",
        Accepted = "accepted",
        Declined = "declined",
        Cancelled = "cancelled",
        Closed = "closed",
    }

    /// The nine review points of an order.
    pub enum PointKind {
        #[default]
        NameSpec = "name_spec",
        Quantity = "quantity",
        UnitPrice = "unit_price",
        Amount = "amount",
        DeliveryDate = "delivery_date",
        DeliveryMethod = "delivery_method",
        PriceTerms = "price_terms",
        PaymentTerms = "payment_terms",
        Packaging = "packaging",
    }

    /// What the merchandiser found at a review point.
    pub enum PointResult {
        #[default]
        Pending = "pending",
        Ok = "ok",
        Query = "query",
        Waived = "waived",
    }

    /// The documents that belong to an order.
    pub enum DocumentKind {
        CustomerOrderSheet = "customer_order_sheet",
        ProcessSheet = "process_sheet",
        FinalApprovedSample = "final_approved_sample",
        ApprovalComments = "approval_comments",
        CorrectionNotice = "correction_notice",
        CustomerSample = "customer_sample",
        Drawing = "drawing",
        Mail = "mail",
        #[default]
        Other = "other",
    }

    /// Where a filed document stands.
    pub enum DocumentState {
        #[default]
        Received = "received",
        InQuestion = "in_question",
        Confirmed = "confirmed",
        Superseded = "superseded",
    }

    /// The samples that are approved before and during production.
    pub enum SampleKind {
        #[default]
        Proto = "proto",
        Fit = "fit",
        SizeSet = "size_set",
        LabDip = "lab_dip",
        PreProduction = "pre_production",
        Shipment = "shipment",
    }

    /// The outcomes of an approval.
    pub enum Verdict {
        #[default]
        Waiting = "waiting",
        Approved = "approved",
        ApprovedWithComments = "approved_with_comments",
        Rejected = "rejected",
    }

    /// The decisions that close a capacity review.
    pub enum DecisionKind {
        #[default]
        Accept = "accept",
        Counter = "counter",
        Decline = "decline",
    }

    /// The decisions about a production order; progress is derived.
    pub enum ProductionState {
        #[default]
        Proposed = "proposed",
        Released = "released",
        Cancelled = "cancelled",
    }

    /// The conventions for adding scrap to a need.
    pub enum WastageRule {
        #[default]
        Multiply = "multiply",
        Divide = "divide",
    }

    /// The reasons why capacity differs from the calendar.
    pub enum BlockKind {
        #[default]
        Others = "others",
        Overtime = "overtime",
        Downtime = "downtime",
    }

    /// How firm a date is.
    pub enum Firmness {
        #[default]
        Written = "written",
        Spoken = "spoken",
        Estimated = "estimated",
        Unknown = "unknown",
    }

    /// What a line about received goods tells.
    pub enum ReceiptKind {
        /// Goods came.
        #[default]
        Arrival = "arrival",
        /// Held goods were inspected.
        Inspection = "inspection",
        /// Goods went back to the supplier.
        Return = "return",
    }

    /// The ways of chasing.
    pub enum ChaseHow {
        #[default]
        Chat = "chat",
        Phone = "phone",
        Mail = "mail",
        Visit = "visit",
    }

    /// The answers to a chase.
    pub enum ChaseResult {
        Accepted = "accepted",
        Rescheduled = "rescheduled",
        Partial = "partial",
        Substituted = "substituted",
        Rejected = "rejected",
        #[default]
        NoAnswer = "no_answer",
    }

    /// The inspections before shipment.
    pub enum InspectionKind {
        Initial = "initial",
        Middle = "middle",
        #[default]
        Final = "final",
    }

    /// The outcomes of an inspection.
    pub enum InspectionResult {
        #[default]
        Pending = "pending",
        Passed = "passed",
        Failed = "failed",
    }

    /// The export papers.
    pub enum PaperKind {
        CustomsDeclaration = "customs_declaration",
        BillOfLading = "bill_of_lading",
        AirWaybill = "air_waybill",
        /// Of rail, road or courier.
        Waybill = "waybill",
        PackingList = "packing_list",
        CommercialInvoice = "commercial_invoice",
        CertificateOfOrigin = "certificate_of_origin",
        InsurancePolicy = "insurance_policy",
        /// The documents that are presented under a letter of credit.
        LetterOfCredit = "letter_of_credit",
        /// The documents that a bank collects on (D/P, D/A).
        Collection = "collection",
        #[default]
        Other = "other",
    }

    /// The severities of an exception, worst first.
    pub enum Severity {
        Critical = "critical",
        Major = "major",
        #[default]
        Minor = "minor",
    }

    /// Whose cause an exception had.
    pub enum CauseClass {
        #[default]
        Customer = "customer",
        Supplier = "supplier",
        Department = "department",
        Ourselves = "ourselves",
        External = "external",
    }

    /// The six panels, and Today over all.
    pub enum Stage {
        #[default]
        Today = "today",
        Intake = "intake",
        Capacity = "capacity",
        Schedule = "schedule",
        Materials = "materials",
        Progress = "progress",
        Exceptions = "exceptions",
    }

    /// The things that can be chased, snoozed or linked.
    pub enum Subject {
        #[default]
        Order = "order",
        Purchase = "purchase",
        Query = "query",
        Answer = "answer",
        Document = "document",
        Sample = "sample",
        Exception = "exception",
        ProductionOrder = "production_order",
        Shipment = "shipment",
        Milestone = "milestone",
    }
}
