//! Pages to read: help, the history of an order, a text to copy by hand.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::width;
use crate::text::{Lang, Word, word};
use crate::theme::{Role, Styles};
use crate::widget::field::Focus;
use crate::widget::{popup, put_clipped};

/// A line of a page: what stands left, in a column of its own, and the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub left: String,
    pub text: String,
    pub role: Role,
}

/// A page that scrolls.
#[derive(Debug, Clone)]
pub struct Page {
    pub title: String,
    pub lines: Vec<Line>,
    first: usize,
    /// Enter decides something; this is what.
    decides: Option<Word>,
}

impl Page {
    #[must_use]
    pub fn new(title: impl Into<String>, lines: Vec<Line>) -> Self {
        Self {
            title: title.into(),
            lines,
            first: 0,
            decides: None,
        }
    }

    /// The same page with what `Enter` does.
    #[must_use]
    pub const fn deciding(mut self, word: Word) -> Self {
        self.decides = Some(word);
        self
    }

    /// Takes a key; false where the page is to be closed.
    pub fn on_key(&mut self, key: KeyEvent) -> bool {
        let last = self.lines.len().saturating_sub(1);
        match key.code {
            KeyCode::Up | KeyCode::Char('k') => self.first = self.first.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.first = (self.first + 1).min(last),
            KeyCode::PageUp => self.first = self.first.saturating_sub(10),
            KeyCode::PageDown | KeyCode::Char(' ') => self.first = (self.first + 10).min(last),
            KeyCode::Home => self.first = 0,
            KeyCode::End => self.first = last,
            _ => return false,
        }
        true
    }

    /// Draws the page over most of `area`.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles, lang: Lang) {
        let left = self
            .lines
            .iter()
            .map(|l| width::width(&l.left))
            .max()
            .unwrap_or(0);
        let left = u16::try_from(left).unwrap_or(20).min(area.width / 3);
        let (wide, high) = (area.width.min(110), area.height.saturating_sub(2).max(5));
        let cells = wide.saturating_sub(left + 4);
        let mut rows: Vec<(String, String, Role)> = Vec::new();
        for line in self.lines.iter().skip(self.first) {
            let mut lines = width::wrap(&line.text, cells.into()).into_iter();
            rows.push((
                line.left.clone(),
                lines.next().unwrap_or_default(),
                line.role,
            ));
            rows.extend(lines.map(|text| (String::new(), text, line.role)));
            if rows.len() > usize::from(high) {
                break;
            }
        }
        let needed = u16::try_from(rows.len() + 2).unwrap_or(high).min(high);
        let outer = popup::place(
            area,
            (wide, if self.first == 0 { needed } else { high }),
            popup::Place::Centre,
        );
        let back = word("↑↓ 滚动  Esc 返回", "↑↓ scroll  Esc back").text(lang);
        let decides = self.decides.map(|w| format!("Enter {}  ", w.text(lang)));
        let footer = format!("{}{back}", decides.unwrap_or_default());
        let frame = popup::Frame {
            title: &self.title,
            right: "",
            footer: &footer,
            focus: Focus::Here,
        };
        let inner = frame.render(outer, buf, styles);
        for (y, (head, text, role)) in (inner.y..inner.bottom()).zip(rows) {
            put_clipped(
                buf,
                (inner.x, y),
                left,
                &head,
                styles.key,
                styles.symbols.ellipsis,
            );
            let x = inner.x + left + 2;
            put_clipped(
                buf,
                (x, y),
                inner.right().saturating_sub(x),
                &text,
                styles.role(role),
                styles.symbols.ellipsis,
            );
        }
    }
}
