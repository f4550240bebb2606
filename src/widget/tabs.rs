//! The stage bar with its counts, and the sections of a panel.
//!
//! A bar has one row and never wraps: names are shortened step by step until everything fits, the
//! open one last. A count that needs action carries `!`, so that it is seen without colour.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::text::width::{clip, head, width};
use crate::theme::{Role, Styles};

/// One stage or section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tab {
    /// The key that opens it, shown before the name; empty for none.
    pub key: String,
    pub name: String,
    /// A shorter name for narrow screens; empty where the first letters do.
    pub short: String,
    /// What needs attention; zero is not shown.
    pub count: usize,
    /// How bad the worst of it is: `Bad` adds `!`.
    pub alarm: Role,
}

/// Counts above this are shown as `999+`; the panel has the number.
const COUNT_MAX: usize = 999;

/// The tab with its name in at most `cells`; a name that would keep less than two is left out.
fn text_of(tab: &Tab, cells: usize) -> String {
    let name = if width(&tab.name) <= cells {
        tab.name.as_str()
    } else if !tab.short.is_empty() && width(&tab.short) <= cells {
        tab.short.as_str()
    } else if cells < 2 {
        ""
    } else {
        head(&tab.name, cells).0
    };
    let mark = if tab.alarm == Role::Bad { "!" } else { "" };
    let count = match tab.count {
        0 => mark.to_owned(),
        n if n > COUNT_MAX => format!("{COUNT_MAX}+{mark}"),
        n => format!("{n}{mark}"),
    };
    let parts = [tab.key.as_str(), name, count.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.join(" ")
}

/// The texts of all tabs with the longest names that fit `cells`, a blank on both sides of each.
///
/// All other names shrink together before the open one does.
fn texts(tabs: &[Tab], open: usize, cells: usize) -> Vec<String> {
    let longest = tabs.iter().map(|t| width(&t.name)).max().unwrap_or(0);
    let make = |open_cells: usize, other_cells: usize| -> Vec<String> {
        let cells_of = |at: usize| if at == open { open_cells } else { other_cells };
        let each = tabs.iter().enumerate();
        each.map(|(at, tab)| text_of(tab, cells_of(at))).collect()
    };
    let fits = |texts: &[String]| texts.iter().map(|t| width(t) + 2).sum::<usize>() <= cells;
    let others = (0..=longest).rev().map(|n| make(longest, n));
    let own = (0..longest).rev().map(|n| make(n, 0));
    others
        .chain(own)
        .find(|t| fits(t))
        .unwrap_or_else(|| make(0, 0))
}

/// Draws the bar on one row; `open` is reversed. Returns the column after the last tab.
pub fn render(tabs: &[Tab], open: usize, area: Rect, buf: &mut Buffer, styles: &Styles) -> u16 {
    let area = Rect {
        height: area.height.min(1),
        ..area
    }
    .intersection(buf.area);
    if area.is_empty() {
        return area.x;
    }
    let texts = texts(tabs, open, area.width.into());
    let mut x = area.x;
    for (at, (tab, text)) in tabs.iter().zip(&texts).enumerate() {
        let style = if at == open {
            styles.tab_open
        } else {
            count_style(tab, styles)
        };
        let left = area.right().saturating_sub(x);
        if left == 0 {
            break;
        }
        let text = format!(" {text} ");
        x = put(
            buf,
            x,
            area.y,
            left,
            &clip(&text, left.into(), styles.symbols.ellipsis),
            style,
        );
    }
    x
}

/// Where the tabs stand when they are drawn in `area`, for clicks.
#[must_use]
pub fn places(tabs: &[Tab], open: usize, area: Rect) -> Vec<Rect> {
    let mut x = area.x;
    let place = |text: &String| {
        let left = area.right().saturating_sub(x);
        let cells = u16::try_from(width(text) + 2).unwrap_or(left).min(left);
        let place = Rect {
            x,
            width: cells,
            height: area.height.min(1),
            ..area
        };
        x += cells;
        place
    };
    texts(tabs, open, area.width.into())
        .iter()
        .map(place)
        .collect()
}

fn count_style(tab: &Tab, styles: &Styles) -> Style {
    match tab.alarm {
        Role::Bad | Role::Warn => styles.role(tab.alarm),
        _ => styles.tab,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widget::screen_text;

    fn stages(names: [&str; 7]) -> Vec<Tab> {
        names
            .iter()
            .enumerate()
            .map(|(at, name)| Tab {
                key: at.to_string(),
                name: (*name).to_owned(),
                count: at * 40,
                alarm: if at == 1 { Role::Bad } else { Role::Base },
                ..Tab::default()
            })
            .collect()
    }

    fn bar(tabs: &[Tab], open: usize, width: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        render(tabs, open, buf.area, &mut buf, &Styles::standard());
        screen_text(&buf).trim_end_matches('\n').to_owned()
    }

    #[test]
    fn the_stage_bar_fits_eighty_cells_in_both_languages() {
        let zh = stages(["今日", "接单", "评审", "排期", "物料", "进度", "异常"]);
        assert_eq!(
            bar(&zh, 3, 80),
            " 0 今日  1 接单 40!  2 评审 80  3 排期 120  4 物料 160  5 进度 200  6 异常 240"
        );
        let en = stages([
            "Today",
            "Intake",
            "Capacity",
            "Schedule",
            "Materials",
            "Progress",
            "Exceptions",
        ]);
        let text = bar(&en, 2, 80);
        assert!(
            width(&text) <= 80 && text.contains("2 Capacity 80"),
            "{text}"
        );
        assert!(
            text.contains("1 Int 40!") && text.contains("6 Exc 240"),
            "{text}"
        );
    }

    #[test]
    fn keys_and_counts_survive_the_longest() {
        let en = stages([
            "Today",
            "Intake",
            "Capacity",
            "Schedule",
            "Materials",
            "Progress",
            "Exceptions",
        ]);
        let text = bar(&en, 2, 60);
        assert!(text.contains("1 40!") && text.contains("2 Capa"), "{text}");
        assert!(text.contains("6 240") && width(&text) <= 60, "{text}");
        assert_eq!(bar(&en, 2, 10), " 0  1 40!");
        assert_eq!(bar(&en, 2, 0), "");
    }
}
