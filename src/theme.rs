//! Colours and symbols.
