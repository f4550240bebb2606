//! A form as data: its fields and values, and the command they make.
//!
//! A form is named by kind and subject alone, so that a draft kept in the file can be opened again
//! after a restart. Drawing and keys live in `overlay::editor`.

mod kind;
mod values;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use kind::FormKind;
pub use values::Values;

use crate::command::{Command, Problem, Refusal};
use crate::domain::quantity::Micro;
use crate::panel::Cx;
use crate::text::word::Word;
use crate::widget::grid::{GridColumn, ROWS_MAX};

/// The longest single line of text, in characters.
pub const LINE_MAX: usize = 200;
/// The longest note, in characters.
pub const NOTE_MAX: usize = 20_000;

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Note,
    Amount,
    Whole,
    Date,
    /// A date that the arrows move by a day.
    Day,
    /// One of some codes, each with its word.
    Choice(Vec<(String, String)>),
    /// A table; the value is its text as `widget::grid` writes it.
    Grid(Vec<GridColumn>),
}

impl FieldKind {
    /// Characters the field takes.
    #[must_use]
    pub const fn most(&self) -> usize {
        match self {
            Self::Note => NOTE_MAX,
            // A table limits its rows and cells itself.
            Self::Grid(_) => ROWS_MAX * LINE_MAX * 10,
            _ => LINE_MAX,
        }
    }
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub key: &'static str,
    pub label: Word,
    pub kind: FieldKind,
    /// Characters it takes: never fewer than it started with.
    pub most: usize,
    pub required: bool,
    pub value: String,
    /// What to type, where the label does not say.
    pub hint: Option<Word>,
    /// Known values that typing narrows down.
    pub known: Vec<String>,
    /// The known values are for each word of the text, not for the whole.
    pub word_by_word: bool,
    /// Asked only where another field has one of these values.
    pub only: Option<(&'static str, &'static [&'static str])>,
}

/// A form with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub kind: FormKind,
    /// The row it is about; zero for a new thing without one.
    pub subject: i64,
    pub title: String,
    pub fields: Vec<Field>,
    /// Values that are carried along unseen.
    pub hidden: BTreeMap<String, String>,
    /// The field that has the keys first; empty: the first one.
    pub start: &'static str,
}

impl Form {
    #[must_use]
    pub fn new(kind: FormKind, subject: i64, title: impl Into<String>) -> Self {
        Self {
            kind,
            subject,
            title: title.into(),
            fields: Vec::new(),
            hidden: BTreeMap::new(),
            start: "",
        }
    }

    fn add(
        mut self,
        key: &'static str,
        label: Word,
        kind: FieldKind,
        value: impl Into<String>,
    ) -> Self {
        let value = value.into();
        self.fields.push(Field {
            key,
            label,
            most: kind.most().max(value.chars().count()),
            kind,
            required: false,
            value,
            hint: None,
            known: Vec::new(),
            word_by_word: false,
            only: None,
        });
        self
    }

    #[must_use]
    pub fn text(self, key: &'static str, label: Word, value: impl Into<String>) -> Self {
        self.add(key, label, FieldKind::Text, value)
    }

    #[must_use]
    pub fn note(self, key: &'static str, label: Word, value: impl Into<String>) -> Self {
        self.add(key, label, FieldKind::Note, value)
    }

    /// A quantity or sum; zero is shown as empty.
    #[must_use]
    pub fn amount(self, key: &'static str, label: Word, value: Option<Micro>) -> Self {
        self.add(
            key,
            label,
            FieldKind::Amount,
            value.map(Micro::text).unwrap_or_default(),
        )
    }

    #[must_use]
    pub fn whole(self, key: &'static str, label: Word, value: Option<i64>) -> Self {
        self.add(
            key,
            label,
            FieldKind::Whole,
            value.map(|n| n.to_string()).unwrap_or_default(),
        )
    }

    #[must_use]
    pub fn date(self, key: &'static str, label: Word, value: Option<NaiveDate>) -> Self {
        self.add(
            key,
            label,
            FieldKind::Date,
            value.map(|d| d.to_string()).unwrap_or_default(),
        )
    }

    /// A date that is also stepped through by the arrows.
    #[must_use]
    pub fn day(self, key: &'static str, label: Word, value: NaiveDate) -> Self {
        self.add(key, label, FieldKind::Day, value.to_string())
    }

    /// Begins in a field.
    #[must_use]
    pub const fn begin(mut self, key: &'static str) -> Self {
        self.start = key;
        self
    }

    /// One of some codes with their words; the first is taken where `value` is none of them.
    #[must_use]
    pub fn choice(
        self,
        key: &'static str,
        label: Word,
        options: Vec<(String, String)>,
        value: &str,
    ) -> Self {
        let known = options.iter().any(|(code, _)| code == value);
        let value = if known {
            value.to_owned()
        } else {
            options.first().map(|o| o.0.clone()).unwrap_or_default()
        };
        self.add(key, label, FieldKind::Choice(options), value)
    }

    /// A table of those columns.
    #[must_use]
    pub fn grid(
        self,
        key: &'static str,
        label: Word,
        columns: Vec<GridColumn>,
        text: impl Into<String>,
    ) -> Self {
        self.add(key, label, FieldKind::Grid(columns), text)
    }

    /// The value of a field.
    #[must_use]
    pub fn value(&self, key: &str) -> &str {
        let field = self.fields.iter().find(|f| f.key == key);
        field.map_or("", |f| f.value.as_str())
    }

    /// Marks the last field as one that has to be filled.
    #[must_use]
    pub fn required(mut self) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.required = true;
        }
        self
    }

    /// Asks the last field only where another one has one of these values.
    #[must_use]
    pub fn only(mut self, field: &'static str, values: &'static [&'static str]) -> Self {
        if let Some(last) = self.fields.last_mut() {
            last.only = Some((field, values));
        }
        self
    }

    /// Whether a field is asked as things stand.
    #[must_use]
    pub fn asks(&self, field: &Field) -> bool {
        field
            .only
            .is_none_or(|(key, values)| values.contains(&self.value(key)))
    }

    /// Gives the last field a hint.
    #[must_use]
    pub fn hint(mut self, hint: Word) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.hint = Some(hint);
        }
        self
    }

    /// Gives the last field values to choose from while typing.
    #[must_use]
    pub fn known(mut self, known: Vec<String>) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.known = known;
        }
        self
    }

    /// Gives the last field words to choose from for each word that is typed.
    #[must_use]
    pub fn known_words(self, known: Vec<String>) -> Self {
        let mut form = self.known(known);
        if let Some(field) = form.fields.last_mut() {
            field.word_by_word = true;
        }
        form
    }

    /// Carries a value along unseen.
    #[must_use]
    pub fn hide(mut self, key: &str, value: impl Into<String>) -> Self {
        self.hidden.insert(key.to_owned(), value.into());
        self
    }

    /// Puts a value in place of what a field starts with.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        if let Some(field) = self.fields.iter_mut().find(|f| f.key == key) {
            field.value = value.into();
        }
        self
    }

    /// The values for reading.
    #[must_use]
    pub fn values(&self, today: NaiveDate) -> Values<'_> {
        Values { form: self, today }
    }

    /// The command that the values make.
    ///
    /// # Errors
    /// The first field that is missing or cannot be read.
    pub fn command(&self, cx: &Cx<'_>) -> Result<Command, Refusal> {
        let values = self.values(cx.today());
        for field in self.fields.iter().filter(|f| self.asks(f)) {
            if field.required && field.value.trim().is_empty() {
                return Err(Refusal::at(field.key, Problem::Required));
            }
            let most = field.most;
            if field.value.chars().count() > most {
                return Err(Refusal::at(field.key, Problem::TooLong { most }));
            }
        }
        super::forms::command(self, &values, cx)
    }
}
