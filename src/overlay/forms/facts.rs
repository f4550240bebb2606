//! Tables typed like a sheet: what a paper says, and the names that mean the same.

use super::super::form::{FieldKind, Form, FormKind};
use crate::command::facts::{SaveAliases, SaveFacts, Stated};
use crate::command::{Command, Refusal};
use crate::domain::rule::consistency::{CRITICAL, alias::Aliases};
use crate::panel::Cx;
use crate::text::{Lang, Word, words as w};
use crate::widget::grid::{self, GridColumn, Stop};

fn column(key: &str, title: Word, cells: u16, stop: Stop, lang: Lang) -> GridColumn {
    GridColumn {
        key: key.to_owned(),
        title: title.text(lang).to_owned(),
        cells,
        right: false,
        stop,
    }
}

/// The facts of a document; those found in its file come behind those that are kept.
pub(super) fn facts(
    cx: &Cx<'_>,
    document: i64,
    found: &[(String, String, String)],
) -> Option<Form> {
    let document = cx.world.documents.get(document)?;
    let kept: Vec<_> = cx
        .world
        .facts
        .of(document.order_id)
        .filter(|f| f.document_id == document.id)
        .collect();
    let columns = vec![
        column("key", w::FACT, 16, Stop::Usual, cx.lang),
        column("value", w::VALUE, 24, Stop::Usual, cx.lang),
        column("unit", w::UNIT, 6, Stop::Extra, cx.lang),
        column("critical", w::CRITICAL_FACT, 4, Stop::Extra, cx.lang),
        column("place", w::FOUND_AT, 14, Stop::Never, cx.lang),
    ];
    let yes = |critical: bool| if critical { "*" } else { "" };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for f in &kept {
        let cells = [&f.key, &f.value, &f.unit, yes(f.critical), ""];
        rows.push(cells.iter().map(|c| (*c).to_owned()).collect());
    }
    let aliases = Aliases::new(cx.world.aliases.iter());
    for (key, value, place) in found {
        let known = |f: &crate::domain::document::Fact| aliases.key(&f.key) == aliases.key(key);
        if !kept.iter().any(|f| known(f)) {
            rows.push(vec![
                key.clone(),
                value.clone(),
                String::new(),
                String::new(),
                place.clone(),
            ]);
        }
    }
    let title = w::FORM_FACTS.fill(cx.lang, &[&document.title]);
    let form = Form::new(FormKind::Facts, document.id, title);
    let text = grid::write(&columns, &rows);
    Some(
        form.grid("facts", w::FACTS, columns, text)
            .hint(w::HINT_FACTS),
    )
}

/// The user's aliases.
pub(super) fn aliases(cx: &Cx<'_>) -> Form {
    let columns = vec![
        column("name", w::NAME, 24, Stop::Usual, cx.lang),
        column("canonical", w::MEANS, 24, Stop::Usual, cx.lang),
        column("kind", w::KIND, 12, Stop::Extra, cx.lang),
    ];
    let rows: Vec<Vec<String>> = cx
        .world
        .aliases
        .iter()
        .map(|a| vec![a.name.clone(), a.canonical.clone(), a.kind.clone()])
        .collect();
    let text = grid::write(&columns, &rows);
    Form::new(FormKind::Aliases, 0, cx.say(w::FORM_ALIASES))
        .grid("facts", w::ALIASES, columns, text)
        .hint(w::HINT_ALIASES)
}

fn rows(form: &Form) -> (Vec<GridColumn>, Vec<Vec<String>>) {
    let field = form.fields.iter().find(|f| f.key == "facts");
    match field.map(|f| (&f.kind, &f.value)) {
        Some((FieldKind::Grid(columns), value)) => (columns.clone(), grid::read(columns, value)),
        _ => (Vec::new(), Vec::new()),
    }
}

pub(super) fn save(form: &Form, cx: &Cx<'_>) -> Result<Command, Refusal> {
    let (columns, rows) = rows(form);
    let cell = |row: &[String], key: &str| -> String {
        let at = columns.iter().position(|c| c.key == key);
        at.and_then(|at| row.get(at))
            .map(|c| c.trim().to_owned())
            .unwrap_or_default()
    };
    let filled = rows
        .iter()
        .enumerate()
        .filter(|(_, r)| r.iter().any(|c| !c.trim().is_empty()));
    if form.kind == FormKind::Aliases {
        let aliases = filled
            .map(|(_, r)| (cell(r, "kind"), cell(r, "name"), cell(r, "canonical")))
            .collect();
        return Ok(Command::SaveAliases(Box::new(SaveAliases { aliases })));
    }
    let known = Aliases::new(cx.world.aliases.iter());
    let facts = filled
        .map(|(row, r)| Stated {
            row,
            key: cell(r, "key"),
            value: cell(r, "value"),
            unit: cell(r, "unit"),
            critical: !cell(r, "critical").is_empty()
                || CRITICAL.contains(&known.key(&cell(r, "key")).as_str()),
        })
        .collect();
    Ok(Command::SaveFacts(Box::new(SaveFacts {
        document_id: form.subject,
        facts,
    })))
}
