//! The summary of a period (工作总结): the numbers under the seven headings of the work, the rows
//! behind each, the worst and the best cases, and the points for the time to come.
//!
//! Everything is counted from the rows, up to today; the text that stands over the numbers is the
//! user's, see [`setting_key`].

mod count;
mod points;

use chrono::{Datelike, Days, Months, NaiveDate};

pub use count::sections;

use super::on_time::{Base, Within};
use crate::domain::codes::{CauseClass, Department, Stage};
use crate::domain::quantity::{MICRO, Micro};
use crate::domain::world::World;

/// Cases that are named as the worst, and as the best.
pub const CASES_MAX: usize = 3;

/// From a day to a day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    /// A calendar year.
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        Some(Self {
            from: NaiveDate::from_ymd_opt(year, 1, 1)?,
            to: NaiveDate::from_ymd_opt(year, 12, 31)?,
        })
    }

    /// The calendar month of a day.
    #[must_use]
    pub fn month(day: NaiveDate) -> Option<Self> {
        let from = day.with_day(1)?;
        let to = from.checked_add_months(Months::new(1))?.pred_opt()?;
        Some(Self { from, to })
    }

    /// From a day to a later one, or the same.
    #[must_use]
    pub fn between(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    fn is_year(self) -> bool {
        Self::year(self.from.year()) == Some(self)
    }

    fn is_month(self) -> bool {
        Self::month(self.from) == Some(self)
    }

    /// The same length before it, or after it: the year, the month, else as many days.
    #[must_use]
    pub fn moved(self, by: i32) -> Option<Self> {
        if self.is_year() {
            return Self::year(self.from.year().checked_add(by)?);
        }
        if self.is_month() {
            let months = Months::new(by.unsigned_abs());
            let day = if by < 0 {
                self.from.checked_sub_months(months)
            } else {
                self.from.checked_add_months(months)
            };
            return Self::month(day?);
        }
        let length = (self.to - self.from).num_days() + 1;
        let days = Days::new(
            length
                .checked_mul(i64::from(by.unsigned_abs()))?
                .unsigned_abs(),
        );
        let moved = |day: NaiveDate| {
            if by < 0 {
                day.checked_sub_days(days)
            } else {
                day.checked_add_days(days)
            }
        };
        Self::between(moved(self.from)?, moved(self.to)?)
    }

    /// How it is named in the file: `2026`, `2026-11` or `2026-01-05..2026-02-04`.
    #[must_use]
    pub fn code(self) -> String {
        if self.is_year() {
            format!("{:04}", self.from.year())
        } else if self.is_month() {
            self.from.format("%Y-%m").to_string()
        } else {
            format!("{}..{}", self.from, self.to)
        }
    }

    #[must_use]
    pub const fn within(self) -> Within {
        Within {
            from: Some(self.from),
            to: Some(self.to),
        }
    }
}

/// The headings of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// Order acceptance and capacity review.
    Acceptance,
    /// Conversion to production orders and scheduling.
    Scheduling,
    Materials,
    Progress,
    Exceptions,
    /// Difficulties and how they were solved.
    Difficulties,
    /// External factors and own problems.
    Causes,
}

impl Heading {
    pub const ALL: [Self; 7] = [
        Self::Acceptance,
        Self::Scheduling,
        Self::Materials,
        Self::Progress,
        Self::Exceptions,
        Self::Difficulties,
        Self::Causes,
    ];

    /// The name in the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Acceptance => "acceptance",
            Self::Scheduling => "scheduling",
            Self::Materials => "materials",
            Self::Progress => "progress",
            Self::Exceptions => "exceptions",
            Self::Difficulties => "difficulties",
            Self::Causes => "causes",
        }
    }

    /// Whether lessons of a stage are told under it.
    const fn tells_of(self, stage: Stage) -> bool {
        match self {
            Self::Acceptance => matches!(stage, Stage::Intake | Stage::Capacity),
            Self::Scheduling => matches!(stage, Stage::Schedule),
            Self::Materials => matches!(stage, Stage::Materials),
            Self::Progress => matches!(stage, Stage::Progress),
            Self::Exceptions | Self::Difficulties | Self::Causes => true,
        }
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Number {
    OrdersReceived,
    OrdersAccepted,
    OrdersDeclined,
    OrdersAmended,
    Queries,
    QueryDays,
    ReviewRounds,
    AnswerDays,
    Released,
    Finished,
    FinishedInTime,
    PlansAccepted,
    PurchasesPlaced,
    PurchasesCame,
    PurchasesInTime,
    PurchasesMissing,
    Chases,
    Shipments,
    InFullOnTime(Base),
    OnTime(Base),
    Inspections,
    InspectionsFailed,
    Raised,
    Critical,
    Closed,
    CloseDays,
    StillOpen,
    WithDifficulty,
    Solved,
    Lessons,
    LessonsUsed,
    LessonsRepeated,
    Cause(CauseClass),
    NoCause,
    External,
}

/// The amount of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    Count(i64),
    /// A part of a whole.
    Share {
        part: i64,
        whole: i64,
    },
    /// The mean of so many days.
    Mean {
        days: i64,
        of: i64,
    },
}

impl Amount {
    /// The value: a count, per cent with two places, mean days with one place; `None` of nothing.
    #[must_use]
    pub fn value(self) -> Option<Micro> {
        match self {
            Self::Count(n) => Some(Micro::whole(n)),
            Self::Share { part, whole } => super::on_time::percent(part, whole),
            Self::Mean { of: 0, .. } => None,
            Self::Mean { days, of } => Some(Micro(days.saturating_mul(MICRO) / of).round_to(1)),
        }
    }
}

/// A row that a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseOf {
    Order(i64),
    Made(i64),
    Purchase(i64),
    Query(i64),
    /// A round of the joint review.
    Review(i64),
    Exception(i64),
    Lesson {
        lesson_id: i64,
        order_id: Option<i64>,
    },
}

/// A row with its days: late, to an answer, to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    pub of: CaseOf,
    pub days: Option<i64>,
}

/// A number with what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub number: Number,
    pub amount: Amount,
    /// In the period before.
    pub before: Amount,
    pub rows: Vec<Case>,
}

/// Something to do better, derived from the numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// The department whose answers took longest in the mean.
    SlowAnswers {
        department: Department,
        queries: i64,
        days: i64,
    },
    /// Orders that were later than agreed.
    LateOrders { late: i64, due: i64 },
    /// Production orders that ended after their date.
    LateProduction { late: i64, made: i64, days: i64 },
    /// The supplier that slipped most days together.
    Supplier {
        supplier_id: i64,
        lines: i64,
        days: i64,
    },
    /// The class of cause that most exceptions had.
    Cause {
        cause: CauseClass,
        exceptions: i64,
        all: i64,
    },
    /// The department that answers for most exceptions.
    Responsible {
        department: Department,
        exceptions: i64,
    },
    /// A lesson that was heeded and happened again.
    Repeated { lesson_id: i64, times: i64 },
    /// Exceptions that are closed without saying what worked.
    Unsolved { exceptions: i64 },
}

/// A heading with all that stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub heading: Heading,
    pub figures: Vec<Figure>,
    /// The three rates of all deliveries belong to the heading.
    pub worst: Vec<Case>,
    pub best: Vec<Case>,
    pub used: Vec<Case>,
    pub repeated: Vec<Case>,
    pub points: Vec<Point>,
}

/// The setting that keeps the user's text of a heading.
#[must_use]
pub fn setting_key(period: Period, heading: Heading) -> String {
    format!("summary:{}:{}", period.code(), heading.code())
}

/// The user's text of a heading; `None` where nothing was written.
#[must_use]
pub fn written(world: &World, period: Period, heading: Heading) -> Option<&str> {
    let key = setting_key(period, heading);
    let own = world.settings.iter().find(|s| s.key == key)?;
    (!own.value.trim().is_empty()).then_some(own.value.as_str())
}
