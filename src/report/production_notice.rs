//! The production notice (生产通知单): what the factory is to make for an order, how, of what.

use std::collections::BTreeMap;

use super::paper::{Cell, Layout, Paper, Table, Tone, Value};
use super::{Lacks, Scope};
use crate::app::agenda::{self, Entry};
use crate::app::gate;
use crate::domain::codes::ProductionState;
use crate::domain::order::{Order, OrderLine};
use crate::domain::production::ProductionOrder;
use crate::domain::quantity::Qty;
use crate::domain::rule::{consistency, delivery, production};
use crate::text::{Label, format, production as p, report as r, standing, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let order = s.order.ok_or(Lacks::Order)?;
    let made: Vec<&ProductionOrder> = production::of_order(s.world, order)
        .filter(|m| m.state != ProductionState::Cancelled)
        .collect();
    if made.is_empty() {
        return Err(Lacks::Rows);
    }
    let mut tables = vec![orders(s, order, &made)];
    for line in s.world.order_lines.of(order.id) {
        tables.extend(sizes(s, line));
    }
    tables.push(operations(s, &made));
    tables.push(materials(s, &made));
    tables.push(facts(s, order));
    tables.push(papers(s, order));
    tables.push(open(s, &made));
    tables.retain(|t| !t.rows.is_empty());
    let signs = [
        p::SIGN_ISSUED,
        p::SIGN_PRODUCTION,
        p::SIGN_WAREHOUSE,
        p::SIGN_QC,
    ];
    let mut foot: Vec<String> = Vec::new();
    if !order.remarks.is_empty() {
        foot.push(format!("{}: {}", s.say(w::REMARKS), order.remarks));
    }
    foot.push(s.say(p::SHEET_BASIS));
    foot.push(signs.map(|word| s.say(word)).join("　　　　"));
    Ok(Paper {
        title: s.say(p::PRODUCTION_NOTICE),
        head: head(s, order),
        tables,
        foot,
        layout: Layout::Page,
    })
}

fn head(s: &Scope<'_>, order: &Order) -> Vec<(String, String)> {
    let customer = s.world.customers.find(order.customer_id);
    let due = delivery::due(s.world, order);
    let revision = s.world.amendments.of(order.id).map(|a| a.no).max();
    vec![
        (s.say(p::SHEET_OF), s.today.to_string()),
        (s.say(w::ORDER_NO), order.no.clone()),
        (
            s.say(w::CUSTOMER),
            customer.map_or("", |c| c.name.as_str()).to_owned(),
        ),
        (s.say(w::CUSTOMER_PO), order.customer_po.clone()),
        (
            s.say(w::REVISION_NO),
            revision.map(|n| n.to_string()).unwrap_or_default(),
        ),
        (
            s.say(w::DUE),
            due.map(|d| d.to_string()).unwrap_or_default(),
        ),
        (s.say(w::DELIVERY_METHOD), order.delivery_method.clone()),
        (s.say(w::PACKAGING), order.packaging.clone()),
        (s.say(w::SHIP_TO), order.ship_to.clone()),
    ]
}

/// The production orders with quantities, tolerance and dates.
fn orders(s: &Scope<'_>, order: &Order, made: &[&ProductionOrder]) -> Table {
    let row = |m: &&ProductionOrder| {
        let item = s.world.items.find(m.item_id);
        let owners = production::owners(s.world, m);
        let own = owners.iter().filter(|(o, ..)| o.id == order.id);
        let mine: Qty = own.clone().map(|(.., qty)| *qty).sum();
        let line = own.clone().map(|(_, line, _)| *line).next();
        let rates = line.map(|l| {
            let (over, under) = (format::percent(l.over_pct), format::percent(l.under_pct));
            format!("+{over} −{under}")
        });
        let (starts, ends, basis) = span(s, m);
        let stands = production::standing(s.world, m);
        let kit = s.outlook.kits.get(&m.id);
        vec![
            Cell::text(m.no.clone()),
            Cell::text(standing::production(stands, s.lang).text),
            Cell::text(item.map_or("", |i| i.code.as_str())),
            Cell::text(item.map_or("", |i| i.name.as_str())),
            Cell::text(line.map_or("", |l| l.spec.as_str())),
            Cell::of(Value::Qty(m.qty)),
            Cell::of(Value::Qty(mine)),
            Cell::text(line.map_or("", |l| l.unit.as_str())),
            Cell::text(rates.unwrap_or_default()),
            Cell::date(starts),
            Cell::date(ends),
            Cell::text(basis.map(|b| s.say(b)).unwrap_or_default()),
            Cell::date(kit.and_then(|k| k.ready)),
            Cell::text(m.note.replace('\n', " / ")),
        ]
    };
    Table {
        title: s.say(p::THE_ORDERS),
        columns: vec![
            s.column(w::PRODUCTION_NO, 10).key(),
            s.column(w::STATE, 8),
            s.column(w::ITEM, 14),
            s.column(w::NAME, 22),
            s.column(w::SPEC, 22),
            s.column(w::QTY, 9),
            s.column(p::OF_THIS_ORDER, 9),
            s.column(w::UNIT, 6),
            s.column(w::TOLERANCE, 10),
            s.column(w::LINE_IN, 11),
            s.column(w::LINE_OUT, 11),
            s.column(p::BASIS, 8),
            s.column(w::KIT_READY, 11),
            s.column(w::NOTE, 20),
        ],
        rows: made.iter().map(row).collect(),
    }
}

/// First and last day, by the accepted plan where every operation that is left has a place in it.
fn span(
    s: &Scope<'_>,
    made: &ProductionOrder,
) -> (
    Option<chrono::NaiveDate>,
    Option<chrono::NaiveDate>,
    Option<crate::text::Word>,
) {
    let mut list = agenda::entries(s.world, s.outlook);
    list.retain(|e| e.made.id == made.id);
    let basis = if list.iter().all(|e| e.accepted) {
        p::ACCEPTED
    } else {
        p::COMPUTED
    };
    (
        list.iter().map(|e| e.starts.date()).min(),
        list.iter().map(Entry::last_day).max(),
        (!list.is_empty()).then_some(basis),
    )
}

/// Colours down, sizes across, sums beside and below.
fn sizes(s: &Scope<'_>, line: &OrderLine) -> Option<Table> {
    let mut run: Vec<&str> = Vec::new();
    let mut colours: Vec<&str> = Vec::new();
    let mut cells: BTreeMap<(&str, &str), Qty> = BTreeMap::new();
    for row in s.world.line_sizes.of(line.id) {
        if !run.contains(&row.size.as_str()) {
            run.push(&row.size);
        }
        if !colours.contains(&row.colour.as_str()) {
            colours.push(&row.colour);
        }
        *cells.entry((&row.colour, &row.size)).or_default() += row.qty;
    }
    if cells.is_empty() {
        return None;
    }
    let qty = |q: Qty| {
        if q.is_zero() {
            Cell::text("")
        } else {
            Cell::of(Value::Qty(q))
        }
    };
    let at = |colour: &str, size: &str| cells.get(&(colour, size)).copied().unwrap_or_default();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for colour in &colours {
        let mut row = vec![Cell::text(*colour)];
        row.extend(run.iter().map(|size| qty(at(colour, size))));
        row.push(qty(run.iter().map(|size| at(colour, size)).sum()));
        rows.push(row);
    }
    let mut sums = vec![Cell::text(s.say(p::TOTAL))];
    sums.extend(
        run.iter()
            .map(|size| qty(colours.iter().map(|c| at(c, size)).sum())),
    );
    sums.push(qty(cells.values().copied().sum()));
    rows.push(sums);
    let mut columns = vec![s.column(w::COLOUR, 14).key()];
    columns.extend(run.iter().map(|size| super::paper::Column::new(*size, 8)));
    columns.push(s.column(p::TOTAL, 9));
    Some(Table {
        title: format!("{} {} {}", s.say(w::SIZE_RUN), line.no, line.name),
        columns,
        rows,
    })
}

fn operations(s: &Scope<'_>, made: &[&ProductionOrder]) -> Table {
    let places = agenda::entries(s.world, s.outlook);
    let mut rows = Vec::new();
    for m in made {
        for o in s.world.operations.of(m.id) {
            let place = places.iter().find(|e| e.operation.id == o.id);
            let centre = s.world.work_centres.find(o.work_centre_id);
            let line = place.map(|e| e.place(s.world));
            let basis = place.map(|e| s.say(if e.accepted { p::ACCEPTED } else { p::COMPUTED }));
            rows.push(vec![
                Cell::text(m.no.clone()),
                Cell::of(Value::Whole(o.seq)),
                Cell::text(o.name.clone()),
                Cell::text(centre.map_or("", |c| c.name.as_str())),
                Cell::text(line.unwrap_or_default()),
                Cell::of(Value::Qty(production::left(s.world, m, o))),
                Cell::of(Value::Qty(o.minutes_per_unit)),
                Cell::date(place.map(|e| e.starts.date())),
                Cell::date(place.map(Entry::last_day)),
                Cell::text(basis.unwrap_or_default()),
            ]);
        }
    }
    Table {
        title: s.say(w::PART_OPERATIONS),
        columns: vec![
            s.column(w::PRODUCTION_NO, 10).key(),
            s.column(w::SEQ, 6).key(),
            s.column(w::OPERATION, 14),
            s.column(p::WORK_CENTRE, 14),
            s.column(w::LINE, 10),
            s.column(p::LEFT, 9),
            s.column(p::STANDARD_MINUTES, 9),
            s.column(w::LINE_IN, 11),
            s.column(w::LINE_OUT, 11),
            s.column(p::BASIS, 8),
        ],
        rows,
    }
}

/// The bill of each product with consumption and wastage, and how far the kits are.
fn materials(s: &Scope<'_>, made: &[&ProductionOrder]) -> Table {
    let mut rows = Vec::new();
    for m in made {
        for bom in s.world.bom_lines.of(m.item_id.unwrap_or_default()) {
            let Some(item) = s.world.items.get(bom.component_id) else {
                continue;
            };
            let kit = s.outlook.kits.get(&m.id);
            let kit = kit.and_then(|k| k.parts.iter().find(|p| p.item_id == item.id));
            let (state, tone) = match kit {
                None => (p::KIT_TAKEN, Tone::Plain),
                Some(k) if k.covered >= k.need => (p::KIT_THERE, Tone::Good),
                Some(k) if k.ready.is_some() => (p::KIT_COMING, Tone::Warn),
                Some(_) => (p::KIT_NOT_ORDERED, Tone::Bad),
            };
            let qty =
                |q: Option<Qty>| q.map_or_else(|| Cell::text(""), |q| Cell::of(Value::Qty(q)));
            rows.push(vec![
                Cell::text(m.no.clone()),
                Cell::text(item.code.clone()),
                Cell::text(item.name.clone()),
                Cell::text(item.spec.clone()),
                Cell::text(item.unit.clone()),
                Cell::of(Value::Qty(bom.qty)),
                Cell::percent(Some(bom.wastage)),
                qty(kit.map(|k| k.need)),
                qty(kit.map(|k| k.covered)),
                Cell::date(kit.and_then(|k| k.ready)),
                Cell::text(s.say(state)).tone(tone),
            ]);
        }
    }
    Table {
        title: s.say(w::PART_PARTS),
        columns: vec![
            s.column(w::PRODUCTION_NO, 10).key(),
            s.column(p::MATERIAL_CODE, 14).key(),
            s.column(w::NAME, 22),
            s.column(w::SPEC, 22),
            s.column(w::UNIT, 6),
            s.column(p::PER_PIECE, 9),
            s.column(p::WASTAGE, 8),
            s.column(w::NEED, 10),
            s.column(w::COVERED, 10),
            s.column(w::KIT_READY, 11),
            s.column(p::KIT_STATE, 10),
        ],
        rows,
    }
}

/// What the papers say, each fact with the paper that holds; what is open is marked.
fn facts(s: &Scope<'_>, order: &Order) -> Table {
    let row = |row: consistency::FactRow<'_>| {
        let fact = row.holds.or_else(|| row.stated.last().copied())?;
        let paper = s.world.documents.get(fact.document_id);
        let tone = if row.is_open() {
            Tone::Warn
        } else {
            Tone::Plain
        };
        let state = if row.is_open() {
            s.say(p::FACT_OPEN)
        } else {
            String::new()
        };
        Some(vec![
            Cell::text(row.name.clone()),
            Cell::text(consistency::whole(fact)).tone(tone),
            Cell::text(paper.map_or("", |d| d.kind.word().text(s.lang))),
            Cell::text(state).tone(tone),
        ])
    };
    let rows = consistency::board(s.world, order).into_iter();
    Table {
        title: s.say(p::FACTS),
        columns: vec![
            s.column(r::FIELD, 16),
            s.column(p::VALUE, 30),
            s.column(p::BY_PAPER, 18),
            s.column(w::STATE, 12),
        ],
        rows: rows.filter_map(row).collect(),
    }
}

/// Papers with their versions, then samples with their verdicts.
fn papers(s: &Scope<'_>, order: &Order) -> Table {
    let mut rows = Vec::new();
    for d in consistency::papers(s.world, order) {
        rows.push(vec![
            Cell::text(d.kind.word().text(s.lang)),
            Cell::text(d.title.clone()),
            Cell::of(Value::Whole(d.version)),
            Cell::date(d.date),
            Cell::text(d.state.word().text(s.lang)),
            Cell::text(d.note.clone()),
        ]);
    }
    for sample in s.world.samples.of(order.id) {
        rows.push(vec![
            Cell::text(sample.kind.word().text(s.lang)),
            Cell::text(""),
            Cell::of(Value::Whole(sample.round)),
            Cell::date(sample.verdict_on.or(sample.sent_on)),
            Cell::text(sample.verdict.word().text(s.lang)),
            Cell::text(sample.comments.clone()),
        ]);
    }
    Table {
        title: s.say(p::PAPERS),
        columns: vec![
            s.column(w::KIND, 14),
            s.column(w::NAME, 22),
            s.column(w::VERSION, 8),
            s.column(w::DATE, 11),
            s.column(w::STATE, 12),
            s.column(w::NOTE, 30),
        ],
        rows,
    }
}

/// What was missing when it was released, or still is; with the reason it was released anyway.
fn open(s: &Scope<'_>, made: &[&ProductionOrder]) -> Table {
    let mut rows = Vec::new();
    for m in made {
        let released = if m.override_reason.is_empty() {
            String::new()
        } else {
            format!("{}: {}", s.say(w::OVERRIDE_REASON), m.override_reason)
        };
        for item in gate::gate(s.world, s.outlook, m, s.today) {
            let (what, todo) = p::missing(s.world, &item, s.today, s.lang);
            rows.push(vec![
                Cell::text(m.no.clone()),
                Cell::text(what).tone(Tone::Warn),
                Cell::text(todo),
                Cell::text(released.clone()),
            ]);
        }
    }
    Table {
        title: s.say(p::STILL_OPEN),
        columns: vec![
            s.column(w::PRODUCTION_NO, 10).key(),
            s.column(p::MISSING, 40).key(),
            s.column(p::TO_DO, 30),
            s.column(w::OVERRIDE_REASON, 30),
        ],
        rows,
    }
}
