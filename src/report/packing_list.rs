//! The packing list (装箱单) of an order's shipments: carton numbers, contents, weights, volume.

use super::paper::{Cell, Layout, Paper, Table, Tone, Value};
use super::shipping_plan::times;
use super::{Lacks, Scope};
use crate::domain::progress::{Carton, Shipment};
use crate::domain::quantity::Micro;
use crate::domain::rule::shipment::{self as rule, packing};
use crate::text::{report as r, shipping as words, words as w};

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let order = s.order.ok_or(Lacks::Order)?;
    let day = |x: &Shipment| x.shipped_on.or(x.planned);
    let packed: Vec<&Shipment> = s
        .world
        .shipments
        .of(order.id)
        .filter(|x| x.cancelled_on.is_none() && day(x).is_none_or(|day| s.holds(day)))
        .filter(|x| s.world.cartons.of(x.id).next().is_some())
        .collect();
    if packed.is_empty() {
        return Err(Lacks::Rows);
    }
    let customer = s.world.customers.find(order.customer_id);
    let head = vec![
        (s.say(r::MADE_ON), s.today.to_string()),
        (s.say(w::ORDER_NO), order.no.clone()),
        (
            s.say(w::CUSTOMER),
            customer.map_or_else(String::new, |c| c.name.clone()),
        ),
        (s.say(w::CUSTOMER_PO), order.customer_po.clone()),
        (s.say(w::PACKAGING), order.packaging.clone()),
        (s.say(w::SHIP_TO), order.ship_to.clone()),
    ];
    let mut tables = Vec::new();
    for x in packed {
        tables.push(cartons(s, x));
        tables.push(sizes(s, x));
    }
    Ok(Paper {
        title: s.say(words::PACKING_LIST),
        layout: Layout::Page,
        head,
        tables,
        foot: Vec::new(),
    })
}

fn title(s: &Scope<'_>, x: &Shipment) -> String {
    let day = x.shipped_on.or(x.planned);
    let day = day.map(|d| d.to_string()).unwrap_or_default();
    let parts = [&x.no, &day, &x.vessel, &x.booking_no, &x.bl_no];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|t| !t.is_empty())
        .collect();
    format!("{} {}", s.say(words::PACKING_LIST), parts.join(" · "))
}

fn cartons(s: &Scope<'_>, x: &Shipment) -> Table {
    let own: Vec<&Carton> = s.world.cartons.of(x.id).collect();
    let mut rows: Vec<Vec<Cell>> = own.iter().map(|c| row(s, c)).collect();
    let t = packing::totals(own.into_iter());
    rows.push(vec![
        Cell::text(s.say(words::TOTAL)),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
        Cell::of(Value::Whole(t.cartons)),
        Cell::of(Value::Qty(t.pieces)),
        Cell::text(""),
        Cell::of(Value::Qty(t.volume.round_to(3))),
        Cell::text(""),
        Cell::of(Value::Qty(t.gross_kg)),
        Cell::text(""),
        Cell::of(Value::Qty(t.net_kg)),
    ]);
    Table {
        title: title(s, x),
        columns: vec![
            s.column(words::CARTON_NOS, 12).key(),
            s.column(w::PRODUCT, 24).key(),
            s.column(w::COLOUR, 12).key(),
            s.column(w::SIZE_RUN, 8).key(),
            s.column(words::PER_CARTON, 9),
            s.column(words::CARTONS, 8),
            s.column(words::PIECES, 10),
            s.column(words::BOX, 14),
            s.column(words::VOLUME, 10),
            s.column(words::GROSS, 9),
            s.column(words::GROSS_ALL, 11),
            s.column(words::NET, 9),
            s.column(words::NET_ALL, 11),
        ],
        rows,
    }
}

fn row(s: &Scope<'_>, c: &Carton) -> Vec<Cell> {
    let nos = match c.cartons {
        1 => c.first_no.to_string(),
        _ => format!("{}-{}", c.first_no, packing::last_no(c)),
    };
    let line = s.world.order_lines.find(c.order_line_id);
    let size = match c.length_mm {
        0 => String::new(),
        l => format!("{l}x{}x{}", c.width_mm, c.height_mm),
    };
    let volume = packing::totals(std::iter::once(c)).volume;
    let qty = |n: Micro| Cell::of(Value::Qty(n));
    vec![
        Cell::text(nos),
        Cell::text(line.map_or("", |l| l.name.as_str())),
        Cell::text(c.colour.clone()),
        Cell::text(c.size.clone()),
        qty(c.per_carton),
        Cell::of(Value::Whole(c.cartons)),
        qty(times(c.per_carton, c.cartons)),
        Cell::text(size),
        qty(volume.round_to(3)),
        qty(c.gross_kg),
        qty(times(c.gross_kg, c.cartons)),
        qty(c.net_kg),
        qty(times(c.net_kg, c.cartons)),
    ]
}

/// Each colour and size: ordered, in other shipments, wanted here, packed here.
fn sizes(s: &Scope<'_>, x: &Shipment) -> Table {
    let row = |z: packing::SizeRow| {
        let line = s.world.order_lines.get(z.line_id);
        let packed = Cell::of(Value::Qty(z.packed));
        vec![
            Cell::text(line.map_or("", |l| l.name.as_str())),
            Cell::text(z.colour),
            Cell::text(z.size),
            Cell::of(Value::Qty(z.ordered)),
            Cell::of(Value::Qty(z.elsewhere)),
            Cell::of(Value::Qty(z.wanted)),
            packed.tone(if z.packed == z.wanted {
                Tone::Good
            } else {
                Tone::Bad
            }),
        ]
    };
    let all = rule::total(s.world, x);
    Table {
        title: format!("{} {} · {}", s.say(words::BY_SIZE), x.no, all.text()),
        columns: vec![
            s.column(w::PRODUCT, 24).key(),
            s.column(w::COLOUR, 12).key(),
            s.column(w::SIZE_RUN, 8).key(),
            s.column(words::ORDERED, 10),
            s.column(words::ELSEWHERE, 10),
            s.column(words::WANTED, 10),
            s.column(words::PIECES, 10),
        ],
        rows: packing::sizes(s.world, x).into_iter().map(row).collect(),
    }
}
