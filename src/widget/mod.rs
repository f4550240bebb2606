//! Data in, cells out: what every screen is built from.
//!
//! Widgets know no domain type, hold no words of their own, change no state while they draw, and
//! never draw outside the area they are given. All text goes through [`put`], which makes it safe
//! to show and cuts it by cells; nothing here uses the library's own wrapping, which overflows
//! with Chinese.

pub mod chart;
pub mod edit;
pub mod field;
pub mod form;
pub mod gantt;
pub mod grid;
pub mod heatmap;
pub mod keyhint;
pub mod month;
pub mod multiline;
pub mod popup;
pub mod prose;
pub mod status;
pub mod table;
pub mod tabs;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::safe::shown;
use crate::text::width::{clip, cluster_width, plain_char_width, plain_width};

/// Writes text at `x`, `y` in at most `cells`, never beyond the buffer; returns the next free column.
///
/// The text is made safe to show. What does not fit is cut without a mark (see [`put_clipped`]); a
/// wide character that would only half fit is left out.
pub fn put(buf: &mut Buffer, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
    let Some(mut pen) = Pen::new(buf, (x, y), cells) else {
        return x;
    };
    if plain_width(text).is_some() {
        return pen.plain(buf, text, style);
    }
    for cluster in shown(text).graphemes(true) {
        if !pen.write(buf, cluster, cluster_width(cluster), style) {
            break;
        }
    }
    pen.at
}

/// Where text is being written.
struct Pen {
    start: u16,
    at: u16,
    y: u16,
    end: u16,
}

impl Pen {
    /// A pen at a place, for so many cells; none outside the buffer.
    fn new(buf: &Buffer, (x, y): (u16, u16), cells: u16) -> Option<Self> {
        let area = buf.area;
        let inside = y >= area.y && y < area.bottom() && x >= area.x;
        inside.then(|| Self {
            start: x,
            at: x,
            y,
            end: x.saturating_add(cells).min(area.right()),
        })
    }

    /// Writes text that has a [`plain_width`], which needs no search for clusters.
    fn plain(&mut self, buf: &mut Buffer, text: &str, style: Style) -> u16 {
        let mut bytes = [0; 4];
        for c in text.chars() {
            let wide = plain_char_width(c).unwrap_or(0);
            if !self.write(buf, c.encode_utf8(&mut bytes), wide, style) {
                break;
            }
        }
        self.at
    }

    /// Writes one cluster; false where it does not fit any more.
    fn write(&mut self, buf: &mut Buffer, cluster: &str, wide: usize, style: Style) -> bool {
        if wide == 0 {
            return true;
        }
        let wide = u16::try_from(wide).unwrap_or(u16::MAX);
        let next = self.at.saturating_add(wide);
        if next > self.end {
            return false;
        }
        if self.at == self.start {
            open_left(buf, self.at, self.y);
        }
        if let Some(cell) = buf.cell_mut((self.at, self.y)) {
            cell.set_symbol(cluster).set_style(style);
        }
        for covered in self.at + 1..next {
            if let Some(cell) = buf.cell_mut((covered, self.y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
        self.at = next;
        true
    }
}

/// Like [`put`], with the ellipsis in the last cell where the text was cut.
pub fn put_clipped(
    buf: &mut Buffer,
    (x, y): (u16, u16),
    cells: u16,
    text: &str,
    style: Style,
    ellipsis: char,
) -> u16 {
    if plain_width(text).is_some_and(|wide| wide <= cells.into()) {
        let pen = Pen::new(buf, (x, y), cells);
        return pen.map_or(x, |mut pen| pen.plain(buf, text, style));
    }
    let text = shown(text);
    let text = clip(&text, cells.into(), ellipsis);
    put(buf, x, y, cells, &text, style)
}

/// Blanks an area and gives it a style.
///
/// A wide character that begins left of the area and reaches into it is blanked too: left as it
/// is, it would swallow the first column of whatever is drawn here.
pub fn clear(buf: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buf.area);
    let mut blank = Cell::EMPTY;
    blank.set_style(style);
    for y in area.top()..area.bottom() {
        open_left(buf, area.left(), y);
        let row = usize::from(y - buf.area.top()) * usize::from(buf.area.width);
        let start = row + usize::from(area.left() - buf.area.left());
        let cells = buf.content.get_mut(start..start + usize::from(area.width));
        cells.unwrap_or_default().fill(blank.clone());
    }
}

/// Blanks the wide character that begins just left of `x`, so that column `x` is free.
fn open_left(buf: &mut Buffer, x: u16, y: u16) {
    let Some(before) = x.checked_sub(1) else {
        return;
    };
    if let Some(cell) = buf.cell_mut((before, y))
        && cluster_width(cell.symbol()) > 1
    {
        cell.set_symbol(" ");
    }
}

/// Signs whose width terminals do not agree on, or that fonts lack, and what stands for them.
const PLAIN: &[(&str, &str)] = &[
    ("—", "-"),
    ("–", "-"),
    ("…", "~"),
    ("·", "."),
    ("×", "x"),
    ("✓", "v"),
    ("✗", "x"),
    ("→", ">"),
    ("←", "<"),
    ("↑", "^"),
    ("↓", "v"),
    ("‹", "<"),
    ("›", ">"),
    ("▸", ">"),
    ("“", "\""),
    ("”", "\""),
    ("‘", "'"),
    ("’", "'"),
    ("±", "+"),
    ("≥", ">"),
    ("≤", "<"),
    ("≈", "~"),
    ("°", "o"),
    ("●", "*"),
    ("○", "o"),
];

/// Replaces signs of texts that a terminal may draw two cells wide by plain ones.
pub fn plain(buf: &mut Buffer) {
    for cell in &mut buf.content {
        let of = |(sign, _): &&(&str, &str)| *sign == cell.symbol();
        if !cell.symbol().is_ascii()
            && let Some((_, letter)) = PLAIN.iter().find(of)
        {
            cell.set_symbol(letter);
        }
    }
}

/// What a person would read on the screen: covered cells skipped, line ends trimmed.
///
/// For tests and reports of the screen; colours are not in it.
#[must_use]
pub fn screen_text(buf: &Buffer) -> String {
    let area = buf.area;
    let mut out = String::new();
    for y in area.top()..area.bottom() {
        let mut line = String::new();
        let mut x = area.left();
        while x < area.right() {
            let symbol = buf.cell((x, y)).map_or(" ", |cell| cell.symbol());
            line.push_str(symbol);
            x += u16::try_from(cluster_width(symbol)).unwrap_or(1).max(1);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The rows and columns drawn with reverse, one letter each: `R` reversed, `.` not. For tests.
#[must_use]
pub fn reversed_map(buf: &Buffer) -> String {
    let area = buf.area;
    let mut out = String::new();
    for y in area.top()..area.bottom() {
        let reversed = |x: u16| {
            buf.cell((x, y))
                .is_some_and(|c| c.modifier.contains(ratatui::style::Modifier::REVERSED))
        };
        let line: String = (area.left()..area.right())
            .map(|x| if reversed(x) { 'R' } else { '.' })
            .collect();
        out.push_str(line.trim_end_matches('.'));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod bounds;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_at_the_area_and_at_the_last_cell_of_the_screen() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 5, 2));
        assert_eq!(put(&mut buf, 0, 0, 4, "中文字", Style::new()), 4);
        assert_eq!(put(&mut buf, 3, 1, 9, "字中", Style::new()), 5);
        assert_eq!(put(&mut buf, 4, 1, 9, "字", Style::new()), 4);
        put(&mut buf, 0, 9, 9, "x", Style::new());
        assert_eq!(screen_text(&buf), "中文\n   字\n");
    }

    #[test]
    fn text_from_outside_is_made_safe_by_drawing_it() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 1));
        put(
            &mut buf,
            0,
            0,
            12,
            "a\u{202e}b\u{200b}c\u{1b}[m",
            Style::new(),
        );
        assert_eq!(screen_text(&buf), "a␦b␦c␛[m\n");
    }

    #[test]
    fn drawing_over_the_right_half_of_a_wide_character_removes_all_of_it() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 6, 1));
        put(&mut buf, 0, 0, 6, "中文字", Style::new());
        clear(&mut buf, Rect::new(1, 0, 2, 1), Style::new());
        assert_eq!(screen_text(&buf), "    字\n");
        put(&mut buf, 5, 0, 1, "x", Style::new());
        assert_eq!(screen_text(&buf), "     x\n");
    }
}
