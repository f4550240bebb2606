//! The imperative shell.
pub mod action;
pub mod keymap;
pub mod outlook;
