//! What benchmarks of the screens share: medians, and the least that any panel has to do.

use std::hint::black_box;
use std::time::{Duration, Instant};

use gendan::domain::quantity::Qty;
use gendan::text::format;
use ratatui::buffer::Buffer;
use ratatui::style::Style;

pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The median of so many runs.
pub(crate) fn time<T>(rounds: usize, mut run: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let start = Instant::now();
        black_box(run());
        start.elapsed()
    };
    median((0..rounds).map(once).collect())
}

/// The rows in sight, formatted and put on a screen.
pub(crate) fn floor(buf: &mut Buffer) {
    for y in 0..45_u16 {
        for x in 0..10_u16 {
            let text = format::qty(Qty::whole(i64::from(y) * 1_000 + i64::from(x)));
            buf.set_stringn(x * 16, y, &text, 15, Style::new());
        }
    }
}
