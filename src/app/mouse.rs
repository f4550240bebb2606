//! Clicks and the wheel, for those who ask for the mouse: tabs, rows, hints, lists to choose from.
//!
//! The last drawing says what stands where; both halves of a wide character belong to its place.
//! Questions and forms take no click: nothing is decided or lost by a slip of the hand.

use crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::App;
use super::action::Action;
use crate::overlay::Overlay;
use crate::overlay::picker::PickerReply;

/// Rows that a turn of the wheel moves.
const WHEEL: usize = 3;

/// What a click at a place does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    Do(Action),
    /// Selects the row at that place of the list.
    Row(usize),
    /// Opens a part of the detail.
    Part(usize),
    /// Selects the row at that place of the open part.
    PartRow(usize),
}

/// What stands where, by the last drawing.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pub area: Rect,
    places: Vec<(Rect, Hit)>,
}

impl Places {
    /// Forgets the last drawing.
    pub fn start(&mut self, area: Rect) {
        self.area = area;
        self.places.clear();
    }

    pub fn add(&mut self, area: Rect, hit: Hit) {
        self.places.push((area, hit));
    }

    /// What stands at a cell; what was drawn last is on top.
    #[must_use]
    pub fn at(&self, x: u16, y: u16) -> Option<Hit> {
        let here = |(area, _): &&(Rect, Hit)| area.contains(Position::new(x, y));
        self.places.iter().rev().find(here).map(|(_, hit)| *hit)
    }
}

impl App {
    pub(super) fn on_mouse(&mut self, mouse: MouseEvent) {
        let wheel = match mouse.kind {
            MouseEventKind::ScrollUp => Some(KeyCode::Up),
            MouseEventKind::ScrollDown => Some(KeyCode::Down),
            MouseEventKind::Down(MouseButton::Left) => None,
            _ => return,
        };
        match (wheel, self.overlays.last_mut()) {
            (Some(_), Some(Overlay::Form(_) | Overlay::Filter(_))) => {}
            (Some(code), Some(_)) => self.on_key(KeyEvent::from(code)),
            (Some(code), None) => {
                let up = code == KeyCode::Up;
                for _ in 0..WHEEL {
                    self.act(if up { Action::Up } else { Action::Down });
                }
            }
            (None, Some(Overlay::Picker(picker))) => {
                let area = self.places.borrow().area;
                if let PickerReply::Chosen(target) = picker.on_click(area, mouse.column, mouse.row)
                {
                    self.overlays.pop();
                    self.choose(target);
                }
            }
            (None, Some(_)) => {}
            (None, None) => {
                let hit = self.places.borrow().at(mouse.column, mouse.row);
                if let Some(hit) = hit {
                    self.note = None;
                    self.hit(hit);
                }
            }
        }
    }

    fn hit(&mut self, hit: Hit) {
        match hit {
            Hit::Do(action) => self.act(action),
            Hit::Row(place) => {
                self.with_board(|board, panel, cx| {
                    board.focus = 0;
                    if let Some(row) = board.row_at(place) {
                        board.row = row;
                        board.look(panel, cx);
                    }
                });
                self.follow_selection();
            }
            Hit::Part(at) => {
                self.with_board(|board, panel, cx| {
                    board.open = at;
                    board.focus = at + 1;
                    board.look(panel, cx);
                });
            }
            Hit::PartRow(place) => {
                self.with_board(|board, _, _| board.select_in_part(place));
            }
        }
    }
}
