//! Gendan: order follow-up for one merchandiser in a make-to-order factory.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)
)]

pub mod app;
pub mod command;
pub mod domain;
pub mod overlay;
pub mod panel;
pub mod plan;
pub mod report;
pub mod store;
pub mod text;
pub mod theme;
pub mod transfer;
pub mod tui;
pub mod widget;
