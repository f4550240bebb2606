//! The detail of a row: its head and its parts, and what a part shows.

use super::{Cell, Curves, Cx, Gantt, Heat, Listing, Long};
use crate::text::Word;

/// What a panel shows of the selected row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detail {
    /// The row in a few facts: label and value.
    pub head: Vec<(String, Cell)>,
    pub parts: Vec<Part>,
}

/// A part of the detail, under a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Names the part for actions.
    pub kind: PartKind,
    pub title: Word,
    /// How many, where that is worth a number.
    pub count: Option<usize>,
    pub content: Content,
}

/// The parts of all panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// The list at the top of the panel.
    List,
    Lines,
    Points,
    Documents,
    Queries,
    Facts,
    Milestones,
    Amendments,
    Samples,
    Commitments,
    Words,
    Load,
    Overloads,
    Blocks,
    Answers,
    Rounds,
    Promise,
    Levers,
    Operations,
    Gate,
    Gantt,
    Compare,
    Baselines,
    Findings,
    Parts,
    Kit,
    Requirements,
    ToOrder,
    Advice,
    Reserved,
    Purchases,
    Chases,
    Suppliers,
    Promises,
    Receipts,
    Figures,
    Curve,
    Shipments,
    Cartons,
    Papers,
    Inspections,
    Chance,
    Story,
    Impact,
    Options,
    Actions,
    Effects,
    Evidence,
    Lessons,
    Ledger,
    Reasons,
    Snoozed,
    HeldBack,
    Silence,
    Done,
    History,
}

/// What a part of the detail shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    List(Listing),
    Long(Long),
    /// Lines of label and value.
    Facts(Vec<(String, Cell)>),
    Gantt(Gantt),
    Heat(Heat),
    Curves(Curves),
}

impl Content {
    /// Whether it is a picture, which wants all the room there is.
    #[must_use]
    pub const fn is_picture(&self) -> bool {
        matches!(self, Self::Gantt(_) | Self::Heat(_) | Self::Curves(_))
    }

    /// How many rows a list has; `None` for what is no list.
    #[must_use]
    pub fn rows(&self) -> Option<usize> {
        match self {
            Self::List(list) => Some(list.rows.len()),
            Self::Long(long) => Some(long.ids.len()),
            _ => None,
        }
    }

    /// The id of the row at a place of a list.
    #[must_use]
    pub fn id_at(&self, place: usize) -> Option<i64> {
        match self {
            Self::List(list) => list.rows.get(place).map(|row| row.id),
            Self::Long(long) => long.ids.get(place).copied(),
            _ => None,
        }
    }

    /// The place of a row in a list.
    #[must_use]
    pub fn place_of(&self, id: i64) -> Option<usize> {
        match self {
            Self::List(list) => list.rows.iter().position(|row| row.id == id),
            Self::Long(long) => long.ids.iter().position(|own| *own == id),
            _ => None,
        }
    }
}

/// The parts of a detail, in their order; one that is dear is made only where it is in sight.
pub(crate) struct Parts<'a, 'c> {
    cx: &'a Cx<'c>,
    all: Vec<Part>,
}

impl<'a, 'c> Parts<'a, 'c> {
    pub(crate) const fn new(cx: &'a Cx<'c>) -> Self {
        Self {
            cx,
            all: Vec::new(),
        }
    }

    pub(crate) fn add(mut self, part: Part) -> Self {
        self.all.push(part);
        self
    }

    /// Adds a part that takes a while to make; out of sight it is an empty list under its tab.
    pub(crate) fn dear(self, kind: PartKind, title: Word, make: impl FnOnce() -> Part) -> Self {
        self.dear_list(kind, title, |_| make())
    }

    /// The same for a long list, which is told how many of its rows to make: beside the open part
    /// only its beginning.
    pub(crate) fn dear_list(
        mut self,
        kind: PartKind,
        title: Word,
        make: impl FnOnce(usize) -> Part,
    ) -> Self {
        let at = self.all.len();
        let open = self.cx.in_sight.is_none_or(|(open, _)| at == open);
        let wanted = open || self.cx.in_sight.is_some_and(|(_, next)| at == next);
        let rows = if open { usize::MAX } else { BESIDE_ROWS };
        let later = || Part {
            kind,
            title,
            count: None,
            content: Content::List(Listing::default()),
        };
        self.all.push(if wanted { make(rows) } else { later() });
        self
    }

    pub(crate) fn done(self) -> Vec<Part> {
        self.all
    }
}

/// Rows of a long part that are made beside the open one; more than fit a screen.
const BESIDE_ROWS: usize = 200;
