//! Forms of the period summary: which period, and the text of a heading.

use chrono::{Datelike, Days, NaiveDate};

use super::super::form::{Form, FormKind, Values};
use crate::command::summary::WriteSummary;
use crate::command::{Command, Refusal};
use crate::domain::rule::summary::{self, Heading, Period};
use crate::panel::Cx;
use crate::text::{say, summary as s, words as w};

/// Days that a period may have, at most, to be named by a number.
const LENGTH: i64 = 100_000;

/// Period and heading as the number by which a draft finds its form again.
#[must_use]
pub fn subject(period: Period, heading: Heading) -> i64 {
    let length = (period.to - period.from).num_days().min(LENGTH - 1);
    (i64::from(period.from.num_days_from_ce()) * LENGTH + length) * 10 + heading as i64
}

fn of_subject(subject: i64) -> Option<(Period, Heading)> {
    let heading = Heading::ALL.get(usize::try_from(subject % 10).ok()?)?;
    let (first, length) = (subject / 10 / LENGTH, subject / 10 % LENGTH);
    let from = NaiveDate::from_num_days_from_ce_opt(i32::try_from(first).ok()?)?;
    let to = from.checked_add_days(Days::new(length.unsigned_abs()))?;
    Some((Period::between(from, to)?, *heading))
}

/// The text of a heading: what was written, else what the numbers say.
fn text_of(cx: &Cx<'_>, period: Period, heading: Heading) -> String {
    if let Some(own) = summary::written(cx.world, period, heading) {
        return own.to_owned();
    }
    let sections = summary::sections(cx.world, cx.today(), period);
    let section = sections.iter().find(|x| x.heading == heading);
    section.map_or_else(String::new, |x| s::draft(cx.world, x, cx.lang))
}

pub(super) fn text(cx: &Cx<'_>, subject: i64) -> Option<Form> {
    let (period, heading) = of_subject(subject)?;
    let name = s::heading(heading).text(cx.lang);
    let title = s::FORM_TEXT.fill(cx.lang, &[&s::period(period, cx.lang), name]);
    let form = Form::new(FormKind::SummaryText, subject, title)
        .note("text", s::TEXT, text_of(cx, period, heading))
        .hint(s::HINT_TEXT);
    Some(form)
}

pub(super) fn save_text(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let (period, heading) = of_subject(form.subject).ok_or_else(|| Refusal::not(say::NO_CHANGE))?;
    let text = v.text("text");
    if text == text_of(cx, period, heading).trim() {
        return Err(Refusal::not(say::NOTHING_TO_AMEND));
    }
    Ok(Command::WriteSummary(Box::new(WriteSummary {
        period,
        heading,
        text,
    })))
}

pub(super) fn period(cx: &Cx<'_>) -> Form {
    let options = [
        ("year", s::THIS_YEAR),
        ("last-year", s::LAST_YEAR),
        ("month", s::THIS_MONTH),
        ("last-month", s::LAST_MONTH),
        ("typed", s::TYPED),
    ];
    let options = options.map(|(code, word)| (code.to_owned(), cx.say(word).to_owned()));
    let title = cx.say(s::FORM_PERIOD);
    Form::new(FormKind::SummaryPeriod, 0, title)
        .choice("which", s::PERIOD, options.to_vec(), "year")
        .date("from", s::FROM, None)
        .hint(w::HINT_DATE)
        .date("to", s::TO, None)
        .hint(w::HINT_DATE)
}
