//! A report as data: a title, a few facts, tables, and lines to sign on.

use chrono::NaiveDate;

use crate::domain::moment::Moment;
use crate::domain::quantity::{Micro, Money, Qty, Rate};
use crate::text::format;

/// What a cell holds; writers format it in their own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Qty(Qty),
    /// A price or a sum; shown with two decimals at least.
    Money(Money),
    /// A share of one, shown in per cent with one decimal.
    Percent(Rate),
    Whole(i64),
    Date(Option<NaiveDate>),
    /// A day with its time.
    Moment(Option<Moment>),
}

/// How much a cell wants to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Warn,
    Bad,
    /// A stretch of time that something takes.
    Bar,
    /// The same of something that will be late.
    BarLate,
    /// Time in which nobody works.
    Closed,
    /// Free time, today.
    Today,
}

/// What a cell is against the last handing over to the same receiver.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mark {
    #[default]
    None,
    /// Its row was not there.
    New,
    /// What stood there.
    Was(String),
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub value: Value,
    pub tone: Tone,
    pub mark: Mark,
}

impl Cell {
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(Value::Text(text.into()))
    }

    #[must_use]
    pub const fn of(value: Value) -> Self {
        Self {
            value,
            tone: Tone::Plain,
            mark: Mark::None,
        }
    }

    #[must_use]
    pub const fn date(date: Option<NaiveDate>) -> Self {
        Self::of(Value::Date(date))
    }

    /// A share; nothing where there is none.
    #[must_use]
    pub fn percent(share: Option<Rate>) -> Self {
        share.map_or_else(|| Self::text(""), |share| Self::of(Value::Percent(share)))
    }

    /// A quantity; nothing where there is none.
    #[must_use]
    pub fn qty(qty: Option<Qty>) -> Self {
        qty.map_or_else(|| Self::text(""), |qty| Self::of(Value::Qty(qty)))
    }

    /// A count or a number of days; nothing where there is none.
    #[must_use]
    pub fn whole(n: Option<i64>) -> Self {
        n.map_or_else(|| Self::text(""), |n| Self::of(Value::Whole(n)))
    }

    #[must_use]
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The cell as text: dates as ISO, quantities without grouping, shares in per cent.
    #[must_use]
    pub fn plain(&self) -> String {
        match &self.value {
            Value::Text(text) => text.clone(),
            Value::Qty(qty) => qty.text(),
            Value::Money(sum) => sum.text_fixed(2),
            Value::Percent(share) => format::percent(*share),
            Value::Whole(n) => n.to_string(),
            Value::Date(day) => day.map(|d| d.to_string()).unwrap_or_default(),
            Value::Moment(at) => at.map(|m| m.text().replace('T', " ")).unwrap_or_default(),
        }
    }

    /// The cell as an amount, where it is a number: a share as a share of one.
    #[must_use]
    pub const fn amount(&self) -> Option<Micro> {
        match self.value {
            Value::Qty(n) | Value::Money(n) | Value::Percent(n) => Some(n),
            Value::Whole(n) => Some(Micro::whole(n)),
            Value::Text(_) | Value::Date(_) | Value::Moment(_) => None,
        }
    }

    /// Whether it is set to the right.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        self.amount().is_some()
    }
}

/// When the numbers of a column call for a look, whatever stands in them.
///
/// A workbook has it as a rule of its own, so that it goes on working when figures are typed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alarm {
    #[default]
    None,
    /// More than zero is bad: days late, what is missing.
    AboveZero,
    /// Less than zero is bad: no room left.
    BelowZero,
    /// A share of less than the whole is to be looked at.
    BelowWhole,
    /// More than a hundred (per cent as a plain number) is bad: load.
    AboveHundred,
}

impl Alarm {
    /// The tone of a number under this rule.
    #[must_use]
    pub const fn tone(self, amount: Micro) -> Tone {
        match self {
            Self::AboveZero if amount.0 > 0 => Tone::Bad,
            Self::BelowZero if amount.0 < 0 => Tone::Bad,
            Self::BelowWhole if amount.0 < Micro::ONE.0 => Tone::Warn,
            Self::AboveHundred if amount.0 > Micro::whole(100).0 => Tone::Bad,
            _ => Tone::Plain,
        }
    }
}

/// How a column stands in the chart of its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Plot {
    #[default]
    None,
    Bars,
    Line,
}

/// A column: its heading and how many characters wide it is on paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    pub title: String,
    pub width: u16,
    /// Whether it says which row this is, alone or with other such columns: by it a row is found
    /// again in what was handed over before.
    pub key: bool,
    pub alarm: Alarm,
    pub plot: Plot,
}

/// Columns up to this width are cells of a picture: drawn as narrow as that, headings upright.
pub const NARROW: u16 = 3;

impl Column {
    #[must_use]
    pub fn new(title: impl Into<String>, width: u16) -> Self {
        Self {
            title: title.into(),
            width,
            ..Self::default()
        }
    }

    /// Marks it as one that says which row this is.
    #[must_use]
    pub fn key(mut self) -> Self {
        self.key = true;
        self
    }

    #[must_use]
    pub fn alarm(mut self, alarm: Alarm) -> Self {
        self.alarm = alarm;
        self
    }

    /// Draws it as bars over the first column that says which row this is.
    #[must_use]
    pub fn bars(mut self) -> Self {
        self.plot = Plot::Bars;
        self
    }

    /// Draws it as a line over the first column that says which row this is.
    #[must_use]
    pub fn line(mut self) -> Self {
        self.plot = Plot::Line;
        self
    }

    /// Whether it is a cell of a picture rather than a value with air around it.
    #[must_use]
    pub const fn is_narrow(&self) -> bool {
        self.width <= NARROW
    }

    /// How much a cell of it wants to be seen: by its own tone, else by the column's rule.
    #[must_use]
    pub fn tone_of(&self, cell: &Cell) -> Tone {
        match cell.amount() {
            Some(amount) if cell.tone == Tone::Plain => self.alarm.tone(amount),
            _ => cell.tone,
        }
    }
}

/// Marks the columns at those places as the ones that say which row this is.
#[must_use]
pub fn keyed(mut columns: Vec<Column>, places: &[usize]) -> Vec<Column> {
    for (at, column) in columns.iter_mut().enumerate() {
        column.key |= places.contains(&at);
    }
    columns
}

/// A table with its heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Empty where the report has one table only.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

/// The most rows that a chart is drawn of; beyond it nobody could tell them apart.
pub const CHART_ROWS_MAX: usize = 60;

impl Table {
    /// The places of the columns that say which row this is; the first where none is marked.
    #[must_use]
    pub fn keys(&self) -> Vec<usize> {
        let marked = self.columns.iter().enumerate().filter(|(_, c)| c.key);
        let marked: Vec<usize> = marked.map(|(at, _)| at).collect();
        if marked.is_empty() { vec![0] } else { marked }
    }

    /// What a chart of the table shows: the place of the column under it, and those drawn; `None`
    /// where none is to be drawn, or there are too many rows for one.
    #[must_use]
    pub fn chart(&self) -> Option<(usize, Vec<(usize, Plot)>)> {
        let drawn = self.columns.iter().enumerate();
        let drawn = drawn.filter(|(_, c)| c.plot != Plot::None);
        let drawn: Vec<(usize, Plot)> = drawn.map(|(at, c)| (at, c.plot)).collect();
        let few = (1..=CHART_ROWS_MAX).contains(&self.rows.len());
        let under = self.keys().first().copied()?;
        (few && !drawn.is_empty()).then_some((under, drawn))
    }
}

/// How a workbook is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// A form to be printed and signed: everything on one page.
    #[default]
    Page,
    /// Lists to be sorted and filtered: tables with other columns get a page of their own.
    Pages,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    pub title: String,
    /// Label and value.
    pub head: Vec<(String, String)>,
    pub tables: Vec<Table>,
    /// Lines under the tables: what to do, where to sign.
    pub foot: Vec<String>,
    pub layout: Layout,
}
