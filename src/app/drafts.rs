//! Drafts and leaving: what was typed into a form and not saved is in the file, and comes back.
//!
//! A draft is written when a field is left, and by the main loop within a second of a key. Only
//! what differs from the draft in the file is written, so that an open form costs nothing.

use crossterm::event::{KeyCode, KeyEvent};

use super::whatif::Copies;
use super::{App, Next};
use crate::overlay::editor::Editor;
use crate::overlay::editor::draft::{self, Due};
use crate::overlay::form::{Form, FormKind};
use crate::overlay::picker::{Entry, Picker, Target};
use crate::overlay::{Overlay, forms};
use crate::store::{Draft, Store, StoreError};
use crate::text::{diary, refusal, shell};
use crate::theme::Role;

/// The forms that begin with what a row holds and write it back.
const EDITS: &[FormKind] = {
    use FormKind as K;
    &[
        K::EditOrder,
        K::Amend,
        K::EditLine,
        K::QueryAnswer,
        K::Acknowledge,
        K::Facts,
        K::Aliases,
        K::Milestone,
        K::Sample,
        K::Lesson,
        K::Expected,
        K::Answer,
        K::PlanRules,
        K::Block,
        K::ResizeProduction,
        K::ChangePurchase,
        K::Correct,
        K::Inspection,
        K::Shipment,
        K::Book,
        K::Carton,
        K::Paper,
        K::PaperDays,
        K::Credit,
        K::WorkException,
        K::DecideException,
        K::CloseException,
        K::WayOut,
        K::Effect,
        K::Action,
        K::Evidence,
        K::EscalationRules,
        K::Deposit,
        K::Authorise,
        K::SummaryText,
    ]
};

/// A name that no other session has: the process, the moment, a count.
pub(super) fn session() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static SESSIONS: AtomicU64 = AtomicU64::new(0);
    let process = std::process::id();
    let started = crate::clock::Clock::System.stamp();
    format!(
        "{process} {started} {}",
        SESSIONS.fetch_add(1, Ordering::Relaxed)
    )
}

impl App {
    /// Opens a form; what was kept of it as a draft comes back with a word.
    pub(crate) fn open_form(&mut self, form: Form) {
        let (kind, subject) = (form.kind, form.subject);
        let mut editor = Editor::new(form);
        if EDITS.contains(&kind)
            && let Some(row) = forms::open(kind, subject, &self.cx())
        {
            editor = editor.standing_on(draft::values(&row), self.newest());
        }
        let mut kept = self.drafts.iter();
        if let Some(at) = kept.position(|d| d.form == kind.name() && d.subject == subject) {
            let draft = self.drafts.remove(at);
            editor.take_draft(&serde_json::from_str(&draft.fields).unwrap_or_default());
            self.own_draft(&draft);
            self.say_word(shell::DRAFT_BACK, Role::Ok);
        }
        self.overlays.push(Overlay::Form(Box::new(editor)));
    }

    /// Opens the draft at a place in the list.
    pub(crate) fn open_draft(&mut self, at: usize) {
        let Some(draft) = self.drafts.get(at).cloned() else {
            return;
        };
        let form =
            FormKind::of(&draft.form).and_then(|kind| forms::open(kind, draft.subject, &self.cx()));
        match form {
            Some(form) => self.open_form(form),
            None => {
                self.drafts.remove(at);
                let store = drafts_in(&mut self.whatif, &mut self.store);
                let _ = store.drop_draft(&draft.form, draft.subject, &draft.session);
                self.say_word(shell::DRAFT_GONE, Role::Warn);
            }
        }
    }

    /// Whether something may have been typed that no draft holds yet.
    #[must_use]
    pub fn has_unkept(&self) -> bool {
        self.overlays.iter().any(|overlay| match overlay {
            Overlay::Form(editor) => editor.is_unkept(),
            _ => false,
        })
    }

    /// Keeps what stands in the open forms, where it was changed since it was kept last.
    pub fn keep_draft(&mut self) {
        let mut failed = None;
        let store = drafts_in(&mut self.whatif, &mut self.store);
        for overlay in &mut self.overlays {
            let Overlay::Form(editor) = overlay else {
                continue;
            };
            let (kind, subject) = (editor.form.kind.name(), editor.form.subject);
            let done = match editor.due() {
                Due::Nothing => Ok(()),
                Due::Write(fields) => store.keep_draft(kind, subject, &self.session, &fields),
                Due::Drop => store.drop_draft(kind, subject, &self.session),
            };
            if let Err(error) = done {
                editor.not_kept();
                failed = Some(error);
            }
        }
        if let Some(error) = failed {
            self.say_store(&error);
        }
    }

    /// The drafts in the file; none where it cannot be read.
    pub(super) fn kept_drafts(&mut self) -> Vec<Draft> {
        let store = drafts_in(&mut self.whatif, &mut self.store);
        store.drafts().unwrap_or_default()
    }

    /// Takes the answer to a question.
    pub(super) fn on_question_key(&mut self, key: KeyEvent) {
        let yes = matches!(key.code, KeyCode::Enter | KeyCode::Char('y' | 'Y' | 'ｙ'));
        let no = matches!(key.code, KeyCode::Esc | KeyCode::Char('n' | 'N' | 'ｎ'));
        let drop = matches!(key.code, KeyCode::Delete | KeyCode::Char('d' | 'D'));
        match self.overlays.last() {
            Some(Overlay::LeaveForm) if yes => {
                // The draft is kept; the form can be opened again where it was left.
                self.keep_draft();
                self.overlays
                    .truncate(self.overlays.len().saturating_sub(2));
                self.drafts = self.kept_drafts();
                self.say_word(shell::DRAFT_KEPT, Role::Base);
            }
            Some(Overlay::LeaveForm) if drop => {
                let form = self.editor().map(|e| (e.form.kind, e.form.subject));
                self.overlays
                    .truncate(self.overlays.len().saturating_sub(2));
                if let Some((kind, subject)) = form {
                    self.forget_draft(kind, subject);
                }
                self.say_word(shell::DRAFT_DROPPED, Role::Base);
            }
            Some(Overlay::Quit) if yes => self.next.push(Next::Quit),
            Some(Overlay::Confirm { .. }) if yes => {
                if let Some(Overlay::Confirm { command, .. }) = self.overlays.pop() {
                    self.run_command(&command);
                }
            }
            _ if no => {
                self.overlays.pop();
            }
            _ => {}
        }
    }

    /// Leaves the form on top, asking first where something was typed.
    pub(super) fn leave_form(&mut self) {
        let changed = self.editor().is_some_and(|e| e.is_changed());
        if changed {
            self.keep_draft();
            self.overlays.push(Overlay::LeaveForm);
        } else {
            self.overlays.pop();
        }
    }

    /// Ends: what was typed is kept, the file is closed.
    pub(super) fn end(&mut self) {
        self.keep_draft();
        // A file that cannot be closed in order is whole all the same.
        let _ = drafts_in(&mut self.whatif, &mut self.store).close();
    }

    /// Drops what was kept of a form; what another session keeps of the same form stays.
    pub(crate) fn forget_draft(&mut self, kind: FormKind, subject: i64) {
        let store = drafts_in(&mut self.whatif, &mut self.store);
        if let Err(error) = store.drop_draft(kind.name(), subject, &self.session) {
            self.say_store(&error);
        }
    }

    /// Makes a draft that an earlier session left this session's own.
    fn own_draft(&mut self, draft: &Draft) {
        let store = drafts_in(&mut self.whatif, &mut self.store);
        let taken = store
            .keep_draft(&draft.form, draft.subject, &self.session, &draft.fields)
            .and_then(|()| store.drop_draft(&draft.form, draft.subject, &draft.session));
        if let Err(error) = taken {
            self.say_store(&error);
        }
    }

    pub(super) fn say_store(&mut self, error: &StoreError) {
        let text = refusal::store(error, self.lang);
        self.say(text, Role::Bad);
    }

    /// Lists the drafts that were found at the start.
    pub(super) fn offer_drafts(&mut self) {
        if self.drafts.is_empty() {
            return;
        }
        let entry = |(at, draft): (usize, &Draft)| {
            let form = FormKind::of(&draft.form)
                .and_then(|kind| forms::open(kind, draft.subject, &self.cx()));
            let text = form.map_or_else(|| draft.form.clone(), |form| form.title);
            Entry {
                text,
                right: diary::local(&draft.at),
                also: String::new(),
                target: Target::Draft(at),
            }
        };
        let entries = self.drafts.iter().enumerate().map(entry).collect();
        let title = shell::DRAFTS_FOUND.text(self.lang);
        self.overlays
            .push(Overlay::Picker(Picker::new(title, entries)));
    }
}

/// Where drafts are kept: in the file also of forms in a what-if copy, which goes with the program.
fn drafts_in<'a>(copies: &'a mut Copies, store: &'a mut Store) -> &'a mut Store {
    match copies.file_behind() {
        Some(file) => file,
        None => store,
    }
}
