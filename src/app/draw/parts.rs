//! Draws the parts below the head: lists, facts, pictures of time.

use std::ops::Range;

use super::*;

#[allow(clippy::too_many_arguments)] // Everything a table is made of, once.
pub(super) fn table(
    listing: &Listing,
    rows: &[&panel::Row],
    selected: usize,
    left: usize,
    sort: Option<Sort>,
    focus: Focus,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    lang: Lang,
) -> usize {
    let cells = |at: usize| rows.get(at).map(|row| row.cells.iter().map(cell).collect());
    let list = Shown {
        columns: listing.columns,
        empty: listing.empty,
        rows: rows.len(),
        left,
        cells: &|at| cells(at).unwrap_or_default(),
    };
    shown(&list, selected, sort, focus, area, buf, styles, lang)
}

pub(super) fn cell(cell: &panel::Cell) -> table::Cell<'_> {
    table::Cell::new(cell.text.as_str(), cell.role)
}

/// Cells that were made for the drawing alone.
pub(super) fn own_cells(made: Vec<panel::Cell>) -> Vec<table::Cell<'static>> {
    let own = |cell: panel::Cell| table::Cell::new(cell.text, cell.role);
    made.into_iter().map(own).collect()
}

/// A table whose rows are made as they are drawn.
pub(super) struct Shown<'a> {
    pub(super) columns: &'static [panel::Column],
    pub(super) empty: Option<crate::text::Word>,
    pub(super) rows: usize,
    /// Columns after the first that are scrolled out.
    pub(super) left: usize,
    pub(super) cells: &'a dyn Fn(usize) -> Vec<table::Cell<'a>>,
}

#[allow(clippy::too_many_arguments)] // Everything a table is made of, once.
pub(super) fn shown(
    list: &Shown<'_>,
    selected: usize,
    sort: Option<Sort>,
    focus: Focus,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
    lang: Lang,
) -> usize {
    let columns: Vec<table::Column> = list
        .columns
        .iter()
        .map(|c| {
            let width = match c.width {
                panel::Width::Fixed(n) => table::Width::Fixed(n),
                panel::Width::Fill(weight) => table::Width::Fill(weight),
            };
            let align = if c.right { Align::Right } else { Align::Left };
            table::Column::new(c.title.text(lang), width)
                .align(align)
                .drop_at(c.drop)
        })
        .collect();
    let height = Table::rows_in(area);
    let state = TableState {
        left: list.left,
        ..seen(list.rows, selected, height)
    };
    let window = state.window(list.rows, height);
    let made = |at| table::Row {
        cells: (list.cells)(at),
    };
    let rows: Vec<table::Row> = window.clone().map(made).collect();
    let empty = list.empty.map_or("", |w| w.text(lang));
    Table {
        columns: &columns,
        rows: &rows,
        first: window.start,
        state,
        sort,
        focus,
        empty,
    }
    .render(area, buf, styles);
    height
}

/// The window over the rows, the selected one two thirds down.
fn seen(rows: usize, selected: usize, height: usize) -> TableState {
    let mut state = TableState {
        selected,
        offset: selected.saturating_sub(height * 2 / 3),
        left: 0,
    };
    state.clamp(rows, height);
    state
}

/// The rows of a table that are in sight.
pub(super) fn in_window(rows: usize, selected: usize, area: Rect) -> Range<usize> {
    let height = Table::rows_in(area);
    seen(rows, selected, height).window(rows, height)
}

/// Notes where the rows of a table stand, for clicks.
pub(super) fn note_rows(
    app: &App,
    rows: usize,
    selected: usize,
    area: Rect,
    hit: impl Fn(usize) -> Hit,
) {
    let window = in_window(rows, selected, area);
    for (y, at) in (area.y + 1..area.bottom()).zip(window) {
        let line = Rect {
            y,
            height: 1,
            ..area
        };
        app.places.borrow_mut().add(line, hit(at));
    }
}

pub(super) fn part(
    app: &App,
    board: &Board,
    part: &Part,
    focus: Focus,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> usize {
    let row = board.part_rows.get(&part.kind).copied().unwrap_or(0);
    let left = board.columns_left(part.kind);
    let open = board.detail.parts.get(board.open);
    if let Some(rows) = part.content.rows().filter(|_| !part.content.is_picture())
        && open.is_some_and(|open| open.kind == part.kind)
        && !matches!(part.content, Content::Facts(_))
    {
        let selected = part.content.place_of(row).unwrap_or(0);
        note_rows(app, rows, selected, area, Hit::PartRow);
    }
    match &part.content {
        Content::List(listing) => {
            let rows: Vec<&panel::Row> = listing.rows.iter().collect();
            let selected = rows.iter().position(|r| r.id == row).unwrap_or(0);
            table(
                listing, &rows, selected, left, None, focus, area, buf, styles, app.lang,
            )
        }
        Content::Long(long) => {
            let (own, cx) = (app.panel(), app.cx());
            let cells = |at: usize| {
                let id = long.ids.get(at).copied().unwrap_or(0);
                own_cells(own.cells(&cx, part.kind, id))
            };
            let list = Shown {
                columns: long.columns,
                empty: long.empty,
                rows: long.ids.len(),
                left,
                cells: &cells,
            };
            let selected = part.content.place_of(row).unwrap_or(0);
            shown(&list, selected, None, focus, area, buf, styles, app.lang)
        }
        Content::Facts(facts) => {
            let first = usize::try_from(row).unwrap_or(0).saturating_sub(1);
            facts_page(facts, first, area, buf, styles);
            area.height.into()
        }
        Content::Gantt(_) | Content::Heat(_) | Content::Curves(_) => {
            super::pictures::picture(app, board, part, focus, area, buf, styles)
        }
    }
}

fn facts_page(
    facts: &[(String, panel::Cell)],
    first: usize,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) {
    let labels = facts
        .iter()
        .map(|(label, _)| width::width(label))
        .max()
        .unwrap_or(0);
    let labels = u16::try_from(labels).unwrap_or(16).min(area.width / 3);
    let x = area.x + labels + 3;
    let cells = area.right().saturating_sub(x + 1);
    let mut y = area.y;
    for (label, cell) in facts.iter().skip(first) {
        for (at, line) in width::wrap(&cell.text, cells.into())
            .into_iter()
            .enumerate()
        {
            if y >= area.bottom() {
                return;
            }
            if at == 0 {
                let label = width::fit(label, labels.into(), Align::Right, styles.symbols.ellipsis);
                put(buf, area.x + 1, y, labels, &label, styles.label);
                if let Some(mark) = styles.mark_of(cell.role) {
                    let style = styles.role(cell.role);
                    put(buf, x - 1, y, 1, &mark.to_string(), style);
                }
            }
            put_clipped(
                buf,
                (x, y),
                cells,
                &line,
                styles.role(cell.role),
                styles.symbols.ellipsis,
            );
            y += 1;
        }
    }
}
