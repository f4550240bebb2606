//! What was read from a file, compared with what is known, in words.

use std::collections::BTreeSet;

use crate::domain::world::World;
use crate::overlay::import::ImportReply;
use crate::text::ripple::difference;
use crate::text::{Lang, Word, show, width};
use crate::text::{joined as j, transfer as t};
use crate::theme::Role;
use crate::transfer::arrivals::Joined;
use crate::transfer::compare::Standing;
use crate::transfer::draft::{Evidence, Fault, OrderDraft, Preview};
use crate::transfer::headings::Kind;
use crate::transfer::join;
use crate::transfer::values::ValueFault;

/// A file that was read, compared with what is known.
#[derive(Debug)]
pub struct Ready {
    pub file: Evidence,
    pub preview: Preview,
    /// How each order stands to what is known; empty until compared.
    pub standings: Vec<Standing>,
    /// A file about purchases or stock beside what is known; none where it holds orders.
    pub joined: Option<Joined>,
    /// Changed orders that the user leaves alone.
    passed: BTreeSet<usize>,
    /// What is shown; long files are not put into words for each drawing.
    lines: Vec<(String, Role)>,
    /// The lines wrapped to a width.
    wrapped: (usize, Vec<(String, Role)>),
}

impl Ready {
    #[must_use]
    pub fn new(file: Evidence, preview: Preview) -> Self {
        Self {
            file,
            preview,
            standings: Vec::new(),
            joined: None,
            passed: BTreeSet::new(),
            lines: Vec::new(),
            wrapped: (0, Vec::new()),
        }
    }

    /// Takes how the orders stand to what is known, and puts the whole into words.
    pub fn compare(
        &mut self,
        world: &World,
        standings: Vec<Standing>,
        joined: Option<Joined>,
        lang: Lang,
    ) {
        self.standings = standings;
        self.joined = joined;
        self.lines = lines(self, world, lang);
        self.wrapped = (0, Vec::new());
    }

    pub(super) fn any_new(&self) -> bool {
        self.standings.contains(&Standing::New)
    }

    /// Leaves the next changed order alone.
    pub fn pass(&mut self) {
        self.passed.extend(self.next());
    }

    /// The first order that changes or cancels a known one and was not skipped.
    #[must_use]
    pub fn next(&self) -> Option<usize> {
        let open = |s: &Standing| matches!(s, Standing::Changed(_) | Standing::Cancels { .. });
        let mut at = self.standings.iter().enumerate();
        at.find(|(at, s)| open(s) && !self.passed.contains(at))
            .map(|(at, _)| at)
    }

    /// Whether dates leave open which is the day.
    pub(super) fn asks_dates(&self) -> bool {
        let open = Fault::Value(ValueFault::WhichIsDay);
        self.preview.errors.iter().any(|e| e.fault == open)
    }

    pub(super) fn is_good(&self) -> bool {
        self.preview.errors.is_empty() && !self.preview.drafts.is_empty()
    }

    pub(super) fn wrapped(&mut self, cells: usize) -> &[(String, Role)] {
        if self.wrapped.0 != cells {
            self.wrapped = (cells, wrapped(&self.lines, cells));
        }
        &self.wrapped.1
    }

    /// Whether the file may be read as another kind of sheet.
    pub(super) fn can_turn(&self) -> bool {
        let unknown =
            |e: &crate::transfer::draft::ImportError| matches!(e.fault, Fault::NoColumns { .. });
        self.joined.is_some() || self.preview.errors.iter().any(unknown)
    }

    /// Whether there is anything wrong with the file or its rows.
    fn is_wrong(&self, joined: &Joined) -> bool {
        !self.preview.errors.is_empty() || !joined.errors.is_empty()
    }

    /// What Enter does with a file about purchases or stock.
    pub(super) fn take(&self) -> ImportReply {
        match &self.joined {
            Some(joined) if self.is_wrong(joined) => ImportReply::Taken,
            Some(joined) if !joined.taking.is_empty() => ImportReply::Take,
            _ => ImportReply::Leave,
        }
    }

    /// What was found, short.
    pub(super) fn found(&self, lang: Lang) -> String {
        let nothing = self.preview.drafts.is_empty() && self.preview.rows.is_empty();
        if nothing {
            return String::new();
        }
        match self.preview.kind {
            Kind::Orders => t::found(&self.preview, lang),
            kind => {
                let rows = self.preview.rows.len().to_string();
                j::FOUND.fill(lang, &[j::kind(kind).text(lang), &rows])
            }
        }
    }

    pub(super) fn footer(&self, lang: Lang) -> String {
        let only = self.preview.kind.turn() == self.preview.kind;
        match &self.joined {
            Some(_) if unknown_headings(&self.preview).is_some() || self.asks_dates() => {}
            Some(joined) => {
                let (wrong, nothing, take) = if only {
                    (j::KEYS_WRONG_ONLY, j::KEYS_NOTHING_ONLY, j::KEYS_TAKE_ONLY)
                } else {
                    (j::KEYS_WRONG, j::KEYS_NOTHING, j::KEYS_TAKE)
                };
                if self.is_wrong(joined) {
                    return wrong.text(lang).to_owned();
                }
                if joined.taking.is_empty() {
                    return nothing.text(lang).to_owned();
                }
                return take.fill(lang, &[&joined.taking.len().to_string()]);
            }
            None => {}
        }
        self.keys().text(lang).to_owned()
    }

    fn keys(&self) -> Word {
        if unknown_headings(&self.preview).is_some() {
            t::KEYS_EXPLAIN
        } else if self.asks_dates() {
            t::KEYS_DATES
        } else if !self.is_good() {
            t::KEYS_WRONG
        } else if self.any_new() && self.preview.message.is_some() {
            t::KEYS_MESSAGE
        } else if self.any_new() {
            t::KEYS_READY
        } else if self.next().is_some() {
            t::KEYS_CHANGED
        } else {
            t::KEYS_NOTHING_NEW
        }
    }
}

/// The headings of a sheet that was not understood, for the user to explain.
pub(super) fn unknown_headings(preview: &Preview) -> Option<&[String]> {
    preview.errors.iter().find_map(|e| match &e.fault {
        Fault::NoHeadings { unknown } | Fault::NoColumns { unknown, .. } if !unknown.is_empty() => {
            Some(unknown.as_slice())
        }
        _ => None,
    })
}

/// The preview as lines: errors first, then what is open, then the orders.
fn lines(ready: &Ready, world: &World, lang: Lang) -> Vec<(String, Role)> {
    let preview = &ready.preview;
    let mut lines = Vec::new();
    if !preview.subject.is_empty() {
        lines.push((preview.subject.clone(), Role::Title));
    }
    let of_rows = ready.joined.iter().flat_map(|joined| &joined.errors);
    let errors: Vec<String> = preview
        .errors
        .iter()
        .chain(of_rows)
        .map(|e| t::error(e, lang))
        .collect();
    if let Some(joined) = &ready.joined {
        lines.push((j::counts(joined, lang), Role::Title));
    }
    if !errors.is_empty() {
        let count = errors.len().to_string();
        lines.push((t::ERRORS.fill(lang, &[&count]), Role::Bad));
        lines.extend(errors.into_iter().map(|text| (text, Role::Bad)));
    }
    if ready.standings.iter().any(|s| *s != Standing::New) {
        lines.push((t::standings(&ready.standings, lang), Role::Title));
    }
    for text in [t::to_ask(preview, lang), t::skipped(&preview.skipped, lang)] {
        if !text.is_empty() {
            lines.push((text, Role::Warn));
        }
    }
    if !preview.unknown.is_empty() {
        let unknown = preview.unknown.join(", ");
        lines.push((t::UNKNOWN_HEADINGS.fill(lang, &[&unknown]), Role::Dim));
    }
    if let Some(joined) = &ready.joined {
        let rows = joined.rows.iter().map(|joint| {
            let text = j::line(world, preview, joined, joint, lang);
            (text, role(joint.standing))
        });
        lines.extend(rows);
    }
    for (at, (draft, standing)) in preview.drafts.iter().zip(&ready.standings).enumerate() {
        let known = standing.order_id().and_then(|id| world.orders.get(id));
        let no = known.map_or("", |o| o.no.as_str());
        let said = if ready.passed.contains(&at) {
            t::IS_PASSED.fill(lang, &[no])
        } else {
            t::standing(standing, no, lang)
        };
        let mut of_order = order(draft).into_iter();
        if let Some((head, role)) = of_order.next() {
            lines.push((format!("{head}  [{said}]"), role));
        }
        match standing {
            Standing::New => lines.extend(of_order),
            Standing::Changed(changed) => {
                let said = changed.differences.iter().map(|d| difference(d, lang));
                lines.extend(said.map(|text| (format!("  {text}"), Role::Warn)));
            }
            _ => {}
        }
    }
    lines
}

/// The weight of a row of the joined list.
const fn role(standing: join::Standing) -> Role {
    use join::Standing as S;
    match standing {
        S::Wrong => Role::Bad,
        S::Differs => Role::Ok,
        S::Otherwise | S::Unknown | S::Missing => Role::Warn,
        S::Silent | S::Twice | S::Same => Role::Dim,
    }
}

/// What is said of the file, wrapped to a width; the orders keep to a line each.
fn wrapped(lines: &[(String, Role)], cells: usize) -> Vec<(String, Role)> {
    let wrap = |(text, role): &(String, Role)| match role {
        Role::Base | Role::Accent => vec![(text.clone(), *role)],
        _ => {
            let parts = width::wrap(text, cells).into_iter();
            parts.map(|part| (part, *role)).collect()
        }
    };
    lines.iter().flat_map(wrap).collect()
}

fn order(draft: &OrderDraft) -> Vec<(String, Role)> {
    let number = if draft.order_no.is_empty() {
        &draft.customer_po
    } else {
        &draft.order_no
    };
    let number = if number.is_empty() { "—" } else { number };
    let date = draft.order_date.map(|d| d.to_string()).unwrap_or_default();
    let total = draft
        .total
        .map(|sum| show::money(sum, &draft.currency))
        .unwrap_or_default();
    let head = format!(
        "■ {number}  {}  {date}  {total}  {}",
        draft.customer, draft.remarks
    );
    let mut lines = vec![(head.trim_end().to_owned(), Role::Accent)];
    for line in &draft.lines {
        let qty = line.qty.map_or_else(|| "?".to_owned(), |q| q.text());
        let due = line
            .requested_date
            .map(|d| d.to_string())
            .unwrap_or_else(|| "?".to_owned());
        let price = line
            .unit_price
            .map(|p| format!(" @ {p}"))
            .unwrap_or_default();
        let sizes: Vec<String> = line.sizes.iter().map(|(s, q)| format!("{s}:{q}")).collect();
        let what = format!(
            "{} {} {} {} {}",
            line.item,
            line.name,
            line.spec,
            line.colour,
            sizes.join(" ")
        );
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push((
            format!(
                "  {what}  {qty} {}{price}  → {due}  {}",
                line.unit, line.job_no
            ),
            Role::Base,
        ));
    }
    lines
}
