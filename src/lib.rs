//! Gendan: order follow-up for one merchandiser in a make-to-order factory.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

pub mod app;
pub mod cli;
pub mod clock;
pub mod command;
pub mod domain;
pub mod overlay;
pub mod panel;
pub mod paths;
pub mod plan;
pub mod report;
pub mod store;
pub mod text;
pub mod theme;
pub mod transfer;
pub mod tui;
pub mod widget;
