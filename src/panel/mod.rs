//! The six panels and Today: what each lists, what it shows of a row, what can be done there.
//!
//! ```text
//! stage bar      0 今日 12  1 接单 3!  2 评审 2 ..
//! list           rows with open work in this stage
//! head           the selected row in a few facts
//! parts          tabs: the row's lines, documents, queries ..  one of them open
//! hints          what can be done here, with its keys
//! status         the last note
//! ```
//! A panel holds no state: it describes rows and details of the [`World`] and turns an action into
//! a [`Reply`]. Selection, sorting and filter live in [`board::Board`], the same for all.

pub mod board;
pub mod build;
pub mod capacity;
pub mod cursor;
pub mod exceptions;
pub mod exceptions_ledger;
pub mod intake;
mod listing;
pub mod materials;
mod opening;
mod part;
pub mod picture;
pub mod place;
pub mod progress;
pub mod schedule;
pub mod today;

use std::cell::OnceCell;

use chrono::NaiveDate;

pub use listing::{Cell, Column, Listing, Long, Row, Width, column, number};
pub(crate) use part::Parts;
pub use part::{Content, Detail, Part, PartKind};
pub use picture::{At, Chart, Curves, Gantt, Heat, View};

use crate::app::action::Action;
use crate::app::outlook::{Outlook, RushedOrder};
use crate::command::Command;
use crate::domain::codes::Stage;
use crate::domain::moment::Moment;
use crate::domain::rule::lesson::base::Base;
use crate::domain::rule::today::Today as Agenda;
use crate::domain::world::World;
use crate::overlay::form::Form;
use crate::store::journal::Line as JournalLine;
use crate::text::{Lang, Word};
use crate::theme::{Role, Symbols};
use listing::each;
use opening::{about_made, form, open, raise};

/// Everything a panel may look at.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    pub world: &'a World,
    pub now: Moment,
    pub lang: Lang,
    /// The list of the morning, and what is kept out of it.
    pub agenda: &'a Agenda,
    /// The computed plan and materials, with the data they stand on.
    pub outlook: &'a Outlook,
    /// The latest changes, newest first.
    pub journal: &'a [JournalLine],
    /// The rush order that was pushed in last.
    pub rush: Option<&'a RushedOrder>,
    /// Places of the parts that are in sight; none: all are wanted.
    pub in_sight: Option<(usize, usize)>,
    /// How the user looks at the pictures.
    pub view: View,
    /// The characters that small pictures in cells are drawn with.
    pub symbols: &'static Symbols,
    /// The texts of lessons and exceptions, likened where somebody asks; see [`Cx::base`].
    pub lessons: &'a OnceCell<Base>,
}

impl<'a> Cx<'a> {
    /// The lessons base, made when it is asked for first after a change.
    #[must_use]
    pub fn base(&self) -> &'a Base {
        self.lessons.get_or_init(|| Base::of(self.world))
    }

    #[must_use]
    pub const fn today(&self) -> NaiveDate {
        self.now.date()
    }

    /// A word in the user's language.
    #[must_use]
    pub const fn say(&self, word: Word) -> &'static str {
        word.text(self.lang)
    }
}

/// Where the user is in a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Id of the selected row of the list; zero where there is none.
    pub row: i64,
    /// The part that has the keys.
    pub part: PartKind,
    /// Id of the selected row of that part; zero where there is none.
    pub part_row: i64,
    /// What the cursor stands on, where the part is a picture.
    pub at: Option<At>,
}

/// A simple sentence with its weight, for the status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub text: String,
    pub role: Role,
}

/// What a panel wants done.
#[derive(Debug)]
pub enum Reply {
    /// Not mine; the app's own meaning holds.
    Pass,
    /// Nothing can be done, and this is why.
    Refuse(Word),
    Run(Command),
    /// Shows what a command would move in the plan before it runs.
    Weigh(Box<Command>),
    /// Shows who would make way for this order.
    Rush(i64),
    /// Shows what each planning principle does.
    Principles,
    /// Moves this operation by keys.
    Move(i64),
    /// Shows a page of figures.
    Sheet(Box<crate::overlay::sheet::Sheet>),
    Form(Box<Form>),
    /// Asks before it runs.
    Confirm {
        question: String,
        command: Command,
    },
    /// Goes to a panel with an order selected.
    Go(Stage, Option<i64>),
    /// Goes to where a row stands.
    Place(place::Place),
    /// Opens the page of late days over all orders.
    Ledger,
    /// Nothing can be done, and this is why, in the user's language.
    Say(String),
    /// Puts a message on the clipboard.
    Copy(String),
    /// A page to read.
    Page(Box<crate::overlay::pages::Page>),
    /// What has to be ordered from a supplier up to a day, to be read and placed.
    OrderList {
        supplier_id: Option<i64>,
        by: NaiveDate,
    },
    /// Opens the file import.
    Import,
    /// The facts of a document, with what its file says.
    Facts(i64),
    /// The file of a document as readable text.
    Show(i64),
    /// The file of a piece of evidence as readable text.
    ShowEvidence(i64),
    Replan,
    /// Selects a row of the list.
    Select(i64),
    /// A list to look at and to choose from.
    Pick(Box<crate::overlay::picker::Picker>),
    /// Looks at the pictures in another way.
    Look(View),
}

/// A panel: the one trait of the screens.
pub trait Panel {
    fn stage(&self) -> Stage;

    /// The list at the top: what has work in this stage.
    fn list(&self, cx: &Cx<'_>) -> Long;

    /// Rows of the list by their ids, one for each and in that order; only those that are looked at
    /// are asked for.
    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Vec<Row>;

    /// What is known about a row.
    fn detail(&self, cx: &Cx<'_>, row: i64) -> Detail;

    /// The cells of one row of a [`Long`] part, where the panel has such a part.
    fn cells(&self, _cx: &Cx<'_>, _part: PartKind, _row: i64) -> Vec<Cell> {
        Vec::new()
    }

    /// What can be done at a spot, most useful first.
    fn actions(&self, spot: &Spot) -> &'static [Action];

    /// Does an action of this panel; those that move by rows ([`Action::is_step`]) never come here.
    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply;

    /// What the cursor of a picture stands on, in a few facts; shown below the picture.
    fn caption(&self, _cx: &Cx<'_>, _spot: &Spot) -> Vec<(String, Cell)> {
        Vec::new()
    }

    /// The order a row is about.
    fn order_of(&self, cx: &Cx<'_>, row: i64) -> Option<i64>;

    /// The first row about an order; `listed` are the ids of the panel's list where it is made.
    fn row_of(&self, cx: &Cx<'_>, order: i64, listed: Option<&[i64]>) -> Option<i64> {
        let about = |id: &&i64| self.order_of(cx, **id) == Some(order);
        match listed {
            Some(ids) => ids.iter().find(about).copied(),
            None => self.list(cx).ids.iter().find(about).copied(),
        }
    }
}

/// The panel of a stage.
#[must_use]
pub fn of(stage: Stage) -> &'static dyn Panel {
    match stage {
        Stage::Today => &today::Today,
        Stage::Intake => &intake::Intake,
        Stage::Capacity => &capacity::Capacity,
        Stage::Schedule => &schedule::Schedule,
        Stage::Materials => &materials::Materials,
        Stage::Progress => &progress::Progress,
        Stage::Exceptions => &exceptions::Exceptions,
    }
}
