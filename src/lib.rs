//! Gendan: order follow-up for one merchandiser in a make-to-order factory.
//!
//! In reading order:
//! - [`domain`]: the records and what follows from them; pure.
//! - [`plan`]: what to buy, when to make, what to promise, and why; pure.
//! - [`store`]: the one SQLite file, journal, undo, drafts, filed documents.
//! - [`command`]: every change a user can make.
//! - [`transfer`]: order files that people send, and the interchange file.
//! - [`text`], [`theme`], [`widget`]: words, colours, and what is drawn with them.
//! - [`panel`], [`overlay`]: what each stage shows and can do; forms and questions on top.
//! - [`config`]: the user's settings, themes and what is wrong with them.
//! - [`app`], [`tui`], [`cli`]: the shell of the screens, the terminal, the command line.
//!
//! A key goes to the topmost overlay or through the key map to the panel, which answers with a
//! reply; `app::effect` runs it: a command writes rows and journal in one transaction, the panels
//! read again, the planner's thread computes what follows.

#![forbid(unsafe_code)]
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
pub mod config;
pub mod domain;
pub mod outside;
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
