//! The one integration test binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod flow;
mod interchange;
mod mrp;
mod plan;
mod store;
mod support;
mod terminal;
mod transfer;
