//! Shipments of an order with their cartons and papers.

use super::inspecting;
use crate::app::action::Action;
use crate::command::Command;
use crate::domain::order::Order;
use crate::domain::progress::{Carton, Shipment};
use crate::domain::quantity::Micro;
use crate::domain::rule::shipment::{self as rule, Step, packing, papers};
use crate::overlay::form::FormKind;
use crate::panel::build::{day, dim, due, qty, qty_or_blank, text};
use crate::panel::{
    Cell, Column, Content, Cx, Listing, Part, PartKind, Reply, Row, Spot, Width, column, number,
};
use crate::text::{Label, shipping as words, show, words as w};
use crate::theme::Role;

const SHIPMENTS: &[Column] = &[
    column(w::SHIPMENT_NO, Width::Fixed(9), 0),
    column(words::STEP, Width::Fixed(8), 0),
    column(w::SHIPPED_ON, Width::Fixed(11), 0),
    number(w::QTY, 9, 0),
    number(words::CARTONS, 7, 3),
    column(words::PAPERS, Width::Fixed(6), 1),
    column(words::CUT_OFF, Width::Fixed(12), 1),
    column(words::BOOKING, Width::Fill(1), 2),
    column(words::VESSEL, Width::Fill(1), 5),
    column(w::BL_NO, Width::Fill(1), 3),
    column(w::DELIVERY_METHOD, Width::Fixed(15), 6),
    column(w::NOTE, Width::Fill(1), 4),
];

const CARTONS: &[Column] = &[
    column(w::SHIPMENT_NO, Width::Fixed(9), 3),
    column(words::CARTON_NOS, Width::Fixed(10), 0),
    column(w::COLOUR, Width::Fill(1), 0),
    column(w::SIZE_RUN, Width::Fixed(6), 0),
    number(words::PER_CARTON, 6, 1),
    number(words::CARTONS, 6, 0),
    number(words::PIECES, 8, 0),
    number(words::GROSS, 8, 2),
    number(words::NET, 8, 2),
    column(words::BOX, Width::Fixed(12), 4),
    column(w::NOTE, Width::Fill(2), 0),
];

const PAPERS: &[Column] = &[
    column(w::SHIPMENT_NO, Width::Fixed(9), 2),
    column(words::PAPER, Width::Fixed(14), 0),
    column(words::MAKER, Width::Fixed(10), 1),
    column(words::DUE_BY, Width::Fixed(11), 0),
    column(words::PAPER_DONE, Width::Fixed(11), 0),
    column(words::NUMBER, Width::Fill(1), 0),
    column(words::RULE, Width::Fill(2), 3),
    column(w::NOTE, Width::Fill(1), 4),
];

/// Sums and differences of a shipment stand in rows of their own, numbered below zero.
const ROWS_A_SHIPMENT: i64 = 1_000;

fn list(kind: PartKind, title: crate::text::Word, content: Listing) -> Part {
    Part {
        kind,
        title,
        count: None,
        content: Content::List(content),
    }
}

pub(super) fn shipments(cx: &Cx<'_>, order: &Order) -> Part {
    let rows = cx.world.shipments.of(order.id).map(|s| shipment(cx, s));
    list(
        PartKind::Shipments,
        w::PART_SHIPMENTS,
        Listing {
            columns: SHIPMENTS,
            rows: rows.collect(),
            empty: Some(w::EMPTY_SHIPMENTS),
        },
    )
}

fn shipment(cx: &Cx<'_>, s: &Shipment) -> Row {
    let step = rule::step(cx.world, s);
    let role = match step {
        Step::Shipped => Role::Ok,
        Step::Cancelled => Role::Dim,
        _ => Role::Base,
    };
    let papers: Vec<_> = cx.world.export_papers.of(s.id).collect();
    let done = papers.iter().filter(|p| p.done_on.is_some()).count();
    let totals = packing::totals(cx.world.cartons.of(s.id));
    let cartons = match totals.cartons {
        0 => String::new(),
        n => n.to_string(),
    };
    let leaves = if rule::is_pending(s) {
        due(s.planned, cx)
    } else {
        day(s.shipped_on.or(s.planned), cx)
    };
    let mut cells = vec![
        text(s.no.clone()),
        Cell::new(step.word().text(cx.lang), role),
        leaves,
        qty(rule::total(cx.world, s)),
        text(cartons),
        match papers.len() {
            0 => dim("—"),
            all if done == all => Cell::new(format!("{done}/{all}"), Role::Ok),
            all => Cell::new(format!("{done}/{all}"), Role::Warn),
        },
        s.cut_off
            .map_or_else(|| dim("—"), |at| text(show::moment(at, cx.today()))),
        text(s.booking_no.clone()),
        text(s.vessel.clone()),
        text(s.bl_no.clone()),
        text(s.method.clone()),
        text(s.note.clone()),
    ];
    if step == Step::Cancelled {
        cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
    }
    Row { id: s.id, cells }
}

pub(super) fn cartons(cx: &Cx<'_>, order: &Order) -> Part {
    let mut rows = Vec::new();
    for s in cx.world.shipments.of(order.id) {
        if s.cancelled_on.is_some() {
            continue;
        }
        let own: Vec<&Carton> = cx.world.cartons.of(s.id).collect();
        if own.is_empty() {
            continue;
        }
        // What is wrong stands first, so that it is seen however many cartons there are.
        rows.push(total(cx, s));
        rows.extend(differences(cx, s));
        rows.extend(own.iter().map(|c| carton(cx, s, c)));
    }
    list(
        PartKind::Cartons,
        words::PART_CARTONS,
        Listing {
            columns: CARTONS,
            rows,
            empty: Some(words::EMPTY_CARTONS),
        },
    )
}

fn carton(cx: &Cx<'_>, s: &Shipment, c: &Carton) -> Row {
    let nos = match (c.first_no, c.cartons) {
        (0, _) => String::new(),
        (first, 1) => first.to_string(),
        (first, _) => format!("{first}-{}", packing::last_no(c)),
    };
    let size = match c.length_mm {
        0 => String::new(),
        l => format!("{l}x{}x{}", c.width_mm, c.height_mm),
    };
    let line = cx.world.order_lines.find(c.order_line_id);
    // Without a colour the line itself says what is in the carton.
    let colour = match line {
        Some(line) if c.colour.is_empty() => line.name.clone(),
        _ => c.colour.clone(),
    };
    Row {
        id: c.id,
        cells: vec![
            text(s.no.clone()),
            text(nos),
            text(colour),
            text(c.size.clone()),
            qty(c.per_carton),
            text(c.cartons.to_string()),
            qty(c.per_carton.times(Micro::whole(c.cartons))),
            qty_or_blank(c.gross_kg),
            qty_or_blank(c.net_kg),
            text(size),
            text(""),
        ],
    }
}

fn total(cx: &Cx<'_>, s: &Shipment) -> Row {
    let t = packing::totals(cx.world.cartons.of(s.id));
    let mut said = Vec::new();
    let mut role = Role::Ok;
    for (line, packed) in packing::by_line(cx.world, s) {
        let shipped = rule::of_line(cx.world, s, line);
        if packed != shipped {
            let no = cx.world.order_lines.get(line).map_or(0, |l| l.no);
            let args = [no.to_string(), packed.text(), shipped.text()];
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            said.push(words::PACKED_DIFFERS.fill(cx.lang, &args));
            role = Role::Bad;
        }
    }
    said.push(format!("{} m³", t.volume.round_to(3).text()));
    let strong = |cell: Cell| Cell { role, ..cell };
    Row {
        id: -(s.id * ROWS_A_SHIPMENT),
        cells: vec![
            strong(text(s.no.clone())),
            strong(text(cx.say(words::TOTAL))),
            text(""),
            text(""),
            text(""),
            strong(text(t.cartons.to_string())),
            strong(qty(t.pieces)),
            strong(qty_or_blank(t.gross_kg)),
            strong(qty_or_blank(t.net_kg)),
            text(""),
            strong(text(said.join("; "))),
        ],
    }
}

/// Colours and sizes of which the cartons hold another quantity than they should.
fn differences(cx: &Cx<'_>, s: &Shipment) -> Vec<Row> {
    let rows = packing::sizes(cx.world, s).into_iter();
    let rows = rows.filter(|r| r.packed != r.wanted && !(r.colour.is_empty() && r.size.is_empty()));
    let row = |(at, r): (i64, packing::SizeRow)| {
        let bad = |cell: Cell| Cell {
            role: Role::Warn,
            ..cell
        };
        let said = words::SIZE_DIFFERS.fill(cx.lang, &[&r.wanted.text()]);
        Row {
            id: -(s.id * ROWS_A_SHIPMENT + at),
            cells: vec![
                text(s.no.clone()),
                text(""),
                bad(text(r.colour)),
                bad(text(r.size)),
                text(""),
                text(""),
                bad(qty(r.packed)),
                text(""),
                text(""),
                text(""),
                bad(text(said)),
            ],
        }
    };
    (1..ROWS_A_SHIPMENT).zip(rows).map(row).collect()
}

pub(super) fn papers(cx: &Cx<'_>, order: &Order) -> Part {
    let mut rows = Vec::new();
    for s in cx.world.shipments.of(order.id) {
        if s.cancelled_on.is_some() {
            continue;
        }
        for p in cx.world.export_papers.of(s.id) {
            let by = papers::due(cx.world, s, p);
            let rule = match (p.due, papers::rule_of(cx.world, p.kind)) {
                (None, Some(rule)) => words::paper_rule(rule, cx.lang),
                _ => String::new(),
            };
            let mut cells = vec![
                text(s.no.clone()),
                text(words::paper_name(p.kind, &p.note, cx.lang)),
                text(p.owner.word().text(cx.lang)),
                if p.done_on.is_some() {
                    day(by, cx)
                } else {
                    due(by, cx)
                },
                day(p.done_on, cx),
                text(p.number.clone()),
                dim(rule),
                text(p.note.clone()),
            ];
            if p.done_on.is_some() {
                cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
            }
            rows.push(Row { id: p.id, cells });
        }
    }
    list(
        PartKind::Papers,
        words::PART_PAPERS,
        Listing {
            columns: PAPERS,
            rows,
            empty: Some(words::EMPTY_PAPERS),
        },
    )
}

const ON_SHIPMENTS: &[Action] = &[
    Action::Ship,
    Action::Book,
    Action::Pack,
    Action::Papers,
    Action::Correct,
    Action::Drop,
    Action::Credit,
    Action::PlanInspection,
    Action::Inspect,
];
const ON_CARTONS: &[Action] = &[Action::Pack, Action::Correct, Action::Drop, Action::Ship];
const ON_PAPERS: &[Action] = &[
    Action::Papers,
    Action::AddPaper,
    Action::Correct,
    Action::Drop,
    Action::PaperDays,
    Action::Book,
    Action::Ship,
];

/// What can be done in a part about shipping.
pub(super) const fn actions(part: PartKind) -> Option<&'static [Action]> {
    match part {
        PartKind::Shipments => Some(ON_SHIPMENTS),
        PartKind::Cartons => Some(ON_CARTONS),
        PartKind::Papers => Some(ON_PAPERS),
        PartKind::Inspections => Some(inspecting::ACTIONS),
        _ => None,
    }
}

/// The shipment that is meant: that of the selected row, else the next one to leave, else the
/// last one that has left.
fn at<'a>(cx: &Cx<'a>, order: &Order, spot: &Spot) -> Option<&'a Shipment> {
    let world = cx.world;
    let id = match spot.part {
        PartKind::Shipments if spot.part_row > 0 => Some(spot.part_row),
        PartKind::Cartons if spot.part_row < 0 => Some(-spot.part_row / ROWS_A_SHIPMENT),
        PartKind::Cartons => world.cartons.get(spot.part_row).map(|c| c.shipment_id),
        PartKind::Papers => world
            .export_papers
            .get(spot.part_row)
            .map(|p| p.shipment_id),
        _ => None,
    };
    let next = || rule::pending(world, order.id).first().copied();
    let left = || {
        let left = world.shipments.of(order.id);
        left.rev().find(|s| s.shipped_on.is_some())
    };
    world.shipments.find(id).or_else(next).or_else(left)
}

/// Does what is asked of a shipment, its cartons, its papers or an inspection.
pub(super) fn act(cx: &Cx<'_>, action: Action, order: &Order, spot: &Spot) -> Option<Reply> {
    if let Some(reply) = inspecting::act(cx, action, order, spot) {
        return Some(reply);
    }
    let chosen = at(cx, order, spot);
    let open = |kind, id| crate::panel::open(cx, kind, id);
    let with =
        |kind| Some(chosen.map_or(Reply::Refuse(words::SELECT_SHIPMENT), |s| open(kind, s.id)));
    let in_part = spot.part == PartKind::Shipments && spot.part_row > 0;
    let pending = chosen.filter(|s| rule::is_pending(s));
    match (action, spot.part) {
        (Action::Open, PartKind::Shipments) if in_part => match pending {
            Some(s) => Some(open(FormKind::ShipPlanned, s.id)),
            None => with(FormKind::Shipment),
        },
        (Action::Open, PartKind::Shipments) => Some(open(FormKind::Ship, order.id)),
        (Action::Ship, PartKind::Shipments | PartKind::Cartons | PartKind::Papers) => {
            Some(pending.map_or_else(
                || open(FormKind::Ship, order.id),
                |s| open(FormKind::ShipPlanned, s.id),
            ))
        }
        (Action::Ship, _) => Some(open(FormKind::Ship, order.id)),
        (Action::Correct, PartKind::Shipments) => with(FormKind::Shipment),
        (Action::Correct | Action::Open, PartKind::Cartons) => Some(match spot.part_row {
            1.. => open(FormKind::Carton, spot.part_row),
            _ if action == Action::Open => return with(FormKind::Pack),
            _ => Reply::Refuse(words::SELECT_CARTONS),
        }),
        (Action::Correct | Action::Open, PartKind::Papers) => Some(match spot.part_row {
            1.. => open(FormKind::Paper, spot.part_row),
            _ if action == Action::Open => list_papers(cx, order, spot, chosen),
            _ => Reply::Refuse(words::SELECT_PAPER),
        }),
        (Action::Book, _) => with(FormKind::Book),
        (Action::Pack, _) => with(FormKind::Pack),
        (Action::Papers, _) => Some(list_papers(cx, order, spot, chosen)),
        (Action::AddPaper, _) => with(FormKind::NewPaper),
        (Action::PaperDays, _) => Some(open(FormKind::PaperDays, 0)),
        (Action::Credit, _) => Some(open(FormKind::Credit, order.id)),
        (Action::Drop, PartKind::Cartons) => Some(match spot.part_row {
            1.. => Reply::Run(Command::DropCartons {
                carton_id: spot.part_row,
            }),
            _ => Reply::Refuse(words::SELECT_CARTONS),
        }),
        (Action::Drop, PartKind::Papers) => Some(match spot.part_row {
            1.. => Reply::Run(Command::DropPaper {
                paper_id: spot.part_row,
            }),
            _ => Reply::Refuse(words::SELECT_PAPER),
        }),
        (Action::Drop, _) => Some(match chosen {
            Some(s) if rule::is_pending(s) => open(FormKind::CancelShipment, s.id),
            Some(s) if s.shipped_on.is_some() => Reply::Refuse(words::HAS_LEFT),
            _ => Reply::Refuse(words::SELECT_SHIPMENT),
        }),
        _ => None,
    }
}

/// Lists the papers that are needed; on one of a list that is whole, opens it.
fn list_papers(cx: &Cx<'_>, order: &Order, spot: &Spot, chosen: Option<&Shipment>) -> Reply {
    let Some(s) = chosen else {
        return Reply::Refuse(words::SELECT_SHIPMENT);
    };
    let whole = papers::missing(cx.world, order, s).is_empty();
    if whole && spot.part == PartKind::Papers && spot.part_row > 0 {
        return crate::panel::open(cx, FormKind::Paper, spot.part_row);
    }
    let shipment_id = s.id;
    Reply::Run(Command::MakePapers { shipment_id })
}
