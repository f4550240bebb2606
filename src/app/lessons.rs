//! The lessons base on the screen: opening it, its keys, and what is said of repetitions.

use crossterm::event::KeyEvent;

use super::App;
use super::learned::About;
use crate::command::Command;
use crate::domain::codes::Stage;
use crate::domain::rule::lesson::base;
use crate::overlay::form::FormKind;
use crate::overlay::lessons::{Lessons, LessonsReply};
use crate::overlay::{Overlay, forms};
use crate::panel::Reply;
use crate::text::{lessons as said, shell};
use crate::theme::Role;

impl App {
    /// Opens the lessons base on what is selected: an exception, or an order at Intake.
    pub(super) fn open_lessons(&mut self) {
        let row = self.board().map_or(0, |b| b.row);
        let about = match self.stage {
            Stage::Exceptions if row != 0 => About::Exception(row),
            Stage::Intake if row != 0 => About::Order(row),
            _ => About::Nothing,
        };
        let page = Lessons::new(about, &self.cx());
        self.overlays.push(Overlay::Lessons(Box::new(page)));
    }

    /// Changes the page with everything it may look at.
    fn with_lessons<T>(
        &mut self,
        f: impl FnOnce(&mut Lessons, &crate::panel::Cx<'_>) -> T,
    ) -> Option<T> {
        let is_page = |o: &Overlay| matches!(o, Overlay::Lessons(_));
        let at = self.overlays.iter().position(is_page)?;
        let Overlay::Lessons(mut page) = self.overlays.remove(at) else {
            return None;
        };
        let value = f(&mut page, &self.cx());
        self.overlays.insert(at, Overlay::Lessons(page));
        Some(value)
    }

    /// Reads the page again after the data or the language changed.
    pub(super) fn refresh_lessons(&mut self) {
        self.with_lessons(|page, cx| page.read(cx));
    }

    pub(super) fn paste_lessons(&mut self, text: &str) {
        self.with_lessons(|page, cx| {
            page.paste(text);
            page.find(cx, true);
        });
    }

    pub(super) fn on_lessons_key(&mut self, key: KeyEvent) {
        self.note = None;
        let reply = self.with_lessons(|page, cx| {
            let reply = page.on_key(key, cx.world);
            match reply {
                LessonsReply::Taken => page.look(cx),
                LessonsReply::Changed => page.find(cx, true),
                _ => {}
            }
            reply
        });
        match reply.unwrap_or(LessonsReply::Leave) {
            LessonsReply::Taken | LessonsReply::Changed => {}
            LessonsReply::Leave => {
                self.overlays.pop();
            }
            LessonsReply::Exception(id) => {
                self.overlays.pop();
                self.go(Stage::Exceptions, None);
                self.run(Reply::Select(id));
            }
            LessonsReply::Form(kind, subject) => self.lesson_form(kind, subject),
            LessonsReply::Run(command) => {
                self.run_command(&command);
            }
            LessonsReply::Merge(merge) => {
                let world = &self.world;
                let name = |id| world.lessons.get(id).map_or("", |l| l.symptom.as_str());
                let uses = world.lesson_uses.of(merge.goes_id).count().to_string();
                let args = [name(merge.goes_id), name(merge.stays_id), uses.as_str()];
                let question = said::ASK_MERGE.fill(self.lang, &args);
                self.overlays.push(Overlay::Confirm {
                    question,
                    command: Box::new(Command::MergeLessons(merge)),
                });
            }
            LessonsReply::Undo(undo) => self.revert(undo),
            LessonsReply::Language => self.act(super::action::Action::Language),
            LessonsReply::Say(word) => self.say_word(word, Role::Warn),
        }
    }

    fn lesson_form(&mut self, kind: FormKind, subject: i64) {
        match forms::open(kind, subject, &self.cx()) {
            Some(form) => self.open_form(form),
            None => self.say_word(shell::NOT_HERE, Role::Warn),
        }
    }

    /// Where the exception that was just raised is not the first of its kind: which came before,
    /// and what was done here about what it taught.
    pub(super) fn happened_before(&self) -> Option<String> {
        let newest = self.world.exceptions.iter().next_back()?;
        let cx = self.cx();
        let before = base::before(&self.world, cx.base(), newest);
        let first = before.first()?;
        Some(said::before_said(&self.world, first, self.lang))
    }
}
