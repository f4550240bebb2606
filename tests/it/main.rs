//! The one integration test binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod mrp;
mod plan;
mod terminal;
mod transfer;
