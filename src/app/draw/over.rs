//! Draws what stands on top of a panel, and the questions among it.

use super::*;

use crate::overlay::busy::BusyWords;
use crate::text::handing;

pub(super) fn overlays(
    app: &mut App,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> Option<Position> {
    let (lang, today) = (app.lang, app.cx().today());
    let ask_quit = match app.editor().is_some_and(|editor| editor.is_changed()) {
        true => shell::ASK_QUIT_FORM,
        false => shell::ASK_QUIT,
    };
    let mut cursor = None;
    for overlay in &mut app.overlays {
        cursor = match overlay {
            Overlay::Form(editor) => editor.render(area, buf, styles, lang),
            Overlay::Picker(picker) => picker.render(area, buf, styles, lang),
            Overlay::Review(review) => {
                review.page.render(area, buf, styles, lang);
                None
            }
            Overlay::Sampling(helper) => sampling::render(helper, area, buf, styles, lang),
            Overlay::Sheet(page) => sheet::render(page, area, buf, styles, lang),
            Overlay::Timeline(page) => timeline::render(page, today, area, buf, styles, lang),
            Overlay::Ledger(page) => sheet::render(&page.sheet, area, buf, styles, lang),
            Overlay::Page(page) => {
                page.render(area, buf, styles, lang);
                None
            }
            Overlay::Confirm { question, .. } => {
                ask(question, shell::ASK_YES_NO.text(lang), area, buf, styles)
            }
            Overlay::LeaveForm => ask(shell::ASK_LEAVE.text(lang), "", area, buf, styles),
            Overlay::Quit => ask(ask_quit.text(lang), "", area, buf, styles),
            Overlay::Import(import) => import.render(area, buf, styles, lang),
            Overlay::Writing(busy, what) => {
                let words = BusyWords {
                    title: handing::FORM.text(lang),
                    said: &handing::WRITING.fill(lang, &[what]),
                    rows: handing::ROWS,
                    keys: handing::KEYS_WRITING.text(lang),
                };
                busy.render(words, area, buf, styles, lang);
                None
            }
            Overlay::Versions(page) => sheet::render(&page.sheet, area, buf, styles, lang),
            Overlay::Lessons(page) => lessons::render(page, area, buf, styles, lang),
            Overlay::Filter(_) | Overlay::Tour(_) | Overlay::Prefix(_) => None,
        };
    }
    match app.overlays.last() {
        Some(Overlay::Tour(step)) => guide::tour(app, *step, area, buf, styles),
        Some(Overlay::Prefix(first)) => guide::prefix(app, *first, area, buf, styles),
        _ => {}
    }
    cursor
}

fn ask(
    question: &str,
    keys: &str,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> Option<Position> {
    let wide = area.width.min(72);
    let lines = width::wrap(question, usize::from(wide.saturating_sub(4)));
    let high = u16::try_from(lines.len() + 2).unwrap_or(5);
    let outer = popup::place(area, (wide, high), popup::Place::Centre);
    let frame = popup::Frame {
        title: "",
        right: "",
        footer: keys,
        focus: Focus::Here,
    };
    let inner = frame.render(outer, buf, styles);
    for (y, line) in (inner.y..inner.bottom()).zip(lines) {
        put_clipped(
            buf,
            (inner.x + 1, y),
            inner.width.saturating_sub(2),
            &line,
            styles.base,
            styles.symbols.ellipsis,
        );
    }
    None
}
