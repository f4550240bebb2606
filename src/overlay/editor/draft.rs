//! What is kept of a form that is not saved: its values, and what its row held when it was opened.

use std::collections::BTreeMap;

use super::super::form::Form;
use super::{Editor, basis_key, from_key};

/// Values by field.
pub type Values = BTreeMap<String, String>;

/// Under which name a draft carries what the row held in a field.
const WAS: &str = "was:";
/// Under which name a draft carries the newest change when that was read.
const SEEN: &str = "seen:";

/// The values of a form by field.
#[must_use]
pub fn values(form: &Form) -> Values {
    let fields = form.fields.iter();
    fields
        .map(|f| (f.key.to_owned(), f.value.clone()))
        .collect()
}

impl Editor {
    /// The same form, knowing what its row held by then: what others save later is told from it.
    #[must_use]
    pub fn standing_on(mut self, basis: Values, seen: i64) -> Self {
        (self.basis, self.seen) = (basis, seen);
        self
    }

    /// The values for a draft, hidden ones included.
    ///
    /// Of what the row held only that is kept which differs from what stands in the form.
    #[must_use]
    pub fn draft(&self) -> Values {
        let mut draft = self.form.hidden.clone();
        let now = values(&self.form);
        for (key, was) in &self.basis {
            if now.get(key) != Some(was) {
                draft.insert(format!("{WAS}{key}"), was.clone());
            }
        }
        if !self.basis.is_empty() {
            draft.insert(SEEN.to_owned(), self.seen.to_string());
        }
        draft.extend(now);
        draft
    }

    /// Puts the values of a draft in, with what the row held when they were typed.
    pub fn take_draft(&mut self, draft: &Values) {
        for (field, input) in self.form.fields.iter_mut().zip(&mut self.inputs) {
            let Some(value) = draft.get(field.key) else {
                continue;
            };
            if field.value != *value {
                self.form.hidden.remove(&basis_key(field.key));
            }
            field.value.clone_from(value);
            input.set(&field.kind, value);
        }
        for (key, value) in draft {
            let found = key.starts_with(&from_key(""));
            if found || self.form.hidden.contains_key(key) {
                self.form.hidden.insert(key.clone(), value.clone());
            }
        }
        if let Some(seen) = draft.get(SEEN).and_then(|seen| seen.parse().ok())
            && !self.basis.is_empty()
        {
            self.seen = seen;
            for (key, held) in &mut self.basis {
                // What the draft says nothing of was then as the form had it.
                let was = draft.get(&format!("{WAS}{key}")).or_else(|| draft.get(key));
                if let Some(was) = was {
                    held.clone_from(was);
                }
            }
        }
        self.note_kept();
    }

    /// Goes on with a form that stands on what the row holds now; the keys stay where they are.
    pub fn rebase(&mut self, form: Form, basis: Values, seen: i64) {
        let focused = self.focused();
        let kept = std::mem::take(&mut self.kept);
        let started: BTreeMap<_, _> = form
            .fields
            .iter()
            .map(|f| (f.key, basis.get(f.key).cloned().unwrap_or_default()))
            .collect();
        *self = Self {
            kept,
            started,
            unkept: true,
            ..Self::new(form).standing_on(basis, seen)
        };
        let at = self.form.fields.iter().position(|f| f.key == focused);
        self.focus = at.unwrap_or(self.focus);
    }

    /// Whether something may have been typed that no draft holds yet.
    #[must_use]
    pub const fn is_unkept(&self) -> bool {
        self.unkept
    }

    /// What has to be done about the draft in the file, which is taken for done.
    pub fn due(&mut self) -> Due {
        self.unkept = false;
        if !self.is_changed() {
            return match std::mem::take(&mut self.kept).is_empty() {
                true => Due::Nothing,
                false => Due::Drop,
            };
        }
        // A map of texts can always be written.
        let text = serde_json::to_string(&self.draft()).unwrap_or_default();
        if text == self.kept {
            return Due::Nothing;
        }
        self.kept.clone_from(&text);
        Due::Write(text)
    }

    /// Takes what stands in the form for what the file holds.
    fn note_kept(&mut self) {
        self.kept = serde_json::to_string(&self.draft()).unwrap_or_default();
    }

    /// Forgets what the file is said to hold: it could not be written.
    pub fn not_kept(&mut self) {
        self.kept.clear();
        self.unkept = true;
    }
}

/// What has to be done about a draft in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// It holds what stands in the form, or nothing was typed.
    Nothing,
    Write(String),
    /// What was typed stands there no more.
    Drop,
}
