//! The one integration test binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod interchange;
mod plan;
mod store;
mod terminal;
mod transfer;
