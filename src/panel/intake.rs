//! Intake: orders that came in, with their lines, nine review points, documents and queries.

mod acts;
mod amendments;
mod board;
mod commitments;
mod lessons;
mod milestones;
mod parts;
mod samples;

use super::build::{
    code, customer, day, dim, due, fact, money, order_head, product, qty, qty_or_blank, state,
    text, word,
};
use acts::{
    answer_query, confirm_document, default_of_part, follow, point_id, point_ok, selected_kind,
    selected_point,
};
use parts::{documents, lines, points, queries, words};

use super::{
    Cell, Column, Content, Cx, Detail, Listing, Long, Panel, Part, PartKind, Reply, Row, Spot,
    Width, column, each, number,
};

use crate::app::action::Action;

use crate::command::Command;

use crate::command::intake::{ReviewPoint, SetDocument};

use crate::command::orders::{OrderStep, SetOrder};

use crate::domain::codes::{
    DocumentKind, DocumentState, OrderState, PointKind, PointResult, Stage, Subject,
};

use crate::domain::order::Order;

use crate::domain::rule::{delivery, intake};

use crate::overlay::form::FormKind;

use crate::overlay::forms::followup::chase_about;

use crate::text::{finding, intake as said, message, words as w};

use crate::theme::Role;

/// The Intake panel.
#[derive(Debug, Clone, Copy)]
pub struct Intake;

const COLUMNS: &[Column] = &[
    column(w::ORDER_NO, Width::Fixed(10), 0),
    column(w::CUSTOMER, Width::Fill(2), 0),
    column(w::CUSTOMER_PO, Width::Fixed(14), 4),
    column(w::PRODUCT, Width::Fill(2), 2),
    number(w::QTY, 9, 3),
    column(w::REQUESTED_DATE, Width::Fixed(11), 1),
    number(w::OPEN_POINTS, 6, 5),
    column(w::STATE, Width::Fixed(8), 1),
];

const LINES: &[Column] = &[
    number(w::NO, 4, 0),
    column(w::ITEM, Width::Fixed(12), 1),
    column(w::NAME, Width::Fill(2), 0),
    column(w::SPEC, Width::Fill(2), 4),
    number(w::QTY, 9, 0),
    column(w::UNIT, Width::Fixed(5), 2),
    number(w::UNIT_PRICE, 10, 3),
    number(w::AMOUNT, 13, 3),
    column(w::REQUESTED_DATE, Width::Fixed(11), 1),
];

const POINTS: &[Column] = &[
    column(w::POINT, Width::Fixed(16), 0),
    column(w::RESULT, Width::Fixed(10), 0),
    column(w::VALUE, Width::Fill(2), 1),
    column(w::FINDING, Width::Fill(2), 0),
    column(said::SOURCE, Width::Fill(1), 2),
];

const DOCUMENTS: &[Column] = &[
    column(w::KIND, Width::Fixed(22), 0),
    column(w::STATE, Width::Fixed(12), 0),
    number(w::VERSION, 5, 3),
    column(w::RECEIVED_ON, Width::Fixed(11), 2),
    column(w::TITLE, Width::Fill(1), 1),
];

const QUERIES: &[Column] = &[
    column(w::QUERY_NO, Width::Fixed(8), 0),
    column(w::DEPARTMENT, Width::Fixed(10), 1),
    column(w::QUESTION, Width::Fill(2), 0),
    column(w::DUE, Width::Fixed(11), 1),
    number(said::WAIT_DAYS, 4, 2),
    number(said::REMINDERS, 5, 3),
    column(w::ANSWER, Width::Fill(2), 0),
];

/// What a part of the panel does with an action; none where it is not the part's to do.
type PartAct = fn(&Cx<'_>, Action, &Order, &Spot) -> Option<Reply>;

impl Panel for Intake {
    fn stage(&self) -> Stage {
        Stage::Intake
    }

    fn list(&self, cx: &Cx<'_>) -> Long {
        let mut orders: Vec<&Order> = cx.world.orders.iter().collect();
        // What still needs intake work comes first, what has ended last.
        orders.sort_by_cached_key(|o| {
            let open = intake::unsettled(cx.world, o, cx.today()).next().is_some();
            (
                !delivery::is_live(o),
                delivery::is_shipped(cx.world, o),
                !open,
                std::cmp::Reverse(o.received_at),
                o.id,
            )
        });
        Long {
            columns: COLUMNS,
            ids: orders.into_iter().map(|o| o.id).collect(),
            empty: Some(w::EMPTY_INTAKE),
        }
    }

    fn rows(&self, cx: &Cx<'_>, ids: &[i64]) -> Vec<Row> {
        each(ids, |id| cx.world.orders.get(id).map(|o| row(cx, o)))
    }

    fn detail(&self, cx: &Cx<'_>, id: i64) -> Detail {
        let Some(order) = cx.world.orders.get(id) else {
            return Detail::default();
        };
        let parts = vec![
            points(cx, order),
            documents(cx, order),
            board::board(cx, order),
            queries(cx, order),
            lines(cx, order),
            milestones::milestones(cx, order),
            samples::samples(cx, order),
            lessons::lessons(cx, order),
            amendments::amendments(cx, order),
            commitments::commitments(cx, order),
            words(cx, order),
        ];
        Detail {
            head: order_head(cx, order),
            parts,
        }
    }

    fn actions(&self, spot: &Spot) -> &'static [Action] {
        use Action as A;
        match spot.part {
            PartKind::Points => &[
                A::PointOk,
                A::PointWaive,
                A::AskQuery,
                A::FileDocument,
                A::EditOrder,
            ],
            PartKind::Documents => &[
                A::FileDocument,
                A::ConfirmDocument,
                A::EnterFacts,
                A::AskQuery,
                A::SaveTemplate,
            ],
            PartKind::Amendments => &[A::Acknowledge, A::EditOrder, A::CopyMessage],
            PartKind::Samples => &[A::EditOrder, A::AddLine, A::Chase],
            PartKind::Lessons => &[A::PointOk, A::PointWaive, A::LessonHelped, A::Lessons],
            PartKind::Commitments => &[A::AddLine, A::EditOrder],
            PartKind::Facts => &[A::EnterFacts, A::AskQuery, A::Aliases],
            PartKind::Queries => &[A::AnswerQuery, A::AskQuery, A::Chase, A::CopyMessage],
            PartKind::Lines => &[A::EditOrder, A::AddLine],
            PartKind::Milestones => &[
                A::EditOrder,
                A::AddLine,
                A::MakeMilestones,
                A::AddMargin,
                A::SaveTemplate,
                A::Chase,
            ],
            _ => &[
                A::NewOrder,
                A::ImportFile,
                A::EditOrder,
                A::AddLine,
                A::PointOk,
                A::PointWaive,
                A::FileDocument,
                A::AskQuery,
                A::RepeatOrder,
                A::MakeMilestones,
                A::HoldOrder,
                A::CancelOrder,
                A::Chase,
            ],
        }
    }

    fn act(&self, cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
        match action {
            Action::NewOrder => return super::open(cx, FormKind::NewOrder, 0),
            Action::ImportFile => return Reply::Import,
            _ => {}
        }
        let Some(order) = cx.world.orders.get(spot.row) else {
            return Reply::Pass;
        };
        // The parts answer for their own rows; the order as a whole comes after them.
        const PARTS: [PartAct; 6] = [
            board::act,
            samples::act,
            lessons::act,
            commitments::act,
            milestones::act,
            amendments::act,
        ];
        if let Some(reply) = PARTS.iter().find_map(|act| act(cx, action, order, spot)) {
            return reply;
        }
        match action {
            Action::SaveTemplate if spot.part == PartKind::Documents => {
                super::open(cx, FormKind::Expected, order.id)
            }
            Action::EditOrder | Action::Open if spot.part == PartKind::Lines => {
                super::open(cx, FormKind::EditLine, spot.part_row)
            }
            Action::Open => default_of_part(cx, order, spot),
            Action::EditOrder => super::open(cx, edit_kind(order), order.id),
            Action::AddLine => super::open(cx, FormKind::NewLine, order.id),
            Action::PointOk => point_ok(cx, order, spot),
            Action::PointWaive => {
                super::form(
                    cx,
                    FormKind::WaivePoint,
                    order.id,
                    |f| match selected_point(spot) {
                        Some(point) => f.with("point", point.code()),
                        None => f,
                    },
                )
            }
            Action::FileDocument => super::form(cx, FormKind::Document, order.id, |f| {
                match selected_kind(cx, order, spot) {
                    Some(kind) => f.with("kind", kind.code()),
                    None => f,
                }
            }),
            Action::ConfirmDocument => confirm_document(cx, order, spot),
            Action::AskQuery => {
                super::form(cx, FormKind::Query, order.id, |f| {
                    match selected_point(spot) {
                        Some(point) => {
                            f.with("topic", crate::text::Label::word(point).text(cx.lang))
                        }
                        None => f,
                    }
                })
            }
            Action::AnswerQuery => answer_query(cx, order, spot),
            Action::HoldOrder if order.on_hold => {
                let (order_id, to) = (order.id, OrderStep::Resume);
                Reply::Run(Command::SetOrder(SetOrder {
                    order_id,
                    to,
                    reason: String::new(),
                }))
            }
            Action::HoldOrder => super::open(cx, FormKind::Hold, order.id),
            Action::CancelOrder => super::open(cx, FormKind::Cancel, order.id),
            Action::RepeatOrder => super::open(cx, FormKind::NewOrder, order.id),
            Action::RaiseException => super::raise(cx, Stage::Intake, Some(order.id), |f| f),
            Action::Chase | Action::CopyMessage => follow(cx, action, order, spot),
            _ => Reply::Pass,
        }
    }

    fn order_of(&self, _: &Cx<'_>, row: i64) -> Option<i64> {
        (row != 0).then_some(row)
    }
}

fn row(cx: &Cx<'_>, order: &Order) -> Row {
    let open = intake::unsettled(cx.world, order, cx.today()).count();
    let live = delivery::is_live(order) && !delivery::is_shipped(cx.world, order);
    let wish = delivery::requested(cx.world, order);
    let points = match (live, open) {
        (false, _) => dim(""),
        (true, 0) => Cell::new("✓", Role::Ok).by("00"),
        (true, n) => Cell::new(n.to_string(), Role::Warn).by(format!("{n:02}")),
    };
    let mut cells = vec![
        text(order.no.clone()),
        customer(cx, order),
        text(order.customer_po.clone()),
        product(cx, order),
        qty(delivery::order_qty(cx.world, order).ordered),
        if live { due(wish, cx) } else { day(wish, cx) },
        points,
        state(cx, order),
    ];
    if !delivery::is_live(order) {
        cells.iter_mut().for_each(|cell| cell.role = Role::Dim);
    }
    Row {
        id: order.id,
        cells,
    }
}

/// An accepted order is amended, any other one just changed.
fn edit_kind(order: &Order) -> FormKind {
    if order.state == OrderState::Accepted {
        FormKind::Amend
    } else {
        FormKind::EditOrder
    }
}

fn part(
    kind: PartKind,
    title: crate::text::Word,
    count: usize,
    columns: &'static [Column],
    rows: Vec<Row>,
    empty: crate::text::Word,
) -> Part {
    Part {
        kind,
        title,
        count: Some(count),
        content: Content::List(Listing {
            columns,
            rows,
            empty: Some(empty),
        }),
    }
}
