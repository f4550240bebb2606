//! Opening a form from a panel, with what the panel knows of the row.

use super::{Cx, Reply};
use crate::domain::codes::Stage;
use crate::domain::production::ProductionOrder;
use crate::overlay::form::{Form, FormKind};
use crate::overlay::forms::{self, remedies};
use crate::text::{failure, words};

/// Opens a form, with what the panel adds to it.
pub(super) fn form(
    cx: &Cx<'_>,
    kind: FormKind,
    subject: i64,
    with: impl FnOnce(Form) -> Form,
) -> Reply {
    match forms::open(kind, subject, cx) {
        Some(form) => Reply::Form(Box::new(with(form))),
        None => Reply::Refuse(words::SELECT_FIRST),
    }
}

/// Opens a form as it is.
pub(super) fn open(cx: &Cx<'_>, kind: FormKind, subject: i64) -> Reply {
    form(cx, kind, subject, |form| form)
}

/// An exception form about a production order, and about one of its operations where one is meant.
pub(super) fn about_made(
    cx: &Cx<'_>,
    made: &ProductionOrder,
    operation: Option<i64>,
    form: Form,
) -> Form {
    let form = form
        .hide("production_order", made.id.to_string())
        .with("held", made.no.as_str());
    let operation = operation.and_then(|id| cx.world.operations.get(id));
    let operation = operation.filter(|o| o.production_order_id == made.id);
    let late = cx.outlook.finishes.get(&made.id).map_or(0, |f| f.late_days);
    let form = if late > 0 {
        let what = failure::late_made(&made.no, late, cx.lang);
        form.with("what", what)
    } else {
        form
    };
    let Some(o) = operation else {
        return form;
    };
    let place = cx.outlook.places.get(&o.id);
    let line = place.and_then(|p| p.line_id).or(o.line_id);
    let centre = cx.world.work_centres.find(o.work_centre_id);
    let code = cx.world.lines.find(line).map_or("", |l| l.code.as_str());
    let name = centre.map_or("", |c| c.name.as_str());
    form.with("operation", format!("{}/{}", made.no, o.seq))
        .with("where", remedies::place(o.work_centre_id, line))
        .with(
            "place",
            format!("{name} {code} {}", o.name).trim().to_owned(),
        )
}

/// The exception form about a row of a panel.
pub(super) fn raise(
    cx: &Cx<'_>,
    stage: Stage,
    order: Option<i64>,
    with: impl FnOnce(Form) -> Form,
) -> Reply {
    let about = |form: Form| with(form.with("stage", stage.code()));
    form(cx, FormKind::Exception, order.unwrap_or(0), about)
}
