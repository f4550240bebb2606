//! The journal as a diary.

use super::did::Did;
use super::label::Label;
use super::word::{Lang, word};
use crate::domain::codes::{
    DecisionKind, Department, DocumentKind, InspectionKind, PaperKind, PointKind, PointResult,
    SampleKind,
};
use crate::domain::moment::Moment;
use crate::domain::rule::summary::Heading;
use crate::store::journal::Line;

/// What a change did, as a sentence; undone and undoing changes say so.
#[must_use]
pub fn sentence(line: &Line, lang: Lang) -> String {
    let said = deed(line.did, &line.args, lang);
    match line.kind.as_str() {
        "undo" => word("撤销：{0}", "Undo: {0}").fill(lang, &[&said]),
        "redo" => word("重做：{0}", "Redo: {0}").fill(lang, &[&said]),
        _ if line.undone => word("{0}（已撤销）", "{0} (undone)").fill(lang, &[&said]),
        _ => said,
    }
}

/// A deed as a sentence; codes among its arguments become words.
#[must_use]
pub fn deed(did: Did, args: &[String], lang: Lang) -> String {
    let words: Vec<String> = args.iter().map(|arg| argument(did, arg, lang)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    did.word().fill(lang, &words)
}

/// The same with the number of its order before it, unless the sentence names that.
#[must_use]
pub fn deed_about(did: Did, args: &[String], order_no: &str, lang: Lang) -> String {
    let said = deed(did, args, lang);
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let named = order_no.is_empty()
        || said.match_indices(order_no).any(|(at, no)| {
            let (before, after) = (said.get(..at), said.get(at + no.len()..));
            !before.is_some_and(|text| text.ends_with(joins))
                && !after.is_some_and(|text| text.starts_with(joins))
        });
    match named {
        true => said,
        false => format!("{order_no} {said}"),
    }
}

fn argument(did: Did, arg: &str, lang: Lang) -> String {
    let found = match did {
        Did::PointReviewed => PointKind::of(arg)
            .map(Label::word)
            .or_else(|| PointResult::of(arg).map(Label::word)),
        Did::DocumentFiled | Did::DocumentChanged => DocumentKind::of(arg).map(Label::word),
        Did::SampleRecorded => SampleKind::of(arg).map(Label::word),
        Did::AmendmentSeen => Department::of(arg).map(Label::word),
        Did::AnswerRecorded => Department::of(arg).map(Label::word),
        Did::ReviewDecided => DecisionKind::of(arg).map(Label::word),
        Did::Inspected | Did::InspectionPlanned | Did::InspectionDropped => {
            InspectionKind::of(arg).map(Label::word)
        }
        Did::PaperDone | Did::PaperChanged | Did::PaperDropped => {
            PaperKind::of(arg).map(Label::word)
        }
        Did::SummaryWritten => Heading::ALL
            .into_iter()
            .find(|h| h.code() == arg)
            .map(super::summary::heading),
        _ => None,
    };
    found.map_or_else(|| arg.to_owned(), |word| word.text(lang).to_owned())
}

/// The journal's UTC instant as day and minute.
///
/// Shown in UTC plus the computer's own offset, as factory clocks read.
#[must_use]
pub fn local(at: &str) -> String {
    match moment(at) {
        Some(moment) => moment.0.format("%m-%d %H:%M").to_string(),
        None => at.to_owned(),
    }
}

/// The day of the journal's UTC instant, by the same clock; none where it cannot be read.
#[must_use]
pub fn local_day(at: &str) -> Option<chrono::NaiveDate> {
    moment(at).map(|at| at.date())
}

/// The journal's UTC instant in factory time.
#[must_use]
pub fn moment(at: &str) -> Option<Moment> {
    use chrono::{Local, NaiveDateTime, TimeZone};
    let utc = NaiveDateTime::parse_from_str(at, "%Y-%m-%dT%H:%M:%S%.3fZ").ok()?;
    Some(Moment(Local.from_utc_datetime(&utc).naive_local()))
}

/// A moment of factory time as the journal writes instants, in UTC.
///
/// Where the clocks are put back and a time stands twice, the first is meant; where they are put
/// forward and it does not exist, it is taken as it stands.
#[must_use]
pub fn stamp(at: chrono::NaiveDateTime) -> String {
    use chrono::{Local, TimeZone};
    let utc = Local.from_local_datetime(&at).earliest();
    let utc = utc.map_or(at, |t| t.naive_utc());
    utc.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_stands_before_a_deed_that_does_not_name_it() {
        let about = |did, args: &[&str], no| {
            let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
            [Lang::Zh, Lang::En].map(|lang| deed_about(did, &args, no, lang))
        };
        let held = about(Did::OrderHeld, &["SO-11"], "SO-11");
        assert_eq!(held, ["暂停订单 SO-11", "Hold order SO-11"]);
        let raised = about(Did::QueryRaised, &["Q-3"], "SO-11");
        assert_eq!(raised, ["SO-11 提出疑问单 Q-3", "SO-11 Raise query Q-3"]);
        assert_eq!(about(Did::PlanAccepted, &[], "")[1], "Accept plan");
    }

    #[test]
    fn a_number_that_is_part_of_another_does_not_name_the_order() {
        let said =
            |arg: &str, no: &str| deed_about(Did::ProductionMade, &[arg.to_owned()], no, Lang::Zh);
        assert_eq!(said("SO-11-1", "SO-11"), "SO-11 开生产单 SO-11-1");
        assert_eq!(said("SO-110", "SO-11"), "SO-11 开生产单 SO-110");
        assert_eq!(said("PSO-11", "SO-11"), "SO-11 开生产单 PSO-11");
        assert_eq!(said("SO-110, SO-11", "SO-11"), "开生产单 SO-110, SO-11");
    }
}
