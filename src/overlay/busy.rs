//! Work on another thread that the user waits for: its name, a bar, how far it is, `Esc` to end it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::reader::Stop;
use crate::text::{Lang, Word};
use crate::theme::Styles;
use crate::widget::field::Focus;
use crate::widget::{popup, put_clipped};

/// Work under way.
#[derive(Debug)]
pub struct Busy {
    job: u64,
    stop: Stop,
    done: usize,
    total: usize,
}

/// The words it is shown with.
#[derive(Debug, Clone, Copy)]
pub struct BusyWords<'a> {
    pub title: &'a str,
    /// What is being done.
    pub said: &'a str,
    /// `{0}` of `{1}` rows.
    pub rows: Word,
    pub keys: &'a str,
}

impl Busy {
    /// The work of that number; `stop` ends it.
    #[must_use]
    pub const fn new(job: u64, stop: Stop) -> Self {
        Self {
            job,
            stop,
            done: 0,
            total: 0,
        }
    }

    /// Whether it is the work of that number.
    #[must_use]
    pub const fn is(&self, job: u64) -> bool {
        self.job == job
    }

    /// How far it is.
    pub const fn progress(&mut self, job: u64, done: usize, total: usize) {
        if self.job == job {
            (self.done, self.total) = (done, total);
        }
    }

    /// Nobody waits for it any more.
    pub fn stop(&self) {
        self.stop.set();
    }

    /// Draws it in the middle of an area.
    pub fn render(
        &self,
        words: BusyWords<'_>,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        lang: Lang,
    ) {
        let outer = popup::place(area, (area.width.min(60), 5), popup::Place::Centre);
        let frame = popup::Frame {
            title: words.title,
            right: "",
            footer: words.keys,
            focus: Focus::Here,
        };
        let inner = frame.render(outer, buf, styles);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let ellipsis = styles.symbols.ellipsis;
        put_clipped(buf, (x, inner.y), cells, words.said, styles.base, ellipsis);
        let full = usize::from(cells) * self.done;
        if let Some(full) = full.checked_div(self.total) {
            let bar = Rect {
                x,
                y: inner.y + 1,
                width: u16::try_from(full).unwrap_or(cells).min(cells),
                height: 1,
            };
            buf.set_style(bar, styles.selected);
            let (done, total) = (self.done.to_string(), self.total.to_string());
            let rows = words.rows.fill(lang, &[&done, &total]);
            put_clipped(buf, (x, inner.y + 2), cells, &rows, styles.dim, ellipsis);
        }
    }
}
