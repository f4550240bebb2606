//! Filed documents: shown as text, read for facts.

use super::App;
use crate::domain::document::Document;
use crate::domain::rule::consistency::alias::Aliases;
use crate::outside;
use crate::overlay::pages::{Line, Page};
use crate::overlay::{Overlay, forms};
use crate::text::{shell, transfer as transfer_words, words};
use crate::theme::Role;
use crate::transfer::paper;

impl App {
    /// The kept content of a document; `None` with a word where there is none.
    fn paper(&mut self, document: &Document) -> Option<Vec<u8>> {
        if document.file_hash.is_empty() {
            return None;
        }
        let path = self.store.file_path(&document.file_hash)?;
        match std::fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let name = document.file_name.as_str();
                let said = transfer_words::CANNOT_READ.fill(self.lang, &[name, &error.to_string()]);
                self.say(said, Role::Bad);
                None
            }
        }
    }

    /// Opens what a document says, with what its file shows filled in.
    pub(super) fn open_facts(&mut self, id: i64) {
        let Some(document) = self.world.documents.get(id).cloned() else {
            return;
        };
        let aliases = Aliases::new(self.world.aliases.iter());
        let known = |name: &str| {
            let key = aliases.key(name);
            aliases.is_key(&key)
        };
        let found = self.paper(&document).map_or_else(Vec::new, |bytes| {
            let pdf = outside::pdf(&document.file_name, &bytes);
            paper::facts(&document.file_name, &bytes, pdf.as_deref(), &known)
        });
        let count = found.len();
        if let Some(form) = forms::facts_of(&self.cx(), id, &found) {
            self.open_form(form);
        }
        if count > 0 {
            let said = words::FACTS_FOUND.fill(self.lang, &[&count.to_string()]);
            self.say(said, Role::Ok);
        }
    }

    /// Shows a piece of evidence: its file as text, else its note.
    pub(super) fn show_evidence(&mut self, id: i64) {
        let Some(kept) = self.world.exception_evidence.get(id).cloned() else {
            return;
        };
        // The same as a document that is in its first version.
        self.show(&Document {
            title: kept.title,
            version: 1,
            file_hash: kept.file_hash,
            file_name: kept.file_name,
            note: kept.note,
            ..Document::default()
        });
    }

    /// Shows a document: its file as text, else its note.
    pub(super) fn show_paper(&mut self, id: i64) {
        if let Some(document) = self.world.documents.get(id).cloned() {
            self.show(&document);
        }
    }

    fn show(&mut self, document: &Document) {
        let line = |text: String| Line {
            left: String::new(),
            text,
            role: Role::Base,
        };
        let lines: Vec<Line> = match self.paper(document) {
            None if !document.file_hash.is_empty() => return,
            None if document.note.is_empty() => {
                self.say_word(shell::NO_FILE_KEPT, Role::Warn);
                return;
            }
            None => document.note.lines().map(|l| line(l.to_owned())).collect(),
            Some(bytes) => {
                let pdf = outside::pdf(&document.file_name, &bytes);
                match paper::text(&document.file_name, &bytes, pdf.as_deref()) {
                    Ok(lines) => lines.into_iter().map(line).collect(),
                    Err(fault) => {
                        let (wrong, right) = transfer_words::fault(&fault, self.lang);
                        self.say(format!("{wrong} {right}"), Role::Warn);
                        return;
                    }
                }
            }
        };
        let short: String = document.file_hash.chars().take(12).collect();
        let version = format!("v{}", document.version);
        let title = [document.title.as_str(), &version, &short].join(" · ");
        self.overlays.push(Overlay::Page(Page::new(title, lines)));
    }
}
