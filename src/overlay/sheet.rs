//! A page with a few lines and a table under them: what a change would move, who pays for a rush,
//! what differs between plans. It may end in a decision.
//!
//! The figures may come later than the page; until then it says that they are being computed.

use crossterm::event::{KeyCode, KeyEvent};

use crate::command::Command;
use crate::command::planning::MoveOperation;
use crate::domain::rule::summary::{CaseOf, Period};
use crate::panel::Listing;
use crate::text::Word;
use crate::theme::Role;

/// What `Enter` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Runs a command.
    Run(Box<Command>),
    /// Runs the move of an operation; the arrows change where it goes.
    Move(MoveOperation),
    /// Opens the form that accepts the rush order.
    Rush(i64),
    /// Accepts the computed plan, with a reason where promises are broken.
    AcceptPlan,
    /// Nothing: it is to be read.
    Read,
    /// Opens the text of a heading, or the rows behind a number, of a period.
    Summary(Period),
    /// Saves what was chosen of two versions.
    Versions,
    /// Goes to the selected one of these rows.
    Behind(Vec<CaseOf>),
}

/// Whether the figures are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    Waiting,
    There,
    Failed,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    /// The question it waits for or shows the answer of; zero where none was asked.
    pub question: u64,
    pub purpose: Purpose,
    pub figures: Figures,
    /// Sentences over the table.
    pub lines: Vec<(String, Role)>,
    pub listing: Listing,
    pub selected: usize,
    /// What Enter does, in a word.
    pub decides: Option<Word>,
}

/// What a key asked of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetReply {
    Taken,
    Leave,
    Decide,
    /// Moves what is moved by hours and lines.
    Nudge {
        hours: i64,
        lines: i64,
    },
    /// Turns to the period before or after.
    Turn(i32),
    /// Asks for a period.
    Choose,
}

impl Sheet {
    /// A page that waits for the answer to a question.
    #[must_use]
    pub fn waiting(title: impl Into<String>, question: u64, purpose: Purpose) -> Self {
        Self {
            figures: Figures::Waiting,
            ..Self::read(title, Listing::default()).with(question, purpose)
        }
    }

    /// A page to be read.
    #[must_use]
    pub fn read(title: impl Into<String>, listing: Listing) -> Self {
        Self {
            title: title.into(),
            question: 0,
            purpose: Purpose::Read,
            figures: Figures::There,
            lines: Vec::new(),
            listing,
            selected: 0,
            decides: None,
        }
    }

    fn with(mut self, question: u64, purpose: Purpose) -> Self {
        self.question = question;
        self.purpose = purpose;
        self
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> SheetReply {
        let last = self.listing.rows.len().saturating_sub(1);
        let moves = matches!(self.purpose, Purpose::Move(_));
        let summary = matches!(self.purpose, Purpose::Summary(_));
        let nudge = |hours, lines| SheetReply::Nudge { hours, lines };
        match key.code {
            KeyCode::Left if summary => return SheetReply::Turn(-1),
            KeyCode::Right if summary => return SheetReply::Turn(1),
            KeyCode::Char('p' | 'P' | 'ｐ') if summary => return SheetReply::Choose,
            KeyCode::Left if moves => return nudge(-24, 0),
            KeyCode::Right if moves => return nudge(24, 0),
            KeyCode::Char(',' | '，' | '<') if moves => return nudge(-1, 0),
            KeyCode::Char('.' | '。' | '>') if moves => return nudge(1, 0),
            KeyCode::Up if moves => return nudge(0, -1),
            KeyCode::Down if moves => return nudge(0, 1),
            KeyCode::Up | KeyCode::Char('k') => self.selected = self.selected.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.selected = (self.selected + 1).min(last),
            KeyCode::PageUp => self.selected = self.selected.saturating_sub(10),
            KeyCode::PageDown => self.selected = (self.selected + 10).min(last),
            KeyCode::Home => self.selected = 0,
            KeyCode::End => self.selected = last,
            KeyCode::Enter if self.purpose == Purpose::Read => return SheetReply::Leave,
            KeyCode::Enter => return SheetReply::Decide,
            KeyCode::Esc => return SheetReply::Leave,
            _ => {}
        }
        SheetReply::Taken
    }
}
