//! What the panel's own actions do with the selected row.

use super::*;

/// Ids of points are their place in the trade's order, from one.
pub(super) fn point_id(kind: PointKind) -> i64 {
    kind as i64 + 1
}

pub(super) fn selected_point(spot: &Spot) -> Option<PointKind> {
    let chosen = PointKind::ALL
        .iter()
        .copied()
        .find(|k| point_id(*k) == spot.part_row);
    chosen.filter(|_| spot.part == PartKind::Points)
}

pub(super) fn selected_kind(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Option<DocumentKind> {
    if spot.part != PartKind::Documents {
        return None;
    }
    let missing = DocumentKind::ALL
        .iter()
        .copied()
        .find(|k| -(*k as i64) - 1 == spot.part_row);
    missing.or_else(|| {
        cx.world
            .documents
            .of(order.id)
            .find(|d| d.id == spot.part_row)
            .map(|d| d.kind)
    })
}

pub(super) fn default_of_part(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    match spot.part {
        PartKind::Points => point_ok(cx, order, spot),
        PartKind::Documents if spot.part_row < 0 => {
            crate::panel::form(cx, FormKind::Document, order.id, |f| {
                match selected_kind(cx, order, spot) {
                    Some(kind) => f.with("kind", kind.code()),
                    None => f,
                }
            })
        }
        PartKind::Documents => Reply::Show(spot.part_row),
        PartKind::Queries => answer_query(cx, order, spot),
        PartKind::List | PartKind::Words => crate::panel::open(cx, edit_kind(order), order.id),
        _ => Reply::Pass,
    }
}

pub(super) fn point_ok(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    let points = intake::points(cx.world, order, cx.today());
    let next = || points.iter().find(|p| !p.is_settled()).map(|p| p.kind);
    let Some(point) = selected_point(spot).or_else(next) else {
        return Reply::Refuse(w::POINTS_ALL_SETTLED);
    };
    let wrong = points
        .iter()
        .any(|p| p.kind == point && p.finding.result() == PointResult::Query && !p.by_user);
    let command = Command::ReviewPoint(ReviewPoint {
        order_id: order.id,
        point,
        result: PointResult::Ok,
        reason: String::new(),
    });
    if wrong {
        // A rule found something: a person may still know better, but not by a slip of the finger.
        let name = crate::text::Label::word(point).text(cx.lang);
        return Reply::Confirm {
            question: w::ASK_POINT_OK.fill(cx.lang, &[name]),
            command,
        };
    }
    Reply::Run(command)
}

pub(super) fn confirm_document(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    let first = || {
        cx.world
            .documents
            .of(order.id)
            .find(|d| d.state == DocumentState::Received)
            .map(|d| d.id)
    };
    let chosen = (spot.part == PartKind::Documents && spot.part_row > 0).then_some(spot.part_row);
    match chosen.or_else(first) {
        Some(document_id) => Reply::Run(Command::SetDocument(SetDocument {
            document_id,
            state: DocumentState::Confirmed,
        })),
        None => Reply::Refuse(w::NO_DOCUMENT),
    }
}

pub(super) fn answer_query(cx: &Cx<'_>, order: &Order, spot: &Spot) -> Reply {
    let chosen = (spot.part == PartKind::Queries && spot.part_row > 0).then_some(spot.part_row);
    let first = || intake::open_queries(cx.world, order).next().map(|q| q.id);
    match chosen.or_else(first) {
        Some(query) => crate::panel::open(cx, FormKind::QueryAnswer, query),
        None => Reply::Refuse(w::NO_QUERY),
    }
}

pub(super) fn follow(cx: &Cx<'_>, action: Action, order: &Order, spot: &Spot) -> Reply {
    let query = (spot.part == PartKind::Queries && spot.part_row > 0).then_some(spot.part_row);
    let (subject, id) = query.map_or((Subject::Order, order.id), |id| (Subject::Query, id));
    if action == Action::Chase {
        return Reply::Form(Box::new(chase_about(cx, subject, id, Some(order.id))));
    }
    let causes = cx.agenda.causes();
    let mut asked = causes.iter().filter(|a| a.subject == Subject::Query);
    Reply::Copy(match asked.find(|a| Some(a.subject_id) == query) {
        Some(a) => message::chase(cx.world, a, cx.lang),
        None => message::order(cx.world, order, cx.lang),
    })
}
