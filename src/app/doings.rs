//! What was done on a day, thing by thing, from the journal.

use chrono::NaiveDate;

use crate::store::journal::Line;
use crate::text::{Did, diary};

/// What was done about a thing on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doings {
    /// The order's number; where it was about no order, what it was about.
    pub thing: String,
    /// Times somebody was chased.
    pub chases: usize,
    /// Answers, dates, verdicts and decisions that were entered.
    pub answers: usize,
    /// Figures that were entered: made, received, counted, inspected.
    pub figures: usize,
    /// Reports that were handed over.
    pub reports: usize,
    pub other: usize,
    /// The last of it.
    pub last: Option<Line>,
}

/// What was done on a day and still stands, the thing that was touched last first.
///
/// The lines come newest first, as the journal is read.
#[must_use]
pub fn of_day(journal: &[Line], day: NaiveDate) -> Vec<Doings> {
    let mut out: Vec<Doings> = Vec::new();
    let stands = |line: &&Line| line.kind != "undo" && !line.undone;
    let of_day = |line: &&Line| diary::local_day(&line.at) == Some(day);
    for line in journal.iter().filter(of_day).filter(stands) {
        let thing = match line.order_no.as_str() {
            "" => (line.args.first().map(String::as_str))
                .filter(|arg| !arg.is_empty())
                .unwrap_or("—"),
            no => no,
        };
        let at = out.iter().position(|d| d.thing == thing);
        let at = at.unwrap_or_else(|| {
            out.push(Doings {
                thing: thing.to_owned(),
                last: Some(line.clone()),
                ..Doings::default()
            });
            out.len() - 1
        });
        if let Some(d) = out.get_mut(at) {
            *d.count_of(line.did) += 1;
        }
    }
    out
}

/// All of it together.
#[must_use]
pub fn sum(things: &[Doings]) -> Doings {
    things.iter().fold(Doings::default(), |mut all, d| {
        all.chases += d.chases;
        all.answers += d.answers;
        all.figures += d.figures;
        all.reports += d.reports;
        all.other += d.other;
        all
    })
}

impl Doings {
    const fn count_of(&mut self, did: Did) -> &mut usize {
        match did {
            Did::Chased => &mut self.chases,
            Did::QueryAnswered
            | Did::AnswerRecorded
            | Did::ReviewDecided
            | Did::AmendmentSeen
            | Did::AuthorityFiled
            | Did::SampleRecorded
            | Did::SupplierPromised
            | Did::PromisesTaken
            | Did::ExceptionDecided => &mut self.answers,
            Did::ProgressReported
            | Did::ProgressCorrected
            | Did::FiguresTaken
            | Did::GoodsReceived
            | Did::ReceiptsTaken
            | Did::StockCounted
            | Did::CountsTaken
            | Did::HeldInspected
            | Did::Inspected
            | Did::Shipped => &mut self.figures,
            Did::ReportHanded => &mut self.reports,
            _ => &mut self.other,
        }
    }
}
