//! Reports: what is handed over to a department, as a sheet of plain rows and four ways to write it.
//!
//! A new report is a file of its own and a line in [`Name`].

mod change_notice;
mod chase_list;
mod claim;
mod daily_progress;
pub mod deliver;
mod exception;
mod inspection_plan;
mod kits;
mod late_risk;
mod ledger;
mod milestones;
mod order_review;
mod order_status;
mod packing_list;
pub mod paper;
mod production_notice;
mod query_sheet;
mod requirements;
mod schedule;
mod schedule_forms;
mod shipping_plan;
pub mod since;
mod summary;
mod suppliers;
mod timeline;
mod tracking;
pub mod write;

use chrono::NaiveDate;

use crate::app::outlook::Outlook;
use crate::domain::exception::Exception;
use crate::domain::moment::Moment;
use crate::domain::order::Order;
use crate::domain::world::World;
use crate::text::{
    Lang, Word, chance, chasing, claim as claim_words, ledger as ledger_words, production,
    report as words, shipping, status, summary as summary_words, timeline as timeline_words,
};
pub use claim::Side;
pub use paper::Paper;

/// The reports of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    QuerySheet,
    ChangeNotice,
    OrderReview,
    ProductionNotice,
    Schedule,
    ScheduleForms,
    Requirements,
    Tracking,
    Kits,
    ChaseList,
    Suppliers,
    LateRisk,
    Summary,
    InspectionPlan,
    ShippingPlan,
    PackingList,
    DailyProgress,
    OrderStatus,
    Milestones,
    Exception,
    Ledger,
    Claim,
    Timeline,
}

impl Name {
    pub const ALL: &'static [Self] = &[
        Self::QuerySheet,
        Self::ChangeNotice,
        Self::OrderReview,
        Self::ProductionNotice,
        Self::Schedule,
        Self::ScheduleForms,
        Self::Requirements,
        Self::Tracking,
        Self::Kits,
        Self::ChaseList,
        Self::Suppliers,
        Self::LateRisk,
        Self::Summary,
        Self::InspectionPlan,
        Self::ShippingPlan,
        Self::PackingList,
        Self::DailyProgress,
        Self::OrderStatus,
        Self::Milestones,
        Self::Exception,
        Self::Ledger,
        Self::Claim,
        Self::Timeline,
    ];

    /// The name on the command line.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::QuerySheet => "query-sheet",
            Self::ChangeNotice => "change-notice",
            Self::OrderReview => "order-review",
            Self::ProductionNotice => "production-notice",
            Self::Schedule => "schedule",
            Self::ScheduleForms => "schedule-forms",
            Self::Requirements => "requirements",
            Self::Tracking => "tracking",
            Self::Kits => "kits",
            Self::ChaseList => "chase-list",
            Self::Suppliers => "suppliers",
            Self::LateRisk => "late-risk",
            Self::Summary => "summary",
            Self::InspectionPlan => "inspection-plan",
            Self::ShippingPlan => "shipping-plan",
            Self::PackingList => "packing-list",
            Self::DailyProgress => "daily-progress",
            Self::OrderStatus => "order-status",
            Self::Milestones => "milestones",
            Self::Exception => "exception",
            Self::Ledger => "ledger",
            Self::Claim => "claim",
            Self::Timeline => "timeline",
        }
    }

    /// The report of a name.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| name.code() == code)
    }

    /// Whether it tells of the past, so that the shelf belongs to it.
    #[must_use]
    pub const fn reaches_back(self) -> bool {
        matches!(
            self,
            Self::Summary | Self::Ledger | Self::Claim | Self::Timeline
        )
    }

    /// Whether it tells of the computed plan, so that one has to be made first.
    #[must_use]
    pub const fn needs_outlook(self) -> bool {
        match self {
            Self::QuerySheet
            | Self::ChangeNotice
            | Self::Tracking
            | Self::Summary
            | Self::Timeline
            | Self::InspectionPlan
            | Self::ShippingPlan
            | Self::PackingList
            | Self::Milestones => false,
            Self::OrderReview
            | Self::ProductionNotice
            | Self::Schedule
            | Self::ScheduleForms
            | Self::Requirements
            | Self::Kits
            | Self::ChaseList
            | Self::Suppliers
            | Self::LateRisk
            | Self::DailyProgress
            | Self::OrderStatus
            | Self::Exception
            | Self::Ledger
            | Self::Claim => true,
        }
    }

    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::QuerySheet => words::QUERY_SHEET,
            Self::ChangeNotice => words::CHANGE_NOTICE,
            Self::OrderReview => words::ORDER_REVIEW,
            Self::ProductionNotice => production::PRODUCTION_NOTICE,
            Self::Schedule => production::SCHEDULE_SHEET,
            Self::ScheduleForms => production::SCHEDULE_FORMS,
            Self::Requirements => words::REQUIREMENTS,
            Self::Tracking => words::TRACKING,
            Self::Kits => words::KITS,
            Self::ChaseList => chasing::CHASE_LIST,
            Self::Suppliers => chasing::SUPPLIER_LIST,
            Self::LateRisk => chance::LATE_RISK,
            Self::Summary => summary_words::SUMMARY,
            Self::InspectionPlan => shipping::INSPECTION_PLAN,
            Self::ShippingPlan => shipping::SHIPPING_PLAN,
            Self::PackingList => shipping::PACKING_LIST,
            Self::DailyProgress => status::DAILY_PROGRESS,
            Self::OrderStatus => status::ORDER_STATUS,
            Self::Milestones => status::MILESTONES,
            Self::Exception => status::EXCEPTION,
            Self::Ledger => ledger_words::LEDGER,
            Self::Claim => claim_words::CLAIM,
            Self::Timeline => timeline_words::TIMELINE,
        }
    }
}

/// What a report is about.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub world: &'a World,
    /// Empty for reports that do not need it.
    pub outlook: &'a Outlook,
    pub now: Moment,
    pub today: NaiveDate,
    pub lang: Lang,
    /// One order; none: all of them.
    pub order: Option<&'a Order>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// Code, number or name of the supplier or customer that a claim is about; empty: all of them.
    pub partner: &'a str,
}

impl Scope<'_> {
    /// Whether a day lies in the period, where one is given.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| day >= from) && self.to.is_none_or(|to| day <= to)
    }

    /// A column headed by a word.
    fn column(&self, word: Word, width: u16) -> paper::Column {
        paper::Column::new(self.say(word), width)
    }

    fn say(&self, word: Word) -> String {
        word.text(self.lang).to_owned()
    }
}

/// Why a report cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacks {
    /// It is about one order: which?
    Order,
    /// There is nothing to report of it.
    Rows,
    /// The chances by the plan in force are still being computed.
    Chances,
}

/// Makes a report.
///
/// # Errors
/// What it lacks.
pub fn make(name: Name, scope: &Scope<'_>) -> Result<Paper, Lacks> {
    make_about(name, scope, None)
}

/// Makes a report; one on exceptions is about `exception` alone where that is given.
///
/// # Errors
/// What it lacks.
pub fn make_about(
    name: Name,
    scope: &Scope<'_>,
    exception: Option<&Exception>,
) -> Result<Paper, Lacks> {
    match name {
        Name::QuerySheet => query_sheet::make(scope),
        Name::ChangeNotice => change_notice::make(scope),
        Name::OrderReview => order_review::make(scope),
        Name::ProductionNotice => production_notice::make(scope),
        Name::Schedule => schedule::make(scope),
        Name::ScheduleForms => schedule_forms::make(scope),
        Name::Requirements => requirements::make(scope),
        Name::Tracking => tracking::make(scope),
        Name::Kits => kits::make(scope),
        Name::ChaseList => chase_list::make(scope),
        Name::Suppliers => suppliers::make(scope),
        Name::LateRisk => late_risk::make(scope),
        Name::Summary => summary::make(scope),
        Name::InspectionPlan => inspection_plan::make(scope),
        Name::ShippingPlan => shipping_plan::make(scope),
        Name::PackingList => packing_list::make(scope),
        Name::DailyProgress => daily_progress::make(scope),
        Name::OrderStatus => order_status::make(scope),
        Name::Milestones => milestones::make(scope),
        Name::Exception => exception::make(scope, exception),
        Name::Ledger => ledger::make(scope),
        Name::Claim => claim::make(scope),
        Name::Timeline => timeline::make(scope),
    }
}
