//! `list today`, `list done`, `list silence`: what the day holds, what it brought, who is silent.

use super::*;
use crate::app::doings;
use crate::command::followup::subject_name;
use crate::domain::followup::Snooze;
use crate::domain::rule::chase::Hold;
use crate::domain::rule::news;
use crate::domain::rule::today::Line;
use crate::text::width::clip;
use crate::text::{chasing, reason, today as t};

/// Cells of a line of the table: what a login shell shows.
const CELLS: usize = 80;
/// Changes of the journal that are read for one day.
const DAY_MAX: i64 = 5_000;

/// What is known of a line beside itself.
struct Placed<'a> {
    line: &'a Line,
    hold: Option<Hold>,
    snooze: Option<&'a Snooze>,
}

/// The lines of Today: as a table only what is open, in 80 cells; else with what is held back or put
/// off, the reason beside it.
pub(super) fn lines(setting: &Setting, l: &Loaded, order: Option<i64>, format: Format) -> Rows {
    let of_order = |line: &&Line| mine(order, line.lead.order_id);
    if format == Format::Table {
        return table(setting, l, l.agenda.open.iter().filter(of_order));
    }
    let open = l.agenda.open.iter().map(|line| Placed {
        line,
        hold: None,
        snooze: None,
    });
    let held = l.agenda.held.iter().map(|(line, hold)| Placed {
        line,
        hold: Some(*hold),
        snooze: None,
    });
    let snoozed = l.agenda.snoozed.iter().map(|(line, snooze)| Placed {
        line,
        hold: None,
        snooze: Some(snooze),
    });
    let all = open.chain(held).chain(snoozed);
    let rows = all
        .filter(|p| of_order(&p.line))
        .map(|p| row(setting, l, &p));
    let names = [
        "kind",
        "stage",
        "subject",
        "name",
        "order",
        "cause",
        "reason",
        "why",
        "days",
        "loss",
        "late_chance",
        "causes",
        "next_step",
        "held",
        "snoozed_until",
    ];
    let rows = rows.collect();
    named(&names, rows)
}

fn row(setting: &Setting, l: &Loaded, p: &Placed<'_>) -> Vec<Value> {
    let (line, lang, today) = (p.line, setting.lang, setting.clock.today());
    let (subject, id) = line.subject();
    let held = p.hold.map(|h| chasing::hold(&l.world, h, today, lang));
    vec![
        Value::from(line.lead.kind.code()),
        Value::from(line.lead.stage.code()),
        Value::from(subject.code()),
        Value::from(subject_name(&l.world, subject, id)),
        order_no(&l.world, line.lead.order_id),
        Value::from(line.lead.reason.code()),
        Value::from(t::what(line, lang)),
        Value::from(t::why(&l.world, line, today, lang)),
        Value::from(line.days()),
        Value::from(line.loss.text()),
        line.risk.map_or(Value::Null, |r| Value::from(r.percent)),
        line.causes()
            .map(|a| Value::from(a.reason.code()))
            .collect(),
        Value::from(reason::advice(line.lead.reason, lang)),
        held.map_or(Value::Null, Value::from),
        date(p.snooze.map(|s| s.until)),
    ]
}

fn table<'a>(setting: &Setting, l: &Loaded, open: impl Iterator<Item = &'a Line>) -> Rows {
    let today = setting.clock.today();
    let cells = |line: &Line| {
        let order = l.world.orders.find(line.lead.order_id);
        let (subject, id) = line.subject();
        let name = || subject_name(&l.world, subject, id);
        let why = t::why(&l.world, line, today, setting.lang);
        let what = t::what(line, setting.lang);
        [
            t::kind(line.lead.kind).text(setting.lang).to_owned(),
            order.map_or_else(name, |o| o.no.clone()),
            if why.is_empty() {
                what
            } else {
                format!("{what} ({why})")
            },
        ]
    };
    let all: Vec<[String; 3]> = open.map(cells).collect();
    let names = ["kind", "order", "what"];
    // Numbers of orders are as long as people make them; the words give way.
    let wide = |at: usize| {
        let own = all.iter().filter_map(|row| row.get(at));
        let own = own.map(|c| width(&crate::text::safe::shown(c)));
        own.chain(names.get(at).map(|n| width(n)))
            .max()
            .unwrap_or(0)
    };
    let numbers = wide(1).min(CELLS / 3);
    let left = CELLS.saturating_sub(wide(0) + numbers + 4);
    let rows = all.iter().map(|[kind, no, what]| {
        let shown = |text: &str| crate::text::safe::shown(text).into_owned();
        vec![
            Value::from(kind.clone()),
            Value::from(clip(&shown(no), numbers, '…').into_owned()),
            Value::from(clip(&shown(what), left, '…').into_owned()),
        ]
    });
    named(&names, rows.collect())
}

/// What was done today, thing by thing.
pub(super) fn done(setting: &Setting, l: &Loaded, order: Option<i64>) -> Result<Rows, Failure> {
    let no = l.world.orders.find(order).map(|o| o.no.as_str());
    let journal = l
        .store
        .journal(no, DAY_MAX)
        .map_err(|e| Failure::of(&e, setting.lang))?;
    let rows = doings::of_day(&journal, setting.clock.today())
        .into_iter()
        .map(|d| {
            let last = d.last.as_ref();
            let said = last.map(|line| crate::text::diary::sentence(line, setting.lang));
            vec![
                Value::from(d.thing.clone()),
                Value::from(d.chases),
                Value::from(d.answers),
                Value::from(d.figures),
                Value::from(d.reports),
                Value::from(d.other),
                said.map_or(Value::Null, Value::from),
            ]
        });
    let names = [
        "thing", "chases", "answers", "figures", "reports", "other", "last",
    ];
    Ok(named(&names, rows.collect()))
}

/// Everything that news is waited for: from whom, since when, and what is usual.
pub(super) fn silence(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let list = news::list(&l.world, setting.clock.today());
    let rows = list.iter().filter(|n| mine(order, n.order_id)).map(|n| {
        vec![
            Value::from(n.stage.code()),
            Value::from(t::partner(&l.world, n.partner, setting.lang)),
            Value::from(n.subject.code()),
            Value::from(subject_name(&l.world, n.subject, n.subject_id)),
            order_no(&l.world, n.order_id),
            date(Some(n.last)),
            Value::from(n.silence.days),
            Value::from(n.silence.usual),
            Value::from(n.learnt.code()),
            Value::from(n.silence.is_long()),
        ]
    });
    let names = [
        "stage",
        "partner",
        "subject",
        "name",
        "order",
        "last_news",
        "days",
        "usual",
        "usual_from",
        "too_long",
    ];
    named(&names, rows.collect())
}
