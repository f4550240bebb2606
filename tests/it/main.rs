//! The one integration test binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod amend;
mod approvals;
mod capacity_plan;
mod command_line;
mod consistency;
mod entry;
mod flow;
mod guard;
mod interchange;
mod join;
mod materials;
mod messages;
mod milestones;
mod mrp;
mod pictures;
mod plan;
mod plan_calendar;
mod production;
mod reports;
mod review;
mod ripple;
mod screens;
mod sheets;
mod store;
mod suppliers;
mod support;
mod terminal;
mod today;
mod transfer;
