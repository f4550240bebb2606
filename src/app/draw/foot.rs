//! The last line: the note, or the filter that is being typed, and what the panels stand on.

use super::*;

pub(super) fn status(app: &App, area: Rect, buf: &mut Buffer, styles: &Styles) -> Option<Position> {
    let board = app.board()?;
    if let Some(Overlay::Filter(field)) = app.overlays.last() {
        let label = format!("{}: ", shell::FILTER.text(app.lang));
        let x = put(buf, area.x, area.y, area.width, &label, styles.key);
        let count = format!("{}/{}", board.shown.len(), board.listing.ids.len());
        let cells = u16::try_from(width::width(&count)).unwrap_or(0);
        put(
            buf,
            area.right().saturating_sub(cells),
            area.y,
            cells,
            &count,
            styles.dim,
        );
        let field_area = Rect {
            x,
            width: area.right().saturating_sub(x + cells + 1),
            ..area
        };
        return field.render(field_area, buf, styles, Focus::Here);
    }
    let mut right = Vec::new();
    if !board.filter.is_empty() {
        right.push(format!(
            "{} “{}”",
            shell::FILTER.text(app.lang),
            board.filter
        ));
    }
    right.extend(plan_stands(app));
    if let Some((name, _)) = app.whatif.open() {
        right.push(crate::text::whatif::COPY.fill(app.lang, &[name]));
    }
    right.extend(crate::text::keeping::mark(app.store.journal_mode(), app.lang).map(str::to_owned));
    if app.store.is_read_only() {
        right.push(shell::READ_ONLY.text(app.lang).to_owned());
    }
    right.push(format!(
        "{}/{}",
        board.place().map_or(0, |p| p + 1),
        board.shown.len()
    ));
    let (level, text) = match &app.note {
        None => (Level::Info, ""),
        Some(note) => {
            let level = match note.role {
                Role::Ok => Level::Good,
                Role::Warn => Level::Warning,
                Role::Bad => Level::Error,
                _ => Level::Info,
            };
            (level, note.text.as_str())
        }
    };
    status::render((level, text), &right.join("  "), area, buf, styles);
    None
}

/// Which plan the panels show: the moment and the change it stands on, by rules or improved.
fn plan_stands(app: &App) -> Option<String> {
    let Some(stands_on) = app.outlook.stands_on else {
        return Some(shell::PLAN_PENDING.text(app.lang).to_owned());
    };
    let newest = app.journal.first().map_or(0, |line| line.id);
    if newest != stands_on {
        return Some(shell::PLAN_AGAIN.text(app.lang).to_owned());
    }
    let at = app.outlook.computed_for?;
    if !matches!(
        app.stage,
        Stage::Capacity | Stage::Schedule | Stage::Materials
    ) {
        return None;
    }
    let word = if app.outlook.improved {
        shell::PLAN_IMPROVED
    } else {
        shell::PLAN_BY_RULES
    };
    let time = at.0.format("%H:%M").to_string();
    Some(word.fill(app.lang, &[&time, &stands_on.to_string()]))
}
