//! What stands on top of a panel: forms, questions, lists to choose from, help, history.
//!
//! The topmost overlay has every key. None of them touches the file.

pub mod busy;
pub mod editor;
pub mod form;
pub mod forms;
pub mod import;
pub mod ledger;
pub mod lessons;
pub mod pages;
pub mod picker;
pub mod sampling;
pub mod sheet;
pub mod timeline;
pub mod versions;

use crate::app::keymap::Key;
use crate::command::Command;
use crate::widget::field::Field;

/// Something on top of the panel.
#[derive(Debug)]
pub enum Overlay {
    Form(Box<editor::Editor>),
    /// Asks before a command runs.
    Confirm {
        question: String,
        command: Box<Command>,
    },
    /// A form with changes is being left.
    LeaveForm,
    Picker(picker::Picker),
    /// The panel's filter is being typed.
    Filter(Field),
    Page(pages::Page),
    /// What a command would do, to be read before it runs.
    Review(Box<Review>),
    /// Figures in a table, perhaps still being computed, perhaps to be decided on.
    Sheet(Box<sheet::Sheet>),
    /// How a lot is sampled.
    Sampling(Box<sampling::Sampling>),
    Import(Box<import::Import>),
    /// A report is being made and written.
    Writing(busy::Busy, String),
    /// The lessons base.
    Lessons(Box<lessons::Lessons>),
    /// Late days over all orders.
    Ledger(Box<ledger::LedgerPage>),
    /// The story of an order.
    Timeline(Box<timeline::Timeline>),
    /// What another session saved of the row in the form below, beside what was typed.
    Versions(Box<versions::Versions>),
    /// Asks before the program ends.
    Quit,
    /// The step of the tour that is shown.
    Tour(usize),
    /// A first key was pressed; a box lists what may follow.
    Prefix(Key),
}

/// A page that ends in a decision: the command runs or nothing happens.
#[derive(Debug)]
pub struct Review {
    pub page: pages::Page,
    pub command: Command,
}
