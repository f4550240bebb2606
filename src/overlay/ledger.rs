//! The page of late days over all orders: charts, and below each bar its orders and their days.

use chrono::{Datelike, Months, NaiveDate};
use crossterm::event::{KeyCode, KeyEvent};

use super::sheet::{Sheet, SheetReply};
use crate::domain::rule::ledger::pareto::{By, Period, first_of};
use crate::domain::rule::ledger::{Ledger, Whose};
use crate::panel::Listing;
use crate::text::{Word, ledger as said};

/// Which chart is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    Pareto(By),
    Months,
}

impl Chart {
    const ALL: [Self; 4] = [
        Self::Pareto(By::Cause),
        Self::Pareto(By::Supplier),
        Self::Pareto(By::Department),
        Self::Months,
    ];

    /// Its name.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Pareto(by) => said::by(by),
            Self::Months => said::BY_MONTH,
        }
    }

    fn turned(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|c| *c == self).unwrap_or(0);
        let to = (at + by) % Self::ALL.len();
        Self::ALL.get(to).copied().unwrap_or(self)
    }
}

/// The periods to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    All,
    ThisYear,
    Last12,
    Last3,
    ThisMonth,
    LastMonth,
}

impl Span {
    const ALL: [Self; 6] = [
        Self::All,
        Self::ThisYear,
        Self::Last12,
        Self::Last3,
        Self::ThisMonth,
        Self::LastMonth,
    ];

    /// Its name.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::All => said::ALL_TIME,
            Self::ThisYear => said::THIS_YEAR,
            Self::Last12 => said::LAST_12,
            Self::Last3 => said::LAST_3,
            Self::ThisMonth => said::THIS_MONTH,
            Self::LastMonth => said::LAST_MONTH,
        }
    }

    /// Its days; months that are counted back begin on their first day and include this month.
    #[must_use]
    pub fn period(self, today: NaiveDate) -> Period {
        let back = |n| first_of(today).checked_sub_months(Months::new(n));
        let from = |from: Option<NaiveDate>| Period { from, to: None };
        match self {
            Self::All => Period::default(),
            Self::ThisYear => from(NaiveDate::from_ymd_opt(today.year(), 1, 1)),
            Self::Last12 => from(back(11)),
            Self::Last3 => from(back(2)),
            Self::ThisMonth => from(back(0)),
            Self::LastMonth => Period {
                from: back(1),
                to: first_of(today).pred_opt(),
            },
        }
    }

    fn next(self) -> Self {
        let at = Self::ALL.iter().position(|s| *s == self).unwrap_or(0);
        Self::ALL
            .get((at + 1) % Self::ALL.len())
            .copied()
            .unwrap_or(self)
    }
}

/// How deep the user has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Chart,
    /// The orders of a bar, or of a month.
    Orders(Subject),
    /// The days of one order.
    Days {
        of: Subject,
        order: i64,
    },
}

/// What orders are shown of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Bar(Whose),
    Month(NaiveDate),
}

/// The page.
#[derive(Debug, Clone)]
pub struct LedgerPage {
    pub ledgers: Vec<Ledger>,
    pub chart: Chart,
    pub span: Span,
    pub level: Level,
    /// What stands on the screen.
    pub sheet: Sheet,
    /// Selected rows of the levels above.
    above: Vec<usize>,
}

/// What a key asked of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerReply {
    Taken,
    Leave,
    /// The page has to be written again.
    Write,
    /// Goes deeper at the selected row.
    Open,
}

impl LedgerPage {
    #[must_use]
    pub fn new(ledgers: Vec<Ledger>) -> Self {
        Self {
            ledgers,
            chart: Chart::Pareto(By::Cause),
            span: Span::All,
            level: Level::Chart,
            sheet: Sheet::read("", Listing::default()),
            above: Vec::new(),
        }
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> LedgerReply {
        let charts = self.level == Level::Chart;
        match key.code {
            KeyCode::Enter => return LedgerReply::Open,
            KeyCode::Esc => return self.up(),
            KeyCode::Right | KeyCode::Tab if charts => self.chart = self.chart.turned(1),
            KeyCode::Left | KeyCode::BackTab if charts => self.chart = self.chart.turned(3),
            KeyCode::Char('p' | 'P' | 'ｐ') if charts => self.span = self.span.next(),
            _ => {
                return match self.sheet.on_key(key) {
                    SheetReply::Leave => self.up(),
                    _ => LedgerReply::Taken,
                };
            }
        }
        self.sheet.selected = 0;
        LedgerReply::Write
    }

    /// Goes a level deeper.
    pub fn down(&mut self, level: Level) {
        self.above.push(self.sheet.selected);
        self.sheet.selected = 0;
        self.level = level;
    }

    fn up(&mut self) -> LedgerReply {
        self.level = match self.level {
            Level::Chart => return LedgerReply::Leave,
            Level::Orders(_) => Level::Chart,
            Level::Days { of, .. } => Level::Orders(of),
        };
        self.sheet.selected = self.above.pop().unwrap_or(0);
        LedgerReply::Write
    }
}
