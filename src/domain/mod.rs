//! Values and rules that need only them: no input or output, no clock, no screen, no database.
pub mod calendar;
pub mod quantity;
