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
pub mod materials;
pub mod picture;
pub mod place;
pub mod progress;
pub mod schedule;
pub mod today;

use std::cell::OnceCell;

use chrono::NaiveDate;

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

/// A piece of text with its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pub text: String,
    pub role: Role,
    /// Sorts before the text where it is not empty: dates as ISO, numbers padded.
    pub key: String,
}

impl Cell {
    #[must_use]
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
            key: String::new(),
        }
    }

    /// The same, sorted by `key`.
    #[must_use]
    pub fn by(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }
}

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Exactly so many cells.
    Fixed(u16),
    /// At least so many, and a share of what is left.
    Fill(u16),
}

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub title: Word,
    pub width: Width,
    pub right: bool,
    /// Dropped first where it is highest; zero stays.
    pub drop: u8,
}

/// A column as one line of code.
#[must_use]
pub const fn column(title: Word, width: Width, drop: u8) -> Column {
    Column {
        title,
        width,
        right: false,
        drop,
    }
}

/// A column of numbers.
#[must_use]
pub const fn number(title: Word, width: u16, drop: u8) -> Column {
    Column {
        title,
        width: Width::Fixed(width),
        right: true,
        drop,
    }
}

/// A row of a list; ids are those of the table the list is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub id: i64,
    pub cells: Vec<Cell>,
}

/// A list with its columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    pub columns: &'static [Column],
    pub rows: Vec<Row>,
    /// What to say where there is no row.
    pub empty: Option<Word>,
}

/// A list that may be long: only the rows in sight are made, those of a panel's own list by
/// [`Panel::rows`], those of a part by [`Panel::cells`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Long {
    pub columns: &'static [Column],
    /// The rows by id, in their order.
    pub ids: Vec<i64>,
    /// What to say where there is no row.
    pub empty: Option<Word>,
}

/// A row for each id; what is not there any more has an empty one.
fn each(ids: &[i64], mut row: impl FnMut(i64) -> Option<Row>) -> Vec<Row> {
    let row = |id: &i64| {
        row(*id).unwrap_or_else(|| Row {
            id: *id,
            cells: Vec::new(),
        })
    };
    ids.iter().map(row).collect()
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

/// What a panel shows of the selected row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detail {
    /// The row in a few facts: label and value.
    pub head: Vec<(String, Cell)>,
    pub parts: Vec<Part>,
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

    /// Does an action of this panel.
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

/// Opens a form, with what the panel adds to it.
fn form(
    cx: &Cx<'_>,
    kind: crate::overlay::form::FormKind,
    subject: i64,
    with: impl FnOnce(Form) -> Form,
) -> Reply {
    match crate::overlay::forms::open(kind, subject, cx) {
        Some(form) => Reply::Form(Box::new(with(form))),
        None => Reply::Refuse(crate::text::words::SELECT_FIRST),
    }
}

/// Opens a form as it is.
fn open(cx: &Cx<'_>, kind: crate::overlay::form::FormKind, subject: i64) -> Reply {
    form(cx, kind, subject, |form| form)
}

/// An exception form about a production order, and about one of its operations where one is meant.
fn about_made(
    cx: &Cx<'_>,
    made: &crate::domain::production::ProductionOrder,
    operation: Option<i64>,
    form: Form,
) -> Form {
    let form = form
        .hide("production_order", made.id.to_string())
        .with("held", made.no.as_str());
    let operation = operation.and_then(|id| cx.world.operations.get(id));
    let operation = operation.filter(|o| o.production_order_id == made.id);
    let late = cx.outlook.finishes.get(&made.id).map_or(0, |f| f.late_days);
    let form = if late > 0 {
        let what = crate::text::failure::late_made(&made.no, late, cx.lang);
        form.with("what", what)
    } else {
        form
    };
    let Some(o) = operation else {
        return form;
    };
    let place = cx.outlook.places.get(&o.id);
    let line = place.and_then(|p| p.line_id).or(o.line_id);
    let centre = cx.world.work_centres.find(o.work_centre_id);
    let code = cx.world.lines.find(line).map_or("", |l| l.code.as_str());
    let name = centre.map_or("", |c| c.name.as_str());
    form.with("operation", format!("{}/{}", made.no, o.seq))
        .with(
            "where",
            crate::overlay::forms::remedies::place(o.work_centre_id, line),
        )
        .with(
            "place",
            format!("{name} {code} {}", o.name).trim().to_owned(),
        )
}

/// The exception form about a row of a panel.
fn raise(cx: &Cx<'_>, stage: Stage, order: Option<i64>, with: impl FnOnce(Form) -> Form) -> Reply {
    let about = |form: Form| with(form.with("stage", stage.code()));
    form(
        cx,
        crate::overlay::form::FormKind::Exception,
        order.unwrap_or(0),
        about,
    )
}
