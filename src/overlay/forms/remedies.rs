//! Forms of what hangs on an exception: its effect on the plan, a way out, an action, evidence.

mod action;
mod effect;
mod evidence;
mod named;
mod way_out;

use chrono::NaiveTime;

use super::super::form::Values;
use crate::command::{Problem, Refusal};
use crate::domain::exception::Exception;
use crate::domain::moment::Moment;
use crate::panel::Cx;
use crate::text::{Word, datein, failure as said};

pub(super) use action::{edit_action, new_action, save_action};
pub(super) use effect::{edit_effect, effect, effect_fields, new_effect, save_effect};
pub(super) use evidence::{edit_evidence, new_evidence, save_evidence};
pub(crate) use named::place;
pub(super) use way_out::{edit_option, new_option, save_option};

/// A moment as a field shows it.
#[must_use]
pub(crate) fn written(at: Option<Moment>) -> String {
    at.map(|m| m.0.format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// Day and time from a field; a day alone starts at midnight, or lasts to its end; a time alone is
/// today's.
pub(super) fn moment(
    v: &Values<'_>,
    key: &'static str,
    cx: &Cx<'_>,
    end: bool,
) -> Result<Option<Moment>, Refusal> {
    let text = v.text(key).replace('：', ":");
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Refusal::at(key, Problem::Not(said::NOT_A_MOMENT));
    let (day, time) = match text.rsplit_once(char::is_whitespace) {
        Some((day, time)) if time.contains(':') => (day.trim(), time),
        None if text.contains(':') => ("", text.as_str()),
        _ => (text.as_str(), ""),
    };
    let day = if day.is_empty() {
        cx.today()
    } else {
        datein::parse_date(day, cx.today()).ok().ok_or_else(wrong)?
    };
    if time.is_empty() {
        let last = if end {
            day.succ_opt().unwrap_or(day)
        } else {
            day
        };
        return Ok(Some(Moment::start_of(last)));
    }
    let time = NaiveTime::parse_from_str(time, "%H:%M")
        .ok()
        .ok_or_else(wrong)?;
    Ok(Some(Moment(day.and_time(time))))
}

fn title(cx: &Cx<'_>, word: Word, e: &Exception) -> String {
    word.fill(cx.lang, &[&e.no])
}

fn revision(v: &Values<'_>) -> i64 {
    v.text("revision").parse().unwrap_or(0)
}
