//! Forms of samples, lessons and promises to the customer.

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::commitments::{Authorise, Commit};
use crate::command::lessons::UseLesson;
use crate::command::samples::SaveSample;
use crate::command::{Command, Refusal};
use crate::domain::codes::{Channel, SampleKind, Verdict};
use crate::domain::document::Sample;
use crate::domain::rule::{lesson, sample};
use crate::panel::Cx;
use crate::text::{intake as said, words as w};

pub(super) fn new_sample(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let (kind, round) = sample::next(cx.world, order, cx.today());
    let row = Sample {
        order_id: order.id,
        kind,
        round,
        ..Sample::default()
    };
    let title = said::FORM_NEW_SAMPLE.fill(cx.lang, &[&order.no]);
    let form = Form::new(FormKind::NewSample, order.id, title);
    Some(sample_fields(form, cx, &row))
}

pub(super) fn edit_sample(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.samples.get(id)?;
    let order = cx.world.orders.get(row.order_id)?;
    let title = said::FORM_SAMPLE.fill(cx.lang, &[&order.no]);
    let form = sample_fields(Form::new(FormKind::Sample, id, title), cx, row);
    Some(form.hide("revision", row.revision.to_string()))
}

fn sample_fields(form: Form, cx: &Cx<'_>, row: &Sample) -> Form {
    let kinds = options(SampleKind::ALL, SampleKind::code, cx.lang);
    let verdicts = options(Verdict::ALL, Verdict::code, cx.lang);
    form.choice("kind", w::KIND, kinds, row.kind.code())
        .whole("round", said::ROUND, Some(row.round))
        .required()
        .date("due", w::DUE, row.due)
        .hint(w::HINT_DATE)
        .date("sent_on", said::SENT_ON, row.sent_on)
        .text("courier", said::COURIER, row.courier.as_str())
        .hint(said::HINT_COURIER)
        .choice("verdict", said::VERDICT, verdicts, row.verdict.code())
        .date("verdict_on", said::VERDICT_ON, row.verdict_on)
        .hint(said::HINT_VERDICT_ON)
        .note("comments", said::COMMENTS, row.comments.as_str())
}

pub(super) fn save_sample(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let old = (form.kind == FormKind::Sample).then(|| cx.world.samples.get(form.subject));
    let mut row = old.flatten().cloned().unwrap_or(Sample {
        order_id: form.subject,
        ..Sample::default()
    });
    row.revision = v.text("revision").parse().unwrap_or(row.revision);
    row.kind = v.code("kind", SampleKind::of)?;
    row.round = v.whole("round")?.unwrap_or(0);
    row.due = v.date("due")?;
    row.sent_on = v.date("sent_on")?;
    row.courier = v.text("courier");
    row.verdict = v.code("verdict", Verdict::of)?;
    row.verdict_on = v.date("verdict_on")?;
    row.comments = v.text("comments");
    Ok(Command::SaveSample(Box::new(SaveSample { sample: row })))
}

pub(super) fn waive_lesson(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let list = lesson::ranked(cx.world, cx.base(), order);
    let first = list.first()?.lesson.id.to_string();
    let lessons = list.iter().map(|k| {
        let taught = format!("{} · {}", k.lesson.symptom, k.lesson.prevention);
        (k.lesson.id.to_string(), taught)
    });
    let title = said::FORM_WAIVE_LESSON.fill(cx.lang, &[&order.no]);
    Some(
        Form::new(FormKind::WaiveLesson, order.id, title)
            .choice("lesson", w::LESSON, lessons.collect(), &first)
            .note("reason", w::REASON, "")
            .required(),
    )
}

pub(super) fn save_waiver(form: &Form, v: &Values<'_>) -> Command {
    Command::UseLesson(UseLesson {
        lesson_id: v.text("lesson").parse().unwrap_or(0),
        order_id: form.subject,
        ticked: false,
        reason: v.text("reason"),
    })
}

pub(super) fn commit(cx: &Cx<'_>, order: i64) -> Option<Form> {
    let order = cx.world.orders.get(order)?;
    let all = (String::new(), cx.say(said::ALL_LINES).to_owned());
    let lines = cx.world.order_lines.of(order.id).map(|l| {
        let name = if l.name.is_empty() {
            &l.item_code
        } else {
            &l.name
        };
        (l.id.to_string(), format!("{} {name}", l.no))
    });
    let channels = options(Channel::ALL, Channel::code, cx.lang);
    let title = said::FORM_COMMIT.fill(cx.lang, &[&order.no]);
    Some(
        Form::new(FormKind::Commit, order.id, title)
            .date("date", w::PROMISED_DATE, None)
            .hint(w::HINT_DATE)
            .required()
            .choice(
                "line",
                said::FOR_LINES,
                std::iter::once(all).chain(lines).collect(),
                "",
            )
            .choice("channel", said::SAID_BY, channels, Channel::Email.code())
            .note("words", w::WORDS, "")
            .text("authority", w::AUTHORITY, "")
            .hint(w::HINT_AUTHORITY)
            .text("reason", w::REASON, "")
            .hint(said::HINT_NEW_DATE),
    )
}

pub(super) fn save_commit(form: &Form, v: &Values<'_>) -> Result<Command, Refusal> {
    let line = v.text("line");
    // The choices are ids of lines; none is all of them.
    let order_line_id = line.parse().ok();
    Ok(Command::Commit(Box::new(Commit {
        order_id: form.subject,
        order_line_id,
        date: v.needed_date("date")?,
        channel: v.code("channel", Channel::of)?,
        words: v.text("words"),
        authority: v.text("authority"),
        reason: v.text("reason"),
    })))
}

pub(super) fn authorise(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let row = cx.world.commitments.get(id)?;
    let title = said::FORM_AUTHORISE.fill(cx.lang, &[&row.date.to_string()]);
    Some(
        Form::new(FormKind::Authorise, id, title)
            .text("authority", w::AUTHORITY, "")
            .hint(said::HINT_WHO_ALLOWED)
            .required(),
    )
}

pub(super) fn save_authority(form: &Form, v: &Values<'_>) -> Command {
    Command::Authorise(Authorise {
        commitment_id: form.subject,
        authority: v.text("authority"),
    })
}
