//! What can be done with a line of Today.

use super::{line_at, thing_row};
use crate::app::action::Action;
use crate::command::Command;
use crate::domain::codes::{Stage, Subject};
use crate::domain::rule::attention::{Attention, Reason};
use crate::domain::rule::news;
use crate::domain::rule::today::Line;
use crate::overlay::form::FormKind;
use crate::overlay::forms::followup::chase_about;
use crate::panel::place::{self, Place};
use crate::panel::{Cx, PartKind, Reply, Spot, View};
use crate::text::{message, reason, today as t};

pub(super) fn act(cx: &Cx<'_>, action: Action, spot: &Spot) -> Reply {
    if action == Action::Morning {
        return Reply::Look(View {
            morning: !cx.view.morning,
            ..cx.view
        });
    }
    if spot.part == PartKind::Silence {
        return with_news(cx, action, spot.part_row);
    }
    if spot.part == PartKind::Done {
        return Reply::Pass;
    }
    let Some(line) = line_at(cx, spot) else {
        return Reply::Pass;
    };
    let a = cause_at(line, spot);
    let (subject, id) = line.subject();
    match action {
        Action::Open => Reply::Place(place::of_cause(cx, a)),
        Action::Chase => chase(cx, a),
        Action::CopyMessage => {
            let asked = crate::panel::capacity::asks(cx, a);
            Reply::Copy(asked.unwrap_or_else(|| message::chase(cx.world, a, cx.lang)))
        }
        Action::Snooze => crate::panel::form(cx, FormKind::Snooze, id, |f| {
            f.hide("subject", subject.code())
        }),
        Action::Settle => settle(cx, a),
        Action::Wake if spot.part == PartKind::Snoozed => Reply::Run(Command::Wake {
            subject,
            subject_id: id,
        }),
        Action::Wake => Reply::Refuse(t::NOT_SNOOZED),
        Action::RaiseException => raise(cx, a),
        _ => Reply::Pass,
    }
}

/// The cause that is meant: the one under the cursor among the reasons, else the leading one.
fn cause_at<'a>(line: &'a Line, spot: &Spot) -> &'a Attention {
    let chosen = usize::try_from(spot.part_row - 1).ok();
    let chosen = chosen.filter(|_| spot.part == PartKind::Reasons);
    let mut causes = line.causes();
    chosen.and_then(|at| causes.nth(at)).unwrap_or(&line.lead)
}

fn chase(cx: &Cx<'_>, a: &Attention) -> Reply {
    let form = chase_about(cx, a.subject, a.subject_id, a.order_id);
    Reply::Form(Box::new(form))
}

fn with_news(cx: &Cx<'_>, action: Action, row: i64) -> Reply {
    let list = news::list(cx.world, cx.today());
    let mut list = list.into_iter();
    let Some(n) = list.find(|n| thing_row(n.subject, n.subject_id) == row) else {
        return Reply::Pass;
    };
    match action {
        Action::Open => {
            let order = n.order_id.unwrap_or_default();
            let table = place::table_of(n.subject);
            match place::of_row(cx, order, table, n.subject_id) {
                Some(place) => Reply::Place(place),
                None => Reply::Go(n.stage, n.order_id),
            }
        }
        Action::Chase => {
            let form = chase_about(cx, n.subject, n.subject_id, n.order_id);
            Reply::Form(Box::new(form))
        }
        _ => Reply::Pass,
    }
}

/// The one step that ends a cause, as its own panel does it; where there is none, what would help.
fn settle(cx: &Cx<'_>, a: &Attention) -> Reply {
    if matches!(a.reason, Reason::FollowUp | Reason::SaidBy) {
        return chase(cx, a);
    }
    let say = || {
        let advice = reason::advice(a.reason, cx.lang);
        Reply::Say(t::NO_ONE_STEP.fill(cx.lang, &[advice]))
    };
    let Some(action) = step(a) else {
        return say();
    };
    let place = place::of_cause(cx, a);
    match crate::panel::of(place.stage).act(cx, action, &spot_of(cx, &place)) {
        Reply::Pass => say(),
        reply => reply,
    }
}

/// Where the cursor would stand at a place.
fn spot_of(cx: &Cx<'_>, place: &Place) -> Spot {
    let panel = crate::panel::of(place.stage);
    let by_order = || place.order.and_then(|order| panel.row_of(cx, order, None));
    Spot {
        row: place.row.or_else(by_order).unwrap_or(0),
        part: place.part.unwrap_or(PartKind::List),
        part_row: place.part_row,
        at: None,
    }
}

/// The action that ends a cause; none where it takes several steps, or somebody else.
const fn step(a: &Attention) -> Option<Action> {
    use Action as A;
    Some(match a.reason {
        Reason::DocumentMissing(_)
        | Reason::SampleDue
        | Reason::SampleWaiting
        | Reason::SampleRejected
        | Reason::NotAuthorised
        | Reason::MilestoneLate
        | Reason::MilestoneDue
        | Reason::PaperDue
        | Reason::InspectionDue
        | Reason::InspectionFailed => A::Open,
        Reason::NoWrittenConfirmation => A::FileDocument,
        Reason::QueryOverdue | Reason::QueryWaiting => A::AnswerQuery,
        Reason::NotAcknowledged => A::Acknowledge,
        Reason::ReviewToStart => A::AskDepartments,
        Reason::AnswerSilent => A::RecordAnswer,
        Reason::DecisionDue | Reason::CounterWaiting => A::Decide,
        Reason::ProductionToMake => A::MakeProduction,
        Reason::ProductionToRelease => A::Release,
        Reason::NotScheduled => A::AcceptPlan,
        Reason::PurchaseOverdue => A::Receive,
        Reason::PurchaseTooLate | Reason::NoPromise => A::Promise,
        Reason::NoNews(_) => match a.subject {
            Subject::ProductionOrder => A::Report,
            Subject::Purchase => A::Promise,
            Subject::Query => A::AnswerQuery,
            Subject::Answer => A::RecordAnswer,
            _ => A::Open,
        },
        Reason::ToShip | Reason::ShipmentDue => A::Ship,
        Reason::ToClose => A::CloseOrder,
        Reason::ExceptionDecision => A::DecideException,
        Reason::ExceptionOpen => A::CloseException,
        Reason::ExceptionEscalate(_) => A::Escalate,
        Reason::ExceptionUnowned => A::WorkException,
        _ => return None,
    })
}

/// An exception about what needs attention, with its reason as the first words.
fn raise(cx: &Cx<'_>, a: &Attention) -> Reply {
    let stage = match a.stage {
        Stage::Today | Stage::Exceptions => Stage::Progress,
        stage => stage,
    };
    let purchase = cx.world.purchases.get(a.subject_id);
    let purchase = purchase.filter(|_| a.subject == Subject::Purchase);
    let made = cx.world.production_orders.get(a.subject_id);
    let made = made.filter(|_| a.subject == Subject::ProductionOrder);
    crate::panel::raise(cx, stage, a.order_id, |f| {
        let f = match (purchase, made) {
            (Some(line), _) => crate::panel::materials::about_purchase(cx, line, f),
            (_, Some(made)) => crate::panel::about_made(cx, made, None, f),
            _ => f,
        };
        if f.value("what").is_empty() && a.subject != Subject::Exception {
            f.with("what", reason::sentence(a, cx.lang))
        } else {
            f
        }
    })
}
