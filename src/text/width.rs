//! Text measured, cut, padded and wrapped in terminal cells.
//!
//! Widths are the ones the screen library places with, counted by cluster; never bytes, never
//! characters. Wrapping is our own: two ideographs may always break, closing punctuation does not
//! begin a line, and no line is ever wider than asked for. A cluster wider than the whole line is
//! shown as `?`, because dropping it would hide that something is there.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Where text stands in a space wider than itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    Right,
    Centre,
}

/// Cells of one cluster; control characters take none, because they are never drawn.
#[must_use]
pub fn cluster_width(cluster: &str) -> usize {
    if cluster.contains(char::is_control) {
        return 0;
    }
    cluster.width()
}

/// Cells a text takes on one line.
#[must_use]
pub fn width(text: &str) -> usize {
    plain_width(text).unwrap_or_else(|| text.graphemes(true).map(cluster_width).sum())
}

/// The width of text whose characters need no search for clusters and are safe to show as they are,
/// see [`plain_char_width`].
#[must_use]
pub fn plain_width(text: &str) -> Option<usize> {
    let mut cells = 0;
    for c in text.chars() {
        cells += plain_char_width(c)?;
    }
    Some(cells)
}

/// Cells of a character that is a cluster of its own beside others of its kind; only of such as
/// may be shown as they are, see [`super::safe::acts`].
#[must_use]
pub const fn plain_char_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}' | '、' | '。' | '《' | '》' => {
            Some(2)
        }
        // Signs of our own words, lines, blocks and braille.
        '·' | '×' | '–' | '—' | '…' | '‹' | '›' | '←'..='↓' | '✓' => Some(1),
        '\u{2500}'..='\u{25a1}' | '▸' | '\u{2800}'..='\u{28ff}' => Some(1),
        _ => None,
    }
}

/// The longest start of `text` that fits into `cells`, and the cells it takes.
#[must_use]
pub fn head(text: &str, cells: usize) -> (&str, usize) {
    let mut used = 0;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        let next = used + cluster_width(cluster);
        if next > cells {
            break;
        }
        used = next;
        end = at + cluster.len();
    }
    (text.get(..end).unwrap_or(text), used)
}

/// The longest end of `text` that fits into `cells`, and the cells it takes.
#[must_use]
pub fn tail(text: &str, cells: usize) -> (&str, usize) {
    let mut used = 0;
    let mut start = text.len();
    for (at, cluster) in text.grapheme_indices(true).rev() {
        let next = used + cluster_width(cluster);
        if next > cells {
            break;
        }
        used = next;
        start = at;
    }
    (text.get(start..).unwrap_or(text), used)
}

/// The text cut to at most `cells`, with `ellipsis` (one cell wide) as its last cell where cut.
#[must_use]
pub fn clip(text: &str, cells: usize, ellipsis: char) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let (kept, _) = head(text, cells - 1);
    let mut out = String::with_capacity(kept.len() + ellipsis.len_utf8());
    out.push_str(kept);
    out.push(ellipsis);
    Cow::Owned(out)
}

/// The text with blanks around it up to `cells`; unchanged where it is as wide or wider.
#[must_use]
pub fn pad(text: &str, cells: usize, align: Align) -> String {
    let spare = cells.saturating_sub(width(text));
    let before = match align {
        Align::Left => 0,
        Align::Right => spare,
        Align::Centre => spare / 2,
    };
    let mut out = String::with_capacity(text.len() + spare);
    out.extend(std::iter::repeat_n(' ', before));
    out.push_str(text);
    out.extend(std::iter::repeat_n(' ', spare - before));
    out
}

/// The text clipped and padded to exactly `cells`.
#[must_use]
pub fn fit(text: &str, cells: usize, align: Align, ellipsis: char) -> String {
    pad(&clip(text, cells, ellipsis), cells, align)
}

/// The text broken into lines of at most `cells`; line breaks in it are kept.
///
/// Blanks at a break are dropped. Empty for `cells` zero; one empty line for an empty text.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    wrap_spans(text, cells)
        .into_iter()
        .map(|span| {
            let piece = text.get(span).unwrap_or_default();
            piece
                .graphemes(true)
                .map(|c| if cluster_width(c) > cells { "?" } else { c })
                .filter(|c| !c.contains(char::is_control))
                .collect()
        })
        .collect()
}

/// The byte ranges of the lines of [`wrap`], in order; what lies between two is blanks or a break.
#[must_use]
pub fn wrap_spans(text: &str, cells: usize) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    if cells == 0 {
        return out;
    }
    let mut start = 0;
    for paragraph in text.split('\n') {
        let body = paragraph.strip_suffix('\r').unwrap_or(paragraph);
        wrap_paragraph(body, start, cells, &mut out);
        start += paragraph.len() + 1;
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    /// A letter or digit that sticks to its neighbours.
    Word,
    /// An ideograph or another wide character: breaks on both sides.
    Wide,
    /// Never begins a line.
    Closing,
    /// Never ends a line.
    Opening,
}

fn kind(cluster: &str) -> Kind {
    const CLOSING: &str = "，。、；：？！）］｝〕〉》」』】〗’”…—·％‰℃ー々,.;:?!)]}%";
    const OPENING: &str = "（［｛〔〈《「『【〖‘“￥＄([{";
    let Some(first) = cluster.chars().next() else {
        return Kind::Blank;
    };
    if first == ' ' || first == '\t' || first == '\u{3000}' {
        Kind::Blank
    } else if CLOSING.contains(first) {
        Kind::Closing
    } else if OPENING.contains(first) {
        Kind::Opening
    } else if cluster_width(cluster) > 1 {
        Kind::Wide
    } else {
        Kind::Word
    }
}

/// Whether a line may end after `left` when `right` follows.
const fn may_break(left: Kind, right: Kind) -> bool {
    match (left, right) {
        (_, Kind::Closing | Kind::Blank)
        | (Kind::Opening, _)
        | (Kind::Word | Kind::Closing, Kind::Word) => false,
        (Kind::Blank | Kind::Wide, _)
        | (Kind::Word | Kind::Closing, Kind::Wide | Kind::Opening) => true,
    }
}

/// The state of a paragraph being broken: the open line and where it could end.
struct Breaker<'a> {
    offset: usize,
    out: &'a mut Vec<std::ops::Range<usize>>,
    start: usize,
    /// Cells of the open line, blanks at its end included.
    used: usize,
    /// The end of the last thing that is not a blank.
    ink_end: usize,
    /// A place to break: end of what is kept, start of the next line, cells before that start.
    chance: Option<(usize, usize, usize)>,
}

impl Breaker<'_> {
    /// Closes the open line at `end`; the next one starts at `next`, `cells` of the open line later.
    fn close(&mut self, (end, next, cells): (usize, usize, usize)) {
        // A line of nothing but blanks is no line.
        if end > self.start {
            self.out.push(self.offset + self.start..self.offset + end);
        }
        self.start = next;
        self.used = self.used.saturating_sub(cells);
        self.chance = None;
    }
}

fn wrap_paragraph(body: &str, offset: usize, cells: usize, out: &mut Vec<std::ops::Range<usize>>) {
    let mut line = Breaker {
        offset,
        out,
        start: 0,
        used: 0,
        ink_end: 0,
        chance: None,
    };
    let mut last: Option<(Kind, &str)> = None;
    // The last cluster that may begin a line, for text that has to be broken where it should not.
    let mut fallback = (0, 0, 0);
    for (at, cluster) in body.grapheme_indices(true) {
        let now = kind(cluster);
        let own = cluster_width(cluster);
        let own = if own > cells { 1 } else { own };
        if let Some((before, text)) = last {
            // Chinese punctuation lets a word follow on the next line; `1.5` and `10:30` stay whole.
            let loose = before == Kind::Closing && now == Kind::Word && !text.is_ascii();
            if may_break(before, now) || loose {
                line.chance = Some((line.ink_end, at, line.used));
            }
        }
        if now != Kind::Closing {
            fallback = (line.ink_end, at, line.used);
        }
        // Blanks hang over the edge; only ink makes a line too long.
        while now != Kind::Blank && line.used > 0 && line.used + own > cells {
            let usable = |c: &(usize, usize, usize)| c.1 > line.start;
            let hard = (line.ink_end, at, line.used);
            let back = Some(fallback).filter(|f| now == Kind::Closing && usable(f));
            let place = line.chance.filter(usable).or(back).unwrap_or(hard);
            line.close(place);
            fallback.2 = fallback.2.saturating_sub(place.2);
        }
        line.used += own;
        if now != Kind::Blank {
            line.ink_end = at + cluster.len();
        }
        last = Some((now, cluster));
    }
    let end = line.ink_end.max(line.start);
    line.out.push(offset + line.start..offset + end);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_are_cells() {
        assert_eq!(width("法兰DN50"), 8);
        assert_eq!(width("é"), 1);
        assert_eq!(width("a\u{1b}b\n"), 2);
        for text in ["ｱﾞ", "👩‍🔧", "é中", "①…"] {
            assert_eq!(
                width(text),
                ratatui::text::Span::raw(text).width(),
                "{text}"
            );
        }
        assert_eq!(head("法兰盘", 5), ("法兰", 4));
        assert_eq!(tail("法兰盘", 5), ("兰盘", 4));
    }

    #[test]
    fn what_is_plain_is_a_safe_cluster_of_the_width_it_has_in_any_company() {
        let mut plain = 0;
        for c in '\0'..=char::MAX {
            let Some(wide) = plain_char_width(c) else {
                continue;
            };
            plain += 1;
            let text = format!("{c}a{c}中{c}");
            assert_eq!(text.graphemes(true).count(), 5, "{c:?}");
            assert_eq!(cluster_width(&c.to_string()), wide, "{c:?}");
            assert!(!crate::text::safe::acts(c), "{c:?}");
        }
        assert!(plain > 20_000, "{plain}");
    }

    #[test]
    fn cut_text_shows_that_it_was_cut() {
        assert_eq!(clip("不锈钢法兰", 10, '…'), "不锈钢法兰");
        assert_eq!(clip("不锈钢法兰", 9, '…'), "不锈钢法…");
        assert_eq!(clip("不锈钢法兰", 8, '…'), "不锈钢…");
        assert_eq!(clip("abc", 0, '…'), "");
        assert_eq!(fit("不锈钢法兰", 8, Align::Right, '~'), " 不锈钢~");
        assert_eq!(pad("中", 5, Align::Centre), " 中  ");
    }

    #[test]
    fn chinese_breaks_anywhere_but_never_before_closing_punctuation() {
        assert_eq!(
            wrap("面料已到，辅料未到。", 8),
            ["面料已", "到，辅料", "未到。"]
        );
        assert_eq!(wrap("交期 2026-12-01 前", 12), ["交期", "2026-12-01", "前"]);
        assert_eq!(wrap("见（附件）二", 6), ["见（附", "件）二"]);
        assert_eq!(wrap("中（附件", 4), ["中", "（附", "件"]);
    }

    #[test]
    fn words_stay_whole_where_they_fit_and_are_broken_where_they_do_not() {
        assert_eq!(
            wrap("the lab dip was late", 8),
            ["the lab", "dip was", "late"]
        );
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("one  \n two", 5), ["one", " two"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(wrap("中a", 1), ["?", "a"]);
        assert!(wrap("a", 0).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn nothing_is_wider_than_asked(
            text in "[ a-z0-9中文法兰盘，。（）\u{300}é\n\tｱﾞ👩‍🔧가-]{0,40}",
            cells in 0_usize..24,
        ) {
            prop_assert!(width(&clip(&text, cells, '…')) <= cells);
            prop_assert_eq!(width(&fit(&text, cells, Align::Centre, '…')), cells);
            for line in wrap(&text, cells) {
                prop_assert!(width(&line) <= cells, "{:?}", line);
            }
        }

        #[test]
        fn wrapping_loses_only_blanks(text in "[ a-z中文，。（）\n]{0,60}", cells in 2_usize..20) {
            let ink = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(ink(&wrap(&text, cells).concat()), ink(&text));
        }

        #[test]
        fn a_wide_enough_line_never_begins_with_closing_punctuation(
            text in "([a-z]{1,3}|中|文|法){1,20}(，中|。|）文){0,1}[中文]{0,9}",
            cells in 6_usize..20,
        ) {
            for line in wrap(&text, cells).iter().skip(1) {
                prop_assert!(!line.starts_with(['，', '。', '）']), "{:?}", line);
            }
        }
    }
}
