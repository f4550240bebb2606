//! UN/EDIFACT: ORDERS and ORDCHG, directories D.93A to D.01B and their EANCOM subsets.
//!
//! Codes are those of the UN/EDIFACT code lists: 1225 (message function), 2005 (dates),
//! 3035 (parties), 6063 (quantities), 5125 (prices), 1229 (what is done with a line).

use super::segment::{Segment, Syntax};
use super::{Frame, Message, Orders, joined, messages, per_one};
use crate::domain::quantity::{Micro, Qty};
use crate::transfer::draft::{Fault, LineAction, LineDraft, Purpose, SchedulePart};

const FRAME: Frame = Frame {
    header: ("UNB", 2),
    start: ("UNH", 2),
    end: "UNT",
    order: "ORDERS",
    change: "ORDCHG",
};

/// What is kept between segments.
struct State {
    syntax: Syntax,
    /// Quantities and dates now belong to the last part delivery.
    in_part: bool,
}

pub(super) fn orders(file: &str, syntax: Syntax, segments: &[Segment]) -> Result<Orders, Fault> {
    let state = || State {
        syntax,
        in_part: false,
    };
    messages(file, segments, &FRAME, state, Message::take)
}

impl Message<State> {
    fn amount(&mut self, s: &Segment, element: usize, component: usize) -> Option<Micro> {
        let text = self.state.syntax.number(s.get(element, component));
        self.r.amount(s, &text)
    }

    fn take(&mut self, s: &Segment) {
        let in_lines = !self.r.order.lines.is_empty();
        match s.tag.as_str() {
            "BGM" => self.begin(s),
            "DTM" => self.date(s),
            "NAD" if !in_lines => self.party(s),
            "RFF" if !in_lines && s.get(1, 1) == "ON" => {
                s.get(1, 2).clone_into(&mut self.r.order.order_no);
            }
            "CUX" if !in_lines => s.get(1, 2).clone_into(&mut self.r.order.currency),
            "TOD" if !in_lines => self.r.order.price_terms = s.all(3),
            "TDT" if !in_lines => {
                self.r.order.delivery_method = joined([s.get(3, 1), s.get(4, 2), s.get(5, 4)]);
            }
            "PAT" | "PYT" if !in_lines => {
                self.r.order.payment_terms = joined([s.get(2, 4), s.get(2, 5)]);
            }
            "FTX" => self.free_text(&s.all(4)),
            "LIN" => self.line(s),
            "PIA" => self.other_item(s),
            "IMD" => self.describe(s),
            "QTY" => self.quantity(s),
            "SCC" if in_lines => {
                self.state.in_part = true;
                if let Some(line) = self.r.order.lines.last_mut() {
                    line.schedule.push(SchedulePart::default());
                }
            }
            "PRI" => self.price(s),
            "MOA" if in_lines && s.get(1, 1) == "203" => {
                let amount = self.amount(s, 1, 2);
                if let Some(line) = self.r.order.lines.last_mut() {
                    line.amount = amount;
                }
            }
            "CNT" if s.get(1, 1) == "2" => self.lines = self.amount(s, 1, 2),
            "CNT" if s.get(1, 1) == "1" => self.sum = self.amount(s, 1, 2),
            "UNS" => self.state.in_part = false,
            _ => {}
        }
    }

    fn begin(&mut self, s: &Segment) {
        let order = &mut self.r.order;
        s.get(2, 1).clone_into(&mut order.order_no);
        match s.get(3, 1) {
            "1" => order.purpose = Purpose::Cancel,
            "4" => order.purpose = Purpose::Change,
            _ => {}
        }
    }

    fn date(&mut self, s: &Segment) {
        let (text, format) = (s.get(1, 2), s.get(1, 3));
        // A period counts to its end.
        let text = match format {
            "718" | "719" => text.rsplit('-').next().unwrap_or(text),
            "101" | "102" | "203" | "204" | "" => text,
            _ => return,
        };
        let rank = match s.get(1, 1) {
            "137" if self.r.order.lines.is_empty() => {
                self.r.order.order_date = self.r.day(s, text);
                return;
            }
            "2" => 0,
            "63" => 1,
            "76" => 2,
            "64" => 3,
            _ => return,
        };
        let day = self.r.day(s, text);
        if self.state.in_part
            && let Some(part) = self
                .r
                .order
                .lines
                .last_mut()
                .and_then(|l| l.schedule.last_mut())
        {
            part.date = day.or(part.date);
            return;
        }
        self.r.date(rank, day);
    }

    fn party(&mut self, s: &Segment) {
        let name = [s.all(4), s.all(3), s.get(2, 1).to_owned()];
        let name = name.into_iter().find(|n| !n.is_empty()).unwrap_or_default();
        let order = &mut self.r.order;
        match s.get(1, 1) {
            "BY" => order.customer = name,
            "DP" | "ST" => {
                let parts = [name, s.all(5), s.all(6), s.all(8), s.all(9)];
                order.ship_to = joined(parts.iter().map(String::as_str));
            }
            _ => {}
        }
    }

    fn free_text(&mut self, text: &str) {
        let slot = match self.r.order.lines.last_mut() {
            Some(line) => &mut line.note,
            None => &mut self.r.order.remarks,
        };
        *slot = joined([slot.as_str(), text]);
    }

    fn line(&mut self, s: &Segment) {
        self.state.in_part = false;
        let action = match s.get(2, 1) {
            "1" => Some(LineAction::Added),
            "2" => Some(LineAction::Removed),
            "3" => Some(LineAction::Changed),
            "4" => Some(LineAction::Kept),
            _ => None,
        };
        let line = LineDraft {
            line_no: s.get(1, 1).parse().ok(),
            action,
            item: s.get(3, 1).to_owned(),
            ..LineDraft::default()
        };
        self.r.line(line, s);
    }

    /// Further article numbers: the supplier's own (SA) comes before the buyer's (IN, BP).
    fn other_item(&mut self, s: &Segment) {
        let Some(line) = self.r.order.lines.last_mut() else {
            return;
        };
        for element in 2..=s.len() {
            let (code, kind) = (s.get(element, 1), s.get(element, 2));
            if code.is_empty() {
                continue;
            }
            if line.item.is_empty() {
                code.clone_into(&mut line.item);
            } else {
                line.note = joined([line.note.as_str(), kind, code]);
            }
        }
    }

    fn describe(&mut self, s: &Segment) {
        let text = joined([s.get(3, 4), s.get(3, 5)]);
        let kind = s.get(2, 1).to_owned();
        let Some(line) = self.r.order.lines.last_mut() else {
            return;
        };
        match kind.as_str() {
            _ if text.is_empty() => {}
            "35" => line.colour = text,
            "98" => line.sizes = vec![(text, Qty::ZERO)],
            _ if line.name.is_empty() => line.name = text,
            _ => line.spec = joined([line.spec.as_str(), &text]),
        }
    }

    fn quantity(&mut self, s: &Segment) {
        let value = self.amount(s, 1, 2);
        let Some(line) = self.r.order.lines.last_mut() else {
            return;
        };
        if self.state.in_part
            && let Some(part) = line.schedule.last_mut()
        {
            part.qty = value.unwrap_or(part.qty);
            return;
        }
        if matches!(s.get(1, 1), "21" | "1") {
            line.qty = value;
            s.get(1, 3).clone_into(&mut line.unit);
        }
    }

    fn price(&mut self, s: &Segment) {
        let kind = s.get(1, 1);
        if !matches!(kind, "AAA" | "AAB" | "CAL" | "INV" | "") {
            return;
        }
        let (price, basis) = (self.amount(s, 1, 2), self.amount(s, 1, 5));
        let Some(line) = self.r.order.lines.last_mut() else {
            return;
        };
        // The net price counts where both stand.
        if line.unit_price.is_some() && kind != "AAA" {
            return;
        }
        line.unit_price = price.and_then(|p| per_one(p, basis.unwrap_or(Micro::ONE)));
        if let (Some(price), None, Some(basis)) = (price, line.unit_price, basis) {
            let words = format!("{price} / {basis}");
            line.note = joined([line.note.as_str(), &words]);
        }
    }
}
