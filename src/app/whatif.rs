//! What-if copies (假设): the whole data in memory, to try changes on and throw away.
//!
//! While one is open every panel, form and plan works on it and the file is not touched. What was
//! done on it is remembered as commands, so that it can be taken over into the file as it is, as
//! long as nobody has changed the file since.

use super::App;
use super::outlook::Outlook;
use crate::command::{self, Command, Done, Refusal};
use crate::domain::world::World;
use crate::overlay::Overlay;
use crate::overlay::picker::{Entry, Picker, Target};
use crate::overlay::sheet::Sheet;
use crate::panel::{Cell, Column, Listing, Row, Width, build, column};
use crate::store::Store;
use crate::text::{Lang, refusal, whatif as said, words as w};
use crate::theme::Role;

/// Copies that are kept at once; each holds the whole data in memory.
const COPIES_MAX: usize = 4;
/// Their names.
const NAMES: [&str; COPIES_MAX] = ["A", "B", "C", "D"];

/// A copy of the data with what was done on it.
#[derive(Debug)]
pub struct Copy {
    name: &'static str,
    /// Not there while it is the one on the screen.
    store: Option<Store>,
    commands: Vec<Command>,
    /// Commands taken back, the latest last.
    undone: Vec<Command>,
    /// The last change of the file when it was copied.
    stands_on: i64,
    outlook: Outlook,
}

/// All copies; the one that is open, and the file behind it.
#[derive(Debug, Default)]
pub struct Copies {
    copies: Vec<Copy>,
    active: Option<usize>,
    file: Option<Box<(Store, Outlook)>>,
}

/// What can be done with copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Start,
    Open(usize),
    /// Back to the file; the copy is kept.
    Leave,
    TakeOver,
    Compare,
    Drop(usize),
}

impl Copies {
    /// Name of the copy on the screen and how many changes were made on it.
    #[must_use]
    pub fn open(&self) -> Option<(&'static str, usize)> {
        let copy = self.copies.get(self.active?)?;
        Some((copy.name, copy.commands.len()))
    }

    /// The file, while a copy is on the screen.
    pub(super) fn file_behind(&mut self) -> Option<&mut Store> {
        self.file.as_mut().map(|file| &mut file.0)
    }

    fn active_mut(&mut self) -> Option<&mut Copy> {
        self.copies.get_mut(self.active?)
    }
}

impl App {
    /// Runs a command on whatever is on the screen, and remembers it where that is a copy.
    pub(super) fn apply(&mut self, command: &Command) -> Result<Done, Refusal> {
        let done = self.apply_on_newest(command)?;
        if let Some(copy) = self.whatif.active_mut()
            && done.change.id != 0
        {
            copy.commands.push(command.clone());
            copy.undone.clear();
        }
        Ok(done)
    }

    /// Whether undo may go on: a copy is taken back to where it began and no further.
    pub(super) fn may_revert(&self, undo: bool) -> bool {
        let Some(copy) = self.whatif.active.and_then(|n| self.whatif.copies.get(n)) else {
            return true;
        };
        let stack = if undo { &copy.commands } else { &copy.undone };
        !stack.is_empty()
    }

    /// Remembers that the latest command on a copy was taken back, or brought again.
    pub(super) fn reverted(&mut self, undo: bool) {
        let Some(copy) = self.whatif.active_mut() else {
            return;
        };
        let (from, to) = if undo {
            (&mut copy.commands, &mut copy.undone)
        } else {
            (&mut copy.undone, &mut copy.commands)
        };
        to.extend(from.pop());
    }

    /// Starts the first copy at once; with some there already, lists what can be done.
    pub(super) fn whatif_menu(&mut self) {
        if self.whatif.copies.is_empty() {
            self.choose_whatif(Choice::Start);
            return;
        }
        let lang = self.lang;
        let entry = |text: String, choice: Choice| Entry {
            text,
            right: String::new(),
            also: String::new(),
            target: Target::WhatIf(choice),
        };
        let mut entries = Vec::new();
        if let Some((name, changes)) = self.whatif.open() {
            let count = changes.to_string();
            entries.push(entry(said::LEAVE.fill(lang, &[name]), Choice::Leave));
            entries.push(entry(
                said::TAKE_OVER.fill(lang, &[name, &count]),
                Choice::TakeOver,
            ));
        }
        entries.push(entry(said::COMPARE.text(lang).to_owned(), Choice::Compare));
        for (at, copy) in self.whatif.copies.iter().enumerate() {
            let count = copy.commands.len().to_string();
            if self.whatif.active != Some(at) {
                let text = said::OPEN.fill(lang, &[copy.name, &count]);
                entries.push(entry(text, Choice::Open(at)));
            }
        }
        for (at, copy) in self.whatif.copies.iter().enumerate() {
            let count = copy.commands.len().to_string();
            let text = said::DROP.fill(lang, &[copy.name, &count]);
            entries.push(entry(text, Choice::Drop(at)));
        }
        if self.whatif.copies.len() < COPIES_MAX {
            entries.push(entry(said::START.text(lang).to_owned(), Choice::Start));
        }
        let title = said::TITLE.text(lang);
        self.overlays
            .push(Overlay::Picker(Picker::new(title, entries)));
    }

    /// Does what was chosen.
    pub(crate) fn choose_whatif(&mut self, choice: Choice) {
        match choice {
            Choice::Start => self.start_copy(),
            Choice::Open(at) => self.open_copy(at),
            Choice::Leave => {
                self.leave_copy();
                self.show_again();
                self.say_word(said::LEFT, Role::Ok);
            }
            Choice::TakeOver => self.take_over(),
            Choice::Compare => self.compare_copies(),
            Choice::Drop(at) => self.drop_copy(at),
        }
    }

    /// Copies the file, always from the file itself.
    fn start_copy(&mut self) {
        let free = |name: &&&str| !self.whatif.copies.iter().any(|c| c.name == **name);
        let Some(name) = NAMES.iter().find(free).copied() else {
            let most = COPIES_MAX.to_string();
            let text = said::TOO_MANY.fill(self.lang, &[&most]);
            self.say(text, Role::Warn);
            return;
        };
        self.leave_copy();
        let copied = self
            .store
            .copy_in_memory()
            .and_then(|copy| Ok((copy, self.store.journal(None, 1)?)));
        match copied {
            Ok((store, journal)) => {
                self.whatif.copies.push(Copy {
                    name,
                    store: Some(store),
                    commands: Vec::new(),
                    undone: Vec::new(),
                    stands_on: journal.first().map_or(0, |line| line.id),
                    outlook: self.outlook.clone(),
                });
                self.open_copy(self.whatif.copies.len() - 1);
            }
            Err(error) => {
                let text = refusal::store(&error, self.lang);
                self.say(text, Role::Bad);
            }
        }
    }

    fn open_copy(&mut self, at: usize) {
        self.leave_copy();
        let Some(copy) = self.whatif.copies.get_mut(at) else {
            return;
        };
        let Some(store) = copy.store.take() else {
            return;
        };
        let name = copy.name;
        let outlook = std::mem::replace(&mut self.outlook, copy.outlook.clone());
        let file = std::mem::replace(&mut self.store, store);
        self.whatif.file = Some(Box::new((file, outlook)));
        self.whatif.active = Some(at);
        self.show_again();
        let text = said::OPENED.fill(self.lang, &[name]);
        self.say(text, Role::Warn);
    }

    /// Goes back to the file without reading it again; nothing where it is on the screen.
    fn leave_copy(&mut self) {
        let Some((file, outlook)) = self.whatif.file.take().map(|f| *f) else {
            return;
        };
        let store = std::mem::replace(&mut self.store, file);
        let outlook = std::mem::replace(&mut self.outlook, outlook);
        if let Some(copy) = self.whatif.active_mut() {
            copy.store = Some(store);
            copy.outlook = outlook;
        }
        self.whatif.active = None;
    }

    /// Reads whatever is on the screen now.
    fn show_again(&mut self) {
        self.seen_version = self.store.data_version().unwrap_or(self.seen_version);
        if let Err(error) = self.reload() {
            let text = refusal::store(&error, self.lang);
            self.say(text, Role::Bad);
        }
    }

    fn drop_copy(&mut self, at: usize) {
        let was_open = self.whatif.active == Some(at);
        if was_open {
            self.leave_copy();
        }
        let open = self.whatif.active;
        if at < self.whatif.copies.len() {
            let copy = self.whatif.copies.remove(at);
            self.whatif.active = open.map(|n| if n > at { n - 1 } else { n });
            let text = said::DROPPED.fill(self.lang, &[copy.name]);
            if was_open {
                self.show_again();
            }
            self.say(text, Role::Ok);
        }
    }

    /// Makes the changes of the open copy in the file, one after another.
    fn take_over(&mut self) {
        let Some(at) = self.whatif.active else { return };
        self.leave_copy();
        let head = self.store.journal(None, 1);
        let head = head.ok().and_then(|j| j.first().map(|line| line.id));
        let Some(copy) = self.whatif.copies.get(at) else {
            return;
        };
        // Rows made on the copy have the numbers they will have in the file only if nothing
        // was made there in between.
        if head.unwrap_or(0) != copy.stands_on {
            self.show_again();
            self.say_word(said::FILE_MOVED_ON, Role::Bad);
            return;
        }
        let commands = copy.commands.clone();
        let count = commands.len();
        for (done, command) in commands.iter().enumerate() {
            let world = self.store.working();
            let refused = match world {
                Ok(world) => command::apply(&mut self.store, &world, command).err(),
                Err(error) => Some(error.into()),
            };
            if let Some(refused) = refused {
                self.show_again();
                let why = refusal::sentence(&refused, self.lang);
                let text = said::TAKEN_PARTLY
                    .fill(self.lang, &[&done.to_string(), &count.to_string(), &why]);
                self.say(text, Role::Bad);
                return;
            }
        }
        self.whatif.copies.remove(at);
        self.show_again();
        let text = said::TAKEN.fill(self.lang, &[&count.to_string()]);
        self.say(text, Role::Ok);
    }

    /// The production orders that finish at another time in any of the copies.
    fn compare_copies(&mut self) {
        let file = self.whatif.file.as_ref().map_or(&self.outlook, |f| &f.1);
        let outlooks: Vec<(&str, &Outlook)> = self
            .whatif
            .copies
            .iter()
            .enumerate()
            .map(|(at, copy)| match self.whatif.active {
                Some(n) if n == at => (copy.name, &self.outlook),
                _ => (copy.name, &copy.outlook),
            })
            .collect();
        let mut lines = vec![(
            totals(said::FILE.text(self.lang), file, self.lang),
            Role::Base,
        )];
        for (name, outlook) in &outlooks {
            let name = said::COPY.fill(self.lang, &[name]);
            lines.push((totals(&name, outlook, self.lang), Role::Base));
        }
        let rows = rows(&self.cx(), &self.world, file, &outlooks);
        let mut sheet = Sheet::read(said::COMPARE.text(self.lang), rows);
        sheet.lines = lines;
        self.overlays.push(Overlay::Sheet(Box::new(sheet)));
    }
}

/// The headings of the comparison: the file and up to four copies.
const COLUMNS: &[Column] = &[
    column(w::PRODUCTION_NO, Width::Fixed(9), 0),
    column(w::ORDER_NO, Width::Fixed(10), 1),
    column(w::DUE, Width::Fixed(11), 2),
    column(said::FILE, Width::Fixed(11), 0),
    column(said::COPY_A, Width::Fixed(11), 0),
    column(said::COPY_B, Width::Fixed(11), 0),
    column(said::COPY_C, Width::Fixed(11), 0),
    column(said::COPY_D, Width::Fixed(11), 0),
];

fn rows(
    cx: &crate::panel::Cx<'_>,
    world: &World,
    file: &Outlook,
    copies: &[(&str, &Outlook)],
) -> Listing {
    let ends = |o: &Outlook, id: i64| o.finishes.get(&id).map(|f| f.ends.date());
    let mut ids: Vec<i64> = file.finishes.keys().copied().collect();
    ids.extend(copies.iter().flat_map(|(_, o)| o.finishes.keys().copied()));
    ids.sort_unstable();
    ids.dedup();
    let row = |id: i64| {
        let was = ends(file, id);
        if copies.iter().all(|(_, o)| ends(o, id) == was) {
            return None;
        }
        let made = world.production_orders.get(id);
        let owner = made.and_then(|m| crate::domain::rule::production::owner(world, m));
        let mut cells = vec![
            Cell::new(
                made.map_or_else(|| "—".to_owned(), |m| m.no.clone()),
                Role::Base,
            ),
            Cell::new(owner.map_or("", |(o, _)| o.no.as_str()), Role::Base),
            build::day(
                owner.and_then(|(_, l)| crate::domain::rule::delivery::line_due(l)),
                cx,
            ),
            build::day(was, cx),
        ];
        for name in NAMES {
            let copy = copies.iter().find(|(n, _)| *n == name);
            let mut cell = copy.map_or_else(Cell::default, |(_, o)| build::day(ends(o, id), cx));
            if let Some((_, o)) = copy {
                cell.role = match ends(o, id).cmp(&was) {
                    std::cmp::Ordering::Greater => Role::Bad,
                    std::cmp::Ordering::Less => Role::Ok,
                    std::cmp::Ordering::Equal => Role::Dim,
                };
            }
            cells.push(cell);
        }
        Some(Row { id, cells })
    };
    Listing {
        columns: COLUMNS,
        rows: ids.into_iter().filter_map(row).collect(),
        empty: Some(said::ALL_THE_SAME),
    }
}

fn totals(name: &str, outlook: &Outlook, lang: Lang) -> String {
    let late = outlook.finishes.values().filter(|f| f.late_days > 0);
    let days: i64 = late.clone().map(|f| f.late_days).sum();
    let args = [
        name.to_owned(),
        outlook.finishes.len().to_string(),
        late.count().to_string(),
        days.to_string(),
    ];
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    said::TOTALS.fill(lang, &args)
}
