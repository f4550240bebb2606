//! Other sessions on the same file: what they saved is seen, and never overwritten unseen.
//!
//! A command is made from the data on the screen. Where another session has saved since, the file
//! refuses it, the data are read again, and it is made again, unless a form then shows something
//! else than what it was opened on: then both versions are put beside each other.

use crossterm::event::KeyEvent;

use super::App;
use crate::command::{self, Command, Done, Problem, Refusal};
use crate::overlay::versions::{Versions, VersionsReply};
use crate::overlay::{Overlay, forms};
use crate::store::StoreError;
use crate::store::journal::Line;
use crate::text::{diary, versions as said};
use crate::theme::Role;

/// How often a command is made again where other sessions save all the time.
const TRIES_MAX: usize = 20;

impl App {
    /// Number of the newest change on the screen.
    pub(super) fn newest(&self) -> i64 {
        self.journal.first().map_or(0, |line| line.id)
    }

    /// Loads everything again where another session has written.
    ///
    /// Drafts of others change nothing that is shown here and load nothing.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn notice_others(&mut self) -> Result<bool, StoreError> {
        self.store.look_again()?;
        let version = self.store.data_version()?;
        if version == self.seen_version {
            return Ok(false);
        }
        let before = self.newest();
        if self.store.newest()? == before {
            self.seen_version = version;
            return Ok(false);
        }
        self.reload()?;
        self.seen_version = version;
        self.say_news(before);
        Ok(true)
    }

    /// Says what another session did, where nothing more important is being said.
    fn say_news(&mut self, before: i64) {
        let Some(line) = self.journal.first().filter(|line| line.id > before) else {
            return;
        };
        let did = diary::deed_about(line.did, &line.args, &line.order_no, self.lang);
        if self.versions().is_some_and(|page| page.is_needed()) {
            self.say(said::NOTICED.fill(self.lang, &[&did]), Role::Warn);
        } else if self.note.is_none() {
            self.say(said::NEWS.fill(self.lang, &[&did]), Role::Base);
        }
    }

    /// Runs a command made from the newest data.
    pub(super) fn apply_on_newest(&mut self, command: &Command) -> Result<Done, Refusal> {
        for _ in 0..TRIES_MAX {
            self.store.stand_on(Some(self.newest()));
            let done = command::apply(&mut self.store, &self.world, command);
            self.store.stand_on(None);
            match done {
                Err(Refusal {
                    problem: Problem::Store(StoreError::Moved),
                    ..
                }) => {
                    self.reload()?;
                    if self.versions().is_some_and(|page| page.is_needed()) {
                        break;
                    }
                }
                done => return done,
            }
        }
        Err(StoreError::Moved.into())
    }

    /// What another session saved of the row in the open form since that was opened.
    fn versions(&self) -> Option<Versions> {
        let editor = self
            .overlays
            .iter()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Form(editor) => Some(editor),
                _ => None,
            })?;
        if editor.basis.is_empty() || editor.seen >= self.newest() {
            return None;
        }
        let fresh = forms::open(editor.form.kind, editor.form.subject, &self.cx())?;
        let head = self.journal.first().map(|line| self.told(line));
        let head = head.unwrap_or_default();
        let page = Versions::new(&editor.basis, &editor.form, fresh, head, self.lang);
        Some(page)
    }

    fn told(&self, line: &Line) -> String {
        let did = diary::deed(line.did, &line.args, self.lang);
        let by = format!("{} {}", line.who, diary::local(&line.at));
        said::THEY_DID.fill(self.lang, &[by.trim(), &did])
    }

    /// Puts the form on top on what its row holds now; false where both versions are shown first.
    pub(super) fn form_is_current(&mut self) -> bool {
        if let Err(error) = self.notice_others() {
            self.say_store(&error);
        }
        let Some(page) = self.versions() else {
            return true;
        };
        // Pages that ask about the command of the form are about the old version.
        while !matches!(self.overlays.last(), None | Some(Overlay::Form(_))) {
            self.overlays.pop();
        }
        if !page.is_needed() {
            self.rebase_form(&page);
            return true;
        }
        self.keep_draft();
        self.note = None;
        self.overlays.push(Overlay::Versions(Box::new(page)));
        false
    }

    /// Goes on in the form on top with what was merged.
    fn rebase_form(&mut self, page: &Versions) {
        let newest = self.newest();
        let Some(Overlay::Form(editor)) = self.overlays.last_mut() else {
            return;
        };
        let (was, subject) = (editor.form.kind, editor.form.subject);
        editor.rebase(page.merged(), page.basis(), newest);
        if editor.form.kind != was {
            // An order that was accepted meanwhile is changed by another form.
            self.forget_draft(was, subject);
        }
    }

    /// After a refusal: whether it came from another session's change, which is then read.
    pub(super) fn meets_others(&mut self, refused: &Refusal) -> bool {
        let stale = matches!(
            refused.problem,
            Problem::Store(
                StoreError::Stale { .. } | StoreError::Missing { .. } | StoreError::Moved
            )
        );
        if stale && let Err(error) = self.reload() {
            self.say_store(&error);
        }
        stale
    }

    pub(super) fn on_versions_key(&mut self, key: KeyEvent) {
        let Some(Overlay::Versions(mut page)) = self.overlays.pop() else {
            return;
        };
        match page.on_key(key) {
            VersionsReply::Taken => self.overlays.push(Overlay::Versions(page)),
            VersionsReply::Undecided(n) => {
                self.overlays.push(Overlay::Versions(page));
                let text = said::UNDECIDED.fill(self.lang, &[&n.to_string()]);
                self.say(text, Role::Warn);
            }
            VersionsReply::Save => {
                self.rebase_form(&page);
                self.save_form();
            }
            VersionsReply::Leave => {
                self.rebase_form(&page);
                self.keep_draft();
                self.say_word(said::BACK, Role::Base);
            }
        }
    }

    /// Whether undo may go on: not over what another session did that was never on the screen.
    pub(super) fn has_seen_all(&mut self) -> bool {
        match self.notice_others() {
            Ok(false) => return true,
            Ok(true) => {}
            Err(error) => {
                self.say_store(&error);
                return false;
            }
        }
        let line = self.journal.first();
        let did = line.map(|l| diary::deed(l.did, &l.args, self.lang));
        let text = said::LOOK_FIRST.fill(self.lang, &[&did.unwrap_or_default()]);
        self.say(text, Role::Warn);
        false
    }
}
