//! What stands on top of a panel: forms, questions, lists to choose from, help, history.
//!
//! The topmost overlay has every key. None of them touches the file.

pub mod editor;
pub mod form;
pub mod forms;
pub mod import;
pub mod pages;
pub mod picker;

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
    Import(Box<import::Import>),
    /// Asks before the program ends.
    Quit,
}
