//! A form as data: its fields and values, and the command they make.
//!
//! A form is named by kind and subject alone, so that a draft kept in the file can be opened again
//! after a restart. Drawing and keys live in `overlay::editor`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::command::{Command, Problem, Refusal};
use crate::domain::quantity::{AMOUNT_MAX, Micro, Qty};
use crate::panel::Cx;
use crate::text::datein;
use crate::text::word::Word;
use crate::widget::grid::{GridColumn, ROWS_MAX};

/// The longest single line of text, in characters.
pub const LINE_MAX: usize = 200;
/// The longest note, in characters.
pub const NOTE_MAX: usize = 20_000;

/// The forms of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormKind {
    NewOrder,
    EditOrder,
    NewLine,
    EditLine,
    WaivePoint,
    Document,
    Query,
    QueryAnswer,
    Amend,
    Acknowledge,
    Facts,
    Aliases,
    Milestone,
    NewMilestone,
    NewSample,
    Sample,
    WaiveLesson,
    NewLesson,
    Lesson,
    RetireLesson,
    Commit,
    Authorise,
    Expected,
    WriteReport,
    Hold,
    Cancel,
    Answer,
    Decide,
    Rush,
    PlanRules,
    AcceptPlan,
    NewBlock,
    Block,
    Release,
    SplitProduction,
    MergeProduction,
    ResizeProduction,
    Buy,
    Promise,
    Receive,
    Count,
    OrderList,
    ChangePurchase,
    InspectHeld,
    SendBack,
    Give,
    Substitute,
    Report,
    DayFigures,
    Correct,
    Inspect,
    Ship,
    PlanInspection,
    Inspection,
    ReInspect,
    ShipPlanned,
    Shipment,
    Book,
    CancelShipment,
    Pack,
    Carton,
    Paper,
    NewPaper,
    PaperDays,
    Credit,
    CloseOrder,
    Exception,
    WorkException,
    DecideException,
    CloseException,
    NewWayOut,
    WayOut,
    NewEffect,
    Effect,
    NewAction,
    Action,
    NewEvidence,
    Evidence,
    Escalate,
    TellCustomer,
    MergeException,
    EscalationRules,
    Chase,
    Deposit,
    Snooze,
    Ask,
    SummaryText,
    SummaryPeriod,
}

impl FormKind {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::NewOrder, "order"),
        (Self::EditOrder, "order-edit"),
        (Self::NewLine, "line"),
        (Self::EditLine, "line-edit"),
        (Self::WaivePoint, "waive"),
        (Self::Document, "document"),
        (Self::Query, "query"),
        (Self::QueryAnswer, "query-answer"),
        (Self::Amend, "amend"),
        (Self::Acknowledge, "acknowledge"),
        (Self::Facts, "facts"),
        (Self::Aliases, "aliases"),
        (Self::Milestone, "milestone"),
        (Self::NewMilestone, "milestone-new"),
        (Self::NewSample, "sample-new"),
        (Self::Sample, "sample"),
        (Self::WaiveLesson, "lesson-waive"),
        (Self::NewLesson, "lesson-new"),
        (Self::Lesson, "lesson"),
        (Self::RetireLesson, "lesson-retire"),
        (Self::Commit, "commit"),
        (Self::Authorise, "authorise"),
        (Self::Expected, "expected"),
        (Self::WriteReport, "write-report"),
        (Self::Hold, "hold"),
        (Self::Cancel, "cancel"),
        (Self::Answer, "answer"),
        (Self::Decide, "decide"),
        (Self::Rush, "rush"),
        (Self::PlanRules, "plan-rules"),
        (Self::AcceptPlan, "accept-plan"),
        (Self::NewBlock, "block-new"),
        (Self::Block, "block"),
        (Self::Release, "release"),
        (Self::SplitProduction, "production-split"),
        (Self::MergeProduction, "production-merge"),
        (Self::ResizeProduction, "production-resize"),
        (Self::Buy, "buy"),
        (Self::Promise, "promise"),
        (Self::Receive, "receive"),
        (Self::Count, "count"),
        (Self::OrderList, "order-list"),
        (Self::ChangePurchase, "purchase-change"),
        (Self::InspectHeld, "inspect-held"),
        (Self::SendBack, "send-back"),
        (Self::Give, "give"),
        (Self::Substitute, "substitute"),
        (Self::Report, "report"),
        (Self::DayFigures, "day-figures"),
        (Self::Correct, "correct"),
        (Self::Inspect, "inspect"),
        (Self::Ship, "ship"),
        (Self::PlanInspection, "inspection-plan"),
        (Self::Inspection, "inspection"),
        (Self::ReInspect, "inspection-again"),
        (Self::ShipPlanned, "ship-planned"),
        (Self::Shipment, "shipment"),
        (Self::Book, "book"),
        (Self::CancelShipment, "shipment-cancel"),
        (Self::Pack, "pack"),
        (Self::Carton, "carton"),
        (Self::Paper, "paper"),
        (Self::NewPaper, "paper-new"),
        (Self::PaperDays, "paper-days"),
        (Self::Credit, "credit"),
        (Self::CloseOrder, "close"),
        (Self::Exception, "exception"),
        (Self::WorkException, "exception-work"),
        (Self::DecideException, "exception-decide"),
        (Self::CloseException, "exception-close"),
        (Self::NewWayOut, "exception-option-new"),
        (Self::WayOut, "exception-option"),
        (Self::NewEffect, "exception-effect-new"),
        (Self::Effect, "exception-effect"),
        (Self::NewAction, "exception-action-new"),
        (Self::Action, "exception-action"),
        (Self::NewEvidence, "evidence-new"),
        (Self::Evidence, "evidence"),
        (Self::Escalate, "escalate"),
        (Self::TellCustomer, "tell-customer"),
        (Self::MergeException, "exception-merge"),
        (Self::EscalationRules, "escalation-rules"),
        (Self::Chase, "chase"),
        (Self::Deposit, "deposit"),
        (Self::Snooze, "snooze"),
        (Self::Ask, "ask"),
        (Self::SummaryText, "summary-text"),
        (Self::SummaryPeriod, "summary-period"),
    ];

    /// The name under which drafts are kept.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, name)| name)
    }

    /// Every form.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::NAMES.iter().map(|(kind, _)| *kind)
    }

    /// The form of a draft's name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(kind, _)| *kind)
    }
}

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

/// Reads a form's values by key.
#[derive(Clone, Copy)]
pub struct Values<'a> {
    form: &'a Form,
    today: NaiveDate,
}

impl Values<'_> {
    fn raw(&self, key: &str) -> &str {
        let field = self
            .form
            .fields
            .iter()
            .find(|f| f.key == key)
            .map(|f| f.value.as_str());
        field
            .or_else(|| self.form.hidden.get(key).map(String::as_str))
            .unwrap_or_default()
    }

    /// The text without blanks around it.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.raw(key).trim().to_owned()
    }

    /// The amount, if one is given.
    ///
    /// # Errors
    /// Where the text is no amount that fits.
    pub fn amount(&self, key: &'static str) -> Result<Option<Qty>, Refusal> {
        let text = self.raw(key).trim();
        if text.is_empty() {
            return Ok(None);
        }
        datein::parse_amount(text)
            .map(Some)
            .map_err(|error| Refusal::at(key, Problem::Amount(error)))
    }

    /// The amount, or zero where none is given.
    ///
    /// # Errors
    /// As [`Values::amount`].
    pub fn amount_or_zero(&self, key: &'static str) -> Result<Qty, Refusal> {
        Ok(self.amount(key)?.unwrap_or_default())
    }

    /// The whole number, if one is given.
    ///
    /// # Errors
    /// Where the text is no whole number from zero up.
    pub fn whole(&self, key: &'static str) -> Result<Option<i64>, Refusal> {
        let most = AMOUNT_MAX.0 / Micro::ONE.0;
        match self.amount(key)? {
            None => Ok(None),
            Some(n) if n.0 % Micro::ONE.0 == 0 && !n.is_negative() => Ok(Some(n.0 / Micro::ONE.0)),
            Some(_) => Err(Refusal::at(key, Problem::NotWhole { least: 0, most })),
        }
    }

    /// The date, if one is given: any form that a person types.
    ///
    /// # Errors
    /// Where the text is no date.
    pub fn date(&self, key: &'static str) -> Result<Option<NaiveDate>, Refusal> {
        let text = self.raw(key).trim();
        if text.is_empty() {
            return Ok(None);
        }
        datein::parse_date(text, self.today)
            .map(Some)
            .map_err(|error| Refusal::at(key, Problem::Date(error)))
    }

    /// The date, which has to be given.
    ///
    /// # Errors
    /// Where there is none, or the text is no date.
    pub fn needed_date(&self, key: &'static str) -> Result<NaiveDate, Refusal> {
        self.date(key)?
            .ok_or_else(|| Refusal::at(key, Problem::Required))
    }

    /// The code of a choice, as the value it stands for.
    ///
    /// # Errors
    /// Where a draft holds a code that is no longer one.
    pub fn code<T>(&self, key: &'static str, of: fn(&str) -> Option<T>) -> Result<T, Refusal> {
        of(self.raw(key)).ok_or_else(|| Refusal::at(key, Problem::Required))
    }
}
