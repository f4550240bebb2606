//! An order file against what is known already: new, the same, changed, cancelled.
//!
//! A customer sends the same order twice, or once more with changes. What a file leaves empty is not
//! taken away; what it states counts, so the differences are those that an amendment would have.

use std::collections::{BTreeSet, HashMap};

use super::draft::{LineAction, LineDraft, OrderDraft, Preview, Purpose};
use super::plan;
use crate::command::entry::LineEntry;
use crate::command::orders::customer_named;
use crate::domain::codes::OrderState;
use crate::domain::order::{Order, OrderLine};
use crate::domain::rule::amend::{self, Difference, RevisedLine};
use crate::domain::rule::consistency::alias::Aliases;
use crate::domain::world::World;

/// How an order of a file stands to the orders that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    New,
    /// Known, and nothing differs.
    Same {
        order_id: i64,
    },
    /// Known, and this differs.
    Changed(Box<Changed>),
    /// The file cancels an order that is known and not cancelled.
    Cancels {
        order_id: i64,
    },
    /// The file cancels an order that is cancelled already.
    IsCancelled {
        order_id: i64,
    },
    /// The file changes or cancels an order that is not known.
    Unknown,
}

/// A known order as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// As it shall be.
    pub order: Order,
    pub lines: Vec<LineEntry>,
    pub differences: Vec<Difference>,
}

impl Standing {
    /// The known order that it is about.
    #[must_use]
    pub fn order_id(&self) -> Option<i64> {
        match self {
            Self::New | Self::Unknown => None,
            Self::Same { order_id }
            | Self::Cancels { order_id }
            | Self::IsCancelled { order_id } => Some(*order_id),
            Self::Changed(changed) => Some(changed.order.id),
        }
    }
}

/// How each order of a preview stands to what is known, in the order of the preview.
#[must_use]
pub fn standings(world: &World, preview: &Preview) -> Vec<Standing> {
    let index = Index::new(world);
    preview
        .drafts
        .iter()
        .map(|draft| standing(world, &index, draft))
        .collect()
}

/// Orders by number and by the customer's number, letters folded; names that mean the same.
struct Index<'a> {
    by_number: HashMap<String, &'a Order>,
    by_po: HashMap<String, Vec<&'a Order>>,
    aliases: Aliases,
}

impl<'a> Index<'a> {
    fn new(world: &'a World) -> Self {
        let mut by_po: HashMap<String, Vec<&Order>> = HashMap::new();
        for order in world.orders.iter() {
            let po = fold(&order.customer_po);
            if !po.is_empty() {
                by_po.entry(po).or_default().push(order);
            }
        }
        Self {
            by_number: world.orders.iter().map(|o| (fold(&o.no), o)).collect(),
            by_po,
            aliases: Aliases::new(world.aliases.iter()),
        }
    }

    /// The order that a draft is about: by our number, else by the customer's; one that is not
    /// cancelled comes first.
    fn order(&self, world: &World, draft: &OrderDraft) -> Option<&'a Order> {
        let numbers = [fold(&draft.order_no), fold(&draft.customer_po)];
        let named = numbers.iter().filter(|n| !n.is_empty());
        let by_number = named.clone().find_map(|n| self.by_number.get(n));
        if let Some(order) = by_number {
            return Some(order);
        }
        let customer = customer_named(world, &draft.customer).map(|c| c.id);
        let theirs = |o: &&&Order| {
            draft.customer.trim().is_empty() || (customer.is_some() && o.customer_id == customer)
        };
        let found: Vec<&&Order> = named
            .filter_map(|n| self.by_po.get(n))
            .flatten()
            .filter(theirs)
            .collect();
        let live = found.iter().find(|o| o.state != OrderState::Cancelled);
        live.or(found.first()).map(|o| **o)
    }
}

fn fold(text: &str) -> String {
    crate::text::datein::fold_width(text.trim()).to_lowercase()
}

fn standing(world: &World, index: &Index<'_>, draft: &OrderDraft) -> Standing {
    let Some(order) = index.order(world, draft) else {
        return match draft.purpose {
            Purpose::Order => Standing::New,
            Purpose::Change | Purpose::Cancel => Standing::Unknown,
        };
    };
    let (order_id, cancelled) = (order.id, order.state == OrderState::Cancelled);
    match draft.purpose {
        Purpose::Cancel if cancelled => return Standing::IsCancelled { order_id },
        Purpose::Cancel => return Standing::Cancels { order_id },
        // The number is free again where only the customer's own number is the same.
        Purpose::Order if cancelled && fold(&order.no) != fold(&draft.order_no) => {
            return Standing::New;
        }
        _ if cancelled => return Standing::IsCancelled { order_id },
        _ => {}
    }
    let lines = merged(world, &index.aliases, order, draft);
    let order = header(order, draft);
    let differences = amend::differences(world, &order, &crate::command::amend::revised(&lines));
    if differences.is_empty() {
        return Standing::Same { order_id };
    }
    Standing::Changed(Box::new(Changed {
        order,
        lines,
        differences,
    }))
}

/// Takes a text over where the file has one and it says something else.
fn settle(slot: &mut String, new: &str) {
    if !new.trim().is_empty() && fold(slot) != fold(new) {
        new.trim().clone_into(slot);
    }
}

fn header(known: &Order, draft: &OrderDraft) -> Order {
    let mut order = known.clone();
    let pairs = [
        (&mut order.customer_po, &draft.customer_po),
        (&mut order.currency, &draft.currency),
        (&mut order.price_terms, &draft.price_terms),
        (&mut order.payment_terms, &draft.payment_terms),
        (&mut order.delivery_method, &draft.delivery_method),
        (&mut order.packaging, &draft.packaging),
        (&mut order.ship_to, &draft.ship_to),
    ];
    for (slot, new) in pairs {
        settle(slot, new);
    }
    order
}

/// The lines of the order as the file has them, in the order of the known ones, new ones last.
fn merged(world: &World, aliases: &Aliases, order: &Order, draft: &OrderDraft) -> Vec<LineEntry> {
    let known = amend::lines_of(world, order);
    let matches = matched(&known, draft);
    let mut out: Vec<LineEntry> = Vec::new();
    let whole = draft.purpose == Purpose::Order;
    for (at, old) in known.iter().enumerate() {
        let mut entry = LineEntry {
            row: at,
            line: old.line.clone(),
            sizes: old.sizes.clone(),
            schedule: old.schedule.clone(),
        };
        let new = matches.iter().position(|m| *m == Some(at));
        match new.and_then(|n| draft.lines.get(n)) {
            Some(line) if line.action == Some(LineAction::Removed) => cancel(&mut entry.line),
            Some(line) if line.action == Some(LineAction::Kept) && !whole => {}
            Some(line) => revise(&mut entry, line, aliases),
            None if whole => cancel(&mut entry.line),
            None => {}
        }
        out.push(entry);
    }
    let mut no = known.iter().map(|l| l.line.no).max().unwrap_or(0);
    for (line, _) in draft
        .lines
        .iter()
        .zip(&matches)
        .filter(|(line, m)| m.is_none() && line.action != Some(LineAction::Removed))
    {
        no += 1;
        out.push(LineEntry {
            row: out.len(),
            ..plan::line(line, no)
        });
    }
    out
}

/// What is open of a line that the customer no longer wants is cancelled, not forgotten.
fn cancel(line: &mut OrderLine) {
    line.cancelled_qty = line.qty;
}

/// Whether a known line may be the one of the file.
type Likeness<'a> = dyn Fn(&RevisedLine, &LineDraft) -> bool + 'a;

/// For each line of the file the place of the known line it is, where there is one.
///
/// The sender's own line number counts where it names the same article; then the most exact
/// likeness first, so that equal articles with other quantities keep their rows.
fn matched(known: &[RevisedLine], draft: &OrderDraft) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = vec![None; draft.lines.len()];
    let mut free: BTreeSet<usize> = (0..known.len()).collect();
    let unsaid = |d: &LineDraft| d.colour.trim().is_empty() && d.sizes.is_empty();
    let likeness: [&Likeness<'_>; 6] = [
        &|k, d| Some(k.line.no) == d.line_no && same_item(k, d) && same_colour(k, d),
        &|k, d| same_item(k, d) && same_colour(k, d) && same_job(k, d) && Some(k.line.qty) == d.qty,
        &|k, d| same_item(k, d) && same_colour(k, d) && same_job(k, d),
        &|k, d| same_item(k, d) && same_colour(k, d),
        // A file that says nothing of colours is about all of them.
        &|k, d| same_item(k, d) && unsaid(d),
        &|k, d| draft.purpose == Purpose::Change && Some(k.line.no) == d.line_no,
    ];
    for like in likeness {
        for (slot, line) in out.iter_mut().zip(&draft.lines) {
            if slot.is_some() || line.action == Some(LineAction::Added) {
                continue;
            }
            let hit = free
                .iter()
                .copied()
                .find(|at| known.get(*at).is_some_and(|k| like(k, line)));
            if let Some(at) = hit {
                free.remove(&at);
                *slot = Some(at);
            }
        }
    }
    out
}

fn same_item(known: &RevisedLine, draft: &LineDraft) -> bool {
    let (k, d) = (&known.line, draft);
    if !d.item.trim().is_empty() && !k.item_code.trim().is_empty() {
        return fold(&k.item_code) == fold(&d.item)
            && (d.spec.trim().is_empty() || fold(&k.spec) == fold(&d.spec) || d.name.is_empty());
    }
    !d.name.trim().is_empty()
        && fold(&k.name) == fold(&d.name)
        && (d.spec.trim().is_empty() || fold(&k.spec) == fold(&d.spec))
}

fn same_colour(known: &RevisedLine, draft: &LineDraft) -> bool {
    let mut colours = known.sizes.iter().map(|s| fold(&s.colour));
    let wanted = fold(&draft.colour);
    if known.sizes.is_empty() {
        return wanted.is_empty();
    }
    colours.all(|c| c == wanted)
}

fn same_job(known: &RevisedLine, draft: &LineDraft) -> bool {
    draft.job_no.trim().is_empty() || fold(&known.line.job_no) == fold(&draft.job_no)
}

fn revise(entry: &mut LineEntry, draft: &LineDraft, aliases: &Aliases) {
    let new = plan::line(draft, entry.line.no);
    let line = &mut entry.line;
    let pairs = [
        (&mut line.item_code, &new.line.item_code),
        (&mut line.name, &new.line.name),
        (&mut line.spec, &new.line.spec),
        (&mut line.job_no, &new.line.job_no),
    ];
    for (slot, text) in pairs {
        settle(slot, text);
    }
    let unit = |text: &str| aliases.unit(text).unwrap_or_else(|| fold(text));
    if unit(&line.unit) != unit(&new.line.unit) {
        settle(&mut line.unit, &new.line.unit);
    }
    let before = (line.qty, line.unit_price);
    line.qty = draft.qty.unwrap_or(line.qty);
    line.unit_price = draft.unit_price.or(line.unit_price);
    if before != (line.qty, line.unit_price) {
        line.amount = None;
    }
    line.requested_date = draft.requested_date.or(line.requested_date);
    if draft.amount.is_some() {
        line.amount = draft.amount;
    }
    if !new.sizes.is_empty() {
        entry.sizes = new.sizes;
    }
    if !new.schedule.is_empty() {
        entry.schedule = new.schedule;
    }
}
