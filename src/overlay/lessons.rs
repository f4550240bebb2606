//! The lessons base: a list that is searched while typing, and all that is known of the selected
//! lesson.

use crossterm::event::{KeyCode, KeyEvent};

use crate::app::learned::{About, By, Hit, Learned};
use crate::command::Command;
use crate::command::lessons::{JudgeLesson, MergeLessons, RetireLesson};
use crate::domain::exception::{Lesson, LessonUse};
use crate::domain::rule::lesson;
use crate::domain::world::World;
use crate::overlay::form::FormKind;
use crate::panel::build::{day, dim, text};
use crate::panel::{Cell, Column, Cx, Row, Width, column, number};
use crate::text::datein::fold_width;
use crate::text::{Lang, Word, intake, lessons as said, words as w};
use crate::theme::Role;
use crate::widget::field::{Field, typed_text};

/// Characters of what is searched for.
const QUERY_MAX: usize = 200;
/// Rows that a page goes.
const PAGE: usize = 8;

/// The columns of the list.
pub const COLUMNS: &[Column] = &[
    column(w::SYMPTOM, Width::Fill(3), 0),
    number(said::ALIKE, 5, 0),
    column(said::TAGS, Width::Fill(2), 4),
    number(said::HEEDED, 4, 1),
    number(said::HELD, 4, 1),
    number(said::RATE, 5, 3),
    number(said::REPEATED, 5, 1),
    column(said::FROM, Width::Fixed(9), 2),
    column(said::LAST_USED, Width::Fixed(11), 3),
];

/// The columns of where a lesson was used.
pub const USES: &[Column] = &[
    column(w::ORDER_NO, Width::Fixed(10), 0),
    column(w::STATE, Width::Fixed(10), 0),
    column(w::REASON, Width::Fill(1), 1),
    column(w::DATE, Width::Fixed(11), 2),
];

/// What a key asked of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LessonsReply {
    Taken,
    Leave,
    /// What is shown has to be made again.
    Changed,
    /// Goes to an exception.
    Exception(i64),
    Form(FormKind, i64),
    Run(Command),
    /// Asks whether to merge the first lesson into the second.
    Merge(MergeLessons),
    Undo(bool),
    Language,
    Say(Word),
}

/// The page.
#[derive(Debug)]
pub struct Lessons {
    pub about: About,
    pub query: Field,
    pub typing: bool,
    pub by: By,
    /// The lesson that is to be merged into another one.
    pub marked: Option<i64>,
    /// Whether the keys go to where the lesson was used.
    pub in_uses: bool,
    pub use_at: usize,
    pub hits: Vec<Hit>,
    pub selected: i64,
    pub title: String,
    /// The selected lesson: label and text, line by line.
    pub facts: Vec<(String, Cell)>,
    pub uses: Vec<Row>,
    rows: Vec<Row>,
    learned: Learned,
}

impl Lessons {
    #[must_use]
    pub fn new(about: About, cx: &Cx<'_>) -> Self {
        let mut page = Self {
            about,
            query: Field::new(QUERY_MAX),
            typing: false,
            by: By::default(),
            marked: None,
            in_uses: false,
            use_at: 0,
            hits: Vec::new(),
            selected: 0,
            title: String::new(),
            facts: Vec::new(),
            uses: Vec::new(),
            rows: Vec::new(),
            learned: Learned::default(),
        };
        page.read(cx);
        page
    }

    /// Reads the lessons again after a change.
    pub fn read(&mut self, cx: &Cx<'_>) {
        self.learned = Learned::of(cx.world, cx.base(), self.about);
        self.rows = cx.world.lessons.iter().map(|l| self.row(cx, l)).collect();
        self.title = match self.about {
            About::Nothing => said::TITLE.text(cx.lang).to_owned(),
            About::Exception(id) => {
                let no = cx.world.exceptions.get(id).map_or("", |e| e.no.as_str());
                said::TITLE_EXCEPTION.fill(cx.lang, &[no])
            }
            About::Order(id) => {
                let no = cx.world.orders.get(id).map_or("", |o| o.no.as_str());
                said::TITLE_ORDER.fill(cx.lang, &[no])
            }
        };
        self.find(cx, false);
    }

    /// Looks for what is typed; the first hit is selected where the words changed.
    pub fn find(&mut self, cx: &Cx<'_>, first: bool) {
        self.hits = self.learned.find(cx.base(), self.query.text(), self.by);
        let gone = !self.hits.iter().any(|h| h.lesson_id == self.selected);
        if first || gone {
            self.selected = self.hits.first().map_or(0, |h| h.lesson_id);
        }
        self.look(cx);
    }

    /// Reads the selected lesson.
    pub fn look(&mut self, cx: &Cx<'_>) {
        let lesson = cx.world.lessons.get(self.selected);
        self.facts = lesson.map(|l| self.facts_of(cx, l)).unwrap_or_default();
        self.uses = lesson.map(|l| uses(cx, l)).unwrap_or_default();
        self.use_at = self.use_at.min(self.uses.len().saturating_sub(1));
        if self.uses.is_empty() {
            self.in_uses = false;
        }
    }

    /// The place of the selected lesson.
    #[must_use]
    pub fn place(&self) -> usize {
        let at = self.hits.iter().position(|h| h.lesson_id == self.selected);
        at.unwrap_or(0)
    }

    /// The cells of the lesson at a place, with how alike it is to what is asked.
    #[must_use]
    pub fn cells(&self, at: usize) -> Vec<Cell> {
        let Some(hit) = self.hits.get(at) else {
            return Vec::new();
        };
        let row = self.rows.binary_search_by_key(&hit.lesson_id, |row| row.id);
        let row = row.ok().and_then(|at| self.rows.get(at));
        let mut cells = row.map(|row| row.cells.clone()).unwrap_or_default();
        if let Some(cell) = cells.get_mut(1).filter(|_| hit.likeness > 0) {
            cell.text = said::percent(hit.likeness);
        }
        if self.marked == Some(hit.lesson_id)
            && let Some(cell) = cells.first_mut()
        {
            cell.role = Role::Warn;
        }
        cells
    }

    fn row(&self, cx: &Cx<'_>, lesson: &Lesson) -> Row {
        let figures = self.learned.figures(lesson.id).cloned().unwrap_or_default();
        let from = cx.world.exceptions.find(lesson.exception_id);
        let count = |n: usize| text(n.to_string());
        let again = figures.came_back.len();
        let mut cells = vec![
            text(lesson.symptom.clone()),
            text(""),
            text(lesson.tags.clone()),
            count(figures.tally.ticked),
            count(figures.tally.held),
            match figures.tally.rate() {
                Some(rate) => text(format!("{rate}%")),
                None => dim("—"),
            },
            match again {
                0 => text("0"),
                n => Cell::new(n.to_string(), Role::Bad),
            },
            text(from.map(|e| e.no.clone()).unwrap_or_default()),
            day(figures.last_used, cx),
        ];
        if lesson.retired_on.is_some() {
            cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
        }
        Row {
            id: lesson.id,
            cells,
        }
    }

    fn facts_of(&self, cx: &Cx<'_>, lesson: &Lesson) -> Vec<(String, Cell)> {
        let mut facts: Vec<(String, Cell)> = Vec::new();
        let mut add = |label: Word, cell: Cell| {
            if !cell.text.is_empty() {
                facts.push((cx.say(label).to_owned(), cell));
            }
        };
        if let Some(on) = lesson.retired_on {
            let said = said::RETIRED.fill(cx.lang, &[&on.to_string(), &lesson.retired_reason]);
            add(w::STATE, Cell::new(said, Role::Warn));
        }
        add(w::SYMPTOM, text(lesson.symptom.clone()));
        add(said::PREVENTION, text(lesson.prevention.clone()));
        add(w::SOLUTION, text(lesson.solution.clone()));
        let figures = self.learned.figures(lesson.id).cloned().unwrap_or_default();
        if figures.tally.held + figures.tally.repeated > 0 {
            add(
                said::SUCCEEDED,
                text(said::success(&figures.tally, cx.lang)),
            );
        }
        let again: Vec<&str> = figures
            .came_back
            .iter()
            .filter_map(|id| cx.world.exceptions.get(*id))
            .map(|e| e.no.as_str())
            .collect();
        add(said::CAME_BACK, Cell::new(again.join(" "), Role::Bad));
        let from = cx.world.exceptions.find(lesson.exception_id);
        let from = from.map_or_else(
            || dim(cx.say(said::BY_HAND)),
            |e| {
                let order = cx.world.orders.find(e.order_id);
                let order = order.map_or("", |o| o.no.as_str());
                text(format!("{} {order} {}", e.no, e.what))
            },
        );
        add(said::FROM, from);
        add(said::TIED_TO, text(tied_to(cx.world, lesson)));
        add(said::TAGS, text(lesson.tags.clone()));
        facts
    }

    /// Takes a key.
    pub fn on_key(&mut self, key: KeyEvent, world: &World) -> LessonsReply {
        if self.typing {
            return self.on_typed(key);
        }
        match key.code {
            KeyCode::Esc => self.back(),
            KeyCode::Enter => self.open(world),
            KeyCode::Tab | KeyCode::BackTab => {
                self.in_uses = !self.in_uses && !self.uses.is_empty();
                LessonsReply::Taken
            }
            KeyCode::F(9) => LessonsReply::Language,
            _ => match step(key) {
                Some(by) => self.step(by),
                None => self.on_letter(key, world),
            },
        }
    }

    fn on_typed(&mut self, key: KeyEvent) -> LessonsReply {
        match key.code {
            KeyCode::Enter | KeyCode::Tab => {
                self.typing = false;
                LessonsReply::Taken
            }
            KeyCode::Esc => {
                self.typing = false;
                self.query.set("");
                LessonsReply::Changed
            }
            KeyCode::Up => self.step(-1),
            KeyCode::Down => self.step(1),
            _ => {
                self.query.on_key(key);
                LessonsReply::Changed
            }
        }
    }

    fn on_letter(&mut self, key: KeyEvent, world: &World) -> LessonsReply {
        let Some(typed) = typed_text(&key) else {
            return LessonsReply::Taken;
        };
        // An input method that is on writes the wide forms of signs and letters.
        let narrow = fold_width(&typed);
        let selected = world.lessons.get(self.selected);
        match (narrow.as_str(), selected) {
            ("/", _) => {
                self.typing = true;
                self.in_uses = false;
                LessonsReply::Taken
            }
            ("n", _) => match self.about {
                About::Exception(id) => LessonsReply::Form(FormKind::NewLesson, id),
                _ => LessonsReply::Form(FormKind::NewLesson, 0),
            },
            ("u", _) => LessonsReply::Undo(true),
            ("U", _) => LessonsReply::Undo(false),
            ("s", _) => {
                self.by = self.by.next();
                LessonsReply::Changed
            }
            ("e", Some(lesson)) => LessonsReply::Form(FormKind::Lesson, lesson.id),
            ("m", Some(lesson)) => self.merge(lesson),
            ("X", Some(lesson)) if lesson.retired_on.is_some() => {
                LessonsReply::Run(Command::RetireLesson(RetireLesson {
                    lesson_id: lesson.id,
                    retired: false,
                    reason: String::new(),
                }))
            }
            ("X", Some(lesson)) => LessonsReply::Form(FormKind::RetireLesson, lesson.id),
            ("h", Some(_)) => self.judge(world),
            // A word from a Chinese input method starts the search.
            (word, _) if !word.is_ascii() => {
                self.typing = true;
                self.in_uses = false;
                self.query.set(&typed);
                LessonsReply::Changed
            }
            _ => LessonsReply::Say(crate::text::shell::UNKNOWN_KEY),
        }
    }

    fn merge(&mut self, lesson: &Lesson) -> LessonsReply {
        match self.marked.take() {
            Some(goes) if goes != lesson.id => LessonsReply::Merge(MergeLessons {
                stays_id: lesson.id,
                goes_id: goes,
            }),
            Some(_) => LessonsReply::Taken,
            None => {
                self.marked = Some(lesson.id);
                LessonsReply::Say(said::MARKED)
            }
        }
    }

    /// Helped, did not, not said: one after another.
    fn judge(&self, world: &World) -> LessonsReply {
        let used = self.uses.get(self.use_at);
        let Some(used) = used.and_then(|row| world.lesson_uses.get(row.id)) else {
            return LessonsReply::Say(said::NO_USE);
        };
        LessonsReply::Run(Command::JudgeLesson(JudgeLesson {
            use_id: used.id,
            helped: next_word(used),
        }))
    }

    fn open(&self, world: &World) -> LessonsReply {
        let lesson = world.lessons.get(self.selected);
        match lesson.and_then(|l| l.exception_id) {
            Some(id) => LessonsReply::Exception(id),
            None => LessonsReply::Say(said::NO_EXCEPTION),
        }
    }

    fn back(&mut self) -> LessonsReply {
        if self.marked.take().is_some() {
            LessonsReply::Taken
        } else if self.in_uses {
            self.in_uses = false;
            LessonsReply::Taken
        } else if !self.query.is_empty() {
            self.query.set("");
            LessonsReply::Changed
        } else {
            LessonsReply::Leave
        }
    }

    fn step(&mut self, by: isize) -> LessonsReply {
        if self.in_uses {
            let last = self.uses.len().saturating_sub(1);
            self.use_at = self.use_at.saturating_add_signed(by).min(last);
        } else {
            let last = self.hits.len().saturating_sub(1);
            let to = self.place().saturating_add_signed(by).min(last);
            self.selected = self.hits.get(to).map_or(0, |h| h.lesson_id);
            self.use_at = 0;
        }
        LessonsReply::Taken
    }

    /// Puts in pasted text.
    pub fn paste(&mut self, text: &str) {
        self.typing = true;
        self.query.paste(text);
    }

    /// The keys that work now.
    #[must_use]
    pub const fn keys(&self, lang: Lang) -> &'static str {
        if self.typing {
            said::KEYS_TYPING.text(lang)
        } else if self.marked.is_some() {
            said::MARKED.text(lang)
        } else {
            said::KEYS.text(lang)
        }
    }

    /// How the list is sorted, in a word.
    #[must_use]
    pub fn sorted(&self, lang: Lang) -> String {
        let by = match self.by {
            By::Likeness => said::BY_LIKENESS,
            By::Use => said::BY_USE,
            By::Success => said::BY_SUCCESS,
        };
        said::SORTED_BY.fill(lang, &[by.text(lang)])
    }
}

/// Rows that a key steps.
const fn step(key: KeyEvent) -> Option<isize> {
    Some(match key.code {
        KeyCode::Up | KeyCode::Char('k') => -1,
        KeyCode::Down | KeyCode::Char('j') => 1,
        KeyCode::PageUp => -PAGE.cast_signed(),
        KeyCode::PageDown => PAGE.cast_signed(),
        KeyCode::Home => -1_000_000_000,
        KeyCode::End => 1_000_000_000,
        _ => return None,
    })
}

/// What is said next of a use when the key is pressed again: it helped, it did not, nothing.
#[must_use]
pub const fn next_word(used: &LessonUse) -> Option<bool> {
    match used.helped {
        None => Some(true),
        Some(true) => Some(false),
        Some(false) => None,
    }
}

/// Customer, family, material and supplier of a lesson.
#[must_use]
pub fn tied_to(world: &World, lesson: &Lesson) -> String {
    let customer = world.customers.find(lesson.customer_id);
    let supplier = world.suppliers.find(lesson.supplier_id);
    let item = world.items.find(lesson.item_id);
    let parts = [
        customer.map_or("", |c| c.name.as_str()),
        &lesson.family,
        item.map_or("", |i| i.code.as_str()),
        supplier.map_or("", |s| s.name.as_str()),
    ];
    let filled = parts.into_iter().filter(|part| !part.is_empty());
    filled.collect::<Vec<_>>().join(" · ")
}

fn uses(cx: &Cx<'_>, lesson: &Lesson) -> Vec<Row> {
    let row = |used: &LessonUse| {
        let order = cx.world.orders.get(used.order_id);
        Row {
            id: used.id,
            cells: vec![
                text(order.map(|o| o.no.clone()).unwrap_or_default()),
                outcome(cx, lesson, used),
                text(used.reason.clone()),
                day(used.used_on, cx),
            ],
        }
    };
    cx.world.lesson_uses.of(lesson.id).rev().map(row).collect()
}

/// What came of a lesson at an order: what a person said of it, else what happened there.
#[must_use]
pub fn outcome(cx: &Cx<'_>, lesson: &Lesson, used: &LessonUse) -> Cell {
    if !used.ticked {
        return dim(cx.say(intake::LESSON_PASSED));
    }
    match used.helped {
        Some(true) => return Cell::new(cx.say(said::HELPED), Role::Ok),
        Some(false) => return Cell::new(cx.say(said::NOT_HELPED), Role::Bad),
        None => {}
    }
    match lesson::outcome(cx.world, cx.base(), lesson, used) {
        Some(true) => Cell::new(cx.say(intake::LESSON_HELD), Role::Ok),
        Some(false) => Cell::new(cx.say(intake::LESSON_REPEATED), Role::Bad),
        None => Cell::new(cx.say(intake::LESSON_TICKED), Role::Ok),
    }
}
