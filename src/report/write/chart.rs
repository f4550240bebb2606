//! The chart of a table as a picture in a page: bars and lines over the rows.

use std::fmt::Write;

use crate::domain::quantity::Micro;
use crate::report::paper::{Cell, Plot, Table};

/// Inside of the picture, in its own units.
const WIDE: i64 = 640;
const HIGH: i64 = 180;
/// Room on the left for the largest number, and below for the names.
const LEFT: i64 = 60;
const BELOW: i64 = 20;
/// Names that find room under the picture.
const NAMES_MAX: usize = 12;
const COLOURS: [&str; 4] = ["#5b9bd5", "#ed7d31", "#70ad47", "#7f7f7f"];

/// The picture; empty where the table has no chart. Every text in it is made plain by `plain`.
pub(super) fn svg(table: &Table, plain: impl Fn(&str) -> String) -> String {
    let Some((under, drawn)) = table.chart() else {
        return String::new();
    };
    let amount = |row: &[Cell], at: usize| row.get(at).and_then(Cell::amount);
    let all = || {
        let of = |row: &'_ Vec<Cell>| drawn.iter().filter_map(|(at, _)| amount(row, *at)).max();
        table.rows.iter().filter_map(of)
    };
    let most = all().max().unwrap_or_default().0.max(1);
    let count = i64::try_from(table.rows.len()).unwrap_or(1).max(1);
    let step = WIDE / count;
    let y = |n: Micro| {
        let high = i128::from(n.0.clamp(0, most)) * i128::from(HIGH) / i128::from(most);
        HIGH - i64::try_from(high).unwrap_or(0)
    };
    let (width, height) = (LEFT + WIDE, HIGH + BELOW + 20);
    let mut out = format!("<svg viewBox=\"0 -10 {width} {height}\" role=\"img\">");
    // Writing to a text cannot fail.
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"4\" text-anchor=\"end\">{}</text><path d=\"M{LEFT} 0V{HIGH}H{width}\" fill=\"none\" stroke=\"#999\"/>",
        LEFT - 4,
        plain(&largest(table, &drawn, most)),
    );
    let bars: Vec<usize> = kinds(&drawn, Plot::Bars);
    let share = (step * 3 / 4 / i64::try_from(bars.len()).unwrap_or(1).max(1)).max(1);
    for (nth, (at, plot)) in drawn.iter().enumerate() {
        let colour = COLOURS.get(nth % COLOURS.len()).copied().unwrap_or("#000");
        let own: Vec<(i64, i64)> = (0..)
            .zip(&table.rows)
            .filter_map(|(row, cells)| Some((LEFT + row * step, y(amount(cells, *at)?))))
            .collect();
        if *plot == Plot::Bars {
            let place = bars.iter().position(|b| b == at).unwrap_or(0);
            let aside = step / 8 + i64::try_from(place).unwrap_or(0) * share;
            rectangles(&mut out, &own, (aside, share), colour);
        } else {
            path(&mut out, &own, step / 2, colour);
        }
        let title = table.columns.get(*at).map_or("", |c| c.title.as_str());
        let x = LEFT + i64::try_from(nth).unwrap_or(0) * 140;
        let _ = write!(
            out,
            "<text x=\"{x}\" y=\"{}\" fill=\"{colour}\">■ {}</text>",
            HIGH + BELOW + 8,
            plain(title)
        );
    }
    let every = table.rows.len().div_ceil(NAMES_MAX).max(1);
    for (row, cells) in table.rows.iter().enumerate().step_by(every) {
        let x = LEFT + i64::try_from(row).unwrap_or(0) * step + step / 2;
        let name = cells.get(under).map(Cell::plain).unwrap_or_default();
        let name: String = name.chars().take(10).collect();
        let _ = write!(
            out,
            "<text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            HIGH + 13,
            plain(&name)
        );
    }
    out.push_str("</svg>\n");
    out
}

/// Bars from the ground up to each point.
fn rectangles(out: &mut String, points: &[(i64, i64)], (aside, wide): (i64, i64), colour: &str) {
    for (x, y) in points {
        // Writing to a text cannot fail.
        let _ = write!(
            out,
            "<rect x=\"{}\" y=\"{y}\" width=\"{wide}\" height=\"{}\" fill=\"{colour}\"/>",
            x + aside,
            HIGH - y
        );
    }
}

/// A line through all points.
fn path(out: &mut String, points: &[(i64, i64)], aside: i64, colour: &str) {
    let point = |(nth, (x, y)): (usize, &(i64, i64))| {
        let mark = if nth == 0 { 'M' } else { 'L' };
        format!("{mark}{} {y}", x + aside)
    };
    let line: String = points.iter().enumerate().map(point).collect();
    let _ = write!(
        out,
        "<path d=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"
    );
}

fn kinds(drawn: &[(usize, Plot)], plot: Plot) -> Vec<usize> {
    let of = drawn.iter().filter(|(_, p)| *p == plot);
    of.map(|(at, _)| *at).collect()
}

/// The largest number that is drawn, as it stands in the table.
fn largest(table: &Table, drawn: &[(usize, Plot)], most: i64) -> String {
    let cells = table.rows.iter().flat_map(|row| {
        let own = drawn.iter().filter_map(|(at, _)| row.get(*at));
        own.filter(|cell| cell.amount().is_some_and(|n| n.0 == most))
    });
    cells.map(Cell::plain).next().unwrap_or_default()
}
