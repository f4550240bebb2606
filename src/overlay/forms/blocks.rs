//! The form of a capacity block: others' orders, downtime, overtime, for a range of days.

use chrono::{Days, NaiveDate, NaiveTime};

use super::super::form::{Form, FormKind, Values};
use super::options;
use crate::command::blocks::{DAYS_MAX, SaveBlock};
use crate::command::{Command, Problem, Refusal};
use crate::domain::calendar::Calendar;
use crate::domain::codes::BlockKind;
use crate::domain::moment::Moment;
use crate::domain::quantity::Micro;
use crate::domain::resource::CapacityBlock;
use crate::panel::Cx;
use crate::text::{blocks as said, picture as p, words as w};

pub(super) fn new(cx: &Cx<'_>, centre: i64) -> Option<Form> {
    cx.world.work_centres.get(centre)?;
    let form = Form::new(FormKind::NewBlock, centre, cx.say(p::FORM_BLOCK));
    let today = Some(cx.today());
    Some(fields(form, cx, &place(centre, None), BlockKind::Others).dates(today, today, "", ""))
}

pub(super) fn edit(cx: &Cx<'_>, id: i64) -> Option<Form> {
    let block = cx.world.capacity_blocks.get(id)?;
    let form = Form::new(FormKind::Block, id, cx.say(p::FORM_BLOCK));
    let place = place(block.work_centre_id, block.line_id);
    let (from, to, from_time, to_time) = written(block);
    let form =
        fields(form, cx, &place, block.kind).dates(Some(from), Some(to), &from_time, &to_time);
    let minutes = block.minutes.0 / Micro::ONE.0;
    Some(
        form.with(
            "minutes",
            if minutes > 0 {
                minutes.to_string()
            } else {
                String::new()
            },
        )
        .with("note", block.note.as_str())
        .hide("revision", block.revision.to_string()),
    )
}

/// A block as the form says it: whole days without times.
fn written(block: &CapacityBlock) -> (NaiveDate, NaiveDate, String, String) {
    let midnight = |m: Moment| m.0.time() == NaiveTime::MIN;
    let last = block.ends.date();
    if midnight(block.starts) && midnight(block.ends) && block.ends > block.starts {
        let last = last.pred_opt().unwrap_or(last);
        return (block.starts.date(), last, String::new(), String::new());
    }
    let time = |m: Moment| m.0.format("%H:%M").to_string();
    (
        block.starts.date(),
        last,
        time(block.starts),
        time(block.ends),
    )
}

fn place(centre: i64, line: Option<i64>) -> String {
    line.map_or_else(|| format!("{centre}"), |line| format!("{centre}/{line}"))
}

fn fields(form: Form, cx: &Cx<'_>, at: &str, kind: BlockKind) -> Form {
    let mut places = Vec::new();
    for centre in &cx.world.work_centres {
        let whole = format!("{} · {}", centre.name, cx.say(p::BLOCK_LINE_ALL));
        places.push((place(centre.id, None), whole));
        for line in cx.world.lines.of(centre.id) {
            let name = format!("{} · {}", centre.name, line.code);
            places.push((place(centre.id, Some(line.id)), name));
        }
    }
    let kinds = options(BlockKind::ALL, BlockKind::code, cx.lang);
    form.choice("kind", p::KIND, kinds, kind.code())
        .choice("place", p::PLACE, places, at)
        .date("from", p::FROM_DAY, None)
        .required()
        .date("to", p::TO_DAY, None)
        .required()
        .whole("minutes", p::MINUTES_A_DAY, None)
        .hint(p::HINT_MINUTES)
        .text("from_time", p::FROM_TIME, "")
        .hint(p::HINT_TIME)
        .text("to_time", p::TO_TIME, "")
        .hint(p::HINT_TIME)
        .text("note", w::NOTE, "")
}

impl Form {
    fn dates(
        self,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        from_time: &str,
        to_time: &str,
    ) -> Self {
        let text = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        self.with("from", text(from))
            .with("to", text(to))
            .with("from_time", from_time)
            .with("to_time", to_time)
    }
}

fn time(v: &Values<'_>, key: &'static str) -> Result<Option<NaiveTime>, Refusal> {
    let text = v.text(key).replace('：', ":");
    if text.is_empty() {
        return Ok(None);
    }
    match NaiveTime::parse_from_str(&text, "%H:%M") {
        Ok(time) => Ok(Some(time)),
        Err(_) => Err(Refusal::at(key, Problem::Not(said::NOT_A_TIME))),
    }
}

pub(super) fn save(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let place = v.text("place");
    let (centre, line) = place.split_once('/').unwrap_or((&place, ""));
    let centre: i64 = centre.parse().unwrap_or(form.subject);
    let line_id: Option<i64> = line.parse().ok();
    let kind = v.code("kind", BlockKind::of)?;
    let (from, to) = (v.needed_date("from")?, v.needed_date("to")?);
    if to < from {
        return Err(Refusal::at("to", Problem::Not(said::ENDS_BEFORE)));
    }
    if usize::try_from((to - from).num_days()).unwrap_or(usize::MAX) >= DAYS_MAX {
        return Err(Refusal::at("to", Problem::Not(said::TOO_MANY_DAYS)));
    }
    let minutes = v.whole("minutes")?.unwrap_or(0);
    let times = match (time(v, "from_time")?, time(v, "to_time")?) {
        (Some(start), Some(end)) => Some((start, end)),
        (None, None) => None,
        (Some(_), None) => return Err(Refusal::at("to_time", Problem::Not(said::BOTH_TIMES))),
        (None, Some(_)) => return Err(Refusal::at("from_time", Problem::Not(said::BOTH_TIMES))),
    };
    let row = cx.world.work_centres.get(centre);
    let own = cx.world.lines.find(line_id).and_then(|l| l.calendar_id);
    let calendar = own.or(row.and_then(|c| c.calendar_id));
    let calendar = cx.world.calendar_or_own(calendar);
    let wish = Wish {
        kind,
        from,
        to,
        times,
        minutes,
    };
    let (spans, minutes) = wish.spans(&calendar)?;
    Ok(Command::SaveBlock(Box::new(SaveBlock {
        replaces: (form.kind == FormKind::Block).then_some(form.subject),
        revision: v.text("revision").parse().unwrap_or(0),
        work_centre_id: centre,
        line_id,
        kind,
        spans,
        minutes,
        note: v.text("note"),
    })))
}

/// What the form says about time.
struct Wish {
    kind: BlockKind,
    from: NaiveDate,
    to: NaiveDate,
    times: Option<(NaiveTime, NaiveTime)>,
    minutes: i64,
}

impl Wish {
    /// The spans it means, and the minutes within each.
    ///
    /// With minutes or times there is one span for each working day; for days off alone, one for
    /// each of them where times are given. Overtime minutes follow the last shift of the day.
    /// Without either it is one span of whole days.
    fn spans(&self, calendar: &Calendar) -> Result<(Vec<(Moment, Moment)>, i64), Refusal> {
        let next = |d: NaiveDate| d.checked_add_days(Days::new(1)).unwrap_or(d);
        let overtime = self.kind == BlockKind::Overtime;
        if self.times.is_none() && self.minutes == 0 {
            if overtime {
                let why = Problem::Not(said::OVERTIME_NEEDS_TIME);
                return Err(Refusal::at("minutes", why));
            }
            let span = (Moment::start_of(self.from), Moment::start_of(next(self.to)));
            return Ok((vec![span], 0));
        }
        let all: Vec<NaiveDate> = self
            .from
            .iter_days()
            .take_while(|d| *d <= self.to)
            .collect();
        let mut days: Vec<NaiveDate> = all.clone();
        days.retain(|d| calendar.is_working(*d));
        if days.is_empty() && self.times.is_some() {
            days = all;
        }
        let within = |day: NaiveDate| match self.times {
            Some((start, end)) => {
                // A night shift ends on the next day.
                let last = if end <= start { next(day) } else { day };
                (Moment(day.and_time(start)), Moment(last.and_time(end)))
            }
            None if overtime => {
                let close = calendar
                    .shifts_on(day)
                    .last()
                    .map_or(0, |s| i64::from(s.end));
                let start = Moment::start_of(day).0 + chrono::Duration::minutes(close);
                let end = start + chrono::Duration::minutes(self.minutes.min(1_440));
                (Moment(start), Moment(end))
            }
            None => (Moment::start_of(day), Moment::start_of(next(day))),
        };
        let whole = overtime && self.times.is_none();
        let minutes = if whole { 0 } else { self.minutes };
        Ok((days.into_iter().map(within).collect(), minutes))
    }
}
