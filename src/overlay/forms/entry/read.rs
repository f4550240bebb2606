//! The order that a filled form describes.

use chrono::NaiveDate;

use super::super::super::form::{FieldKind, Form, FormKind, Values};
use crate::command::amend::{self, Amend};
use crate::command::entry::{LineEntry, SaveOrder};
use crate::command::{Command, Problem, Refusal};
use crate::domain::codes::Channel;
use crate::domain::order::{LineSize, Order, ScheduleLine};
use crate::domain::quantity::{Micro, Qty};
use crate::panel::Cx;
use crate::text::{datein, say};
use crate::widget::grid::{self, GridColumn};

pub(in crate::overlay::forms) fn save(
    form: &Form,
    v: &Values<'_>,
    cx: &Cx<'_>,
) -> Result<Command, Refusal> {
    let new = form.kind == FormKind::NewOrder;
    let old = cx.world.orders.get(form.subject);
    let mut order = match old {
        Some(old) if !new => old.clone(),
        _ => Order {
            received_at: Some(cx.now),
            repeat_of: old.map(|o| o.id),
            ..Order::default()
        },
    };
    if let (true, Some(old)) = (new, old) {
        order.policy = old.policy;
        order.priority = old.priority;
        order.max_late_days = old.max_late_days;
        order.min_shipment = old.min_shipment;
    }
    order.revision = v.text("revision").parse().unwrap_or(order.revision);
    order.no = v.text("no");
    order.customer_po = v.text("customer_po");
    order.channel = v.code("channel", Channel::of)?;
    order.received_from = v.text("received_from");
    order.words = v.text("words");
    order.currency = v.text("currency").to_uppercase();
    order.price_terms = v.text("price_terms");
    order.payment_terms = v.text("payment_terms");
    order.delivery_method = v.text("delivery_method");
    order.packaging = v.text("packaging");
    order.ship_to = v.text("ship_to");
    order.remarks = v.text("remarks");
    let lines = lines(form, v, cx)?;
    if lines.is_empty() {
        return Err(Refusal::at("lines", Problem::Not(say::NO_LINES)));
    }
    let total: Qty = lines.iter().map(|e| e.line.qty).sum();
    if let Some(stated) = v.amount("total")?
        && stated != total
    {
        let (stated, total) = (stated.text(), total.text());
        return Err(Refusal::at(
            "total",
            Problem::TotalDiffers { stated, total },
        ));
    }
    let customer = v.text("customer");
    if form.kind == FormKind::Amend && !amend::differences(cx.world, &order, &lines).is_empty() {
        return Ok(Command::Amend(Box::new(Amend {
            touched: Vec::new(),
            order,
            customer,
            lines,
            reason: v.text("reason"),
            departments: std::collections::BTreeSet::new(),
        })));
    }
    Ok(Command::SaveOrder(Box::new(SaveOrder {
        order,
        customer,
        lines: Some(lines),
        paper: v.text("paper"),
    })))
}

/// Reads the cells of a row.
pub(in crate::overlay::forms) struct Cells<'a> {
    pub(in crate::overlay::forms) columns: &'a [GridColumn],
    pub(in crate::overlay::forms) cells: &'a [String],
    pub(in crate::overlay::forms) row: usize,
}

impl Cells<'_> {
    pub(in crate::overlay::forms) fn text(&self, key: &str) -> &str {
        let at = self.columns.iter().position(|c| c.key == key);
        at.and_then(|at| self.cells.get(at))
            .map_or("", |c| c.trim())
    }

    fn wrong(&self, key: &str, problem: Problem) -> Refusal {
        let (row, column, problem) = (self.row, key.to_owned(), Box::new(problem));
        Refusal::at(
            "lines",
            Problem::InRow {
                row,
                column,
                problem,
            },
        )
    }

    pub(in crate::overlay::forms) fn amount(&self, key: &str) -> Result<Option<Qty>, Refusal> {
        match self.text(key) {
            "" => Ok(None),
            text => datein::parse_amount(text)
                .map(Some)
                .map_err(|e| self.wrong(key, Problem::Amount(e))),
        }
    }

    pub(in crate::overlay::forms) fn is_blank(&self) -> bool {
        self.cells.iter().all(|c| c.trim().is_empty())
    }

    /// Whether the row begins a line of the order.
    pub(in crate::overlay::forms) fn begins(&self) -> bool {
        ["no", "item", "name"]
            .iter()
            .any(|key| !self.text(key).is_empty())
    }

    /// Size and quantity of each filled cell of a size.
    pub(in crate::overlay::forms) fn sizes(&self) -> Result<Vec<(&str, Qty)>, Refusal> {
        let mut out = Vec::new();
        for column in self.columns {
            if let Some(size) = column.key.strip_prefix("size:")
                && let Some(qty) = self.amount(&column.key)?
                && !qty.is_zero()
            {
                out.push((size, qty));
            }
        }
        Ok(out)
    }

    /// The date, or the part deliveries where there are several: `300@12-20 180@1-10`.
    pub(in crate::overlay::forms) fn dates(
        &self,
        today: NaiveDate,
    ) -> Result<Vec<(Option<Qty>, NaiveDate)>, Refusal> {
        let key = "requested_date";
        let text = datein::fold_width(self.text(key));
        let mut out = Vec::new();
        if !text.contains('@') {
            if !text.is_empty() {
                let date = datein::parse_date(&text, today);
                out.push((None, date.map_err(|e| self.wrong(key, Problem::Date(e)))?));
            }
            return Ok(out);
        }
        for part in text.split([' ', ',', ';']).filter(|p| !p.is_empty()) {
            let read = part.split_once('@').and_then(|(qty, date)| {
                let qty = datein::parse_amount(qty).ok()?;
                Some((Some(qty), datein::parse_date(date, today).ok()?))
            });
            out.push(read.ok_or_else(|| self.wrong(key, Problem::Not(say::PART_DELIVERY)))?);
        }
        Ok(out)
    }
}

fn lines(form: &Form, v: &Values<'_>, cx: &Cx<'_>) -> Result<Vec<LineEntry>, Refusal> {
    let default = v.date("requested_date")?;
    if let Some(date) = default.filter(|date| *date <= cx.today()) {
        let today = cx.today();
        return Err(Refusal::at(
            "requested_date",
            Problem::DatePast { date, today },
        ));
    }
    let Some(field) = form.fields.iter().find(|f| f.key == "lines") else {
        return Ok(Vec::new());
    };
    let FieldKind::Grid(columns) = &field.kind else {
        return Ok(Vec::new());
    };
    let rows = grid::read(columns, &field.value);
    let mut entries: Vec<LineEntry> = Vec::new();
    for (row, cells) in rows.iter().enumerate() {
        let cells = Cells {
            columns,
            cells,
            row,
        };
        if cells.is_blank() {
            continue;
        }
        if cells.begins() || entries.is_empty() {
            entries.push(begin(form, &cells, default, cx)?);
        } else if let Some(key) = ["requested_date", "unit_price", "amount", "spec"]
            .iter()
            .find(|key| !cells.text(key).is_empty())
        {
            return Err(cells.wrong(key, Problem::Not(say::DATE_OF_LINE)));
        }
        if let Some(entry) = entries.last_mut() {
            add_quantities(entry, &cells)?;
        }
    }
    Ok(entries)
}

/// A line from the row it begins with, quantities aside.
fn begin(
    form: &Form,
    cells: &Cells<'_>,
    default: Option<NaiveDate>,
    cx: &Cx<'_>,
) -> Result<LineEntry, Refusal> {
    let no: i64 = cells.text("no").parse().unwrap_or(0);
    let edits = form.kind != FormKind::NewOrder && no != 0;
    let old = edits.then(|| cx.world.order_lines.of(form.subject).find(|l| l.no == no));
    let mut line = old.flatten().cloned().unwrap_or_default();
    cells.text("item").clone_into(&mut line.item_code);
    cells.text("name").clone_into(&mut line.name);
    cells.text("spec").clone_into(&mut line.spec);
    cells.text("unit").clone_into(&mut line.unit);
    line.unit_price = cells.amount("unit_price")?;
    line.amount = cells.amount("amount")?;
    line.qty = Qty::ZERO;
    if form.kind != FormKind::NewOrder {
        line.cancelled_qty = cells.amount("cancelled_qty")?.unwrap_or_default();
    }
    let percent = cells.amount("tolerance")?;
    if percent != Some(line.over_pct.times(Micro::whole(100))) {
        let share = percent.unwrap_or_default().over(Micro::whole(100));
        (line.over_pct, line.under_pct) = (share, share);
    }
    let mut schedule = Vec::new();
    let dates = cells.dates(cx.today())?;
    for (qty, date) in &dates {
        if let Some(qty) = *qty {
            schedule.push(ScheduleLine {
                qty,
                requested_date: Some(*date),
                ..ScheduleLine::default()
            });
        }
    }
    // The first part delivery is the one that can be late first.
    line.requested_date = dates.iter().map(|(_, date)| *date).min().or(default);
    Ok(LineEntry {
        row: cells.row,
        line,
        sizes: Vec::new(),
        schedule,
    })
}

/// Adds a row's quantity, by colour and size where it has them.
fn add_quantities(entry: &mut LineEntry, cells: &Cells<'_>) -> Result<(), Refusal> {
    let sizes = cells.sizes()?;
    let stated = cells.amount("qty")?;
    let sum: Qty = sizes.iter().map(|(_, qty)| *qty).sum();
    let qty = match stated {
        Some(stated) if !sizes.is_empty() && stated != sum => {
            let (stated, sizes) = (stated.text(), sum.text());
            return Err(cells.wrong("qty", Problem::SizesDiffer { stated, sizes }));
        }
        Some(stated) => stated,
        None => sum,
    };
    entry.line.qty += qty;
    let colour = cells.text("colour");
    let size = |size: &str, qty: Qty| LineSize {
        colour: colour.to_owned(),
        size: size.to_owned(),
        qty,
        ..LineSize::default()
    };
    if sizes.is_empty() && !colour.is_empty() {
        entry.sizes.push(size("", qty));
    }
    entry
        .sizes
        .extend(sizes.iter().map(|(name, qty)| size(name, *qty)));
    Ok(())
}
