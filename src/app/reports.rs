//! Reports written from the screen.

use std::path::PathBuf;

use super::App;
use crate::command::{Problem, Refusal};
use crate::outside;
use crate::overlay::Overlay;
use crate::overlay::form::FormKind;
use crate::overlay::forms;
use crate::report::write::Format;
use crate::report::{self, Lacks, Name, Scope};
use crate::text::{report as words, say};
use crate::theme::Role;

impl App {
    /// Asks which report is to be written where.
    pub(super) fn ask_report(&mut self) {
        let order = self.order.unwrap_or(0);
        if let Some(form) = forms::open(FormKind::WriteReport, order, &self.cx()) {
            self.open_form(form);
        }
    }

    /// Writes the report that the form on top describes.
    pub(super) fn write_report(&mut self) {
        match self.report_file() {
            Ok(path) => {
                self.overlays.pop_if(|o| matches!(o, Overlay::Form(_)));
                let said = words::MADE.fill(self.lang, &[&path.display().to_string()]);
                self.say(said, Role::Ok);
            }
            Err(refused) => {
                if let Some(editor) = self.editor() {
                    editor.refuse(refused);
                }
            }
        }
    }

    fn report_file(&mut self) -> Result<PathBuf, Refusal> {
        let lang = self.lang;
        let Some(Overlay::Form(editor)) = self.overlays.last() else {
            return Err(Refusal::not(say::NO_CHANGE));
        };
        let form = editor.form.clone();
        let today = self.store.clock().today();
        let v = form.values(today);
        let name = v.code("report", Name::of)?;
        let no = v.text("order");
        if name == Name::Timeline {
            let failed = |e| Refusal::at("report", Problem::Store(e));
            self.world.deeds = self.store.deeds(&no).map_err(failed)?;
        }
        let order = match no.as_str() {
            "" => None,
            no => {
                let found = self.world.orders.iter().find(|o| o.no == no);
                let unknown = || Refusal::at("order", Problem::Not(say::NO_SUCH_ORDER));
                Some(found.ok_or_else(unknown)?)
            }
        };
        let path = home(&v.text("file"));
        let format = Format::of(&path.display().to_string())
            .ok_or(Refusal::at("file", Problem::Not(words::BAD_FILE)))?;
        let partner = v.text("partner");
        if report::Side::of(&self.world, &partner).is_none() {
            let unknown = Problem::Unknown {
                what: words::PARTNER,
                name: partner,
            };
            return Err(Refusal::at("partner", unknown));
        }
        let scope = Scope {
            partner: &partner,
            world: &self.world,
            outlook: &self.outlook,
            now: self.store.clock().now(),
            today,
            lang,
            order,
            from: None,
            to: None,
        };
        let paper = report::make(name, &scope).map_err(|lacks| match lacks {
            Lacks::Order => Refusal::at("order", Problem::Required),
            Lacks::Rows => Refusal::at("report", Problem::Not(say::NOTHING_TO_REPORT)),
        })?;
        let wrong = |reason: String| {
            let path = path.display().to_string();
            Refusal::at("file", Problem::File { path, reason })
        };
        let bytes = report::write::bytes(&paper, format, lang).map_err(wrong)?;
        outside::write_whole(&path, &bytes).map_err(|e| wrong(e.to_string()))?;
        Ok(path.canonicalize().unwrap_or(path))
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
