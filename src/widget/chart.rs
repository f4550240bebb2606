//! Small pictures of numbers: a filled bar, and plan against actual.
//!
//! Numbers come as whole steps of whatever is shown; only proportions are drawn. The plan is
//! dotted and the actual solid, so that they are told apart without colour.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{clear, put};
use crate::text::safe::shown;
use crate::text::width::width;
use crate::theme::{Role, Styles, Symbols};

/// A bar of `cells` filled in proportion; full only when all is there, empty only when nothing is.
#[must_use]
pub fn bar(part: i64, whole: i64, cells: u16, symbols: &Symbols) -> String {
    let cells = usize::from(cells);
    let filled = filled_cells(part, whole, cells);
    let mut out = String::with_capacity(cells * 3);
    out.extend(std::iter::repeat_n(symbols.bar, filled));
    out.extend(std::iter::repeat_n(symbols.track, cells - filled));
    out
}

fn filled_cells(part: i64, whole: i64, cells: usize) -> usize {
    if part <= 0 || cells == 0 {
        return 0;
    }
    if part >= whole {
        return cells;
    }
    let share = i128::from(part) * i128::try_from(cells).unwrap_or(0) / i128::from(whole);
    let share = usize::try_from(share).unwrap_or(0);
    share.clamp(1, cells.saturating_sub(1).max(1))
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    Dotted,
    Solid,
    /// A dot here and there.
    Sparse,
}

/// A line: one value per step, `None` where there is none.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub values: &'a [Option<i64>],
    pub role: Role,
    pub stroke: Stroke,
}

/// Lines over the same steps.
#[derive(Debug, Clone, Copy)]
pub struct LineChart<'a> {
    pub lines: &'a [Line<'a>],
    /// The top of the scale; the bottom is zero.
    pub top: i64,
    /// What stands beside the top of the scale, and under its start and end.
    pub top_label: &'a str,
    pub start_label: &'a str,
    pub end_label: &'a str,
    /// The step of today, if it is among them.
    pub now: Option<usize>,
    /// A step that is marked at the top, such as a finish.
    pub mark: Option<usize>,
}

/// Dots in one cell, across and down.
#[derive(Debug, Clone, Copy)]
struct Grain {
    across: usize,
    down: usize,
}

impl LineChart<'_> {
    /// Draws the chart: scale on the left, steps below.
    pub fn render(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        clear(buf, area, styles.base);
        let label = shown(self.top_label);
        let axis = u16::try_from(width(&label)).unwrap_or(0).max(1) + 1;
        if area.width < axis + 4 || area.height < 3 {
            return;
        }
        let plot = Rect::new(area.x + axis, area.y, area.width - axis, area.height - 1);
        put(buf, area.x, plot.y, axis, &label, styles.dim);
        put(buf, plot.x - 2, plot.bottom() - 1, 1, "0", styles.dim);
        let line = styles.symbols.vertical.to_string();
        for y in plot.top()..plot.bottom() {
            put(buf, plot.x - 1, y, 1, &line, styles.border);
        }
        put(
            buf,
            plot.x,
            plot.bottom(),
            plot.width,
            &shown(self.start_label),
            styles.dim,
        );
        let end = shown(self.end_label);
        let end_cells = u16::try_from(width(&end)).unwrap_or(0).min(plot.width);
        put(
            buf,
            plot.right() - end_cells,
            plot.bottom(),
            end_cells,
            &end,
            styles.dim,
        );
        self.render_now(plot, buf, styles);
        for line in self.lines {
            self.render_line(line, plot, buf, styles);
        }
        if let Some(x) = self.mark.and_then(|step| self.x_of(step, plot)) {
            put(buf, x, plot.y, 1, "x", styles.warn);
        }
    }

    /// The column of a step.
    fn x_of(&self, step: usize, plot: Rect) -> Option<u16> {
        let last = self.steps() - 1;
        let step = Some(step).filter(|n| *n <= last)?;
        let x = scaled(step, last, usize::from(plot.width) - 1);
        Some(plot.x + u16::try_from(x).unwrap_or(0))
    }

    fn steps(&self) -> usize {
        let longest = self.lines.iter().map(|l| l.values.len()).max();
        longest.unwrap_or(0).max(1)
    }

    fn render_now(&self, plot: Rect, buf: &mut Buffer, styles: &Styles) {
        let Some(x) = self.now.and_then(|step| self.x_of(step, plot)) else {
            return;
        };
        for y in plot.top()..plot.bottom() {
            put(buf, x, y, 1, &styles.symbols.today.to_string(), styles.dim);
        }
    }

    fn render_line(&self, line: &Line<'_>, plot: Rect, buf: &mut Buffer, styles: &Styles) {
        let grain = if styles.symbols.braille {
            Grain { across: 2, down: 4 }
        } else {
            Grain { across: 1, down: 1 }
        };
        let size = (
            usize::from(plot.width) * grain.across,
            usize::from(plot.height) * grain.down,
        );
        let style = styles.role(line.role);
        for (count, (x, y)) in self.dots(line.values, size).into_iter().enumerate() {
            let left_out = match line.stroke {
                Stroke::Solid => false,
                Stroke::Dotted => styles.symbols.braille && count % 3 == 2,
                Stroke::Sparse if styles.symbols.braille => count % 4 > 0,
                Stroke::Sparse => count % 2 == 1,
            };
            if left_out {
                continue;
            }
            let cell_x = plot.x + u16::try_from(x / grain.across).unwrap_or(0);
            let cell_y = plot.y + u16::try_from(y / grain.down).unwrap_or(0);
            let old = buf.cell((cell_x, cell_y)).map_or(" ", |c| c.symbol());
            let mark = if styles.symbols.braille {
                with_dot(old, x % 2, y % 4)
            } else {
                match line.stroke {
                    Stroke::Solid => '*',
                    Stroke::Dotted => '.',
                    Stroke::Sparse => 'o',
                }
            };
            put(buf, cell_x, cell_y, 1, &mark.to_string(), style);
        }
    }

    /// The dots of a line on a grid of that size, from the top left, neighbours joined.
    fn dots(&self, values: &[Option<i64>], (across, down): (usize, usize)) -> Vec<(usize, usize)> {
        let last = self.steps() - 1;
        let point = |(step, value): (usize, i64)| {
            let x = scaled(step, last, across - 1);
            let share = i128::from(value.clamp(0, self.top.max(1)));
            let bottom = i128::try_from(down - 1).unwrap_or(0);
            let up =
                (share * bottom + i128::from(self.top.max(1)) / 2) / i128::from(self.top.max(1));
            (
                x,
                (down - 1).saturating_sub(usize::try_from(up).unwrap_or(0)),
            )
        };
        let mut out = Vec::new();
        let mut before: Option<(usize, usize)> = None;
        for (step, value) in values.iter().enumerate() {
            let Some(value) = value else {
                before = None;
                continue;
            };
            let to = point((step, *value));
            match before {
                Some(from) => join(from, to, &mut out),
                None => out.push(to),
            }
            before = Some(to);
        }
        out
    }
}

/// `part` of `whole` on a scale that ends at `end`, to the nearest.
fn scaled(part: usize, whole: usize, end: usize) -> usize {
    (part * end + whole / 2).checked_div(whole).unwrap_or(0)
}

/// The dots after `from` up to `to`, one per column, and the steps between where it is steep.
fn join(from: (usize, usize), to: (usize, usize), out: &mut Vec<(usize, usize)>) {
    let across = to.0.abs_diff(from.0);
    let down = to.1.abs_diff(from.1);
    let count = across.max(down).max(1);
    let between = |a: usize, b: usize, n: usize| {
        let way = scaled(n, count, a.abs_diff(b));
        if b >= a { a + way } else { a - way }
    };
    for n in 1..=count {
        out.push((between(from.0, to.0, n), between(from.1, to.1, n)));
    }
}

/// The braille character `old` with one more dot; anything else starts from an empty one.
///
/// Bit values of the dots by column and row: Unicode, block Braille Patterns.
fn with_dot(old: &str, column: usize, row: usize) -> char {
    const BITS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
    let bit = BITS
        .get(column)
        .and_then(|c| c.get(row))
        .copied()
        .unwrap_or(0);
    let base = match old.chars().next() {
        Some(c @ '\u{2800}'..='\u{28ff}') => u32::from(c),
        _ => 0x2800,
    };
    char::from_u32(base | bit).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{SymbolSet, Theme, ThemeName};
    use crate::widget::screen_text;
    use proptest::prelude::*;

    #[test]
    fn bars_are_full_only_when_all_is_there() {
        let s = SymbolSet::Ascii.symbols();
        assert_eq!(bar(0, 100, 10, s), "..........");
        assert_eq!(bar(1, 100, 10, s), "#.........");
        assert_eq!(bar(55, 100, 10, s), "#####.....");
        assert_eq!(bar(99, 100, 10, s), "#########.");
        assert_eq!(bar(120, 100, 10, s), "##########");
        assert_eq!(bar(5, 0, 4, s), "####");
        assert_eq!(bar(1, 2, 0, s), "");
    }

    fn chart(set: SymbolSet, plan: &[Option<i64>], actual: &[Option<i64>], area: Rect) -> String {
        let lines = [
            Line {
                values: plan,
                role: Role::Dim,
                stroke: Stroke::Dotted,
            },
            Line {
                values: actual,
                role: Role::Accent,
                stroke: Stroke::Solid,
            },
        ];
        let chart = LineChart {
            lines: &lines,
            top: 100,
            top_label: "100",
            start_label: "11-23",
            end_label: "12-07",
            now: None,
            mark: None,
        };
        let mut buf = Buffer::empty(area);
        let styles = Styles::new(&Theme::named(ThemeName::Dark), set);
        chart.render(area, &mut buf, &styles);
        screen_text(&buf)
    }

    #[test]
    fn plan_and_actual_are_told_apart_without_colour() {
        let plan = [Some(0), Some(50), Some(100)];
        let actual = [Some(0), Some(25)];
        let text = chart(SymbolSet::Ascii, &plan, &actual, Rect::new(0, 0, 16, 6));
        assert_eq!(
            text,
            "100|          ..\n   |        ..\n   |     ...\n   |  .****\n  0|***\n    11-23  12-07\n"
        );
    }

    proptest! {
        #[test]
        fn any_values_are_drawn_inside(
            plan in prop::collection::vec(prop::option::of(any::<i64>()), 0..40),
            width in 0_u16..40, height in 0_u16..10,
        ) {
            let text = chart(SymbolSet::Unicode, &plan, &plan, Rect::new(0, 0, width, height));
            prop_assert!(text.lines().all(|l| crate::text::width::width(l) <= usize::from(width)));
        }
    }
}
