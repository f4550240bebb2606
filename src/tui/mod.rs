//! The terminal: taking it over and giving it back, keys, signals, the frame as bytes.
//!
//! Knows nothing of orders or panels. `event::read` lives on a thread of its own and the main loop
//! owns the exit, because a vanished terminal makes that read spin for ever; the main loop asks
//! [`signals::terminal_gone`] when it has waited a while. Where the terminal can be opened by its
//! name, reading never waits for the end of what came: a key together with a new size, or a size
//! after half a sequence, is answered at once. No query is ever sent to the terminal: each would
//! cost a round trip over SSH.

pub mod clipboard;
pub mod encoding;
pub mod input;
pub mod panic;
pub mod screen;
pub mod session;
pub mod signals;
