//! The imperative shell: the state of the screens, and what keys and commands do to it.
//!
//! `App` takes an [`Input`] and changes itself; [`draw`] shows it. From the screens only
//! [`effect`] touches the file. The main loop with its threads is in [`run`].

pub mod action;
pub mod adviser;
pub mod agenda;
mod amend;
pub mod belief;
pub mod doings;
mod drafts;
pub mod draw;
pub mod effect;
mod fill;
pub mod gate;
mod glide;
mod guide;
pub mod impact;
mod import;
pub mod inspector;
pub mod keeper;
pub mod keymap;
pub mod learned;
pub mod ledger;
mod lessons;
mod materials;
pub mod mouse;
mod others;
pub mod outlook;
mod papers;
pub mod planner;
pub mod reader;
pub mod reports;
pub mod route;
pub mod run;
pub mod scribe;
pub mod setup;
mod shelf;
mod summary;
mod timeline;
pub mod todo;
mod weigh;
pub mod whatif;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::command::Refusal;
use crate::domain::codes::Stage;
use crate::domain::rule::lesson::base::Base;
use crate::domain::rule::today::Today as Agenda;
use crate::domain::world::World;
use crate::overlay::Overlay;
use crate::overlay::editor::Editor;
use crate::panel::board::{Board, Shows};
use crate::panel::{self, Cx, Note, Panel};
use crate::store::journal::Line as JournalLine;
use crate::store::{Draft, Keep, Store, StoreError};
use crate::text::{Lang, Word, refusal, shell};
use crate::theme::{Role, Styles};
use keymap::Keymap;
use outlook::Outlook;

/// Lines of the journal that are kept at hand.
const JOURNAL_LINES: i64 = 300;

/// What the program does next, beside drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Puts a text on the clipboard of the user's terminal.
    Copy(String),
    /// Writes the whole screen again.
    Redraw,
    /// Computes the plan again from the data as they are.
    Replan,
    /// Answers a question about the plan.
    Ask(Box<adviser::Question>),
    /// Reads an order file.
    Read(Box<reader::Job>),
    /// Makes a report and writes its file.
    Write(Box<scribe::Job>),
    /// Checks the data file.
    Check(inspector::Job),
    /// Copies the file, or looks after it.
    Keep(keeper::Job),
    /// Takes the mouse, or gives it back to the terminal.
    Mouse(bool),
    Quit,
}

/// The state of the screens.
#[derive(Debug)]
pub struct App {
    pub store: Store,
    pub world: World,
    pub outlook: Outlook,
    pub agenda: Agenda,
    /// How many lines need something in each stage, and whether any of that is late.
    pub counts: BTreeMap<Stage, (usize, bool)>,
    pub journal: Vec<JournalLine>,
    pub keymap: Keymap,
    pub lang: Lang,
    pub styles: Styles,
    pub stage: Stage,
    pub boards: BTreeMap<Stage, Board>,
    pub overlays: Vec<Overlay>,
    pub note: Option<Note>,
    /// The selected order, which follows from panel to panel.
    pub order: Option<i64>,
    /// Drafts found at the start.
    pub drafts: Vec<Draft>,
    /// Names this session among those that keep drafts in the file.
    session: String,
    /// How the user looks at the pictures.
    pub view: panel::View,
    /// What the caller has to do; emptied by it.
    pub next: Vec<Next>,
    /// Rows that fit in the list and in the part, by the last drawing: how far a page goes.
    pub page_rows: (usize, usize),
    /// What the summary that is open is told from, where a part of it is on the shelf.
    past: Option<Box<World>>,
    /// The numbers on the shelf, where they were looked for.
    shelf: Option<shelf::Shelf>,
    /// Counts how often anything was derived again.
    generation: u64,
    /// Moves when another session writes.
    seen_version: i64,
    /// The lessons base, made when it is asked for first after a change of its texts.
    base: OnceCell<Base>,
    /// Number of the last question about the plan.
    questions: u64,
    /// The rush order that was pushed in last, to be accepted or not.
    pub rush: Option<outlook::RushedOrder>,
    /// Where reports were last written; kept in a file where there is one.
    pub report_folder: reports::Folder,
    /// What the user has set.
    pub setup: setup::Setup,
    /// What stands where, by the last drawing: for clicks.
    pub places: RefCell<mouse::Places>,
    /// Copies of the data on which changes are only tried.
    pub whatif: whatif::Copies,
    /// How many daily copies of the file are kept.
    pub keep: Keep,
    glide: glide::Glide,
    /// Change and end of every production order by the last improved plan.
    planned_ends: (Option<i64>, BTreeMap<i64, NaiveDate>),
}

impl App {
    /// Opens the screens on a file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn new(store: Store, lang: Lang, styles: Styles) -> Result<Self, StoreError> {
        let journal = store.journal(None, JOURNAL_LINES)?;
        let world = store.working()?;
        let drafts = store.drafts()?;
        let seen_version = store.data_version()?;
        let (keymap, _) = Keymap::built_in();
        let boards = Stage::ALL
            .iter()
            .map(|stage| (*stage, Board::default()))
            .collect();
        let mut app = Self {
            store,
            world,
            outlook: Outlook::default(),
            agenda: Agenda::default(),
            counts: BTreeMap::new(),
            journal,
            keymap,
            lang,
            styles,
            stage: Stage::Today,
            boards,
            overlays: Vec::new(),
            note: None,
            order: None,
            drafts,
            session: drafts::session(),
            view: panel::View::default(),
            next: vec![Next::Replan],
            page_rows: (10, 5),
            past: None,
            shelf: None,
            generation: 0,
            seen_version,
            base: OnceCell::new(),
            questions: 0,
            rush: None,
            report_folder: reports::Folder::default(),
            setup: setup::Setup::default(),
            places: RefCell::default(),
            whatif: whatif::Copies::default(),
            keep: Keep::default(),
            glide: glide::Glide::Off,
            planned_ends: (None, BTreeMap::new()),
        };
        app.refresh();
        app.say_journal();
        app.offer_drafts();
        Ok(app)
    }

    /// What panels may look at.
    #[must_use]
    pub fn cx(&self) -> Cx<'_> {
        Cx {
            world: &self.world,
            now: self.store.clock().now(),
            lang: self.lang,
            agenda: &self.agenda,
            outlook: &self.outlook,
            journal: &self.journal,
            rush: self.rush.as_ref(),
            in_sight: None,
            view: self.view,
            symbols: self.styles.symbols,
            lessons: &self.base,
        }
    }

    #[must_use]
    pub fn panel(&self) -> &'static dyn Panel {
        panel::of(self.stage)
    }

    /// The state of the open panel.
    #[must_use]
    pub fn board(&self) -> Option<&Board> {
        self.boards.get(&self.stage)
    }

    /// Changes the open panel's board with everything it may look at.
    pub(crate) fn with_board<T>(
        &mut self,
        f: impl FnOnce(&mut Board, &'static dyn Panel, &Cx<'_>) -> T,
    ) -> Option<T> {
        let panel = self.panel();
        let mut board = self.boards.remove(&self.stage)?;
        let value = f(&mut board, panel, &self.cx());
        self.boards.insert(self.stage, board);
        Some(value)
    }

    /// Derives again what follows from the data, and shows the open panel on it.
    pub fn refresh(&mut self) {
        self.agenda = todo::agenda(&self.world, &self.outlook, self.store.clock().now());
        let count = |stage: &Stage| (*stage, self.agenda.count(*stage));
        self.counts = Stage::ALL.iter().map(count).collect();
        self.generation += 1;
        let shown = self.shows_now();
        self.with_board(|board, panel, cx| board.refresh(panel, cx, shown));
        self.follow_selection();
        self.refresh_summary();
    }

    /// Derives everything again, and plans again, once another day has begun; whether one has.
    pub fn notice_day(&mut self) -> bool {
        let shown = self.board().and_then(|board| board.shows);
        let over = shown.is_some_and(|shown| shown.today != self.store.clock().today());
        if over {
            self.next.push(Next::Replan);
            self.refresh();
        }
        over
    }

    /// What a list that is made now stands on.
    pub(crate) fn shows_now(&self) -> Shows {
        Shows {
            generation: self.generation,
            today: self.store.clock().today(),
            lang: self.lang,
            view: self.view,
        }
    }

    /// Remembers the order of the selected row, so that the other panels can go to it.
    pub(crate) fn follow_selection(&mut self) {
        let row = self.board().map_or(0, |b| b.row);
        let order = self.panel().order_of(&self.cx(), row);
        self.order = order.or(self.order);
    }

    /// Opens a panel; the selected order comes along.
    pub fn go(&mut self, stage: Stage, order: Option<i64>) {
        self.stage = stage;
        let order = order.or(self.order);
        let shown = self.shows_now();
        self.with_board(|board, panel, cx| {
            // Coming back to what has not changed since costs no more than looking at it.
            if board.shows != Some(shown) {
                board.list_again(panel, cx, shown);
            }
            let listed = Some(board.listing.ids.as_slice());
            if let Some(row) = order.and_then(|order| panel.row_of(cx, order, listed)) {
                if !board.filter.is_empty() {
                    board.filter.clear();
                    board.arrange(panel, cx);
                }
                board.row = row;
            }
            board.look(panel, cx);
        });
        self.order = order;
    }

    /// Loads everything again.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn reload(&mut self) -> Result<(), StoreError> {
        // The journal first: the data may then be newer than it says, never older.
        self.journal = self.store.journal(None, JOURNAL_LINES)?;
        self.world = self.store.working()?;
        self.base = OnceCell::new();
        self.next.push(Next::Replan);
        self.refresh();
        self.compare_import();
        self.refresh_lessons();
        Ok(())
    }

    pub(crate) fn reload_journal(&mut self) {
        // A diary that cannot be read is no reason to refuse the change that was just made.
        self.journal = self.store.journal(None, JOURNAL_LINES).unwrap_or_default();
    }

    /// Takes a computed plan; what it has not computed yet it has from the one before, see
    /// [`Outlook::after`].
    pub fn take_outlook(&mut self, outlook: Outlook) {
        if self.outlook == outlook {
            return;
        }
        self.outlook = outlook;
        self.refresh();
        self.say_what_moved();
    }

    /// Says how many production orders a change has moved, once its plan has been improved.
    ///
    /// Two improved plans are compared: one by rules alone differs from them by more than the change.
    fn say_what_moved(&mut self) {
        if !self.outlook.improved {
            return;
        }
        let ends: BTreeMap<i64, NaiveDate> = self
            .outlook
            .finishes
            .iter()
            .map(|(id, f)| (*id, f.ends.date()))
            .collect();
        let was = std::mem::replace(&mut self.planned_ends, (self.outlook.stands_on, ends));
        if was.0.is_none() || was.0 == self.outlook.stands_on {
            return;
        }
        let moved = |later: bool| {
            let new = &self.planned_ends.1;
            let differs = |(id, old): &(&i64, &NaiveDate)| {
                new.get(*id)
                    .is_some_and(|is| if later { is > *old } else { is < *old })
            };
            was.1.iter().filter(differs).count()
        };
        let (later, sooner) = (moved(true), moved(false));
        if later + sooner == 0 {
            return;
        }
        let said = shell::PLAN_MOVED.fill(self.lang, &[&later.to_string(), &sooner.to_string()]);
        let role = if later > 0 { Role::Warn } else { Role::Ok };
        match &mut self.note {
            Some(note) => note.text = format!("{}  {said}", note.text),
            None => self.say(said, role),
        }
    }

    /// Says a sentence on the status line.
    pub fn say(&mut self, text: impl Into<String>, role: Role) {
        self.note = Some(Note {
            text: text.into(),
            role,
        });
    }

    pub(crate) fn say_word(&mut self, word: Word, role: Role) {
        let text = word.text(self.lang);
        self.say(text, role);
    }

    pub(crate) fn say_refusal(&mut self, refused: &Refusal) {
        let text = refusal::sentence(refused, self.lang);
        self.say(text, Role::Bad);
    }

    /// The form on top, if there is one.
    #[must_use]
    pub fn editor(&mut self) -> Option<&mut Editor> {
        self.overlays
            .iter_mut()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Form(editor) => Some(editor.as_mut()),
                _ => None,
            })
    }
}
