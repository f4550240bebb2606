//! Draws the pictures: rows and columns that fit, load below, the facts of the cursor at the foot.
//!
//! Only what can be seen is handed to the widgets, so an arrow key costs the same whatever the
//! size of the plan.

use std::ops::Range;

use super::*;
use crate::domain::moment::Moment;
use crate::panel::cursor::Cursor;
use crate::panel::picture::Zoom;
use crate::text::progress;
use crate::widget::chart::{Line, LineChart, Stroke};
use crate::widget::gantt::Strip;
use crate::widget::heatmap::HeatCell;

/// Minutes of a day.
const DAY: i64 = 1_440;

/// Draws a picture with its caption; returns the rows that fit.
pub(super) fn picture(
    app: &App,
    board: &Board,
    part: &Part,
    focus: Focus,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> usize {
    let blank = Cursor::default();
    let cursor = board.cursors.get(&part.kind).unwrap_or(&blank);
    let facts = app.panel().caption(&app.cx(), &board.spot());
    let most = match (focus, area.height) {
        (_, ..8) => 0,
        (Focus::Away, _) => 1,
        (Focus::Here, 8..14) => 3,
        (Focus::Here, 14..22) => 4,
        (Focus::Here, _) => 6,
    };
    let lines = head_lines(&facts, area.width).min(most);
    let body = Rect {
        height: area.height - lines,
        ..area
    };
    let foot = Rect {
        y: body.bottom(),
        height: lines,
        ..area
    };
    if lines > 0 {
        head(&facts, foot, buf, styles);
    }
    match &part.content {
        Content::Gantt(gantt) => draw_gantt(app, gantt, cursor, focus, body, buf, styles),
        Content::Heat(heat) => draw_heat(app, heat, cursor, focus, body, buf, styles),
        Content::Curves(curves) => draw_curves(app, curves, cursor, body, buf, styles),
        Content::List(_) | Content::Long(_) | Content::Facts(_) => 0,
    }
}

/// Cells of the labels of a chart: as its labels need, a fifth of the width at most.
fn label_cells<'a>(area: Rect, labels: impl Iterator<Item = &'a str>) -> u16 {
    let longest = labels.map(width::width).max().unwrap_or(0);
    let longest = u16::try_from(longest).unwrap_or(u16::MAX).max(8);
    longest.min((area.width / 5).max(8))
}

fn minutes(first: NaiveDate, at: Moment) -> i64 {
    (at.0 - first.and_time(chrono::NaiveTime::MIN)).num_minutes()
}

/// Rows of bars and rows of load that share a height.
fn heights(height: u16, rows: usize, strips: usize) -> (u16, u16) {
    let body = height.saturating_sub(gantt::HEADING_ROWS);
    let rows = u16::try_from(rows.max(1)).unwrap_or(u16::MAX);
    let strips = u16::try_from(strips).unwrap_or(u16::MAX);
    let spare = body.saturating_sub(rows);
    let least = match body {
        ..6 => 0,
        6..12 => 2,
        12..20 => 4,
        _ => 8,
    };
    let strips = strips.min(spare.max(least));
    (rows.min(body - strips), strips)
}

fn draw_gantt(
    app: &App,
    picture: &panel::Gantt,
    cursor: &Cursor,
    focus: Focus,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> usize {
    let (row, bar) = cursor.in_gantt(picture);
    let (high, strips_high) = heights(area.height, picture.rows.len(), picture.strips.len());
    let chart_area = Rect {
        height: (high + gantt::HEADING_ROWS).min(area.height),
        ..area
    };
    let names = picture.strips.iter().map(|s| s.label.as_str());
    let names = names.chain(picture.rows.iter().map(|r| r.label.as_str()));
    let labels = label_cells(area, names);
    let width = i64::from(area.width.saturating_sub(labels + 2)).max(1);
    let zoom = cursor.zoom.unwrap_or_else(|| {
        let fits = width * Scale::Day.minutes() >= i64::from(picture.days) * DAY;
        if fits { Zoom::Shift } else { Zoom::Day }
    });
    let scale = match zoom {
        Zoom::Hour => Scale::Hour,
        Zoom::Shift => Scale::Day,
        Zoom::Day => Scale::Week,
        Zoom::Week => Scale::Month,
    };
    let cell = scale.minutes();
    let now = minutes(picture.first, app.cx().now);
    let chosen = bar.and_then(|at| picture.bars_of(row).get(at));
    let aim = chosen
        .map(|b| minutes(picture.first, b.starts)..minutes(picture.first, b.ends))
        .unwrap_or(now..now);
    let aim = if focus == Focus::Here { aim } else { now..now };
    let kept = cursor.left.get();
    let left = follow(kept.unwrap_or(now.div_euclid(DAY) * DAY), &aim, width, cell);
    if focus == Focus::Here {
        cursor.left.set(Some(left));
    }
    cursor.drawn.set(zoom);
    cursor
        .fits
        .set((high.into(), usize::try_from(width).unwrap_or(1)));
    let mut state = TableState {
        selected: row,
        offset: cursor.top.get(),
        left: 0,
    };
    state.clamp(picture.rows.len(), high.into());
    cursor.top.set(state.offset);
    let window = state.window(picture.rows.len(), high.into());
    let seen = left..left + width * cell;
    let mut bar_seen = None;
    let rows: Vec<GanttRow> = window
        .clone()
        .map(|at| {
            let (shown, skipped) = bars_in(picture, at, &seen);
            if at == row {
                bar_seen = bar.and_then(|n| n.checked_sub(skipped));
            }
            let label = picture.rows.get(at);
            GanttRow {
                label: label.map(|r| r.label.clone()).unwrap_or_default(),
                role: label.map_or(Role::Base, |r| r.role),
                bars: shown,
            }
        })
        .collect();
    let closed: Vec<Range<i64>> = picture
        .closed
        .iter()
        .map(|d| (*d - picture.first).num_days() * DAY)
        .map(|from| from..from + DAY)
        .filter(|c| c.end > seen.start && c.start < seen.end)
        .collect();
    let chart = Gantt {
        rows: &rows,
        first: window.start,
        state,
        bar: bar_seen,
        origin: picture.first,
        left,
        scale,
        now: Some(now),
        closed: &closed,
        label_cells: labels,
        focus,
        empty: words::EMPTY_SCHEDULE.text(app.lang),
    };
    chart.render(chart_area, buf, styles);
    let centre = chosen.and_then(|b| app.outlook.places.get(&b.id)?.work_centre_id);
    let below = Rect {
        y: chart_area.bottom(),
        height: strips_high.min(area.bottom().saturating_sub(chart_area.bottom())),
        ..area
    };
    let strips = strips_in(picture, centre, below.height, scale, &seen);
    chart.render_strips(&strips, below, buf, styles);
    high.into()
}

/// The left edge from which a bar can be seen, moved as little as possible.
fn follow(left: i64, aim: &Range<i64>, width: i64, cell: i64) -> i64 {
    let whole = |minute: i64| minute.div_euclid(cell) * cell;
    let left = whole(left);
    let right = left + width * cell;
    if aim.start < left {
        // A little of what was before it stays in sight.
        return whole(aim.start) - 2 * cell.min(width / 4 * cell);
    }
    if aim.end > right {
        let wanted = whole(aim.end - 1) + cell - width * cell;
        return wanted.min(whole(aim.start));
    }
    left
}

/// The bars of a row that can be seen, and how many lie before them.
fn bars_in(picture: &panel::Gantt, row: usize, seen: &Range<i64>) -> (Vec<gantt::Bar>, usize) {
    let bars = picture.bars_of(row);
    let from = |b: &panel::picture::Bar| minutes(picture.first, b.starts);
    let until = |b: &panel::picture::Bar| minutes(picture.first, b.ends);
    // Bars stand by start; those of one line end in the same order, those of an order may not.
    let first = bars.iter().position(|b| until(b) > seen.start);
    let first = first.unwrap_or(bars.len());
    let last = bars.partition_point(|b| from(b) < seen.end);
    let shown = bars.get(first..last.max(first)).unwrap_or_default();
    let bar = |b: &panel::picture::Bar| gantt::Bar {
        minutes: from(b)..until(b),
        role: b.role,
        text: b.label.clone(),
        letter: b.late.then_some('L'),
        slack: minutes(picture.first, b.slack),
    };
    (shown.iter().map(bar).collect(), first)
}

/// The load of as many work centres as fit, that of the cursor among them.
fn strips_in(
    picture: &panel::Gantt,
    centre: Option<i64>,
    height: u16,
    scale: Scale,
    seen: &Range<i64>,
) -> Vec<Strip> {
    let height = usize::from(height);
    let at = picture
        .strips
        .iter()
        .position(|s| Some(s.work_centre_id) == centre)
        .unwrap_or(0);
    let first = (at + 1).saturating_sub(height);
    let strip = |s: &panel::picture::Strip| {
        let (loads, days) = if scale == Scale::Month {
            (&s.weeks, 7)
        } else {
            (&s.days, 1)
        };
        let span = |date: NaiveDate| {
            let from = (date - picture.first).num_days() * DAY;
            from..from + days * DAY
        };
        let loads = loads
            .iter()
            .map(|(date, percent)| (span(*date), *percent))
            .filter(|(s, _)| s.end > seen.start && s.start < seen.end)
            .collect();
        Strip {
            label: s.label.clone(),
            loads,
        }
    };
    let shown = picture.strips.iter().skip(first).take(height);
    shown.map(strip).collect()
}

fn draw_heat(
    app: &App,
    picture: &panel::Heat,
    cursor: &Cursor,
    focus: Focus,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> usize {
    let (row, column) = cursor.in_heat(picture);
    let headings: Vec<String> = picture
        .from
        .iter()
        .map(|d| d.format("%m-%d").to_string())
        .collect();
    let rows: Vec<HeatRow> = picture
        .rows
        .iter()
        .map(|row| HeatRow {
            label: row.label.clone(),
            cells: row
                .cells
                .iter()
                .map(|c| HeatCell {
                    percent: c.percent,
                    added: c.added,
                })
                .collect(),
        })
        .collect();
    let height = Heatmap::rows_in(area);
    let mut state = TableState {
        selected: row,
        offset: cursor.top.get(),
        left: cursor.first_column.get(),
    };
    state.clamp(rows.len(), height);
    let map = Heatmap {
        headings: &headings,
        rows: &rows,
        state,
        column,
        adds: picture.adds,
        limits: Limits::default(),
        label_cells: label_cells(area, picture.rows.iter().map(|r| r.label.as_str())),
        focus,
        empty: words::EMPTY_LOAD.text(app.lang),
    };
    cursor.top.set(state.offset);
    cursor.first_column.set(map.first_column(area));
    cursor.fits.set((height, map.columns_in(area)));
    map.render(area, buf, styles);
    height
}

/// The chart that the cursor stands on: its name, its facts, how the lines are told apart, the lines.
fn draw_curves(
    app: &App,
    picture: &panel::Curves,
    cursor: &Cursor,
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> usize {
    let ellipsis = styles.symbols.ellipsis;
    let at = cursor.in_curves(picture);
    let Some(chart) = picture.charts.get(at) else {
        let text = progress::NO_CURVE.text(app.lang);
        put_clipped(
            buf,
            (area.x + 1, area.y),
            area.width,
            text,
            styles.dim,
            ellipsis,
        );
        return 1;
    };
    let cells = area.width.saturating_sub(2);
    let count = picture.charts.len();
    let title = format!(
        "{} {}/{count} {}  {}",
        styles.symbols.more_left,
        at + 1,
        styles.symbols.more_right,
        chart.title
    );
    let end = put_clipped(
        buf,
        (area.x + 1, area.y),
        cells,
        &title,
        styles.title,
        ellipsis,
    );
    let legend = progress::LEGEND.text(app.lang);
    let wide = u16::try_from(width::width(legend)).unwrap_or(u16::MAX);
    if end.saturating_add(wide + 2) <= area.right() {
        let x = area.right().saturating_sub(wide + 1);
        put_clipped(buf, (x, area.y), wide, legend, styles.dim, ellipsis);
    }
    let most = if area.height < 12 { 2 } else { 4 };
    let lines = head_lines(&chart.facts, area.width).min(most);
    let facts = Rect {
        y: area.y + 1,
        height: lines.min(area.height.saturating_sub(1)),
        ..area
    };
    head(&chart.facts, facts, buf, styles);
    let line = |values, role, stroke| Line {
        values,
        role,
        stroke,
    };
    let lines = [
        line(chart.plan.as_slice(), Role::Dim, Stroke::Dotted),
        line(chart.forecast.as_slice(), Role::Warn, Stroke::Sparse),
        line(chart.actual.as_slice(), Role::Accent, Stroke::Solid),
    ];
    let plot = Rect {
        x: area.x + 1,
        y: facts.bottom(),
        width: cells,
        height: area.bottom().saturating_sub(facts.bottom()),
    };
    LineChart {
        lines: &lines,
        top: chart.top,
        top_label: &chart.top_label,
        start_label: &chart.start_label,
        end_label: &chart.end_label,
        now: chart.now,
        mark: chart.mark,
    }
    .render(plot, buf, styles);
    1
}
