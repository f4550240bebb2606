//! A report ready to be handed over: made, marked against the last time, written as bytes.
//!
//! The same for the screens and the command line; the file itself is written elsewhere.

use super::write::{self, Format, NotWritten};
use super::{Lacks, Name, Scope, since};
use crate::domain::exception::Exception;
use crate::domain::followup::Handover;
use crate::domain::moment::Moment;
use crate::text::{Lang, handing as words};

/// What is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    pub name: Name,
    pub format: Format,
    /// Empty: nobody, only the file is wanted.
    pub handed_to: String,
    /// The exception that an exception report is about.
    pub exception: Option<i64>,
}

/// How a report stands to the last time it was handed to the same receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// It is handed to nobody.
    Nobody,
    /// It was never handed to this receiver before.
    First,
    Compared(Moment, since::Changes),
    /// What was kept of the last time cannot be compared.
    Unknown(Moment),
}

/// A report as it is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub bytes: Vec<u8>,
    pub against: Against,
    /// What is to be remembered; the receiver is empty where it is handed to nobody.
    pub handover: Handover,
    /// Whether it was too long to be kept for the next comparison.
    pub too_long: bool,
}

impl Delivery {
    /// How it stands to the last time, in a sentence; empty where it is handed to nobody.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        let who = self.handover.handed_to.as_str();
        let day = |at: &Moment| at.date().to_string();
        let mut said = match &self.against {
            Against::Nobody => return String::new(),
            Against::First => words::FIRST_TIME.fill(lang, &[who]),
            Against::Compared(at, changes) if changes.is_none() => {
                words::NONE_CHANGED.fill(lang, &[who, &day(at)])
            }
            Against::Compared(at, c) => {
                let [new, changed, gone] = [c.new, c.changed, c.gone].map(|n| n.to_string());
                words::COUNTS.fill(lang, &[who, &day(at), &new, &changed, &gone])
            }
            Against::Unknown(at) => words::NOT_COMPARED.fill(lang, &[who, &day(at)]),
        };
        if self.too_long {
            said.push_str("; ");
            said.push_str(words::TOO_LONG.text(lang));
        }
        said
    }
}

/// Why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undelivered {
    Lacks(Lacks),
    Stopped,
    Failed(String),
}

/// Under which name hand-overs of a report are kept: of an exception, each has its own.
#[must_use]
pub fn kept_as(name: Name, exception: Option<&Exception>) -> String {
    match exception {
        Some(e) if name == Name::Exception => format!("{} {}", name.code(), e.no),
        _ => name.code().to_owned(),
    }
}

/// Makes a report; `told` hears the rows written of all rows and stops it by answering false.
///
/// # Errors
/// What it lacks, that it was stopped, or what the writer says.
pub fn make(
    errand: &Errand,
    scope: &Scope<'_>,
    told: &dyn Fn(usize, usize) -> bool,
) -> Result<Delivery, Undelivered> {
    let exception = scope.world.exceptions.find(errand.exception);
    let paper = super::make_about(errand.name, scope, exception);
    let mut paper = paper.map_err(Undelivered::Lacks)?;
    if !told(0, 0) {
        return Err(Undelivered::Stopped);
    }
    let handed = !errand.handed_to.trim().is_empty();
    let report = kept_as(errand.name, exception);
    let order_id = scope.order.map(|o| o.id);
    let mut handover = Handover {
        report,
        order_id,
        handed_to: errand.handed_to.trim().to_owned(),
        at: scope.now,
        ..Handover::default()
    };
    let (mut against, mut too_long) = (Against::Nobody, false);
    if handed {
        let content = since::content(&paper, scope.lang);
        too_long = content.is_none();
        handover.content = content.unwrap_or_default();
        let last = since::last(scope.world, &handover.report, order_id, &errand.handed_to);
        against = match last {
            None => Against::First,
            Some(old) => match since::mark(&mut paper, old, scope.lang) {
                Some(changes) => Against::Compared(old.at, changes),
                None => Against::Unknown(old.at),
            },
        };
    }
    let bytes = write::bytes_told(&paper, errand.format, scope.lang, told);
    let bytes = bytes.map_err(|error| match error {
        NotWritten::Stopped => Undelivered::Stopped,
        NotWritten::Failed(reason) => Undelivered::Failed(reason),
    })?;
    Ok(Delivery {
        bytes,
        against,
        handover,
        too_long,
    })
}
