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
mod archive;
mod audit;
mod backend;
mod breakdown;
mod capacity_plan;
mod chances;
mod clock;
mod command_line;
mod consistency;
mod entry;
mod evil;
mod faults;
mod figures;
mod flow;
#[path = "../fuzz/mod.rs"]
mod fuzz;
mod guard;
mod handover;
mod impacts;
mod interchange;
mod join;
mod keeping;
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
mod random_commands;
mod report_files;
mod reports;
mod review;
mod ripple;
mod safe_text;
mod salvage;
mod screens;
mod sessions;
mod settings;
mod sheets;
mod shelf;
mod shipping;
mod store;
mod summary;
mod suppliers;
mod support;
mod terminal;
mod timeline;
mod today;
mod transfer;
