//! A report as data: a title, a few facts, tables, and lines to sign on.

use chrono::NaiveDate;

use crate::domain::quantity::Qty;

/// What a cell holds; writers format it in their own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Qty(Qty),
    Whole(i64),
    Date(Option<NaiveDate>),
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

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub value: Value,
    pub tone: Tone,
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
        }
    }

    #[must_use]
    pub const fn date(date: Option<NaiveDate>) -> Self {
        Self::of(Value::Date(date))
    }

    #[must_use]
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The cell as text: dates as ISO, quantities without grouping.
    #[must_use]
    pub fn plain(&self) -> String {
        match &self.value {
            Value::Text(text) => text.clone(),
            Value::Qty(qty) => qty.text(),
            Value::Whole(n) => n.to_string(),
            Value::Date(day) => day.map(|d| d.to_string()).unwrap_or_default(),
        }
    }

    /// Whether it is set to the right.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        matches!(self.value, Value::Qty(_) | Value::Whole(_))
    }
}

/// A column: its heading and how many characters wide it is on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub width: u16,
}

/// Columns up to this width are cells of a picture: drawn as narrow as that, headings upright.
pub const NARROW: u16 = 3;

impl Column {
    /// Whether it is a cell of a picture rather than a value with air around it.
    #[must_use]
    pub const fn is_narrow(&self) -> bool {
        self.width <= NARROW
    }
}

/// A table with its heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Empty where the report has one table only.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
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
}
