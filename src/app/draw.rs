//! Draws the screens from the app's state; changes nothing but how far a page goes.
//!
//! ```text
//! stage bar
//! list
//! head            two lines or three
//! tabs of parts
//! part            (the next one below it on a tall screen, beside it on a wide one)
//! hints           two lines
//! status
//! ```

mod foot;
mod guide;
mod head;
mod lessons;
mod over;
mod parts;
mod pictures;
mod sampling;
mod sheet;
mod timeline;

use super::App;
use super::action::Action;
use super::mouse::Hit;
use crate::domain::codes::Stage;
use crate::overlay::Overlay;
use crate::panel::board::Board;
use crate::panel::{self, Content, Listing, Part};
use crate::text::width::{self, Align};
use crate::text::{Label, Lang, guide as guide_words, shell, words};
use crate::theme::{Role, Styles};
use crate::widget::field::Focus;
use crate::widget::gantt::{self, Gantt, GanttRow, Scale};
use crate::widget::heatmap::{HeatRow, Heatmap, Limits};
use crate::widget::keyhint::{self, Hint};
use crate::widget::status::{self, Level};
use crate::widget::table::{self, Sort, Table, TableState};
use crate::widget::tabs::{self, Tab};
use crate::widget::{clear, plain, popup, put, put_clipped};
use chrono::NaiveDate;
use foot::status;
use head::{head, head_lines};
use parts::{part, table};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// The smallest screen that is drawn.
const SMALLEST: (u16, u16) = (60, 16);

/// From this height on the hints may take two lines.
const TWO_LINES: u16 = 20;

/// From this width on two parts stand beside each other.
const WIDE: u16 = 140;

/// From this height on the next part stands below the open one.
const TALL: u16 = 13;

/// Rows of Today's list with its heading: nine lines fit a morning.
const TODAY: u16 = 10;

/// From this height on the list stays in sight while a picture has the keys.
const ROOMY: u16 = 34;

/// Draws the whole screen on a blank buffer; returns where the cursor stands, if anywhere.
pub fn screen(app: &mut App, buf: &mut Buffer) -> Option<Position> {
    let area = buf.area;
    let styles = app.styles;
    if styles.base != Style::default() {
        clear(buf, area, styles.base);
    }
    app.places.borrow_mut().start(area);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let text = shell::TOO_SMALL.text(app.lang);
        for (y, line) in (area.y..area.bottom()).zip(width::wrap(text, area.width.into())) {
            put(buf, area.x, y, area.width, &line, styles.warn);
        }
        return None;
    }
    stages(app, Rect { height: 1, ..area }, buf, &styles);
    let (actions, hints) = hints(app, area.height >= TWO_LINES);
    let help = app.keymap.label(Action::Help);
    let more = Hint::new(&help, shell::MORE.text(app.lang), 0);
    let hint_rows = keyhint::height(
        &hints,
        &more,
        area.width,
        if area.height < TWO_LINES { 1 } else { 2 },
    );
    let bottom = area.bottom() - 1;
    let hint_area = Rect {
        y: bottom - hint_rows,
        height: hint_rows,
        ..area
    };
    keyhint::render(&hints, &more, hint_area, buf, &styles);
    for (at, place) in keyhint::places(&hints, &more, hint_area) {
        let action = at.and_then(|at| actions.get(at).copied());
        let hit = Hit::Do(action.unwrap_or(Action::Help));
        app.places.borrow_mut().add(place, hit);
    }
    let body = Rect {
        y: area.y + 1,
        height: hint_area.y - area.y - 1,
        ..area
    };
    let rows = panel(app, body, buf, &styles);
    app.page_rows = rows;
    let status_area = Rect {
        y: bottom,
        height: 1,
        ..area
    };
    let cursor = status(app, status_area, buf, &styles);
    let cursor = over::overlays(app, area, buf, &styles).or(cursor);
    if styles.symbols.plain {
        plain(buf);
    }
    cursor
}

fn stages(app: &App, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let tab = |stage: &Stage| {
        let (count, late) = app.counts.get(stage).copied().unwrap_or_default();
        Tab {
            key: app.keymap.label(Action::to(*stage)),
            name: stage.word().text(app.lang).to_owned(),
            short: shell::short_stage(*stage, app.lang).to_owned(),
            count,
            alarm: if late { Role::Bad } else { Role::Base },
        }
    };
    let list: Vec<Tab> = Stage::ALL.iter().map(tab).collect();
    let open = Stage::ALL.iter().position(|s| *s == app.stage).unwrap_or(0);
    let end = tabs::render(&list, open, area, buf, styles);
    for (place, stage) in tabs::places(&list, open, area).into_iter().zip(Stage::ALL) {
        app.places
            .borrow_mut()
            .add(place, Hit::Do(Action::to(*stage)));
    }
    let (today, style) = match app.whatif.open() {
        None => (
            crate::text::format::date_short(app.cx().today(), app.lang),
            styles.dim,
        ),
        Some((name, changes)) => {
            let changes = changes.to_string();
            let mark = crate::text::whatif::MARK.fill(app.lang, &[name, &changes]);
            (mark, styles.warn)
        }
    };
    let cells = u16::try_from(width::width(&today)).unwrap_or(0);
    if end + cells + 1 < area.right() {
        put(buf, area.right() - cells - 1, area.y, cells, &today, style);
    }
}

/// The actions that are hinted at, and the hints in the same order.
///
/// On one line the way to the details and to everything else stays, whatever else has to go.
fn hints(app: &App, roomy: bool) -> (Vec<Action>, Vec<Hint>) {
    let Some(board) = app.board() else {
        return (Vec::new(), Vec::new());
    };
    let mut actions = app.panel().actions(&board.spot()).to_vec();
    actions.extend([
        Action::NextPart,
        Action::Menu,
        Action::Jump,
        Action::Filter,
        Action::Undo,
        Action::Palette,
        Action::Language,
        Action::Quit,
        Action::Help,
    ]);
    // An action whose every key the user took away is in the palette alone.
    actions.retain(|action| app.keymap.key(*action).is_some());
    let weights = (1..=200u8).rev();
    let hint = |(action, weight): (&Action, u8)| {
        let key = app.keymap.label(*action);
        let stays = !roomy && matches!(action, Action::NextPart | Action::Menu);
        let weight = if stays { u8::MAX } else { weight };
        Hint::new(&key, action.info().word.text(app.lang), weight)
    };
    let hints = actions.iter().zip(weights).map(hint).collect();
    (actions, hints)
}

/// Draws list and detail; returns how many rows of each fit.
fn panel(app: &App, area: Rect, buf: &mut Buffer, styles: &Styles) -> (usize, usize) {
    let Some(board) = app.board() else {
        return (1, 1);
    };
    let parts = &board.detail.parts;
    let small = area.height < 14;
    let all = board.in_picture() && area.height < ROOMY;
    if (small || all) && board.focus > 0 {
        let rows = detail(app, board, area, 1, buf, styles);
        return (1, rows);
    }
    let head_rows = match area.height {
        ..20 => 2,
        20..34 => 3,
        _ => 4,
    };
    let list_rows = if parts.is_empty() || small {
        area.height
    } else {
        let wanted = u16::try_from(board.shown.len() + 1)
            .unwrap_or(u16::MAX)
            .max(3);
        let share = if board.in_picture() { 4 } else { 9 };
        let least = if app.stage == Stage::Today { TODAY } else { 6 };
        wanted.min((area.height * share / 20).max(least))
    };
    let list_area = Rect {
        height: list_rows,
        ..area
    };
    let rows = list(app, board, list_area, buf, styles);
    let rest = Rect {
        y: list_area.bottom(),
        height: area.height - list_rows,
        ..area
    };
    let part_rows = if rest.height > head_rows {
        detail(app, board, rest, head_rows, buf, styles)
    } else {
        1
    };
    (rows, part_rows)
}

fn list(app: &App, board: &Board, area: Rect, buf: &mut Buffer, styles: &Styles) -> usize {
    let styles = &Styles {
        running: app.is_behind(),
        ..*styles
    };
    let all = board.shown.len();
    let sort = board.sort.map(|(column, reverse)| {
        if reverse {
            Sort::Falling(column)
        } else {
            Sort::Rising(column)
        }
    });
    let selected = board.place().unwrap_or(0);
    let window = parts::in_window(all, selected, area);
    let made = board.rows(app.panel(), &app.cx(), window.clone());
    let cells = |at: usize| {
        let row = at.checked_sub(window.start).and_then(|at| made.get(at));
        row.map_or_else(Vec::new, |row| row.cells.iter().map(parts::cell).collect())
    };
    let height = parts::shown(
        &parts::Shown {
            columns: board.listing.columns,
            empty: board.listing.empty,
            rows: all,
            left: board.columns_left(panel::PartKind::List),
            cells: &cells,
        },
        selected,
        sort,
        Focus::when(board.focus == 0),
        area,
        buf,
        styles,
        app.lang,
    );
    if all == 0 && !board.filter.is_empty() {
        let body = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        };
        clear(buf, body, styles.base);
        let text = guide_words::NO_ROW_HOLDS.fill(app.lang, &[&board.filter]);
        let cells = area.width.saturating_sub(2);
        for (y, line) in (body.y + 1..body.bottom()).zip(width::wrap(&text, cells.into())) {
            put(buf, area.x + 1, y, cells, &line, styles.dim);
        }
    }
    parts::note_rows(app, all, selected, area, Hit::Row);
    height
}

fn detail(
    app: &App,
    board: &Board,
    area: Rect,
    head_rows: u16,
    buf: &mut Buffer,
    styles: &Styles,
) -> usize {
    let head_area = Rect {
        height: head_rows.min(area.height),
        ..area
    };
    let used = head(&board.detail.head, head_area, buf, styles);
    let tabs_y = area.y + used;
    if tabs_y >= area.bottom() || board.detail.parts.is_empty() {
        return 1;
    }
    let tab = |part: &Part| Tab {
        name: part.title.text(app.lang).to_owned(),
        count: part.count.unwrap_or(0),
        ..Tab::default()
    };
    let list: Vec<Tab> = board.detail.parts.iter().map(tab).collect();
    let bar = Rect {
        y: tabs_y,
        height: 1,
        ..area
    };
    tabs::render(&list, board.open, bar, buf, styles);
    for (at, place) in tabs::places(&list, board.open, bar).into_iter().enumerate() {
        app.places.borrow_mut().add(place, Hit::Part(at));
    }
    let body = Rect {
        y: tabs_y + 1,
        height: area.bottom().saturating_sub(tabs_y + 1),
        ..area
    };
    let Some(open) = board.detail.parts.get(board.open) else {
        return 1;
    };
    let count = board.detail.parts.len();
    let focus = Focus::when(board.focus > 0);
    let next = board
        .detail
        .parts
        .get((board.open + 1) % count)
        .filter(|_| count > 1 && !is_picture(open));
    match next {
        Some(other) if body.height >= TALL => {
            let rows = open.content.rows().map_or(body.height / 2, |rows| {
                u16::try_from(rows.max(2))
                    .unwrap_or(u16::MAX)
                    .saturating_add(1)
            });
            let upper = Rect {
                height: rows.min(body.height.saturating_sub(6)),
                ..body
            };
            let caption = Rect {
                y: upper.bottom() + 1,
                height: 1,
                ..body
            };
            let y = caption.bottom();
            let lower = Rect {
                y,
                height: body.bottom().saturating_sub(y),
                ..body
            };
            put(
                buf,
                caption.x + 1,
                caption.y,
                caption.width,
                other.title.text(app.lang),
                styles.title,
            );
            part(app, board, other, Focus::Away, lower, buf, styles);
            part(app, board, open, focus, upper, buf, styles)
        }
        Some(other) if area.width >= WIDE && !is_picture(other) => {
            let left = Rect {
                width: body.width * 11 / 20,
                ..body
            };
            let x = left.right() + 1;
            let right = Rect {
                x,
                width: body.right().saturating_sub(x),
                ..body
            };
            part(app, board, other, Focus::Away, right, buf, styles);
            part(app, board, open, focus, left, buf, styles)
        }
        _ => part(app, board, open, focus, body, buf, styles),
    }
}

/// Whether a part is a picture of time, which wants all the room there is.
const fn is_picture(part: &Part) -> bool {
    part.content.is_picture()
}
