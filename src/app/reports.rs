//! Reports written from the screen: the form, the work in the background, what is said of it.

use std::path::{Path, PathBuf};

use super::scribe::{Job, Matter, WriteEvent, Written};
use super::{App, Next};
use crate::command::handing::HandOver;
use crate::command::{Command, Problem, Refusal};
use crate::domain::world::Scope;
use crate::overlay::busy::Busy;
use crate::overlay::form::{Form, FormKind};
use crate::overlay::{Overlay, forms};
use crate::report::deliver::{Delivery, Errand, Undelivered};
use crate::report::write::Format;
use crate::report::{Lacks, Name, Side};
use crate::store::Beside;
use crate::text::{handing as words, refusal, report, say};
use crate::theme::Role;

/// Under which name the form carries the file that the user has agreed to write over.
const OVERWRITES: &str = "overwrites";

/// The folder that reports were last written to, as a path ending in its separator.
#[derive(Debug, Default)]
pub struct Folder {
    path: String,
    kept_in: Option<PathBuf>,
}

impl Folder {
    /// The folder that a file keeps; the file need not be there yet.
    #[must_use]
    pub fn kept_in(file: PathBuf) -> Self {
        let path = std::fs::read_to_string(&file).unwrap_or_default();
        let path = path.trim();
        let there = Path::new(path).is_dir();
        Self {
            path: if there { path } else { "" }.to_owned(),
            kept_in: Some(file),
        }
    }

    /// Proposes a folder the user has set, whatever was written last.
    pub fn propose(&mut self, folder: &str) {
        self.path = format!("{}/", folder.trim_end_matches('/'));
    }

    /// Remembers the folder of a file that was written.
    fn remember(&mut self, written: &Path) {
        let Some(folder) = written.parent().and_then(Path::to_str) else {
            return;
        };
        self.path = format!("{}/", folder.trim_end_matches('/'));
        if let Some(file) = &self.kept_in {
            // A folder that cannot be remembered is no reason to complain of a written report.
            let _ = crate::paths::write_private(file, self.path.as_bytes());
        }
    }
}

impl App {
    /// Asks which report is to be written where: the one that belongs to the panel and its part.
    pub(super) fn ask_report(&mut self) {
        let order = self.order.unwrap_or(0);
        let Some(spot) = self.board().map(|b| b.spot()) else {
            return;
        };
        let form = forms::report_at(
            &self.cx(),
            order,
            self.stage,
            &spot,
            &self.report_folder.path,
        );
        self.open_form(form);
    }

    /// Starts to write the report that the form on top describes.
    pub(super) fn write_report(&mut self) {
        let Some(Overlay::Form(editor)) = self.overlays.last() else {
            return;
        };
        let form = editor.form.clone();
        match self.report_job(&form) {
            Ok((job, title)) => {
                let busy = Busy::new(job.number(), job.stop());
                self.overlays.push(Overlay::Writing(busy, title));
                self.next.push(Next::Write(Box::new(job)));
            }
            Err(refused) => self.refuse_report(refused),
        }
    }

    fn refuse_report(&mut self, refused: Refusal) {
        if let Some(editor) = self.editor() {
            editor.refuse(refused);
        }
    }

    fn report_job(&mut self, form: &Form) -> Result<(Job, String), Refusal> {
        let today = self.store.clock().today();
        let v = form.values(today);
        let name = v.code("report", Name::of)?;
        let (order, exception) = self.report_subject(name, &v.text("order"))?;
        if name == Name::Timeline {
            let failed = |e| Refusal::at("report", Problem::Store(e));
            self.world.deeds = self.store.deeds(&v.text("order")).map_err(failed)?;
        }
        let partner = v.text("partner");
        if Side::of(&self.world, &partner).is_none() {
            let unknown = Problem::Unknown {
                what: report::PARTNER,
                name: partner,
            };
            return Err(Refusal::at("partner", unknown));
        }
        let (from, to) = (v.date("from")?, v.date("to")?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(Refusal::at(
                "to",
                Problem::Not(crate::text::status::PERIOD_TURNED),
            ));
        }
        let typed = v.text("file");
        let path = home(&typed);
        let format = Format::of(&typed);
        let format = format.ok_or(Refusal::at("file", Problem::Not(report::BAD_FILE)))?;
        self.check_place(&path, &typed, form)?;
        let errand = Errand {
            name,
            format,
            handed_to: v.text("handed_to"),
            exception,
        };
        let matter = Matter {
            world: self.world.clone(),
            outlook: self.outlook.clone(),
            partner,
            now: self.store.clock().now(),
            lang: self.lang,
            order,
            from,
            to,
            shelf: self.shelf_of(name),
        };
        let title = name.word().text(self.lang).to_owned();
        Ok((Job::new(errand, path, matter), title))
    }

    /// Where the shelf is, for a report about the past.
    fn shelf_of(&self, name: Name) -> Option<Beside> {
        let wanted = name.reaches_back() && self.world.scope != Scope::Whole;
        self.store.beside().filter(|_| wanted)
    }

    /// The order, or for an exception report the exception, that a typed number names.
    fn report_subject(&self, name: Name, no: &str) -> Result<(Option<i64>, Option<i64>), Refusal> {
        if no.is_empty() {
            return Ok((None, None));
        }
        if let Some(order) = self.world.orders.iter().find(|o| o.no == no) {
            return Ok((Some(order.id), None));
        }
        let mut exceptions = self.world.exceptions.iter();
        match exceptions.find(|e| name == Name::Exception && e.no == no) {
            Some(e) => Ok((e.order_id, Some(e.id))),
            None => Err(Refusal::at("order", Problem::Not(say::NO_SUCH_ORDER))),
        }
    }

    /// Whether a file can lie there; one that is there already is written over when asked twice.
    fn check_place(&mut self, path: &Path, typed: &str, form: &Form) -> Result<(), Refusal> {
        let wrong = |word: crate::text::Word, what: &Path| {
            let reason = word.fill(self.lang, &[&what.display().to_string()]);
            let path = path.display().to_string();
            Refusal::at("file", Problem::File { path, reason })
        };
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|f| !f.is_dir()) {
            return Err(wrong(words::NO_FOLDER, folder));
        }
        if path.is_dir() {
            return Err(wrong(words::IS_FOLDER, path));
        }
        let agreed = form.hidden.get(OVERWRITES).is_some_and(|was| was == typed);
        if path.exists() && !agreed {
            if let Some(editor) = self.editor() {
                let hidden = &mut editor.form.hidden;
                hidden.insert(OVERWRITES.to_owned(), typed.to_owned());
            }
            return Err(Refusal::at("file", Problem::Not(words::EXISTS)));
        }
        Ok(())
    }

    /// Takes what the writing thread says; what is not waited for any more is dropped.
    pub fn take_written(&mut self, event: WriteEvent) {
        let waited =
            |o: &Overlay, number| matches!(o, Overlay::Writing(busy, _) if busy.is(number));
        match event {
            WriteEvent::Progress { job, done, total } => {
                if let Some(Overlay::Writing(busy, _)) = self.overlays.last_mut() {
                    busy.progress(job, done, total);
                }
            }
            WriteEvent::Ready { job, written } => {
                let Some(Overlay::Writing(_, title)) = self.overlays.pop_if(|o| waited(o, job))
                else {
                    return;
                };
                self.report_written(*written, title);
            }
        }
    }

    fn report_written(&mut self, written: Written, title: String) {
        let file = self.editor().map(|e| e.form.value("file").to_owned());
        match written {
            Ok((path, made)) => {
                if let Some(Overlay::Form(editor)) =
                    self.overlays.pop_if(|o| matches!(o, Overlay::Form(_)))
                {
                    self.forget_draft(FormKind::WriteReport, editor.form.subject);
                }
                self.report_folder.remember(&path);
                self.report_handed(&path, made, title);
            }
            Err(Undelivered::Lacks(Lacks::Order)) => {
                self.refuse_report(Refusal::at("order", Problem::Required));
            }
            Err(Undelivered::Lacks(Lacks::Rows)) => {
                let nothing = Problem::Not(say::NOTHING_TO_REPORT);
                self.refuse_report(Refusal::at("report", nothing));
            }
            Err(Undelivered::Lacks(Lacks::Chances)) => {
                self.refuse_report(Refusal::at("report", Problem::Not(say::STILL_COMPUTING)));
            }
            Err(Undelivered::Stopped) => self.say_word(words::STOPPED, Role::Base),
            Err(Undelivered::Failed(reason)) => {
                let path = file.unwrap_or_default();
                self.refuse_report(Refusal::at("file", Problem::File { path, reason }));
            }
        }
    }

    /// Says what was written, and remembers to whom it is handed.
    fn report_handed(&mut self, path: &Path, made: Delivery, title: String) {
        let said = report::MADE.fill(self.lang, &[&path.display().to_string()]);
        let counts = made.said(self.lang);
        if made.handover.handed_to.is_empty() {
            self.say(said, Role::Ok);
            return;
        }
        let command = Command::HandOver(Box::new(HandOver {
            handover: made.handover,
            title,
        }));
        match self.apply(&command) {
            Ok(done) => {
                self.take_change(&done.change);
                // What changed first: the path is long and may be cut.
                self.say(format!("{counts}; {said}"), Role::Ok);
            }
            Err(refused) => {
                let why = refusal::sentence(&refused, self.lang);
                self.say(words::NOT_RECORDED.fill(self.lang, &[&why]), Role::Warn);
            }
        }
    }
}

/// A path as typed; `~/` is the user's own folder.
fn home(text: &str) -> PathBuf {
    let own = || directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match text.strip_prefix("~/").zip(own()) {
        Some((rest, own)) => own.join(rest),
        None => PathBuf::from(text),
    }
}
