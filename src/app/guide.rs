//! Shows the way: the tour, the box after a first key, and `F1` for what has the keys.

use crossterm::event::{KeyCode, KeyEvent};

use super::App;
use super::action::{ACTIONS, Action, Group, Info};
use super::keymap::{Chord, Key};
use super::route::group_stage;
use crate::overlay::Overlay;
use crate::overlay::form::{Field, FieldKind};
use crate::overlay::pages::{Line, Page};
use crate::text::guide::{self as words, STEPS};
use crate::text::{Label, Word, handing, ledger, lessons, shell, shipping, timeline, transfer};
use crate::theme::Role;

impl App {
    /// The keys that fill the marks of a step of the tour.
    #[must_use]
    pub fn tour_keys(&self, step: usize) -> Vec<String> {
        let actions: &[Action] = match step {
            0 => &[Action::Today, Action::Exceptions],
            1 => &[
                Action::Up,
                Action::Down,
                Action::NextPart,
                Action::ColumnsRight,
            ],
            2 => &[Action::Menu, Action::Open],
            3 => &[Action::Palette, Action::Jump, Action::Filter],
            4 => &[Action::Undo, Action::Redo],
            _ => &[Action::Help, Action::Language, Action::Theme, Action::Tour],
        };
        actions.iter().map(|a| self.keymap.label(*a)).collect()
    }

    pub(super) fn on_tour_key(&mut self, key: KeyEvent) {
        let Some(Overlay::Tour(step)) = self.overlays.last_mut() else {
            return;
        };
        match key.code {
            KeyCode::Esc => {
                self.overlays.pop();
            }
            KeyCode::Left | KeyCode::Up | KeyCode::PageUp | KeyCode::BackTab => {
                *step = step.saturating_sub(1);
            }
            KeyCode::Enter
            | KeyCode::Right
            | KeyCode::Down
            | KeyCode::PageDown
            | KeyCode::Tab
            | KeyCode::Char(' ') => {
                *step += 1;
                if *step >= STEPS.len() {
                    self.overlays.pop();
                }
            }
            _ => {}
        }
    }

    /// The key after a first one.
    pub(super) fn on_prefix_key(&mut self, event: KeyEvent) {
        let Some(Overlay::Prefix(first)) = self.overlays.last() else {
            return;
        };
        let first = Some(*first);
        self.overlays.pop();
        let Some(key) = Key::of(&event) else { return };
        match self.keymap.of(self.stage, Chord { first, key }) {
            Some(action) => self.act(action),
            None if event.code == KeyCode::Esc => {}
            None => self.say_word(shell::UNKNOWN_KEY, Role::Dim),
        }
    }

    /// Whether a key asks for help and is no text.
    pub(super) fn asks_help(&self, event: &KeyEvent) -> bool {
        let bound = Key::of(event).filter(|key| !matches!(key, Key::Char(_)));
        bound.is_some_and(|key| self.keymap.action(self.stage, key) == Some(Action::Help))
    }

    /// Explains what has the keys: the field of a form, the keys of a page.
    pub(super) fn explain(&mut self) {
        let Some(overlay) = self.overlays.last() else {
            self.help();
            return;
        };
        let (title, lines) = match overlay {
            Overlay::Form(editor) => {
                let key = editor.focused();
                let Some(field) = editor.form.fields.iter().find(|f| f.key == key) else {
                    return;
                };
                let wrong = Some(editor.error(key, self.lang)).filter(|said| !said.is_empty());
                let mut lines = self.explain_field(field, wrong);
                lines.extend(self.keys_of(shell::FORM_KEYS));
                (
                    format!("{} · {}", editor.form.title, field.label.text(self.lang)),
                    lines,
                )
            }
            Overlay::Picker(picker) => (picker.title.clone(), self.keys_of(words::PICKER_KEYS)),
            // A page of help explains itself, and a question says its keys.
            Overlay::Page(_) | Overlay::Tour(_) | Overlay::Prefix(_) => return,
            other => {
                let title = words::KEYS_HERE.text(self.lang).to_owned();
                let mut lines = self.keys_of(own_keys(other));
                lines.extend(self.keys_of(words::EVERYWHERE_KEYS));
                (title, lines)
            }
        };
        self.overlays.push(Overlay::Page(Page::new(title, lines)));
    }

    /// Keys and what they do, from the words at the foot of a page.
    fn keys_of(&self, foot: Word) -> Vec<Line> {
        let pairs = foot.text(self.lang).split("  ");
        pairs
            .filter(|pair| !pair.trim().is_empty())
            .map(|pair| Line {
                left: String::new(),
                text: pair.trim().to_owned(),
                role: Role::Base,
            })
            .collect()
    }

    fn explain_field(&self, field: &Field, wrong: Option<String>) -> Vec<Line> {
        let line = |left: Word, text: String, role| Line {
            left: left.text(self.lang).to_owned(),
            text,
            role,
        };
        let say = |word: Word| word.text(self.lang).to_owned();
        let mut lines = Vec::new();
        lines.extend(wrong.map(|said| line(words::WRONG_NOW, said, Role::Bad)));
        if field.required {
            lines.push(line(words::FIELD, say(words::REQUIRED), Role::Base));
        }
        lines.extend(
            field
                .hint
                .map(|hint| line(words::HINT, say(hint), Role::Base)),
        );
        let how = match &field.kind {
            FieldKind::Text => words::TAKES_TEXT,
            FieldKind::Note => words::TAKES_NOTE,
            FieldKind::Amount => words::TAKES_AMOUNT,
            FieldKind::Whole => words::TAKES_WHOLE,
            FieldKind::Date => words::TAKES_DATE,
            FieldKind::Day => words::TAKES_DAY,
            FieldKind::Choice(_) => words::TAKES_CHOICE,
            FieldKind::Grid(_) => shell::FORM_TABLE,
        };
        lines.push(line(words::HOW, say(how), Role::Base));
        if let FieldKind::Choice(options) = &field.kind {
            let all: Vec<&str> = options.iter().map(|(_, word)| word.as_str()).collect();
            lines.push(line(words::CHOICES, all.join(" · "), Role::Base));
        }
        if !field.known.is_empty() {
            let count = field.known.len().to_string();
            let said = words::KNOWN_COUNT.fill(self.lang, &[&count]);
            lines.push(line(words::KNOWN, said, Role::Base));
        }
        lines.push(line(words::KEYS_HERE, String::new(), Role::Title));
        lines
    }

    /// Help of a panel: the part at hand, the panel, then what works everywhere.
    pub(super) fn help(&mut self) {
        let here = self.panel().stage();
        let line = |info: &Info| Line {
            left: self.keymap.label(info.action),
            text: format!(
                "{} — {}",
                info.word.text(self.lang),
                info.help.text(self.lang)
            ),
            role: Role::Base,
        };
        let title = |text: &str| Line {
            left: String::new(),
            text: text.to_owned(),
            role: Role::Title,
        };
        let mut lines = Vec::new();
        if let Some(board) = self.board() {
            let at = board.focus.checked_sub(1);
            let part = at.and_then(|at| board.detail.parts.get(at));
            if let Some(part) = part {
                let name = part.title.text(self.lang);
                lines.push(title(&words::HERE.fill(self.lang, &[name])));
                let own = self.panel().actions(&board.spot());
                lines.extend(own.iter().map(|action| line(action.info())));
            }
            if board.in_picture() {
                let picture = |info: &&Info| info.group == Group::Picture;
                lines.push(title(shell::HELP_PICTURE.text(self.lang)));
                lines.extend(ACTIONS.iter().filter(picture).map(line));
            }
        }
        let own = |info: &&Info| group_stage(info.group) == Some(here);
        lines.push(title(here.word().text(self.lang)));
        lines.extend(ACTIONS.iter().filter(own).map(line));
        lines.push(title(shell::HELP_EVERYWHERE.text(self.lang)));
        let general = |info: &&Info| group_stage(info.group).is_none();
        lines.extend(ACTIONS.iter().filter(general).map(line));
        self.overlays
            .push(Overlay::Page(Page::new(shell::HELP.text(self.lang), lines)));
    }
}

/// The keys that a page has beside those of every page.
const fn own_keys(overlay: &Overlay) -> Word {
    match overlay {
        Overlay::Sampling(_) => shipping::SAMPLING_KEYS,
        Overlay::Lessons(_) => lessons::KEYS,
        Overlay::Timeline(_) => timeline::KEYS,
        Overlay::Ledger(_) => ledger::KEYS,
        Overlay::Import(_) => transfer::KEYS_PATH,
        Overlay::Writing(..) => handing::KEYS_WRITING,
        _ => words::QUESTION_KEYS,
    }
}
