//! The keys that work here, always in sight: `n 新建  e 修改`.
//!
//! Hints come in order and each with a weight. Where the rows do not hold them all the lightest go
//! first, and a last hint says that there are more and which key shows them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::put;
use crate::text::width::width;
use crate::theme::Styles;

/// One key and what it does now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hint {
    pub key: String,
    pub text: String,
    /// The heavier, the longer it stays when there is little room.
    pub weight: u8,
    pub enabled: bool,
}

impl Hint {
    /// A hint that can be used now.
    #[must_use]
    pub fn new(key: &str, text: &str, weight: u8) -> Self {
        Self {
            key: key.to_owned(),
            text: text.to_owned(),
            weight,
            enabled: true,
        }
    }

    fn cells(&self) -> usize {
        width(&self.key) + 1 + width(&self.text)
    }
}

/// Blanks between two hints.
const GAP: usize = 2;

/// Hints broken into rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<'a> {
    pub rows: Vec<Vec<&'a Hint>>,
    /// Some hints found no place.
    pub dropped: bool,
}

/// Breaks the hints into at most `rows_max` rows of `cells`, leaving out the lightest.
///
/// Where any is left out, room is kept for `more` in the last row.
#[must_use]
pub fn rows<'a>(hints: &'a [Hint], more: &Hint, cells: usize, rows_max: usize) -> Rows<'a> {
    let mut kept: Vec<(&Hint, usize)> = hints.iter().map(|h| (h, h.cells())).collect();
    if let Some(rows) = fill(&kept, cells, rows_max, 0) {
        return Rows {
            rows,
            dropped: false,
        };
    }
    let reserve = more.cells() + GAP;
    while !kept.is_empty() {
        // The last of the lightest goes.
        let lightest = kept.iter().map(|(h, _)| h.weight).min().unwrap_or(0);
        if let Some(at) = kept.iter().rposition(|(h, _)| h.weight == lightest) {
            kept.remove(at);
        }
        if let Some(rows) = fill(&kept, cells, rows_max, reserve) {
            return Rows {
                rows,
                dropped: true,
            };
        }
    }
    Rows {
        rows: Vec::new(),
        dropped: true,
    }
}

/// The hints, each with its cells, in rows, or `None` where they do not fit; `reserve` cells of the
/// last row stay free.
fn fill<'a>(
    hints: &[(&'a Hint, usize)],
    cells: usize,
    rows_max: usize,
    reserve: usize,
) -> Option<Vec<Vec<&'a Hint>>> {
    let mut out: Vec<Vec<&Hint>> = Vec::new();
    let mut used = usize::MAX;
    for (hint, own) in hints {
        let room = |row: usize| cells.saturating_sub(if row == rows_max { reserve } else { 0 });
        match out.last_mut() {
            Some(row) if used.saturating_add(GAP + *own) <= cells => {
                row.push(hint);
                used += GAP + own;
            }
            _ => {
                out.push(vec![hint]);
                used = *own;
            }
        }
        if out.len() > rows_max || used > room(out.len()) {
            return None;
        }
    }
    Some(out)
}

/// Rows the hints take in that width, at most `rows_max`.
#[must_use]
pub fn height(hints: &[Hint], more: &Hint, cells: u16, rows_max: u16) -> u16 {
    let rows = rows(hints, more, cells.into(), rows_max.into());
    let lines = rows.rows.len().max(usize::from(rows.dropped));
    u16::try_from(lines).unwrap_or(rows_max).min(rows_max)
}

/// Draws the hints into the area, as many rows as it has.
pub fn render(hints: &[Hint], more: &Hint, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let Rows { rows, dropped } = rows(hints, more, area.width.into(), area.height.into());
    let last = rows.len().saturating_sub(1);
    let mut end = area.x;
    for (y, row) in (area.y..area.bottom()).zip(&rows) {
        end = area.x;
        for hint in row {
            end = put_hint(hint, (end, y), area, buf, styles);
        }
    }
    if dropped {
        let y = area.y + u16::try_from(last).unwrap_or(0);
        put_hint(more, (end, y), area, buf, styles);
    }
}

/// Where the hints stand when they are drawn in `area`, by their index; none is the last one, that
/// there are more.
#[must_use]
pub fn places(hints: &[Hint], more: &Hint, area: Rect) -> Vec<(Option<usize>, Rect)> {
    let Rows { rows, dropped } = rows(hints, more, area.width.into(), area.height.into());
    let mut out = Vec::new();
    let (mut x, mut last) = (area.x, area.y);
    let place = |hint: &Hint, x: &mut u16, y: u16| {
        let start = if *x == area.x { *x } else { *x + 2 };
        let cells = u16::try_from(hint.cells()).unwrap_or(u16::MAX);
        let end = start.saturating_add(cells).min(area.right());
        *x = end;
        Rect::new(start.min(end), y, end.saturating_sub(start), 1)
    };
    for (y, row) in (area.y..area.bottom()).zip(&rows) {
        (x, last) = (area.x, y);
        for hint in row {
            let at = hints.iter().position(|h| std::ptr::eq(h, *hint));
            out.push((at, place(hint, &mut x, y)));
        }
    }
    if dropped && !area.is_empty() {
        out.push((None, place(more, &mut x, last)));
    }
    out
}

fn put_hint(hint: &Hint, (x, y): (u16, u16), area: Rect, buf: &mut Buffer, styles: &Styles) -> u16 {
    let gap = if x == area.x { 0 } else { 2 };
    let (key, text) = if hint.enabled {
        (styles.key, styles.base)
    } else {
        (styles.dim, styles.dim)
    };
    let room = |x: u16| area.right().saturating_sub(x);
    let x = put(buf, x + gap, y, room(x + gap), &hint.key, key) + 1;
    put(buf, x, y, room(x), &hint.text, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::screen_text;
    use proptest::prelude::*;

    fn hints() -> Vec<Hint> {
        vec![
            Hint::new("n", "新建", 9),
            Hint::new("e", "修改", 8),
            Hint::new("x", "异常", 3),
            Hint::new("y", "复制消息", 5),
            Hint::new("Enter", "打开", 9),
        ]
    }

    fn draw(width: u16, height: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let more = Hint::new("F1", "更多", 0);
        render(&hints(), &more, buf.area, &mut buf, &Styles::standard());
        screen_text(&buf)
    }

    #[test]
    fn what_does_not_fit_goes_by_weight_and_more_is_offered() {
        assert_eq!(
            draw(60, 1),
            "n 新建  e 修改  x 异常  y 复制消息  Enter 打开\n"
        );
        assert_eq!(draw(36, 1), "n 新建  e 修改  Enter 打开  F1 更多\n");
        assert_eq!(
            draw(30, 2),
            "n 新建  e 修改  x 异常\ny 复制消息  Enter 打开\n"
        );
        assert_eq!(draw(8, 1), "F1 更多\n");
        let more = Hint::new("F1", "更多", 0);
        assert_eq!(height(&hints(), &more, 60, 2), 1);
        assert_eq!(height(&hints(), &more, 30, 2), 2);
    }

    proptest! {
        #[test]
        fn hints_stay_in_their_rows(cells in 0_u16..100, high in 0_u16..4) {
            let text = draw(cells, high);
            prop_assert!(text.lines().all(|l| width(l) <= usize::from(cells)));
        }
    }
}
