//! Where the user is in a panel: selection, sorting, filter, the open part. The same for all.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::cursor::Cursor;
use chrono::NaiveDate;

use super::{Content, Cx, Detail, Long, Panel, PartKind, Row, Spot, View};
use crate::app::action::Action;
use crate::domain::moment::Moment;
use crate::text::Lang;
use crate::text::search::corpus::Corpus;

/// The state of one panel on the screen. Rows are remembered by id, not by place, so that a
/// change elsewhere never moves the selection to another thing.
#[derive(Debug, Clone, Default)]
pub struct Board {
    pub listing: Long,
    /// The rows of `listing`, each made when it is looked at first.
    made: Vec<OnceCell<Row>>,
    /// When `listing` was made: its rows are of one moment.
    now: Option<Moment>,
    /// Places in `listing` that are shown, in order.
    pub shown: Vec<usize>,
    /// Id of the selected row.
    pub row: i64,
    pub detail: Detail,
    /// Which part has the keys: zero is the list, then the parts.
    pub focus: usize,
    /// Which part is open below the head.
    pub open: usize,
    /// How many parts the detail had when it was made last.
    parts: usize,
    /// Selected row of each part, by id.
    pub part_rows: BTreeMap<PartKind, i64>,
    /// The cursor of each part that is a picture.
    pub cursors: BTreeMap<PartKind, Cursor>,
    pub sort: Option<(usize, bool)>,
    pub filter: String,
    /// What each row of `listing` says, made when it is first searched.
    texts: Option<Box<Corpus>>,
    /// What `listing` stands on; none before it is made.
    pub shows: Option<Shows>,
    /// Columns after the first that are scrolled out to the left, of the list and each part.
    pub scrolled: BTreeMap<PartKind, usize>,
}

/// What a list stands on: while this is the same, the list and its rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shows {
    /// See `App::refresh`.
    pub generation: u64,
    pub today: NaiveDate,
    pub lang: Lang,
    pub view: View,
}

impl Board {
    /// Reads the panel's list again, and the detail of the selected row.
    pub fn refresh(&mut self, panel: &dyn Panel, cx: &Cx<'_>, shows: Shows) {
        self.list_again(panel, cx, shows);
        self.look(panel, cx);
    }

    /// Reads the panel's list again and keeps the selection on the same thing, or near it.
    pub fn list_again(&mut self, panel: &dyn Panel, cx: &Cx<'_>, shows: Shows) {
        let place = self.place();
        self.shows = Some(shows);
        self.listing = panel.list(cx);
        self.now = Some(cx.now);
        self.made = vec![OnceCell::new(); self.listing.ids.len()];
        self.texts = None;
        self.arrange(panel, cx);
        if self.place().is_none() {
            let near = place.unwrap_or(0).min(self.shown.len().saturating_sub(1));
            self.row = self.row_at(near).unwrap_or(0);
        }
    }

    /// Reads the detail of the selected row again.
    pub fn look(&mut self, panel: &dyn Panel, cx: &Cx<'_>) {
        self.detail = Detail::default();
        // What is kept out of Today's list is in sight even where the list is empty.
        if self.row != 0 || panel.stage() == crate::domain::codes::Stage::Today {
            self.detail = panel.detail(&self.in_sight(cx), self.row);
            // Another kind of row may have fewer parts, or more.
            let (open, seen) = (self.open, self.parts);
            self.parts = self.detail.parts.len();
            self.open = self.open.min(self.parts.saturating_sub(1));
            if (open, seen) != (self.open, self.parts) {
                self.detail = panel.detail(&self.in_sight(cx), self.row);
            }
        }
        let parts = self.detail.parts.len();
        if self.focus > parts || parts == 0 {
            self.focus = 0;
        }
        for (at, part) in self.detail.parts.iter().enumerate() {
            match &part.content {
                Content::Gantt(gantt) => {
                    let cursor = self.cursors.entry(part.kind).or_default();
                    cursor.settle_gantt(gantt, self.row);
                }
                Content::Heat(heat) => {
                    let cursor = self.cursors.entry(part.kind).or_default();
                    cursor.settle_heat(heat, cx.today());
                }
                Content::Curves(curves) => {
                    let cursor = self.cursors.entry(part.kind).or_default();
                    cursor.settle_curves(curves);
                }
                _ => {}
            }
            // What is not open may not be there in full, and keeps its row.
            if at != self.open || part.content.rows().is_none() {
                continue;
            }
            let row = self.part_rows.entry(part.kind).or_insert(0);
            if part.content.place_of(*row).is_none() {
                *row = part.content.id_at(0).unwrap_or(0);
            }
        }
    }

    /// What the panel may look at, with the parts that will be drawn: the open one and the next.
    fn in_sight<'c>(&self, cx: &Cx<'c>) -> Cx<'c> {
        let next = (self.open + 1) % self.parts.max(1);
        Cx {
            in_sight: Some((self.open, next)),
            ..*cx
        }
    }

    /// The rows at these places among those shown; what was not looked at before is made now.
    pub fn rows(&self, panel: &dyn Panel, cx: &Cx<'_>, places: Range<usize>) -> Vec<&Row> {
        let end = places.end.min(self.shown.len());
        let places = self.shown.get(places.start.min(end)..end);
        self.make(panel, cx, places.unwrap_or_default().iter().copied())
    }

    /// The rows at these places of the listing, made where they are not.
    fn make(
        &self,
        panel: &dyn Panel,
        cx: &Cx<'_>,
        places: impl Iterator<Item = usize> + Clone,
    ) -> Vec<&Row> {
        let place = |at: usize| Some((*self.listing.ids.get(at)?, self.made.get(at)?));
        let missing = places.clone().filter_map(place);
        let (ids, cells): (Vec<i64>, Vec<&OnceCell<Row>>) =
            missing.filter(|(_, cell)| cell.get().is_none()).unzip();
        if !ids.is_empty() {
            let cx = &Cx {
                now: self.now.unwrap_or(cx.now),
                ..*cx
            };
            for (cell, row) in cells.into_iter().zip(panel.rows(cx, &ids)) {
                cell.get_or_init(|| row);
            }
        }
        places.filter_map(|at| self.made.get(at)?.get()).collect()
    }

    /// Applies filter and sorting to the rows.
    pub fn arrange(&mut self, panel: &dyn Panel, cx: &Cx<'_>) {
        let all = 0..self.listing.ids.len();
        if self.filter.is_empty() {
            self.shown = all.clone().collect();
        } else {
            if self.texts.is_none() {
                let rows = self.make(panel, cx, all.clone());
                let texts: Vec<String> = rows.into_iter().map(said).collect();
                let texts = Corpus::new(texts.iter().map(String::as_str));
                self.texts = Some(Box::new(texts));
            }
            let texts = self.texts.as_deref();
            self.shown = texts.map_or_else(Vec::new, |texts| texts.find(&self.filter, None));
        }
        if let Some((column, reverse)) = self.sort {
            let rows = self.make(panel, cx, all);
            let key = |at: &usize| {
                let cell = rows.get(*at).and_then(|row| row.cells.get(column));
                cell.map(|c| {
                    (
                        if c.key.is_empty() {
                            c.text.clone()
                        } else {
                            c.key.clone()
                        },
                        *at,
                    )
                })
                .unwrap_or_default()
            };
            let mut shown = self.shown.clone();
            shown.sort_by_cached_key(key);
            if reverse {
                shown.reverse();
            }
            self.shown = shown;
        }
    }

    /// The place of the selected row among those shown.
    #[must_use]
    pub fn place(&self) -> Option<usize> {
        let ids = &self.listing.ids;
        let here = |at: &usize| ids.get(*at) == Some(&self.row);
        self.shown.iter().position(here)
    }

    /// The id of the row at a place among those shown.
    #[must_use]
    pub fn row_at(&self, place: usize) -> Option<i64> {
        let at = self.shown.get(place)?;
        self.listing.ids.get(*at).copied()
    }

    /// Moves the selection by rows in whatever has the keys; returns whether the list's moved.
    pub fn step(&mut self, by: isize) -> bool {
        if self.focus > 0 {
            self.step_part(by);
            return false;
        }
        let Some(last) = self.shown.len().checked_sub(1) else {
            return false;
        };
        let to = self
            .place()
            .unwrap_or(0)
            .saturating_add_signed(by)
            .min(last);
        let row = self.row_at(to).unwrap_or(0);
        let moved = row != self.row;
        self.row = row;
        moved
    }

    fn step_part(&mut self, by: isize) {
        let Some(part) = self.detail.parts.get(self.open) else {
            return;
        };
        let Some(last) = part.content.rows().and_then(|n| n.checked_sub(1)) else {
            return;
        };
        let row = self.part_rows.entry(part.kind).or_insert(0);
        let at = part.content.place_of(*row).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(last);
        *row = part.content.id_at(to).unwrap_or(0);
    }

    /// Selects the row at a place of the open part, which gets the keys.
    pub fn select_in_part(&mut self, place: usize) {
        let Some(part) = self.detail.parts.get(self.open) else {
            return;
        };
        if let Some(id) = part.content.id_at(place) {
            self.part_rows.insert(part.kind, id);
        }
        self.focus = self.open + 1;
    }

    /// Scrolls the columns of whatever has the keys; the last stays beside the first.
    pub fn scroll_columns(&mut self, right: bool) {
        let (kind, columns) = match self.focus {
            0 => (PartKind::List, self.listing.columns.len()),
            _ => match self
                .detail
                .parts
                .get(self.open)
                .map(|p| (p.kind, &p.content))
            {
                Some((kind, Content::List(list))) => (kind, list.columns.len()),
                Some((kind, Content::Long(list))) => (kind, list.columns.len()),
                _ => return,
            },
        };
        let left = self.scrolled.entry(kind).or_insert(0);
        *left = if right {
            (*left + 1).min(columns.saturating_sub(2))
        } else {
            left.saturating_sub(1)
        };
    }

    /// Columns scrolled out of the list or of a part.
    #[must_use]
    pub fn columns_left(&self, kind: PartKind) -> usize {
        self.scrolled.get(&kind).copied().unwrap_or(0)
    }

    /// Whether a picture has the keys.
    #[must_use]
    pub fn in_picture(&self) -> bool {
        let open = self.detail.parts.get(self.open);
        self.focus > 0 && open.is_some_and(|p| p.content.is_picture())
    }

    /// Moves the cursor of the picture that has the keys; false where the key is not for it.
    pub fn on_picture(&mut self, cx: &Cx<'_>, action: Action) -> bool {
        if self.focus == 0 {
            return false;
        }
        let Some(part) = self.detail.parts.get(self.open) else {
            return false;
        };
        let cursor = self.cursors.entry(part.kind).or_default();
        match &part.content {
            Content::Gantt(gantt) => cursor.on_gantt(gantt, action, cx.now),
            Content::Heat(heat) => cursor.on_heat(heat, action, cx.today()),
            Content::Curves(curves) => cursor.on_curves(curves, action),
            Content::List(_) | Content::Long(_) | Content::Facts(_) => false,
        }
    }

    /// Moves the keys to the next part, or the one before; the list is one of them.
    pub fn turn(&mut self, forward: bool) {
        let places = self.detail.parts.len() + 1;
        self.focus = if forward {
            (self.focus + 1) % places
        } else {
            (self.focus + places - 1) % places
        };
        if let Some(part) = self.focus.checked_sub(1) {
            self.open = part;
        }
    }

    /// Opens a part and gives it the keys.
    pub fn open_part(&mut self, kind: PartKind) {
        if let Some(at) = self.detail.parts.iter().position(|part| part.kind == kind) {
            self.open = at;
            self.focus = at + 1;
        }
    }

    /// Where the user is.
    #[must_use]
    pub fn spot(&self) -> Spot {
        let open = self.detail.parts.get(self.open).map(|part| part.kind);
        let part = if self.focus == 0 {
            PartKind::List
        } else {
            open.unwrap_or(PartKind::List)
        };
        let part_row = open
            .and_then(|kind| self.part_rows.get(&kind))
            .copied()
            .unwrap_or(0);
        Spot {
            row: self.row,
            part,
            part_row,
            at: open
                .filter(|_| self.focus > 0)
                .and_then(|kind| self.cursors.get(&kind))
                .and_then(Cursor::at),
        }
    }

    /// Sorts by the next column, or turns the order round.
    pub fn sort_next(&mut self, reverse: bool, panel: &dyn Panel, cx: &Cx<'_>) {
        let columns = self.listing.columns.len();
        self.sort = match (self.sort, reverse) {
            (None, false) => Some((0, false)),
            (None, true) => Some((0, true)),
            (Some((at, _)), false) if at + 1 >= columns => None,
            (Some((at, _)), false) => Some((at + 1, false)),
            (Some((at, was)), true) => Some((at, !was)),
        };
        self.arrange(panel, cx);
    }
}

/// All that a row says, to be searched: the words of a filter may be spread over its cells.
fn said(row: &Row) -> String {
    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
    cells.join(" ")
}
