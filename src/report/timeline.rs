//! The timeline of an order (履历), oldest first, as far as the period goes.

use super::paper::{Cell, Layout, Paper, Table};
use super::{Lacks, Scope};
use crate::text::{Label, report as r, timeline as said, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let order = s.order.ok_or(Lacks::Order)?;
    let mut story = said::story(s.world, &s.world.deeds, order, s.lang);
    story.retain(|t| s.holds(t.on));
    if story.is_empty() {
        return Err(Lacks::Rows);
    }
    let customer = s.world.customers.find(order.customer_id);
    let row = |t: said::Told| {
        vec![
            Cell::text(t.at()),
            Cell::text(t.stage.word().text(s.lang)),
            Cell::text(t.who),
            Cell::text(t.text),
            Cell::text(t.evidence),
        ]
    };
    Ok(Paper {
        title: s.say(said::TIMELINE),
        layout: Layout::Pages,
        head: vec![
            (s.say(w::ORDER_NO), order.no.clone()),
            (
                s.say(w::CUSTOMER),
                customer.map_or_else(String::new, |c| c.name.clone()),
            ),
            (s.say(w::CUSTOMER_PO), order.customer_po.clone()),
            (s.say(r::MADE_ON), s.today.to_string()),
        ],
        tables: vec![Table {
            title: String::new(),
            columns: vec![
                s.column(w::TIME, 17).key(),
                s.column(w::STAGE, 12),
                s.column(w::WHO, 14),
                s.column(said::WHAT, 70).key(),
                s.column(said::EVIDENCE, 22),
            ],
            rows: story.into_iter().map(row).collect(),
        }],
        foot: Vec::new(),
    })
}
