//! Parts of the panels as rows: what the screens show, word for word.

use serde_json::Value;

use super::{Loaded, Rows, Setting};
use crate::domain::codes::Stage;
use crate::panel::{self, Content, Cx, Listing, PartKind};

/// A part of a panel for every order, or for one: what the screen shows, word for word.
pub(super) fn parts(
    setting: &Setting,
    l: &Loaded,
    stage: Stage,
    kind: PartKind,
    order: Option<i64>,
) -> Rows {
    let base = std::cell::OnceCell::new();
    let cx = Cx {
        world: &l.world,
        now: setting.clock.now(),
        lang: setting.lang,
        agenda: &l.agenda,
        outlook: &l.outlook,
        journal: &[],
        rush: None,
        in_sight: None,
        view: panel::View::default(),
        symbols: crate::theme::SymbolSet::Unicode.symbols(),
        lessons: &base,
    };
    let mut rows = Rows {
        names: Vec::new(),
        rows: Vec::new(),
    };
    for one in l
        .world
        .orders
        .iter()
        .filter(|o| order.is_none_or(|id| id == o.id))
    {
        let detail = panel::of(stage).detail(&cx, one.id);
        let found = detail
            .parts
            .into_iter()
            .find(|p| p.kind == kind)
            .map(|p| p.content);
        let Some(Content::List(listing)) = found else {
            continue;
        };
        rows.names = headings(&listing, setting);
        for row in listing.rows {
            let mut cells = vec![Value::from(one.no.clone())];
            cells.extend(row.cells.into_iter().map(|c| Value::from(c.text)));
            rows.rows.push(cells);
        }
    }
    rows
}

fn headings(listing: &Listing, setting: &Setting) -> Vec<String> {
    let own = listing
        .columns
        .iter()
        .map(|c| c.title.text(setting.lang).to_owned());
    std::iter::once("order".to_owned()).chain(own).collect()
}
