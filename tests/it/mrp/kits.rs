//! Kits of production orders.
