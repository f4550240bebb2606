//! Saying what the headings of an unknown sheet mean: one heading a row, left and right choose.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::{Lang, transfer as t, width};
use crate::theme::Styles;
use crate::transfer::headings::{self, Entry, Field, Kind, Mapping};
use crate::widget::field::Focus;
use crate::widget::{popup, put_clipped};

/// Headings and the field chosen for each; none where the column is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapEditor {
    rows: Vec<(String, Option<Field>)>,
    /// Whose fields there are to choose from.
    kind: Kind,
    selected: usize,
}

/// What a key asked of the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapReply {
    Taken,
    Leave,
    /// Reads the file again with this mapping.
    Apply,
}

impl MapEditor {
    /// Starts on the headings of a sheet, with what is understood of them already.
    #[must_use]
    pub fn new(headings: &[String], kind: Kind, mapping: &Mapping) -> Self {
        let row = |heading: &String| {
            let field = headings::field_of(heading, kind, mapping);
            (heading.clone(), field)
        };
        Self {
            kind,
            rows: headings.iter().map(row).collect(),
            selected: 0,
        }
    }

    /// The mapping as it stands.
    #[must_use]
    pub fn mapping(&self) -> Mapping {
        self.rows
            .iter()
            .filter_map(|(heading, field)| Some((heading.clone(), (*field)?)))
            .collect()
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent) -> MapReply {
        match key.code {
            KeyCode::Esc => return MapReply::Leave,
            KeyCode::Enter => return MapReply::Apply,
            KeyCode::Up | KeyCode::BackTab => self.selected = self.selected.saturating_sub(1),
            KeyCode::Down | KeyCode::Tab => {
                self.selected = (self.selected + 1).min(self.rows.len().saturating_sub(1))
            }
            KeyCode::Right | KeyCode::Char(' ') => self.turn(1),
            KeyCode::Left => self.turn(-1),
            _ => {}
        }
        MapReply::Taken
    }

    /// Chooses the next field that no other heading has, or none.
    fn turn(&mut self, by: isize) {
        let kind = self.kind;
        let taken: Vec<Field> = self.rows.iter().filter_map(|(_, field)| *field).collect();
        let Some((_, field)) = self.rows.get_mut(self.selected) else {
            return;
        };
        let free = |f: &&Entry| !taken.contains(&f.0) || Some(f.0) == *field;
        let mut choices: Vec<Option<Field>> = vec![None];
        choices.extend(kind.table().iter().filter(free).map(|(f, _, _)| Some(*f)));
        let at = choices.iter().position(|c| c == field).unwrap_or(0);
        let to = (at + choices.len()).saturating_add_signed(by) % choices.len();
        *field = choices.get(to).copied().flatten();
    }

    /// Draws the rows in the middle of `area`.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles, lang: Lang) {
        let rows = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        let high = rows.saturating_add(2).min(area.height);
        let outer = popup::place(area, (area.width.min(70), high), popup::Place::Centre);
        let frame = popup::Frame {
            title: t::MAP_TITLE.text(lang),
            right: "",
            footer: t::KEYS_MAP.text(lang),
            focus: Focus::Here,
        };
        let inner = frame.render(outer, buf, styles);
        let height = usize::from(inner.height);
        let first = self.selected.saturating_sub(height.saturating_sub(1));
        let left = inner.width / 2;
        for ((at, (heading, field)), y) in self
            .rows
            .iter()
            .enumerate()
            .skip(first)
            .zip(inner.y..inner.bottom())
        {
            let here = at == self.selected;
            let mark = if here { styles.symbols.pointer } else { ' ' };
            let style = if here { styles.accent } else { styles.base };
            let text = width::fit(
                &format!("{mark} {heading}"),
                left.into(),
                width::Align::Left,
                styles.symbols.ellipsis,
            );
            put_clipped(
                buf,
                (inner.x, y),
                left,
                &text,
                style,
                styles.symbols.ellipsis,
            );
            let meaning = field.map_or(t::NOT_USED, t::field).text(lang);
            let s = styles.symbols;
            let value = if here {
                format!("{} {meaning} {}", s.choice_left, s.choice_right)
            } else {
                format!("  {meaning}")
            };
            let style = if field.is_some() {
                styles.ok
            } else {
                styles.dim
            };
            put_clipped(
                buf,
                (inner.x + left, y),
                inner.width - left,
                &value,
                style,
                s.ellipsis,
            );
        }
    }
}
