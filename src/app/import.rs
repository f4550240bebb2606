//! Importing an order file: read on a thread of its own, compared with what is known, brought in.

use super::reader::{Job, ReadEvent};
use super::{App, Next};
use crate::command::{Command, intake};
use crate::domain::codes::{Channel, DocumentKind, OrderState};
use crate::domain::rule::amend;
use crate::overlay::form::FormKind;
use crate::overlay::import::{Import, ImportReply, Ready};
use crate::overlay::{Overlay, forms};
use crate::panel::Cx;
use crate::text::{refusal, transfer as t};
use crate::theme::Role;
use crate::transfer::compare::{self, Changed, Standing};
use crate::transfer::{arrivals, draft, plan};

impl App {
    /// Goes on with an import: reads the file, brings it in, or leaves.
    pub(crate) fn on_import(&mut self, reply: ImportReply) {
        match reply {
            ImportReply::Taken => {}
            ImportReply::Leave => {
                self.overlays.pop();
            }
            ImportReply::Read => self.read_import(),
            ImportReply::Bring => self.bring_import(),
            ImportReply::Take => self.take_import(),
            ImportReply::Type => self.type_import(),
            ImportReply::Open(at) => self.open_import(at),
            ImportReply::Pass => {
                if let Some(ready) = self.import().and_then(|i| i.ready.as_mut()) {
                    ready.pass();
                }
                self.compare_import();
            }
        }
    }

    fn import(&mut self) -> Option<&mut Import> {
        open_import(&mut self.overlays)
    }

    fn read_import(&mut self) {
        let today = self.store.clock().today();
        let lang = self.lang;
        let remembered = plan::remembered(&self.world);
        let Some(import) = self.import() else { return };
        let path = import.path();
        if path.is_empty() {
            t::NO_FILE.text(lang).clone_into(&mut import.problem);
            return;
        }
        let options = draft::Options {
            remembered,
            ..import.options.clone()
        };
        let job = Job::new(path, options, today);
        import.start(job.number(), job.stop());
        self.next.push(Next::Read(Box::new(job)));
    }

    /// Takes what the reading thread says; what is not waited for any more is dropped.
    pub fn take_read(&mut self, event: ReadEvent) {
        let lang = self.lang;
        let Some(import) = self.import() else { return };
        match event {
            ReadEvent::Progress { job, done, total } => import.progress(job, done, total),
            ReadEvent::Ready { job, read } if import.ends(job) => match *read {
                Ok((file, preview)) => {
                    import.ready = Some(Box::new(Ready::new(file, preview)));
                    self.compare_import();
                }
                Err(error) => {
                    let path = import.path();
                    import.problem = t::unread(&path, &error, lang);
                }
            },
            ReadEvent::Ready { .. } => {}
        }
    }

    /// Compares what was read with what is known now.
    pub(crate) fn compare_import(&mut self) {
        let today = self.store.clock().today();
        let ready = open_import(&mut self.overlays).and_then(|i| i.ready.as_mut());
        if let Some(ready) = ready {
            let standings = compare::standings(&self.world, &ready.preview);
            let joined = arrivals::join(&self.world, &ready.preview, &ready.file, today);
            ready.compare(&self.world, standings, joined, self.lang);
        }
    }

    /// Takes what a sheet about purchases or stock says, in one change.
    fn take_import(&mut self) {
        let Some(Overlay::Import(import)) = self.overlays.last() else {
            return;
        };
        let Some(ready) = &import.ready else { return };
        let Some(joined) = &ready.joined else { return };
        let mapping = plan::mapping(&ready.preview, &import.options.mapping);
        match arrivals::command(&self.store, &ready.file, joined, mapping) {
            Ok(command) => {
                if self.run_command(&command) {
                    self.overlays.pop_if(|o| matches!(o, Overlay::Import(_)));
                }
            }
            Err(error) => {
                let text = refusal::store(&error, self.lang);
                self.say(text, Role::Bad);
            }
        }
    }

    fn bring_import(&mut self) {
        let Some(Overlay::Import(import)) = self.overlays.last() else {
            return;
        };
        let Some(ready) = &import.ready else { return };
        let made = plan::command(&self.store, &ready.file, &ready.preview, &ready.standings);
        let made = made.map(|mut command| {
            command.mapping = plan::mapping(&ready.preview, &import.options.mapping);
            command
        });
        match made {
            Ok(command) => {
                if self.run_command(&Command::ImportOrders(Box::new(command)))
                    && self
                        .import()
                        .and_then(|i| i.ready.as_ref())
                        .is_some_and(|ready| ready.next().is_none())
                {
                    self.overlays.pop();
                }
            }
            Err(error) => {
                let text = refusal::store(&error, self.lang);
                self.say(text, Role::Bad);
            }
        }
    }

    /// Opens a new order with a message beside it; what rules found in it stands in the fields.
    fn type_import(&mut self) {
        let Some(import) = self.import() else { return };
        let path = import.path();
        let message = import
            .ready
            .as_ref()
            .and_then(|r| r.preview.message.clone());
        let Some(message) = message else { return };
        // A draft of another message is another form.
        let kept = self.kept_drafts();
        let taken = |subject: i64| {
            kept.iter()
                .any(|d| d.form == FormKind::NewOrder.name() && d.subject == subject)
        };
        let subject = (1..).map(|n: i64| -n).find(|s| !taken(*s)).unwrap_or(-1);
        let Some(form) = forms::open(FormKind::NewOrder, subject, &self.cx()) else {
            return;
        };
        let mut form = form
            .with("words", message)
            .with("channel", Channel::Other.code())
            .with("paper", path);
        forms::complete(&mut form, "words", None, &self.cx());
        self.overlays.pop_if(|o| matches!(o, Overlay::Import(_)));
        self.open_form(form);
    }

    /// Opens what a file changes of a known order as a form, the file filed with the order.
    fn open_import(&mut self, at: usize) {
        let Some(import) = self.import() else { return };
        let path = import.path();
        let Some(ready) = &import.ready else { return };
        let (name, standing) = (ready.file.name.clone(), ready.standings.get(at).cloned());
        let Some(standing) = standing else { return };
        let Some(order_id) = standing.order_id() else {
            return;
        };
        if !self.file_import(order_id, &path) {
            return;
        }
        let reason = t::AS_THE_FILE_SAYS.fill(self.lang, &[&name]);
        let form = match standing {
            Standing::Changed(changed) => self.changed_form(&changed),
            Standing::Cancels { .. } => forms::open(FormKind::Cancel, order_id, &self.cx()),
            _ => None,
        };
        if let Some(form) = form {
            self.open_form(form.with("reason", &reason));
        }
    }

    /// The order's form with everything as the file has it.
    fn changed_form(&self, changed: &Changed) -> Option<crate::overlay::form::Form> {
        let lines = crate::command::amend::revised(&changed.lines);
        let after = amend::after(&self.world, &changed.order, &lines, &[]);
        let cx = Cx {
            world: &after,
            ..self.cx()
        };
        let kind = if changed.order.state == OrderState::Accepted {
            FormKind::Amend
        } else {
            FormKind::EditOrder
        };
        forms::open(kind, changed.order.id, &cx)
    }

    /// Files the file that is being read with an order, unless it is filed there; whether it is.
    fn file_import(&mut self, order_id: i64, path: &str) -> bool {
        let Some(ready) = self.import().and_then(|i| i.ready.as_ref()) else {
            return false;
        };
        let mail = ready.file.name.to_lowercase().ends_with(".eml");
        let bytes = ready.file.bytes.clone();
        let hash = match self.store.keep_file(&bytes) {
            Ok(hash) => hash,
            Err(error) => {
                let text = refusal::store(&error, self.lang);
                self.say(text, Role::Bad);
                return false;
            }
        };
        let known = self.world.documents.of(order_id);
        if known.into_iter().any(|d| d.file_hash == hash) {
            return true;
        }
        let kind = if mail {
            DocumentKind::Mail
        } else {
            DocumentKind::CustomerOrderSheet
        };
        self.run_command(&Command::FileDocument(Box::new(intake::FileDocument {
            order_id,
            kind,
            title: String::new(),
            date: self.store.clock().today(),
            note: String::new(),
            path: path.to_owned(),
        })))
    }
}

/// The import that is open, whatever lies on it.
fn open_import(overlays: &mut [Overlay]) -> Option<&mut Import> {
    overlays.iter_mut().rev().find_map(|o| match o {
        Overlay::Import(import) => Some(import.as_mut()),
        _ => None,
    })
}
