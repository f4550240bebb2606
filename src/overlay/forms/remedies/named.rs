//! What a remedy is about, as a field names it: places, purchase lines, operations.

use crate::command::{Problem, Refusal};
use crate::domain::production::ProductionOrder;
use crate::domain::rule::{production, purchase};
use crate::overlay::form::Values;
use crate::panel::Cx;
use crate::text::{chasing, failure as said};

/// Values that a field proposes at most.
pub(super) const KNOWN_MAX: usize = 200;

/// Work centres and lines, as `centre` or `centre/line`.
pub(super) fn places(cx: &Cx<'_>) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "—".to_owned())];
    for centre in &cx.world.work_centres {
        let whole = crate::text::picture::BLOCK_LINE_ALL;
        all.push((
            centre.id.to_string(),
            format!("{} · {}", centre.name, cx.say(whole)),
        ));
        for line in cx.world.lines.of(centre.id) {
            let code = format!("{}/{}", centre.id, line.id);
            all.push((code, format!("{} · {}", centre.name, line.code)));
        }
    }
    all
}

/// A work centre with a line of it, as [`places`] write them.
#[must_use]
pub(crate) fn place(centre: Option<i64>, line: Option<i64>) -> String {
    match (centre, line) {
        (Some(centre), Some(line)) => format!("{centre}/{line}"),
        (Some(centre), None) => centre.to_string(),
        _ => String::new(),
    }
}

pub(super) fn place_of(text: &str) -> (Option<i64>, Option<i64>) {
    let (centre, line) = text.split_once('/').unwrap_or((text, ""));
    (centre.parse().ok(), line.parse().ok())
}

/// Purchase lines that are still open, as they are called.
pub(super) fn open_purchases(cx: &Cx<'_>) -> Vec<String> {
    let open =
        |p: &&crate::domain::purchase::Purchase| purchase::arrival(cx.world, p).open.is_positive();
    let lines = cx
        .world
        .purchases
        .iter()
        .filter(open)
        .map(chasing::line_name);
    lines.take(KNOWN_MAX).collect()
}

pub(super) fn live<'a>(cx: &Cx<'a>) -> impl Iterator<Item = &'a ProductionOrder> {
    let world = cx.world;
    let live = move |p: &&ProductionOrder| production::is_live(production::standing(world, p));
    world.production_orders.iter().filter(live)
}

pub(super) fn operations(cx: &Cx<'_>) -> Vec<String> {
    let all = live(cx).flat_map(|p| {
        let own = cx.world.operations.of(p.id);
        own.map(move |o| format!("{}/{}", p.no, o.seq))
    });
    all.take(KNOWN_MAX).collect()
}

pub(super) fn purchase_named(cx: &Cx<'_>, v: &Values<'_>) -> Result<Option<i64>, Refusal> {
    let text = v.text("purchase");
    if text.is_empty() {
        return Ok(None);
    }
    let mut lines = cx.world.purchases.iter();
    let found = lines.find(|p| chasing::line_name(p).eq_ignore_ascii_case(&text));
    let found = found.or_else(|| cx.world.purchases.iter().find(|p| p.no == text));
    match found {
        Some(line) => Ok(Some(line.id)),
        None => Err(Refusal::at(
            "purchase",
            Problem::Not(said::NO_SUCH_PURCHASE),
        )),
    }
}

pub(super) fn made_named<'a>(cx: &Cx<'a>, no: &str) -> Option<&'a ProductionOrder> {
    let mut all = cx.world.production_orders.iter();
    all.find(|p| p.no.eq_ignore_ascii_case(no.trim()))
}

pub(super) fn operation_named(cx: &Cx<'_>, v: &Values<'_>) -> Result<(Option<i64>, i64), Refusal> {
    let text = v.text("operation");
    if text.is_empty() {
        return Ok((None, 0));
    }
    let found = text.rsplit_once('/').and_then(|(no, seq)| {
        let made = made_named(cx, no)?;
        let seq: i64 = seq.trim().parse().ok()?;
        let known = cx.world.operations.of(made.id).any(|o| o.seq == seq);
        known.then_some((Some(made.id), seq))
    });
    found.ok_or_else(|| Refusal::at("operation", Problem::Not(said::NO_SUCH_OPERATION)))
}
