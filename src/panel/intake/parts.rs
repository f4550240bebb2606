//! The parts of the Intake panel: points, documents, queries, lines, source.

use super::*;
use crate::domain::rule::query;
use crate::text::Lang;

pub(super) fn points(cx: &Cx<'_>, order: &Order) -> Part {
    let points = intake::points(cx.world, order, cx.today());
    let open = points.iter().filter(|p| !p.is_settled()).count();
    // A query that was raised at a point has its name, in either language, for a topic.
    let asked = |kind: PointKind| {
        let name = crate::text::Label::word(kind);
        let names = [name.text(Lang::Zh), name.text(Lang::En)];
        let open = intake::open_queries(cx.world, order);
        let open = open.filter(|q| names.contains(&q.topic.as_str()));
        open.map(|q| q.no.as_str()).collect::<Vec<_>>().join(", ")
    };
    let rows = points.iter().map(|p| {
        let (mark, role) = match p.result {
            PointResult::Ok => ("✓", Role::Ok),
            PointResult::Waived => ("✓", Role::Warn),
            PointResult::Query => ("!", Role::Bad),
            PointResult::Pending => ("·", Role::Warn),
        };
        let result = format!(
            "{mark} {}",
            crate::text::Label::word(p.result).text(cx.lang)
        );
        let said = if p.reason.is_empty() {
            finding::rule(p.finding, cx.lang)
        } else {
            p.reason.clone()
        };
        let asked = asked(p.kind);
        let said = if asked.is_empty() {
            dim(said)
        } else {
            let waits = format!("{asked} {} · {said}", w::WAITING.text(cx.lang));
            Cell::new(waits.trim_end_matches(" · "), Role::Warn)
        };
        Row {
            id: point_id(p.kind),
            cells: vec![
                code(p.kind, cx.lang),
                Cell::new(result, role),
                text(p.value.clone()),
                said,
                source(cx, p.source),
            ],
        }
    });
    part(
        PartKind::Points,
        w::PART_POINTS,
        open,
        POINTS,
        rows.collect(),
        w::EMPTY_POINTS,
    )
}

/// The paper of a point; an old version says so.
fn source(cx: &Cx<'_>, paper: Option<&crate::domain::document::Document>) -> Cell {
    match paper {
        None => dim("—"),
        Some(d) if d.state == DocumentState::Superseded => {
            Cell::new(said::OLD_VERSION.fill(cx.lang, &[&d.title]), Role::Warn)
        }
        Some(d) => dim(d.title.clone()),
    }
}

/// A missing document has the negative of its kind's place for an id.
pub(super) fn documents(cx: &Cx<'_>, order: &Order) -> Part {
    let list = intake::checklist(cx.world, order);
    let missing = list.iter().filter(|c| c.document.is_none()).count();
    let rows = list.iter().map(|c| {
        let kind = code(c.kind, cx.lang);
        match c.document {
            None => Row {
                id: -(c.kind as i64) - 1,
                cells: vec![
                    kind,
                    word(w::MISSING, Role::Bad, cx.lang),
                    dim(""),
                    dim("—"),
                    dim(""),
                ],
            },
            Some(d) => {
                let role = match d.state {
                    DocumentState::Confirmed => Role::Ok,
                    DocumentState::InQuestion => Role::Bad,
                    _ => Role::Base,
                };
                let state = word(crate::text::Label::word(d.state), role, cx.lang);
                let title = if d.note.is_empty() {
                    d.title.clone()
                } else {
                    format!("{} · {}", d.title, d.note)
                };
                Row {
                    id: d.id,
                    cells: vec![
                        kind,
                        state,
                        text(d.version.to_string()),
                        day(d.date, cx),
                        text(title),
                    ],
                }
            }
        }
    });
    // What a newer version took the place of stays to be seen, last.
    let old = cx.world.documents.of(order.id);
    let old = old
        .filter(|d| d.state == DocumentState::Superseded)
        .map(|d| Row {
            id: d.id,
            cells: vec![
                dim(crate::text::Label::word(d.kind).text(cx.lang)),
                dim(crate::text::Label::word(d.state).text(cx.lang)),
                dim(d.version.to_string()),
                dim(day(d.date, cx).text),
                dim(d.title.clone()),
            ],
        });
    let rows = rows.chain(old);
    part(
        PartKind::Documents,
        w::PART_DOCUMENTS,
        missing,
        DOCUMENTS,
        rows.collect(),
        w::EMPTY_DOCUMENTS,
    )
}

pub(super) fn queries(cx: &Cx<'_>, order: &Order) -> Part {
    let open = intake::open_queries(cx.world, order).count();
    let mut list: Vec<_> = cx.world.queries.of(order.id).collect();
    list.sort_by_key(|q| (q.answered_on.is_some(), q.due, q.id));
    let rows = list.into_iter().map(|q| {
        let answered = q.answered_on.is_some();
        let answer = if answered {
            let effect = said::effect(cx.world, q, cx.lang);
            let both = [q.answer.as_str(), &effect];
            text(both.join(" · ").trim_end_matches(" · ").to_owned())
        } else {
            word(w::WAITING, Role::Warn, cx.lang)
        };
        let by = if answered {
            day(q.due, cx)
        } else {
            due(q.due, cx)
        };
        let cells = vec![
            text(q.no.clone()),
            code(q.department, cx.lang),
            text(q.question.clone()),
            by,
            text(query::age(q, cx.today()).to_string()),
            text(query::reminders(cx.world, q).to_string()),
            answer,
        ];
        Row { id: q.id, cells }
    });
    part(
        PartKind::Queries,
        w::PART_QUERIES,
        open,
        QUERIES,
        rows.collect(),
        w::EMPTY_QUERIES,
    )
}

pub(super) fn lines(cx: &Cx<'_>, order: &Order) -> Part {
    let rows: Vec<Row> = cx
        .world
        .order_lines
        .of(order.id)
        .map(|l| {
            let sizes: Vec<String> = cx
                .world
                .line_sizes
                .of(l.id)
                .map(|s| {
                    format!("{} {} {}", s.colour, s.size, s.qty)
                        .trim()
                        .to_owned()
                })
                .collect();
            let spec = if sizes.is_empty() {
                l.spec.clone()
            } else {
                format!("{} [{}]", l.spec, sizes.join(", "))
            };
            let amount = l.amount.or_else(|| delivery::computed_amount(l));
            Row {
                id: l.id,
                cells: vec![
                    text(l.no.to_string()),
                    text(l.item_code.clone()),
                    text(l.name.clone()),
                    text(spec.trim().to_owned()),
                    qty(l.qty),
                    text(l.unit.clone()),
                    l.unit_price.map_or_else(|| dim("—"), qty_or_blank),
                    amount.map_or_else(|| dim("—"), |a| money(a, "")),
                    day(l.requested_date, cx),
                ],
            }
        })
        .collect();
    part(
        PartKind::Lines,
        w::PART_LINES,
        rows.len(),
        LINES,
        rows,
        w::EMPTY_LINES,
    )
}

/// Where the order came from and on what terms, word for word.
pub(super) fn words(cx: &Cx<'_>, order: &Order) -> Part {
    let t = |label, value: &str| fact(label, text(value.to_owned()), cx.lang);
    let received = order
        .received_at
        .map(|at| at.text().replace('T', " "))
        .unwrap_or_default();
    let file = cx
        .world
        .source_files
        .find(order.source_file_id)
        .map(|f| f.name.clone())
        .unwrap_or_default();
    let mut facts = vec![
        fact(w::CHANNEL, code(order.channel, cx.lang), cx.lang),
        t(w::RECEIVED_AT, &received),
        t(w::RECEIVED_FROM, &order.received_from),
        t(w::PRICE_TERMS, &order.price_terms),
        t(w::PAYMENT_TERMS, &order.payment_terms),
        t(w::DELIVERY_METHOD, &order.delivery_method),
        t(w::PACKAGING, &order.packaging),
        t(w::SHIP_TO, &order.ship_to),
        t(w::REMARKS, &order.remarks),
        t(
            w::SOURCE_FILE,
            format!("{file} {}", order.source_place).trim(),
        ),
        t(w::WORDS, &order.words),
    ];
    facts.retain(|(_, cell)| !cell.text.is_empty());
    Part {
        kind: PartKind::Words,
        title: w::PART_WORDS,
        count: None,
        content: Content::Facts(facts),
    }
}
