//! The deep check of the data file, on a thread of its own with a connection of its own.
//!
//! It reads one state of the file while the user goes on working; what it found is a page.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::SyncSender;
use std::thread;

use super::{App, Next};
use crate::clock::Clock;
use crate::domain::rule::audit::Finding;
use crate::overlay::Overlay;
use crate::overlay::pages::{Line, Page};
use crate::store::{Access, Store, StoreError};
use crate::text::{Lang, audit as words, refusal};
use crate::theme::Role;

/// A check to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    path: PathBuf,
    clock: Clock,
}

/// What it found, or why it did not finish; `None` where it broke down.
pub type Checked = Option<Result<Vec<Finding>, StoreError>>;

impl Job {
    /// Checks here and now.
    #[must_use]
    pub fn run(&self) -> Checked {
        let check = || Store::open(&self.path, Access::Read, self.clock, "")?.audit();
        catch_unwind(AssertUnwindSafe(check)).ok()
    }

    /// Checks on a thread; `make` turns what it found into the caller's event.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn spawn<E: Send + 'static>(
        self,
        events: SyncSender<E>,
        make: impl Fn(Checked) -> E + Send + 'static,
    ) -> std::io::Result<()> {
        let thread = thread::Builder::new().name("inspector".to_owned());
        let spawned = thread.spawn(move || {
            // A loop that is gone waits for nothing.
            let _ = events.send(make(self.run()));
        });
        spawned.map(|_| ())
    }
}

impl App {
    /// Begins to check the file; one that is in memory is checked at once.
    pub(super) fn check_file(&mut self) {
        let path = self.store.path().to_owned();
        if path.as_os_str().is_empty() {
            let checked = Some(self.store.audit());
            self.take_checked(checked);
            return;
        }
        self.say_word(words::CHECKING, Role::Base);
        let clock = self.store.clock();
        self.next.push(Next::Check(Job { path, clock }));
    }

    /// Shows what a check found; where something else is open by now, only how many.
    pub fn take_checked(&mut self, checked: Checked) {
        let lang = self.lang;
        let found = match checked {
            Some(Ok(found)) => found,
            Some(Err(error)) => {
                let why = refusal::store(&error, lang);
                self.say(words::FAILED.fill(lang, &[&why]), Role::Bad);
                return;
            }
            None => {
                self.say(words::FAILED.fill(lang, &["?"]), Role::Bad);
                return;
            }
        };
        if found.is_empty() {
            self.say_word(words::ALL_WELL, Role::Ok);
        } else {
            let count = found.len().to_string();
            self.say(words::COUNT.fill(lang, &[&count]), Role::Bad);
        }
        if self.overlays.is_empty() {
            self.overlays.push(Overlay::Page(page(&found, lang)));
        }
    }
}

/// The findings by what to do about them.
fn page(found: &[Finding], lang: Lang) -> Page {
    let line = |left: &str, text: String, role| Line {
        left: left.to_owned(),
        text,
        role,
    };
    let mut lines = Vec::new();
    if found.is_empty() {
        lines.push(line("", words::ALL_WELL.text(lang).to_owned(), Role::Ok));
    }
    let mut remedies: Vec<_> = found.iter().map(|f| f.fault.remedy()).collect();
    remedies.sort_unstable();
    remedies.dedup();
    for remedy in remedies {
        let advice = words::advice(remedy, lang).to_owned();
        lines.push(line("!", advice, Role::Warn));
        for f in found.iter().filter(|f| f.fault.remedy() == remedy) {
            let text = format!("{}: {}", words::place(f, lang), words::what(f, lang));
            lines.push(line("", text, Role::Base));
        }
    }
    Page::new(words::TITLE.text(lang), lines)
}
