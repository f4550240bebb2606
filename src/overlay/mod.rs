//! What stands on top of a panel.
pub mod form;
pub mod forms;
