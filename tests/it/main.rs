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
mod anywhere;
mod approvals;
mod aql;
mod breakdown;
mod capacity_plan;
mod chances;
mod command_line;
mod consistency;
mod entry;
mod faults;
mod figures;
mod flow;
mod guard;
mod handover;
mod impacts;
mod interchange;
mod join;
mod ledger;
mod lessons;
mod materials;
mod messages;
mod milestones;
mod mrp;
mod pictures;
mod plan;
mod plan_calendar;
mod production;
mod report_files;
mod reports;
mod review;
mod ripple;
mod screens;
mod settings;
mod sheets;
mod shipping;
mod store;
mod summary;
mod suppliers;
mod support;
mod terminal;
mod timeline;
mod today;
mod transfer;
